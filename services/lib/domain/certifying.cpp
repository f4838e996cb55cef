#include "domain/certifying.h"

#include <algorithm>
#include <set>

#include "domain/civil.h"
#include "domain/keying.h"
#include "domain/money_text.h"
#include "domain/notice_judgement.h"

namespace rightsdesk::domain {

namespace {

std::string shares_text(Shares basic, Shares over) { return grouped(basic.value) + " basic and " + grouped(over.value) + " over-subscription shares"; }

bool is_countable(const CertifiedOwner& owner) {
    const auto within = [](std::int64_t least, std::int64_t number) { return number >= least && number <= kMaxOwnerQuantity; };
    return within(1, owner.rights.value) && within(0, owner.basic.value) && within(0, owner.over.value);
}

std::string against_owner(const Terms& terms, const CertifiedOwner& owner) {
    if (!is_owner_reference(owner.reference)) return kOwnerReferenceIs;
    if (!is_countable(owner)) {
        return "owner " + owner.reference + ": rights are 1 to " + grouped(kMaxOwnerQuantity) + ", shares 0 to as many";
    }
    const Shares entitled = basic_entitlement(terms, owner.rights);
    if (owner.basic <= entitled) return {};
    return "owner " + owner.reference + " subscribes for " + grouped(owner.basic.value) + " basic shares, and its " + grouped(owner.rights.value) + " rights give " +
           grouped(entitled.value);
}

// The owners' shares are the notice's, to the share.
std::string against_shares(const NoticeContent& content, const OwnersTotals& totals) {
    if (!content.basic_shares) return "the notice gives no number of basic shares: cure that first";
    const Shares over = content.excess_shares.value_or(Shares(0));
    if (totals.basic == *content.basic_shares && totals.over == over) return {};
    return "its owners subscribe for " + shares_text(totals.basic, totals.over) + ", the notice for " + shares_text(*content.basic_shares, over);
}

std::string against_totals(const Notice& notice, const OwnersTotals& totals) {
    const Rights held = notice.content.rights_held.value_or(Rights(0));
    if (totals.rights > held) return "its owners hold " + grouped(totals.rights.value) + " rights, the notice " + grouped(held.value);
    if (const std::string against = against_shares(notice.content, totals); !against.empty()) return against;
    if (totals.basic <= notice.basic_entitlement) return {};
    return "its owners subscribe for " + grouped(totals.basic.value) + " basic shares, and the notice's rights give " + grouped(notice.basic_entitlement.value);
}

// Why the list of owners cannot be used for the notice; empty when it can.
std::string against_owners(const Terms& terms, const Notice& notice, const std::vector<CertifiedOwner>& owners) {
    if (owners.empty()) return "there is no owner in it";
    std::set<std::string> references;
    for (const CertifiedOwner& owner : owners) {
        if (const std::string against = against_owner(terms, owner); !against.empty()) return against;
        if (!references.insert(owner.reference).second) return "owner " + owner.reference + " is there twice";
    }
    return against_totals(notice, totals_of(owners));
}

OwnersCertification certification_of(const Terms& terms, const CertifyOwners& command, const std::string& by) {
    OwnersCertification made;
    made.owners = command.owners;
    for (const CertifiedOwner& owner : command.owners) {
        if (!is_in_full(terms, owner)) continue;
        ++made.in_full;
        made.over_in_full += owner.over;
    }
    made.evidence = command.evidence;
    made.by = by;
    made.at = command.at;
    return made;
}

// Once it is approved the allocation stands, whatever is certified.
bool may_still_count(Stage stage) { return stage != Stage::kApproved && !is_over(stage); }

}  // namespace

bool is_owner_reference(const std::string& text) {
    const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
    const auto is_allowed = [&](char letter) {
        return is_digit(letter) || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') || std::string(".-/_#").find(letter) != std::string::npos;
    };
    return !text.empty() && text.size() <= kMaxReferenceLetters && std::all_of(text.begin(), text.end(), is_allowed) && std::any_of(text.begin(), text.end(), is_digit);
}

bool is_judged_by_owner(const Notice& notice) { return notice.owners && notice.owners->void_because.empty(); }

OwnersTotals totals_of(const std::vector<CertifiedOwner>& owners) {
    OwnersTotals totals;
    for (const CertifiedOwner& owner : owners) {
        totals.rights += owner.rights;
        totals.basic += owner.basic;
        totals.over += owner.over;
    }
    return totals;
}

bool is_in_full(const Terms& terms, const CertifiedOwner& owner) { return owner.basic >= basic_entitlement(terms, owner.rights); }

Decision certify_owners(const Book& book, const CertifyOwners& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("CertifyOwners", notice_name(command.notice), refusal, detail); };
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    const Notice* notice = book.notice(command.notice);
    if (notice == nullptr) return refused(Refusal::kUnknownNotice, command.notice);
    if (is_final(notice->status)) return refused(Refusal::kAlreadyDecided, "the notice is " + to_text(notice->status));
    if (awaits_keying(*notice)) return refused(Refusal::kTooEarly, "it is not keyed yet: rightsdesk notice key " + notice->id);
    const Stage stage = stage_of(book);
    if (!may_still_count(stage)) return refused(Refusal::kTooLate, "the offering is " + to_text(stage));
    if (life->terms.over_subscription.nominee == NomineeJudged::kAsOneHolder) {
        return refused(Refusal::kNotAllowedByTerms, "over_subscription.nominee is as_one_holder: the notice is judged as a whole");
    }
    if (command.evidence.empty()) return refused(Refusal::kValueUnusable, "say what shows it: the nominee's certification, by its date");
    if (command.at.value > context.now.value + life->terms.stamp_gap_minutes * kNanosecondsPerMinute) {
        return refused(Refusal::kValueUnusable, "it cannot have been received in the future");
    }
    if (command.owners.size() > kMaxCertifiedOwners) {
        return refused(Refusal::kBeyondLimit, std::to_string(command.owners.size()) + " owners; a notice has at most " + std::to_string(kMaxCertifiedOwners));
    }
    if (const std::string against = against_owners(life->terms, *notice, command.owners); !against.empty()) return refused(Refusal::kValueUnusable, against);
    if (is_judged_by_owner(*notice) && notice->owners->owners == command.owners) return refused(Refusal::kNothingToDo, "these owners are certified already");
    Decision decision;
    decision.reads = {life_name(), allocation_name(AllocationKind::kFinal)};
    return decision.add(OwnersCertified{notice->id, certification_of(life->terms, command, context.person)});
}

std::optional<CertificationVoided> voided_by(const Notice& notice, const NoticeContent& after) {
    if (!is_judged_by_owner(notice)) return std::nullopt;
    const std::string against = against_shares(after, totals_of(notice.owners->owners));
    if (against.empty()) return std::nullopt;
    return CertificationVoided{notice.id, against};
}

std::string owners_text(const OwnersCertification& certification) {
    const std::string count = grouped(static_cast<std::int64_t>(certification.owners.size())) + (certification.owners.size() == 1 ? " owner" : " owners") + " certified";
    if (!certification.void_because.empty()) return count + ", and that is void: " + certification.void_because;
    return count + ", " + grouped(certification.in_full) + " of them in full: " + grouped(certification.over_in_full.value) + " of " +
           grouped(totals_of(certification.owners).over.value) + " over-subscription shares are eligible";
}

std::string owners_wanted_because(const Book& book, const Notice& notice) {
    const Terms& terms = book.life()->terms;
    const bool by_owner = terms.over_subscription.nominee == NomineeJudged::kPerBeneficialOwner;
    const bool asks_over = notice.content.excess_shares.value_or(Shares(0)) > Shares(0);
    if (!by_owner || !asks_over || notice.status != NoticeStatus::kAccepted || is_judged_by_owner(notice) || !may_still_count(stage_of(book))) return {};
    if (notice.owners) return "its certification of owners is void: " + notice.owners->void_because;
    if (!has_reason(notice.reasons, Reason::kOverWithoutFullBasic)) return {};
    return "it over-subscribes without its full basic, and no owners are certified";
}

}  // namespace rightsdesk::domain
