// Payment clearing's decisions on money as it arrives, clears, bounces and is matched (rules.md section 3).
#pragma once

#include "domain/exercise.h"
#include "domain/trial.h"

namespace rightsdesk::domain {

// When money by this method counts as received under the terms; kRefused when the terms take none.
DeemedReceived deemed_received(const Terms& terms, PaymentMethod method);

// "wire: deemed received at credit".
std::string rule_text(PaymentMethod method, DeemedReceived deemed);

// `id`: of the payment that this makes, where it makes one. Refused: amounts that are not above 0, another currency, another payee, a
// method that the terms do not take, or do not take from this firm or drawn in this country (the detail names it); alerts say so, for the money is there.
// `known_as`: what other books know this wire as (whereabouts.h); where a payment here has that id it is the same money.
Decision confirm_wire(const Book& book, const ConfirmWire& command, const PaymentId& id, const Context& context, const PaymentId& known_as = {});
Decision receive_instrument(const Book& book, const ReceiveInstrument& command, const PaymentId& id, Instant arrived, const Context& context);
// With a date only, on a day on which money becomes late, it stays uncollected until a person settles it (dated_money.h).
Decision confirm_clearance(const Book& book, const ConfirmClearance& command, const Context& context);
// A return un-receives the money, whose notices are decided again; also a wire, which the bank takes back: known by the references of its
// confirmation with account, currency, amount and value date (rules.md section 3: "a debit flagged reversal took a credit back").
Decision report_bounce(const Book& book, const ReportBounce& command, const Context& context);

// Whether an instrument that came back for this reason is deposited again: A and B (ANSI X9.100-188). A wire never is.
bool may_be_presented_again(const Payment& payment, ReturnReason reason);

// A check that came back for reason A or B (ANSI X9.100-188: not sufficient funds, uncollected) was deposited again: uncollected
// until the bank says that it cleared. Refused for every other reason, and for money that has not come back.
Decision represent_instrument(const Book& book, const RepresentInstrument& command, const Context& context);

Decision match_by_person(const Book& book, const MatchPayment& command, const Context& context);

// Tries again to match what waits in suspense, because a notice came or changed; at most one payment's events.
Decision match_waiting(const Book& book, const NoticeId& changed);

// What the money of a notice amounts to now, before the count.
Funding funding_of(const Book& book, const NoticeId& id);

// What so much money makes of what the notice asks for, at the price as it stands.
Exercise exercise_with(const Book& book, const Notice& notice, Money money);

// The money, and for a notice whose money may still come (money_is_awaited) no less than what it asks for: as if it had come.
Money money_expected(const Funding& funding, Money money);

// What it amounts to from the count on: the exercise that its money makes. While its money may still come the application is
// pending, and the notice is deemed to exercise what it asks for.
Funding applied_funding(const Book& book, const NoticeId& id);

// NoticeFunded, where it is another than was said. After the count it is the application's to say, but for money that may still
// come with the certificates: that is told of until it is due, and PaymentApplied when a moved clock makes it due at once.
std::optional<Event> funding_to_say(const Book& book, const NoticeId& id);

// Says it.
void say_funded(const Book& book, Trial& trial, Decision& decision, const NoticeId& id);

// Of every notice that the payment is for.
void say_funded_all(const Book& book, Trial& trial, Decision& decision, const PaymentId& id);

}  // namespace rightsdesk::domain
