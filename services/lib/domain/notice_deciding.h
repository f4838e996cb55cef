// How a notice is decided once it is known what it says: whose parts intake (a notice that comes) and keying (one that waited for a person)
// share. Pure.
#pragma once

#include "domain/decision.h"
#include "domain/notice_identity.h"
#include "domain/notice_judgement.h"
#include "domain/register_import.h"

namespace rightsdesk::domain {

std::string lowered(std::string hex);

// As it came in; `arrived`: our own stamp.
Delivery delivery_of(const Terms& terms, const SubmitNotice& command, const std::string& item, Instant arrived);

Personal personal_of(const NoticeFields& fields);

// One more delivery of a notice on file. The notice stands on its best delivery, each judged as a whole; between equals
// on the earliest (rules.md section 5: "the earliest valid one counts").
Decision link_delivery(const Life& life, const Notice& notice, const std::optional<NoticeFields>& fields, Arrival arrival);

// What the book and the register of holders know of a notice that says `fields`.
struct Recognised {
    NoticeKeys keys;
    LookedUp looked_up;
    Acquaintance acquaintance;
    bool exceeds = false;            // more rights than the register gives its holder in all
};
Recognised recognised(const Book& book, const NoticeId& id, const std::optional<NoticeFields>& fields, const Context& context);

// The notice has its keys, its finding and what it is much like.
void take_recognised(const Recognised& known, Notice& notice);

// The decision rests on what was looked at, and makes the notice's keys.
void rest_on(const Book& book, const Recognised& known, const NoticeId& id, Decision& decision);

}  // namespace rightsdesk::domain
