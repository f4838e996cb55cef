#include "domain/allocating.h"

#include <algorithm>

#include "base/hash.h"
#include "domain/approvals.h"
#include "domain/certifying.h"
#include "domain/clearing.h"
#include "domain/covers.h"
#include "domain/dated_money.h"
#include "domain/final_price.h"
#include "domain/money_due.h"
#include "domain/money_text.h"
#include "domain/notice_judgement.h"
#include "domain/refunding.h"
#include "domain/share_out.h"
#include "domain/trial.h"

namespace rightsdesk::domain {

namespace {

bool counts(const Book& book, const Notice& notice, AllocationKind kind) {
    const Funding* funding = book.funding(notice.id);
    if (notice.status != NoticeStatus::kAccepted || funding == nullptr || funding->deemed_basic + funding->deemed_over == Shares(0)) return false;
    if (kind == AllocationKind::kPreliminary) return may_be_protect(*book.life(), notice);
    // A notice that lapsed may be paid for by money in suspense after its certificates went back: they are not here to be exercised.
    return is_covered(book, notice.id) && !certificates_went_back(book.life()->terms, notice);
}

Subscription subscription_of(const Book& book, const Notice& notice) {
    const Funding& funding = *book.funding(notice.id);
    Subscription subscription;
    subscription.id = notice.id;
    subscription.received_at = counting_delivery(*book.life(), notice).stamp;
    subscription.basic_entitlement = notice.basic_entitlement;
    subscription.basic = funding.deemed_basic;
    subscription.over = funding.deemed_over;
    subscription.record_holding = record_holding_of(notice);
    return subscription;
}

// "asked X, money Y, deemed Z, rule R", for every notice whose application is not what its money makes now.
void apply_money(const Book& book, Trial& trial, Decision& decision) {
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        if (notice.status == NoticeStatus::kRefused) continue;
        const Funding funding = applied_funding(book, id);
        const Funding* known = book.funding(id);
        if (known == nullptr || !(*known == funding)) trial.add(decision, PaymentApplied{funding});
    }
}

// Whether it counts though its certificates, or its money due with them, are not all there.
bool is_protect(const Book& book, const Notice& notice) {
    if (notice.form != NoticeForm::kGuaranteedDelivery) return false;
    const Funding& funding = *book.funding(notice.id);
    return !is_covered(book, notice.id) || (funding.application == Application::kPending && funding.good_in_time < funding.due);
}

std::string digest_of(const std::vector<Allotment>& allotments) {
    std::string lines;
    for (const Allotment& line : allotments) {
        lines += line.notice + "," + std::to_string(line.basic.value) + "," + std::to_string(line.over.value) + "," + std::to_string(line.applied.value) + "\n";
    }
    return base::sha256_hex(lines);
}

// Header and chunks; the closing event is the caller's.
Allocation compute(const Book& book, AllocationKind kind, Trial& trial, Decision& decision) {
    const Terms& terms = book.life()->terms;
    std::vector<Subscription> subscriptions;
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        if (counts(book, notice, kind)) subscriptions.push_back(subscription_of(book, notice));
        decision.reads.push_back(notice_name(id));
        if (book.cover(id) != nullptr) decision.reads.push_back(cover_name(id));
    }
    const SharedOut shared = share_out(terms, subscriptions);
    const AllocationOutcome& outcome = shared.outcome;
    Allocation allocation;
    allocation.extra_supply = shared.extra_supply;
    allocation.supply = shared.supply;
    allocation.standby = shared.standby;
    std::vector<Allotment> allotments;
    for (std::size_t at = 0; at < subscriptions.size(); ++at) {
        const AllottedShares& shares = outcome.allotted[at];
        const Money applied((shares.basic + shares.over).value * terms.subscription_price.value);
        allotments.push_back({subscriptions[at].id, kind, shares.basic, shares.over, applied});
        if (is_protect(book, *book.notice(subscriptions[at].id))) allocation.protects += shares.basic + shares.over;
    }
    const Allocation* before = book.allocation(kind);
    allocation.kind = kind;
    allocation.revision = before == nullptr ? 1 : before->revision + 1;
    allocation.basic_allotted = outcome.basic_allotted;
    allocation.over_requested = outcome.over_requested;
    allocation.over_allotted = outcome.over_allotted;
    allocation.proration = outcome.proration;
    allocation.rounds = static_cast<std::uint32_t>(outcome.rounds.size());
    allocation.residual_rule = kResidualRule;
    allocation.lines = static_cast<std::uint32_t>(allotments.size());
    allocation.digest = digest_of(allotments);
    // A line of an earlier revision that is not in this one is set to nothing.
    if (before != nullptr) {
        std::size_t next = 0;  // the lines are in the book's order
        for (const NoticeId& id : book.notice_ids()) {
            if (next < allocation.lines && allotments[next].notice == id) ++next;
            else if (book.allotment(kind, id) != nullptr) allotments.push_back({id, kind, {}, {}, {}});
        }
    }
    trial.add(decision, AllocationStarted{allocation});
    for (std::size_t from = 0, chunk = 0; from < allotments.size(); from += kLinesPerChunk, ++chunk) {
        const auto first = allotments.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = allotments.begin() + static_cast<std::ptrdiff_t>(std::min(allotments.size(), from + kLinesPerChunk));
        trial.add(decision, AllotmentsRecorded{kind, allocation.revision, static_cast<std::uint32_t>(chunk), {first, last}});
    }
    return allocation;
}

Decision allocate_preliminarily(const Book& book) {
    Decision decision;
    Trial trial(book);
    apply_money(book, trial, decision);
    const Allocation allocation = compute(book, AllocationKind::kPreliminary, trial, decision);
    trial.add(decision, AllocationComputed{allocation.revision});
    decision.reads.push_back(life_name());
    return decision;
}

void propose(const Book& book, const Context& context, const std::string& why, Trial& trial, Decision& decision) {
    apply_money(book, trial, decision);
    const Allocation allocation = compute(book, AllocationKind::kFinal, trial, decision);
    Proposal proposal;
    proposal.id = next_proposal_id(book, ProposalKind::kAllocation);
    proposal.kind = ProposalKind::kAllocation;
    proposal.proposed_by = context.service;
    proposal.by_person = false;
    proposal.needed = book.life()->terms.approvals.allocation;
    proposal.why = why;
    trial.add(decision, ProposalMade{proposal});
    trial.add(decision, AllocationProposed{allocation.revision, proposal.id});
    decision.reads.push_back(life_name());
}

// Nothing can be allocated finally before the price is set and what it billed can no longer be paid.
bool waits_for_price(const Life& life, Instant now) { return awaits_price(life) || (life.bill_until && now <= life.bill_until->instant); }

}  // namespace

bool may_be_protect(const Life& life, const Notice& notice) {
    return notice.form == NoticeForm::kGuaranteedDelivery || cover_progress(life.terms, notice, life.expiration.instant).completed_at;
}

Shares record_holding_of(const Notice& notice) {
    if (notice.on_register) return notice.on_register->shares;
    return Shares(notice.content.rights_held.value_or(Rights(0)).value);
}

Asked asked_of(const Notice& notice, Money money) {
    const Shares over = notice.content.excess_shares.value_or(Shares(0));
    const bool eligible = !has_reason(notice.reasons, Reason::kOverNotEligible);
    Asked asked{notice.content.basic_shares, over, notice.basic_entitlement, money, record_holding_of(notice), eligible};
    if (is_judged_by_owner(notice)) asked.over_of_owners_in_full = notice.owners->over_in_full;
    return asked;
}

Shares subscribed_in_all(const Allocation& allocation) {
    Shares all = allocation.basic_allotted + allocation.over_allotted;
    for (const StandbyPart& part : allocation.standby) all += part.shares;
    return all;
}

Decision fund_again(const Book& book) {
    Decision decision;
    Trial trial(book);
    say_good_by_date(book, trial, decision);
    for (const NoticeId& id : book.notice_ids()) {
        if (book.funding(id) == nullptr) continue;
        if (const auto event = funding_to_say(book, id)) trial.add(decision, *event);
    }
    if (!decision.events.empty()) decision.reads = {life_name()};
    return decision;
}

Decision fund_by_clock(const Book& book, const NoticeId& id) {
    Decision decision;
    const Notice* notice = book.notice(id);
    if (notice == nullptr || book.funding(id) == nullptr || !pays_with_cover(book.life()->terms, *notice)) return decision;
    Trial trial(book);
    // Its deadline may have left the day that the bank told of its money.
    say_good_by_date(book, id, trial, decision);
    say_funded(book, trial, decision, id);
    if (!decision.events.empty()) decision.reads = {life_name(), notice_name(id), cover_name(id)};
    return decision;
}

Decision count_exercises(const Book& book) {
    if (book.life() == nullptr || book.life()->stage != Stage::kCounted || book.allocation(AllocationKind::kPreliminary) != nullptr) return {};
    return allocate_preliminarily(book);
}

Decision follow_final_price(const Book& book, const Context& context) {
    const Stage stage = stage_of(book);
    if (stage == Stage::kTabulated) return allocate_finally(book, context);
    return stage == Stage::kCounted ? allocate_preliminarily(book) : fund_again(book);
}

Decision due_in_clearing(const Book& book, const Book& desk, const Context& context) {
    const Life* life = book.life();
    if (life == nullptr || !life->bill_until || stage_of(book) != Stage::kTabulated) return {};
    return watermarks_past(desk, life->terms.bank_feeds, life->bill_until->instant) ? allocate_finally(book, context) : Decision{};
}

Decision allocate_finally(const Book& book, const Context& context) {
    Decision decision;
    if (stage_of(book) != Stage::kTabulated || book.allocation(AllocationKind::kFinal) != nullptr || waits_for_price(*book.life(), context.now)) return decision;
    Trial trial(book);
    propose(book, context, "the offering is tabulated", trial, decision);
    return decision;
}

Decision propose_again(const Book& book, const ProposeAllocation& command, const Context& context) {
    const Stage stage = stage_of(book);
    const auto refused = [&](Refusal refusal) {
        return refuse("ProposeAllocation", allocation_name(AllocationKind::kFinal), refusal, "the offering is " + to_text(stage));
    };
    if (stage == Stage::kApproved || is_over(stage)) return refused(Refusal::kTooLate);
    if (stage != Stage::kTabulated && stage != Stage::kProposed) return refused(Refusal::kTooEarly);
    if (waits_for_price(*book.life(), context.now)) {
        return refuse("ProposeAllocation", allocation_name(AllocationKind::kFinal), Refusal::kTooEarly, "the final price is not set, or what it billed may still be paid");
    }
    Decision proposed;
    Trial trial(book);
    propose(book, context, command.why + (command.why.empty() ? "asked by " : ", asked by ") + context.person, trial, proposed);
    // The receipt speaks of the proposal, so that comes first; the rest follows in the order in which it rests on each other.
    Decision decision;
    decision.reads = proposed.reads;
    const auto made = std::find_if(proposed.events.begin(), proposed.events.end(), [](const Event& event) { return std::holds_alternative<ProposalMade>(event); });
    decision.add(*made);
    proposed.events.erase(made);
    if (const Proposal* open = open_proposal(book, ProposalKind::kAllocation); open != nullptr && open->id != std::get<ProposalMade>(decision.events[0]).proposal.id) {
        decision.add(ProposalSuperseded{open->id, "by " + std::get<ProposalMade>(decision.events[0]).proposal.id});
    }
    for (Event& event : proposed.events) decision.add(std::move(event));
    return decision;
}

namespace {

// Whether the proposed allocation is no longer what the records make: a bounce, a match or a late clearance came since.
bool is_stale(const Book& book) {
    Trial trial(book);
    Decision recomputed;
    apply_money(book, trial, recomputed);
    const std::string proposed = book.allocation(AllocationKind::kFinal)->digest;
    return compute(book, AllocationKind::kFinal, trial, recomputed).digest != proposed;
}

}  // namespace

Decision approve_in_clearing(const Book& book, const Approve& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) {
        return refuse("Approve", proposal_name(command.proposal), refusal, detail);
    };
    const Proposal* proposal = book.proposal(command.proposal);
    const bool ours = proposal != nullptr && (proposal->kind == ProposalKind::kAllocation || proposal->kind == ProposalKind::kRefunds);
    if (!ours) return refused(Refusal::kUnknownProposal, command.proposal);
    if (const auto objection = objection_to(*proposal, context.person)) return refused(*objection, context.person);
    if (proposal->kind == ProposalKind::kAllocation && is_stale(book)) {
        return refused(Refusal::kTooLate, "money changed since it was computed: propose the allocation again");
    }
    const auto& minimum = book.life()->terms.minimum_shares;
    if (proposal->kind == ProposalKind::kAllocation && minimum && subscribed_in_all(*book.allocation(AllocationKind::kFinal)) < *minimum) {
        return refused(Refusal::kNotAllowedByTerms, "the offering needs " + grouped(minimum->value) + " shares subscribed for: terminate it, which returns all money");
    }
    const ProposalApproved approval = approval_of(*proposal, context.person);
    Decision decision;
    Trial trial(book);
    trial.add(decision, approval);
    if (!approval.complete) return decision;
    if (approval.kind == ProposalKind::kAllocation) {
        trial.add(decision, AllocationApproved{book.allocation(AllocationKind::kFinal)->revision, command.proposal});
        apply_allotments(book, trial, decision);
        propose_refunds(book, context, trial, decision);
    } else {
        trial.add(decision, RefundsApproved{command.proposal, refunds_with(book, RefundStatus::kProposed)});
    }
    return decision;
}

Decision pay_refunds(const Book& book, const std::string& reference) {
    Decision decision;
    std::vector<PaymentId> payments = refunds_with(book, RefundStatus::kApproved);
    std::erase_if(payments, [&](const PaymentId& id) { return book.payment(id)->status != PaymentStatus::kGood; });
    if (!payments.empty()) decision.add(RefundsPaid{reference, payments});
    return decision;
}

}  // namespace rightsdesk::domain
