// Judging a notice: every reason that can be said against it, by the form's own rules and the offering's terms
// (rules.md section 1; the rule's words are beside each reason in reasons.h). Nothing is ever guessed.
#pragma once

#include "domain/entities.h"

namespace rightsdesk::domain {

// Whether a receipt stamp is in time by the hour as it stands; "at or prior to" or "before", by the terms.
bool in_time(const Life& life, Instant stamp);

// Whether the guarantee was communicated by telephone; where the terms require it, by the hour as it stands.
bool confirmed_in_time(const Life& life, const Notice& notice);

// The civil day, in the expiration's zone, on which something was received.
Date day_received(const Life& life, Instant stamp);

// Basic shares that rights give: rights x ratio, rounded as the terms say, and stepped up where they do ("holders of fewer than
// three shares may subscribe for one").
Shares basic_entitlement(const Terms& terms, Rights rights);

// The part of the fields that is not personal.
NoticeContent content_of(const NoticeFields& fields);

// `keyed` over `read`, field by field: what a gateway has keyed takes precedence.
NoticeFields merged_fields(const NoticeFields& keyed, const NoticeFields& read);

// How one copy of a notice came in.
struct Arrival {
    Delivery delivery;
    bool complete = true;                 // false: a partial fax
    bool confirmed_by_telephone = false;
    bool on_file = false;                 // it was handed over before, unasked, and has waited to be keyed
};

// All reasons that are open against a notice that came in like this, in enumerator order. `fields` absent: nobody could
// read it. The possible duplicate is not among them: that takes the book (notice_identity.h). `on_register`: what the register
// of holders says of it, where there is one.
std::vector<Reason> judge_notice(const Life& life, const std::optional<NoticeFields>& fields, const Arrival& arrival,
                                 const std::optional<RegisterFinding>& on_register = std::nullopt);

// Those of them that rest on the content, the register and the stamp alone, so that they can be judged again when the content is
// cured.
std::vector<Reason> judge_content(const Life& life, const NoticeContent& content, const Delivery& delivery,
                                  const std::optional<RegisterFinding>& on_register);

// The same of a notice on file, by the delivery that counts.
std::vector<Reason> judge_content_of(const Life& life, const Notice& notice);

// All reasons that are open against a certificate delivered with its election filled in. There is no guarantee to judge, so neither
// a guarantor, nor its date, nor the telephone; and how it is paid is asked only where the terms refuse the method: the payment comes
// with the certificate or is found by its amount.
std::vector<Reason> judge_direct_exercise(const Life& life, const NoticeContent& content, const Delivery& delivery, bool signed_by_all,
                                          const std::vector<std::string>& names, const std::optional<RegisterFinding>& on_register);

// The delivery that counts: the earliest that is listed and in time; failing that the earliest listed; else the earliest.
// CHECKs that there is one.
const Delivery& counting_delivery(const Life& life, const Notice& notice);

// ---- lists of reasons, in enumerator order and each once ----

std::vector<Reason> in_order(std::vector<Reason> reasons);
std::vector<Reason> without(const std::vector<Reason>& reasons, const std::vector<Reason>& taken);
bool has_reason(const std::vector<Reason>& reasons, Reason reason);

}  // namespace rightsdesk::domain
