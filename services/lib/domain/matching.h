// Matching: whose money is it? Strongest evidence first (rules.md section 3, "Matching"): confirmation number or UETR with
// amount; instrument number with drawee and amount; notice reference with amount; exact amount of exactly one open notice
// from the named institution and date. Names alone never match.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

struct Matching {
    std::optional<Match> match;
    std::vector<Candidate> candidates;  // while there is none: candidates_for the payment
};

inline constexpr std::size_t kMaxCandidates = 20;

// A confirmation number or instrument number that the notice itself states is evidence although the amount differs (a
// bank's fee, a payment short or over), provided that the institution or the date agrees as a second witness; the
// difference is the funding's matter. Weaker evidence needs the exact amount. A number that only looks the same, letters that scans confuse folded
// (confused_letters.h), is a hint: in place of the institution's name, where amount and date agree. Where several notices state the same number and
// neither a rejection nor the amount tells them apart, there is no match: a person says whose it is. But one that may be another of
// them over again has no claim beside it, unless the money is more than that one asks for. A notice that a person took the money from
// is none of them, nor one that came after the offering's end.
Matching match_payment(const Book& book, const Payment& payment);

// Whoever was looked at for a payment, the nearest first, and why each fell short; at most kMaxCandidates, and never none. One that
// nothing speaks against has no reasons. A notice that a person took the money from is never chosen, and stands there as such.
std::vector<Candidate> candidates_for(const Book& book, const Payment& payment);

// The words that a reference in free text may be: letters, digits, dots and hyphens, without a full stop at the end.
std::vector<std::string> reference_words(const std::string& text);

// The notice of the book that a wire names: as its notice reference, else in the remittance text, else as its end-to-end reference; as a
// word of its own. Empty when it names none. One that was taken back is another offering's.
NoticeId notice_named(const Book& book, const ConfirmWire& wire);

// The only notice that states a certificate whose number is a word of the wire's remittance text or end-to-end reference; empty for none or several. A
// number has at least four characters and a digit: it is weighed with the exact amount, as a notice's id is.
NoticeId notice_with_certificate_named(const Book& book, const ConfirmWire& wire, const Context& context);

// What of a payment belongs to no notice yet.
Money unmatched_amount(const Payment& payment);

// Price x (basic + over) as the notice asks.
Money amount_due(const Terms& terms, const Notice& notice);

}  // namespace rightsdesk::domain
