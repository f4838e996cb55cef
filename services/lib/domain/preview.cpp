#include "domain/preview.h"

#include <algorithm>
#include <limits>

#include "domain/covers.h"
#include "domain/intake.h"
#include "domain/natural_order.h"
#include "domain/offering_changes.h"
#include "domain/trial.h"

namespace rightsdesk::domain {

namespace {

void tell(const Decision& decision, std::vector<std::string>& effects) {
    for (const Event& event : decision.events) {
        if (const auto* moved = std::get_if<CoverClockMoved>(&event)) {
            effects.push_back("cover of " + moved->clock.notice + ": " + moved->before.civil + " to " + moved->clock.deadline.civil);
        } else if (const auto* redecided = std::get_if<NoticeRedecided>(&event)) {
            effects.push_back("notice " + redecided->notice + ": " + to_text(redecided->before) + " to " + to_text(redecided->after));
        }
    }
}

}  // namespace

std::vector<std::string> effects_of(const Book& book, const Proposal& proposal) {
    std::vector<std::string> effects;
    if (proposal.status != ProposalStatus::kOpen || book.life() == nullptr) return effects;
    Decision approved;
    Trial trial(book);
    Context whole;
    whole.most_effects = std::numeric_limits<std::size_t>::max();  // in one part
    if (proposal.kind == ProposalKind::kClosing) {
        const ClosingAdded closing = closing_of(*book.life(), proposal);
        if (closing.bill_until) effects.push_back("bill of the final price: " + book.life()->bill_until->civil + " to " + closing.bill_until->civil);
        trial.add(approved, closing);
        tell(follow_closing(book, whole), effects);
        tell(redecide_after_closing(book, *proposal.closing, whole), effects);
    } else if (proposal.kind == ProposalKind::kExtension) {
        trial.add(approved, OfferingExtended{proposal.id, Extension{book.life()->expiration, *proposal.extend_to, {}}});
        tell(follow_extension(book, whole), effects);
        tell(redecide_after_extension(book, whole), effects);
    }
    std::sort(effects.begin(), effects.end(), natural_less);
    return effects;
}

}  // namespace rightsdesk::domain
