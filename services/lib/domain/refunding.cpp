#include "domain/refunding.h"

#include <algorithm>

#include "base/hash.h"
#include "domain/allocating.h"
#include "domain/approvals.h"
#include "domain/money_due.h"

namespace rightsdesk::domain {

namespace {

// What of each payment the final allotments use.
std::map<PaymentId, Money> applied_by_payment(const Book& book) {
    std::map<PaymentId, Money> applied;
    for (const NoticeId& id : book.notice_ids()) {
        const Allotment* allotment = book.allotment(AllocationKind::kFinal, id);
        if (allotment == nullptr) continue;
        std::vector<const Payment*> payments;
        for (const PaymentId& payment : book.payments_of(id)) {
            const Payment* one = book.payment(payment);
            if (one->status == PaymentStatus::kGood && money_in_time(book, *book.notice(id), *one->received_at)) payments.push_back(one);
        }
        std::stable_sort(payments.begin(), payments.end(), [](const Payment* left, const Payment* right) { return *left->received_at < *right->received_at; });
        Money wanted = allotment->applied;
        for (const Payment* payment : payments) {
            for (const Match& match : payment->matches) {
                if (match.notice != id) continue;
                const Money used = std::min(wanted, match.amount);
                applied[payment->id] += used;
                wanted -= used;
            }
        }
    }
    return applied;
}

RefundCause cause_of(const Book& book, const Payment& payment) {
    if (book.life()->stage == Stage::kTerminated) return RefundCause::kTerminated;
    if (payment.matches.empty()) return RefundCause::kUnmatched;
    const NoticeId& id = payment.matches.front().notice;
    const Notice& notice = *book.notice(id);
    if (notice.status != NoticeStatus::kAccepted) return RefundCause::kNotCounted;
    if (payment.received_at && !money_in_time(book, notice, *payment.received_at)) return RefundCause::kLateMoney;
    if (!is_covered(book, id)) return RefundCause::kUncovered;
    const Funding& funding = *book.funding(id);
    const Allotment* allotment = book.allotment(AllocationKind::kFinal, id);
    if (allotment != nullptr && allotment->over < funding.deemed_over) return RefundCause::kProrated;
    return funding.good_in_time > funding.due ? RefundCause::kOverpaid : RefundCause::kUnfundedRemainder;
}

}  // namespace

void record_money(const std::vector<MoneyPart>& parts, Trial& trial, Decision& decision) {
    for (std::size_t from = 0, chunk = 0; from < parts.size(); from += kLinesPerChunk, ++chunk) {
        const auto first = parts.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = parts.begin() + static_cast<std::ptrdiff_t>(std::min(parts.size(), from + kLinesPerChunk));
        trial.add(decision, MoneyApplied{static_cast<std::uint32_t>(chunk), {first, last}});
    }
}

void apply_allotments(const Book& book, Trial& trial, Decision& decision) {
    const std::map<PaymentId, Money> applied = applied_by_payment(book);
    std::vector<MoneyPart> parts;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        if (payment.status != PaymentStatus::kGood) continue;
        const auto used = applied.find(id);
        const Money part = used == applied.end() ? Money(0) : used->second;
        parts.push_back({id, part, payment.amount - part - payment.refunded});
    }
    record_money(parts, trial, decision);
}

void propose_refunds(const Book& book, const Context& context, Trial& trial, Decision& decision) {
    std::vector<Refund> refunds;
    Money total;
    std::string lines;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        if (payment.refundable <= Money(0)) continue;
        const Refund* known = book.refund(id);
        if (known != nullptr && known->status == RefundStatus::kApproved) continue;  // on its way
        Refund refund;
        refund.payment = id;
        if (!payment.matches.empty()) refund.notice = payment.matches.front().notice;
        refund.amount = payment.refundable;
        refund.cause = cause_of(book, payment);
        refund.channel = payment.method;
        total += refund.amount;
        lines += id + "," + std::to_string(refund.amount.value) + "\n";
        refunds.push_back(refund);
    }
    if (refunds.empty()) return;
    Proposal proposal;
    proposal.id = next_proposal_id(book, ProposalKind::kRefunds);
    proposal.kind = ProposalKind::kRefunds;
    proposal.proposed_by = context.service;
    proposal.by_person = false;
    proposal.needed = book.life()->terms.approvals.refund;
    proposal.why = std::to_string(refunds.size()) + " payments have money to return";
    proposal.total = total;
    trial.add(decision, RefundsStarted{proposal.id, static_cast<std::uint32_t>(refunds.size()), total, base::sha256_hex(lines)});
    for (std::size_t from = 0, chunk = 0; from < refunds.size(); from += kLinesPerChunk, ++chunk) {
        const auto first = refunds.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = refunds.begin() + static_cast<std::ptrdiff_t>(std::min(refunds.size(), from + kLinesPerChunk));
        trial.add(decision, RefundsRecorded{static_cast<std::uint32_t>(chunk), {first, last}});
    }
    trial.add(decision, ProposalMade{proposal});
    trial.add(decision, RefundsProposed{proposal.id});
}

Decision return_parts(const Book& book, const std::vector<MoneyPart>& parts, const Context& context) {
    Decision decision;
    if (parts.empty()) return decision;
    Trial trial(book);
    record_money(parts, trial, decision);
    // One proposal holds all that waits: what a second one added would be approved with the first.
    if (const Proposal* open = open_proposal(book, ProposalKind::kRefunds)) trial.add(decision, ProposalSuperseded{open->id, "further money has become good"});
    propose_refunds(book, context, trial, decision);
    decision.reads = {life_name()};
    return decision;
}

Decision return_after_allocation(const Book& book, const PaymentId& id, const Context& context) {
    const Stage stage = stage_of(book);
    const Payment* payment = book.payment(id);
    const bool decided = stage == Stage::kApproved || stage == Stage::kSettled;
    if (!decided || payment == nullptr || payment->status != PaymentStatus::kGood) return {};
    // What was applied before the bank took it back, and is good again, pays what we were owed.
    const Money used = payment->applied + payment->refundable + payment->refunded;
    return used > Money(0) ? Decision{} : return_parts(book, {{id, Money(0), payment->amount}}, context);
}

Decision report_refund(const Book& book, const ReportRefund& command) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("ReportRefund", refund_name(command.payment), refusal, detail); };
    if (book.payment(command.payment) == nullptr) return refused(Refusal::kUnknownPayment, command.payment);
    const Refund* refund = book.refund(command.payment);
    if (refund == nullptr) return refused(Refusal::kNothingToDo, "nothing of it is to be refunded");
    if (refund->status == RefundStatus::kProposed) return refused(Refusal::kTooEarly, "two people must approve it first");
    if (command.reference.empty()) return refused(Refusal::kValueUnusable, command.paid ? "name the payment made: the reference is missing" : "say why it failed");
    const RefundStatus status = command.paid ? RefundStatus::kPaid : RefundStatus::kFailed;
    if (refund->status == status) return refused(Refusal::kAlreadyDecided, "it is " + to_text(status) + ": " + refund->reference);
    Decision decision;
    return decision.add(RefundReported{command.payment, status, command.reference});
}

std::vector<PaymentId> refunds_with(const Book& book, RefundStatus status) {
    std::vector<PaymentId> payments;
    for (const PaymentId& id : book.payment_ids()) {
        const Refund* refund = book.refund(id);
        if (refund != nullptr && refund->status == status) payments.push_back(id);
    }
    return payments;
}

}  // namespace rightsdesk::domain
