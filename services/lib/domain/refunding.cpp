#include "domain/refunding.h"

#include <algorithm>

#include "base/hash.h"
#include "domain/allotting.h"
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
        Money wanted = allotment->applied;
        for (const MoneyForNotice& money : good_money_for(book, *book.notice(id))) {
            const Money used = std::min(wanted, money.in_time);
            applied[money.payment->id] += used;
            wanted -= used;
        }
    }
    return applied;
}

// Whether any of it came too late for the notice, beyond what was billed.
bool is_late(const Book& book, const Notice& notice, const Payment& payment) {
    if (payment.received_at && money_in_time(book, notice, *payment.received_at)) return false;
    const auto all = good_money_for(book, notice);
    return std::any_of(all.begin(), all.end(), [&](const MoneyForNotice& money) { return money.payment == &payment && money.in_time < money.amount; });
}

RefundCause cause_of(const Book& book, const Payment& payment) {
    if (book.life()->stage == Stage::kTerminated) return RefundCause::kTerminated;
    if (payment.matches.empty()) return RefundCause::kUnmatched;
    const NoticeId& id = payment.matches.front().notice;
    const Notice& notice = *book.notice(id);
    if (notice.status != NoticeStatus::kAccepted) return RefundCause::kNotCounted;
    if (is_late(book, notice, payment)) return RefundCause::kLateMoney;
    if (!is_covered(book, id)) return RefundCause::kUncovered;
    const Funding& funding = *book.funding(id);
    const Allotment* allotment = book.allotment(AllocationKind::kFinal, id);
    if (allotment != nullptr && allotment->over < funding.deemed_over) return RefundCause::kProrated;
    return funding.good_in_time > funding.due ? RefundCause::kOverpaid : RefundCause::kUnfundedRemainder;
}

// Lists are recorded in chunks; `from` lines of this one were by the parts before.
template <class Line>
struct LinesLeft final : Unfinished {
    LinesLeft(std::shared_ptr<const std::vector<Line>> all, std::size_t recorded) : lines(std::move(all)), from(recorded) {}
    std::shared_ptr<const std::vector<Line>> lines;
    std::size_t from = 0;
};

// The list that the part before left, else made now.
template <class Line, class Make>
LinesLeft<Line> lines_left(const Context& context, Make make) {
    if (const auto left = std::dynamic_pointer_cast<const LinesLeft<Line>>(context.unfinished)) return {left->lines, left->from};
    return {std::make_shared<const std::vector<Line>>(make()), 0};
}

// Adds the lines in chunks, each an event that `say` makes of its number and lines. What is left, or nothing when all are there.
template <class Line, class Say>
std::shared_ptr<const Unfinished> record_lines(const LinesLeft<Line>& left, Part& part, Say say) {
    const std::size_t next = add_in_chunks(*left.lines, left.from, part, say);
    if (next < left.lines->size()) return std::make_shared<LinesLeft<Line>>(left.lines, next);
    return nullptr;
}

// One a payment with refundable money, but for those on their way.
std::vector<Refund> refunds_due(const Book& book) {
    std::vector<Refund> refunds;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        if (payment.refundable <= Money(0)) continue;
        const Refund* known = book.refund(id);
        if (known != nullptr && known->status == RefundStatus::kApproved) continue;
        Refund refund;
        refund.payment = id;
        if (!payment.matches.empty()) refund.notice = payment.matches.front().notice;
        refund.amount = payment.refundable;
        refund.cause = cause_of(book, payment);
        refund.channel = payment.method;
        refunds.push_back(refund);
    }
    return refunds;
}

bool is_recorded(const Book& book, const Refund& refund) {
    const Refund* known = book.refund(refund.payment);
    return known != nullptr && *known == refund;
}

Money total_of(const std::vector<Refund>& refunds) {
    Money total;
    for (const Refund& refund : refunds) total += refund.amount;
    return total;
}

RefundsStarted header_of(const ProposalId& proposal, const std::vector<Refund>& refunds) {
    std::string lines;
    for (const Refund& refund : refunds) lines += refund.payment + "," + std::to_string(refund.amount.value) + "\n";
    return {proposal, static_cast<std::uint32_t>(refunds.size()), total_of(refunds), base::sha256_hex(lines)};
}

// Whether it is proposed, or failed and waits for the bank's next word.
bool is_spoken_of(const Book& book, const Refund& refund) {
    const Refund* known = book.refund(refund.payment);
    return known != nullptr && (known->status == RefundStatus::kFailed || *known == refund);
}

// Where refundable money is not spoken of. One proposal holds all that waits: what a second one added would be approved with the first.
void begin_refunds(const Book& book, const Context& context, Part& part) {
    if (being_prepared(book, ProposalKind::kRefunds) != nullptr) return;  // it takes in what is there by then
    const std::vector<Refund> due = refunds_due(book);
    if (std::all_of(due.begin(), due.end(), [&](const Refund& refund) { return is_spoken_of(book, refund); })) return;
    if (const Proposal* open = open_proposal(book, ProposalKind::kRefunds)) part.add(ProposalSuperseded{open->id, "further money has become good"});
    const std::string why = std::to_string(due.size()) + " payments have money to return";
    const Proposal proposal = computed_proposal(book, ProposalKind::kRefunds, book.life()->terms.approvals.refund, why, context);
    part.add(ProposalMade{proposal});
    part.add(header_of(proposal.id, due));
}

Decision record_money(const Book& book, const LinesLeft<MoneyPart>& left, const Context& context) {
    Part part(book, context);
    part.decision().reads = {life_name()};
    const auto rest = record_lines(left, part, [](std::uint32_t chunk, std::vector<MoneyPart> lines) { return MoneyApplied{chunk, std::move(lines)}; });
    if (rest != nullptr) return part.go_on(rest);
    begin_refunds(book, context, part);
    return part.done();
}

// What is not recorded yet.
std::vector<MoneyPart> allotted_parts(const Book& book) {
    const std::map<PaymentId, Money> applied = applied_by_payment(book);
    std::vector<MoneyPart> parts;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        if (payment.status != PaymentStatus::kGood) continue;
        const auto used = applied.find(id);
        const Money part = used == applied.end() ? Money(0) : used->second;
        const Money rest = payment.amount - part - payment.refunded;
        if (payment.applied != part || payment.refundable != rest) parts.push_back({id, part, rest});
    }
    return parts;
}

}  // namespace

Decision apply_allotments(const Book& book, const Context& context) {
    const Allocation* allocation = book.allocation(AllocationKind::kFinal);
    if (allocation == nullptr || allocation->status != AllocationStatus::kApproved) return {};
    return record_money(book, lines_left<MoneyPart>(context, [&] { return allotted_parts(book); }), context);
}

Decision return_parts(const Book& book, const std::function<std::vector<MoneyPart>()>& parts, const Context& context) {
    return record_money(book, lines_left<MoneyPart>(context, parts), context);
}

Decision prepare_refunds(const Book& book, const ProposalId& id, const Context& context) {
    const Proposal* proposal = book.proposal(id);
    if (proposal == nullptr || proposal->status != ProposalStatus::kPreparing) return {};
    Part part(book, context);
    const auto left = lines_left<Refund>(context, [&] {
        std::vector<Refund> refunds = refunds_due(book);
        // More may have become refundable since its header was made.
        if (total_of(refunds) != proposal->total) part.add(header_of(id, refunds));
        std::erase_if(refunds, [&](const Refund& refund) { return is_recorded(book, refund); });
        return refunds;
    });
    const auto rest = record_lines(left, part, [](std::uint32_t chunk, std::vector<Refund> lines) { return RefundsRecorded{chunk, std::move(lines)}; });
    if (rest != nullptr) return part.go_on(rest);
    part.add(RefundsProposed{id});
    return part.done();
}

Decision approve_refunds(const Book& book, const ProposalId& id, const Context& context) {
    Part part(book, context);
    const auto left = lines_left<PaymentId>(context, [&] { return refunds_with(book, RefundStatus::kProposed); });
    const auto rest = record_lines(left, part, [&](std::uint32_t, std::vector<PaymentId> lines) { return RefundsApproved{id, std::move(lines)}; });
    return rest != nullptr ? part.go_on(rest) : part.done();
}

Decision pay_refunds(const Book& book, const std::string& reference, const Context& context) {
    Part part(book, context);
    const auto left = lines_left<PaymentId>(context, [&] {
        std::vector<PaymentId> payments = refunds_with(book, RefundStatus::kApproved);
        std::erase_if(payments, [&](const PaymentId& id) { return book.payment(id)->status != PaymentStatus::kGood; });
        return payments;
    });
    const auto rest = record_lines(left, part, [&](std::uint32_t, std::vector<PaymentId> lines) { return RefundsPaid{reference, std::move(lines)}; });
    return rest != nullptr ? part.go_on(rest) : part.done();
}

std::string money_on_its_way(const Book& book) {
    if (const Proposal* proposal = being_prepared(book, ProposalKind::kRefunds)) return proposal->id + " is still being prepared";
    const bool waits_for_people = open_proposal(book, ProposalKind::kRefunds) != nullptr;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        if (payment.status != PaymentStatus::kGood) continue;
        if (payment.applied + payment.refundable + payment.refunded != payment.amount) return "the money of " + id + " is still being applied";
        const Refund* refund = book.refund(id);
        if (payment.refundable > Money(0) && (refund == nullptr || (refund->status == RefundStatus::kProposed && !waits_for_people))) return "the refund of " + id + " is still being recorded";
    }
    return {};
}

std::string being_recorded(const Book& book) {
    for (const AllocationKind kind : {AllocationKind::kFinal, AllocationKind::kPreliminary}) {
        const Allocation* allocation = book.allocation(kind);
        if (allocation != nullptr && allocation->status == AllocationStatus::kStarted) return "the " + to_text(kind) + " allocation is still being recorded";
    }
    const Stage stage = stage_of(book);
    return stage == Stage::kApproved || is_over(stage) ? money_on_its_way(book) : std::string();
}

Decision return_after_allocation(const Book& book, const PaymentId& id, const Context& context) {
    const Stage stage = stage_of(book);
    const Payment* payment = book.payment(id);
    const bool decided = stage == Stage::kApproved || stage == Stage::kSettled;
    if (!decided || payment == nullptr || payment->status != PaymentStatus::kGood) return {};
    // What was applied before the bank took it back, and is good again, pays what we were owed.
    const Money used = payment->applied + payment->refundable + payment->refunded;
    if (used > Money(0)) return {};
    return return_parts(book, [&] { return std::vector<MoneyPart>{{id, Money(0), payment->amount}}; }, context);
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
