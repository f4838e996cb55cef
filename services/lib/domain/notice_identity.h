// Which notice is this? The same notice comes by fax and by mail, and two accounts of one broker look nearly alike
// (rules.md section 5: "the same notice by another channel").
//
//   same         guarantor, holders' names, rights, shares and date equal, and the certificates where both give them: one
//                notice, one more delivery. The channel does not matter: a form faxed twice is one notice too.
//   possible     all but one of these equal, or the same guarantor and certificate: a person's question, never merged and
//   duplicate    never counted twice silently. What a notice does not say counts as not equal. The certificate of a direct
//                exercise is one too, whoever guarantees; and so is any that the register of holders knows.
//
// Names are personal: they are compared by keyed hashes alone.
#pragma once

#include <set>

#include "domain/decision.h"

namespace rightsdesk::domain {

// Certificates beyond these are not looked up; no paper notice lists as many.
inline constexpr std::size_t kMaxCertificatesKeyed = 256;

// Certificate numbers as they are compared: folded, each once, without those that say nothing.
std::set<std::string> folded_numbers(const std::vector<std::string>& numbers);

// A notice's business keys, hashed by `context.hash_key`.
struct NoticeKeys {
    std::optional<std::string> full;         // absent when the notice does not say all that it takes
    std::vector<std::string> all_but_one;
    std::vector<std::string> certificates;   // guarantor and certificate, one each
    std::vector<std::string> papers;         // certificate_keys

    // As an entity keeps them: the full one first.
    [[nodiscard]] std::vector<std::string> all() const;
};

NoticeKeys notice_keys(const Terms& terms, const NoticeFields& fields, const Context& context);

// Each certificate by itself, whoever guarantees it: what a guaranteed notice and a direct exercise for one certificate share. Two
// guaranteed notices are not compared by it, for two issues of a broker's own numbering may be alike.
std::vector<std::string> certificate_keys(const std::vector<std::string>& certificate_numbers, const Context& context);

// The oldest notice on file, of either form, for one of these certificates; refused ones are none.
std::optional<NoticeId> exercised_before(const Book& book, const std::vector<std::string>& certificate_keys);

struct Acquaintance {
    std::optional<NoticeId> same;                // link to it
    std::optional<NoticeId> possible_duplicate;  // ask
};

// What the book knows of a notice with these keys. Refused notices are no acquaintance (their reading may have been
// wrong); one that a person rejected is never linked to, only asked about.
// `registered`: the register of holders knows these certificates, so that two notices for one of them exercise it twice,
// whoever guarantees. `except`: the notice itself, where it is on file already.
Acquaintance acquaintance_of(const Book& book, const NoticeKeys& keys, const std::vector<std::string>& certificate_numbers,
                             bool registered = false, const NoticeId& except = {});

}  // namespace rightsdesk::domain
