// Keying: a notice whose page could not be read with certainty is not guessed. It waits, with its picture, for a person who
// keys it, and is judged by the receipt stamp of when it came (rules.md section 1: what is read is read, "nothing is guessed").
#pragma once

#include "domain/decision.h"
#include "domain/notice_judgement.h"

namespace rightsdesk::domain {

bool awaits_keying(const Notice& notice);

// Whether one that waits may come to count by its stamp and its address, so that nothing final is counted without it.
bool holds_up_counting(const Life& life, const Notice& notice);

// The notices that wait, soonest too late first, and between equals by receipt stamp, then by id.
struct ToBeKeyed {
    NoticeId notice;
    Instant stamp;
    Instant too_late_at;
};
std::vector<ToBeKeyed> to_be_keyed(const Book& book, Instant now);

// From when on keying is too late for something: until the hour, the hour (after it no defect that comes out can be cured); after
// it, when the certificates of a guarantee given on the day of receipt are due, for then the final count waits for nothing else.
Instant keying_due(const Life& life, const Notice& notice, Instant now);

// The members of NoticeFields, in their order.
const std::vector<std::string>& notice_field_names();

// What the notice keeps of a reading, and what its record keeps sealed: within the bounds of reading.h.
ReadingOnFile on_file(const NoticeReading& reading);
std::vector<ReadField> within_bounds(const std::vector<ReadField>& fields);

// NoticeDecided, awaiting keying: judged by how it came in alone. What was read is kept sealed. `book`'s life.
Decision await_keying(const Life& life, const NoticeId& id, const SubmitNotice& command, const Arrival& arrival);

// NoticeKeyed, decided as if it had been read so when it came. Where it is one on file, it is final as linked, and that one has its delivery
// (DeliveryLinked, and NoticeRedecided where it is better), its certificates and its telephone confirmation. `read`: what was read with
// certainty, from its first record; the keyed fields hold over it.
//
// The same fields again change nothing and are told so. Refuses kNothingToDo for one that was read, kKeyedOtherwise for one that was keyed
// with other values, kAlreadyDecided once it is final, kTooLate once tabulated, kNotPermitted without a person, kAlreadyMatched where it is
// one on file and money is matched to it, and kValueUnusable: a field that a person must key is neither given nor said to be blank; one
// is both; a name is no field; a value is out of bounds; or nothing is left that makes a notice.
Decision key_notice(const Book& book, const KeyNotice& command, const std::optional<NoticeFields>& read, const Context& context);

}  // namespace rightsdesk::domain
