#include "domain/terminating.h"

#include <algorithm>

#include "domain/allocating.h"
#include "domain/approvals.h"
#include "domain/refunding.h"

namespace rightsdesk::domain {

Decision return_all_money(const Book& book, const Context& context) {
    Decision decision;
    if (book.life() == nullptr || book.life()->stage != Stage::kTerminated) return decision;
    std::vector<MoneyPart> parts;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        const Money all = payment.amount - payment.refunded;
        if (payment.status == PaymentStatus::kGood && payment.refundable != all) parts.push_back({id, Money(0), all});
    }
    if (parts.empty()) return decision;
    Trial trial(book);
    for (std::size_t from = 0, chunk = 0; from < parts.size(); from += kLinesPerChunk, ++chunk) {
        const auto first = parts.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = parts.begin() + static_cast<std::ptrdiff_t>(std::min(parts.size(), from + kLinesPerChunk));
        trial.add(decision, MoneyApplied{static_cast<std::uint32_t>(chunk), {first, last}});
    }
    // One proposal holds all that waits: what a second one added would be approved with the first.
    const Proposal* open = open_proposal(book, ProposalKind::kRefunds);
    const ProposalId superseded = open == nullptr ? "" : open->id;
    if (open != nullptr) trial.add(decision, ProposalSuperseded{superseded, "further money has become good"});
    propose_refunds(book, context, trial, decision);
    decision.reads = {life_name()};
    return decision;
}

}  // namespace rightsdesk::domain
