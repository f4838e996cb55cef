#include "domain/terminating.h"

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
    record_money(parts, trial, decision);
    // One proposal holds all that waits: what a second one added would be approved with the first.
    if (const Proposal* open = open_proposal(book, ProposalKind::kRefunds)) trial.add(decision, ProposalSuperseded{open->id, "further money has become good"});
    propose_refunds(book, context, trial, decision);
    decision.reads = {life_name()};
    return decision;
}

}  // namespace rightsdesk::domain
