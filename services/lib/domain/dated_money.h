// Money of which nobody knows when it came, for a person to say. The bank tells a date only (rules.md section 1, "when money came": "a
// message with a date only proves the day: booked before the last day is timely, on it is a question for a person unless the terms
// say"); or an instrument that counts on receipt was handed over long after its stamp, or came to another address.
#pragma once

#include "domain/parts.h"

namespace rightsdesk::domain {

// The bank's time of a credit or a clearance. With a date only: the end of that day in the offering's zone; on a day on which money becomes late (that of the
// hour, of a bill's end, of a cover deadline where payment is due with the certificates) the message proves nothing and a person
// decides, so there is no time.
std::optional<Instant> credit_time(const Book& book, const std::optional<Instant>& credited_at, const std::optional<Date>& day);

// What makes the stamp of an instrument a question: its address is not listed for its channel, or it was stamped in time and handed
// over (`arrived`) when that had passed, beyond the terms' tolerance or after the count. Nothing: it is received at its stamp.
std::optional<ReceiptDoubt> doubt_of(const Book& book, const ReceiveInstrument& command, Instant arrived);

// Whether the money is there, and nobody knows since when: not good, not lost, and for a person to settle. `settle_receipt` takes
// such money and no other.
bool receipt_time_unknown(const Payment& payment);

// The day that the bank told of it: of a wire its value date, which may be missing; of an instrument that on which it cleared.
std::optional<Date> day_told(const Payment& payment);

// Whether it is a question still: the day decides by the hour, as the deadlines stand now.
bool receipt_in_question(const Book& book, const Payment& payment);

// All such money whose day is no longer one on which money becomes late: an extension moved it. False: the part is full.
bool say_good_by_date(const Book& book, Part& part);

// The same of the money of one notice, whose deadline moved.
void say_good_by_date(const Book& book, const NoticeId& notice, Trial& trial, Decision& decision);

// A person says when the bank had the money, on evidence: it is good as received at that instant. Refused: other money, an instant on
// another day than the bank told or in the future, no evidence.
Decision settle_receipt(const Book& book, const SettleReceipt& command, const Context& context);

}  // namespace rightsdesk::domain
