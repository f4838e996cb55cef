// A nominee's certification of its beneficial owners: taking it, and what it makes of the notice's over-subscription (rules.md
// section 4: "Only for a holder whose basic privilege is exercised in full (for a nominee: per beneficial owner)"). Pure.
#pragma once

#include <string>
#include <vector>

#include "domain/decision.h"

namespace rightsdesk::domain {

// Whether the notice is judged by owner: it was certified, and nothing voided that.
bool is_judged_by_owner(const Notice& notice);

// Owners are anonymous lines: what has a blank, no digit or many letters may be somebody's name, and is no reference.
bool is_owner_reference(const std::string& text);
inline constexpr const char* kOwnerReferenceIs = "a reference is a number of the nominee's, never a name: 1 to 24 letters, digits and . - / _ #, a digit among them";
static_assert(kMaxReferenceLetters == 24);  // as it says

struct OwnersTotals {
    Rights rights;
    Shares basic;
    Shares over;
    bool operator==(const OwnersTotals&) const = default;
};

OwnersTotals totals_of(const std::vector<CertifiedOwner>& owners);

// Whether the owner's basic privilege is exercised in full. One whose rights come to no share has exercised it so.
bool is_in_full(const Terms& terms, const CertifiedOwner& owner);

// OwnersCertified, until the allocation is approved; an earlier certification is replaced. Refused: kNotAllowedByTerms where the
// terms judge a nominee as one holder; kAlreadyDecided where the notice is rejected or withdrawn; kTooLate once the allocation is
// approved or the offering over; kBeyondLimit for more owners than kMaxCertifiedOwners; kNothingToDo for those certified already;
// and kValueUnusable, with the figures: without evidence, or received in the future; for no owner, a reference that may be a name
// or is there twice, numbers out of bounds, an owner's basic beyond what its rights give; where the owners' basic and
// over-subscription shares are not the notice's, or their rights more than it holds.
Decision certify_owners(const Book& book, const CertifyOwners& command, const Context& context);

// What voids the notice's certification when its content becomes `after`: its owners' shares are not those any more. Nothing
// where it has none that holds, or still agrees.
std::optional<CertificationVoided> voided_by(const Notice& notice, const NoticeContent& after);

// "3 owners certified, 2 of them in full: 400 of 600 over-subscription shares are eligible"; or why that does not hold.
std::string owners_text(const OwnersCertification& certification);

// Why a person should ask for a certification, while one still counts: the one there was is void, or the notice over-subscribes
// without its full basic, which only its owners can mend. Empty where nobody need. `book` must be opened.
std::string owners_wanted_because(const Book& book, const Notice& notice);

}  // namespace rightsdesk::domain
