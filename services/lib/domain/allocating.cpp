#include "domain/allocating.h"

#include "domain/allotting.h"
#include "domain/approvals.h"
#include "domain/certifying.h"
#include "domain/clearing.h"
#include "domain/covers.h"
#include "domain/dated_money.h"
#include "domain/final_price.h"
#include "domain/keying.h"
#include "domain/money_due.h"
#include "domain/money_text.h"
#include "domain/notice_judgement.h"
#include "domain/rate.h"
#include "domain/trial.h"

namespace rightsdesk::domain {

namespace {

Proposal prepared(const Book& book, const Context& context, const std::string& why) {
    return computed_proposal(book, ProposalKind::kAllocation, book.life()->terms.approvals.allocation, why, context);
}

// "asked X, money Y, deemed Z, rule R", where a notice's application is not what its money makes now.
std::optional<Event> application_to_say(const Book& book, const NoticeId& id) {
    if (book.notice(id)->status == NoticeStatus::kRefused || awaits_keying(*book.notice(id))) return std::nullopt;
    const Funding funding = applied_funding(book, id);
    const Funding* known = book.funding(id);
    return known != nullptr && *known == funding ? std::nullopt : std::optional<Event>(PaymentApplied{funding});
}

// Money applied, header, chunks and what closes them. What changes between two parts of it is not in it: of a final one the approval
// sees to that.
Decision allocate(const Book& book, AllocationKind kind, const Context& context, const std::function<Event(std::uint32_t revision)>& closing) {
    Part part(book, context);
    part.decision().reads = {life_name()};
    auto wanted = std::dynamic_pointer_cast<const WorkedOut>(context.unfinished);
    if (wanted == nullptr) {
        const auto rest = add_for_notices(book, part, first_notice(context), [&](const NoticeId& id) { return application_to_say(book, id); });
        if (rest) return part.go_on(std::make_shared<AtNotice>(*rest));
        wanted = work_out(book, kind);
    }
    if (!record_allotting(book, *wanted, part)) return part.go_on(wanted);
    part.add(closing(book.allocation(kind)->revision));
    return part.done();
}

Decision allocate_preliminarily(const Book& book, const Context& context) {
    return allocate(book, AllocationKind::kPreliminary, context, [](std::uint32_t revision) { return AllocationComputed{revision}; });
}

// Nothing can be allocated finally before the price is set and what it billed can no longer be paid.
bool waits_for_price(const Life& life, Instant now) { return awaits_price(life) || (life.bill_until && now <= life.bill_until->instant); }

}  // namespace

bool may_be_protect(const Life& life, const Notice& notice) {
    return notice.form == NoticeForm::kGuaranteedDelivery || cover_progress(life.terms, notice, life.expiration.instant).completed_at;
}

Shares record_holding_of(const Terms& terms, const Notice& notice) {
    if (notice.on_register) return notice.on_register->shares;
    __extension__ using Wide = __int128;
    const Ratio issued = terms.rights_per_share.value_or(Ratio{1, 1});
    const Wide shares = Wide{notice.content.rights_held.value_or(Rights(0)).value} * issued.denominator / issued.numerator;
    return Shares(static_cast<std::int64_t>(std::min(shares, Wide{kMaxShares})));
}

Asked asked_of(const Book& book, const Notice& notice, Money money) {
    const Shares over = notice.content.excess_shares.value_or(Shares(0));
    const bool eligible = !has_reason(notice.reasons, Reason::kOverNotEligible);
    Asked asked{notice.content.basic_shares, over, notice.basic_entitlement, money, record_holding_of(book.life()->terms, notice), eligible};
    asked.covered = shares_covered(book, notice);
    if (is_judged_by_owner(notice)) asked.over_of_owners_in_full = notice.owners->over_in_full;
    return asked;
}

Shares subscribed_in_all(const Allocation& allocation) {
    Shares all = allocation.basic_allotted + allocation.over_allotted;
    for (const StandbyPart& part : allocation.standby) all += part.shares;
    return all;
}

Decision fund_again(const Book& book, const Context& context) {
    Part part(book, context);
    // The notices are asked once all payments were.
    if (context.unfinished == nullptr && !say_good_by_date(book, part)) return part.go_on(nullptr);
    const auto say = [&](const NoticeId& id) { return book.funding(id) == nullptr ? std::nullopt : funding_to_say(book, id); };
    const auto rest = add_for_notices(book, part, first_notice(context), say);
    if (!part.decision().events.empty()) part.decision().reads = {life_name()};
    return rest ? part.go_on(std::make_shared<AtNotice>(*rest)) : part.done();
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

Decision count_exercises(const Book& book, const Context& context) {
    // Where every cover is complete at the count, the offering may be tabulated before this is decided.
    const Stage stage = stage_of(book);
    if (stage != Stage::kCounted && stage != Stage::kTabulated) return {};
    const Allocation* known = book.allocation(AllocationKind::kPreliminary);
    return known != nullptr && known->status != AllocationStatus::kStarted ? Decision{} : allocate_preliminarily(book, context);
}

Decision follow_final_price(const Book& book, const Context& context) {
    const Stage stage = stage_of(book);
    if (stage != Stage::kCounted && stage != Stage::kTabulated) return fund_again(book, context);
    // The offering may be tabulated by the price itself, before this is decided or while it is recorded in parts.
    Decision decision = allocate_preliminarily(book, context);
    if (decision.more) return decision;
    Decision finally = allocate_finally(book, context);
    decision.events.insert(decision.events.end(), finally.events.begin(), finally.events.end());
    return decision;
}

Decision due_in_clearing(const Book& book, const Book& desk, const Context& context) {
    const Life* life = book.life();
    if (life == nullptr || !life->bill_until || stage_of(book) != Stage::kTabulated) return {};
    return watermarks_past(desk, life->terms.bank_feeds, life->bill_until->instant) ? allocate_finally(book, context) : Decision{};
}

Decision allocate_finally(const Book& book, const Context& context) {
    Decision decision;
    const bool begun = book.allocation(AllocationKind::kFinal) != nullptr || being_prepared(book, ProposalKind::kAllocation) != nullptr;
    if (stage_of(book) != Stage::kTabulated || begun || waits_for_price(*book.life(), context.now)) return decision;
    decision.add(ProposalMade{prepared(book, context, "the offering is tabulated")});
    decision.reads = {life_name()};
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
    const Proposal proposal = prepared(book, context, command.why + (command.why.empty() ? "asked by " : ", asked by ") + context.person);
    Decision decision;
    decision.add(ProposalMade{proposal});
    for (const Proposal* before : {open_proposal(book, ProposalKind::kAllocation), being_prepared(book, ProposalKind::kAllocation)}) {
        if (before != nullptr) decision.add(ProposalSuperseded{before->id, "by " + proposal.id});
    }
    decision.reads = {life_name()};
    return decision;
}

Decision prepare_allocation(const Book& book, const ProposalId& id, const Context& context) {
    const Proposal* proposal = book.proposal(id);
    const Stage stage = stage_of(book);
    const bool wanted = proposal != nullptr && proposal->status == ProposalStatus::kPreparing && (stage == Stage::kTabulated || stage == Stage::kProposed);
    if (!wanted) return {};
    return allocate(book, AllocationKind::kFinal, context, [&](std::uint32_t revision) { return AllocationProposed{revision, id}; });
}

namespace {

// Whether the proposed allocation is no longer what the records make: a bounce, a match or a late clearance came since.
bool is_stale(const Book& book) {
    Trial trial(book);
    Decision applied;
    for (const NoticeId& id : book.notice_ids()) {
        if (const auto event = application_to_say(book, id)) trial.add(applied, *event);
    }
    return work_out(book, AllocationKind::kFinal)->header.digest != book.allocation(AllocationKind::kFinal)->digest;
}

}  // namespace

Decision approve_in_clearing(const Book& book, const Approve& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) {
        return refuse("Approve", proposal_name(command.proposal), refusal, detail);
    };
    const Proposal* proposal = book.proposal(command.proposal);
    const bool ours = proposal != nullptr && (proposal->kind == ProposalKind::kAllocation || proposal->kind == ProposalKind::kRefunds);
    if (!ours) return refused(Refusal::kUnknownProposal, command.proposal);
    if (proposal->status == ProposalStatus::kPreparing) return try_later(command.proposal + " is still being prepared");
    if (const auto objection = objection_to(*proposal, context.person)) return refused(*objection, context.person);
    // It may have ended while the allocation waited for people: its money goes back.
    if (proposal->kind == ProposalKind::kAllocation && is_over(stage_of(book))) return refused(Refusal::kTooLate, "the offering is " + to_text(stage_of(book)));
    if (proposal->kind == ProposalKind::kAllocation && is_stale(book)) {
        return refused(Refusal::kTooLate, "money changed since it was computed: propose the allocation again");
    }
    const auto& minimum = book.life()->terms.minimum_shares;
    if (proposal->kind == ProposalKind::kAllocation && minimum && subscribed_in_all(*book.allocation(AllocationKind::kFinal)) < *minimum) {
        return refused(Refusal::kNotAllowedByTerms, "the offering needs " + grouped(minimum->value) + " shares subscribed for: terminate it, which returns all money");
    }
    const ProposalApproved approval = approval_of(*proposal, context.person, command.instruction);
    if (lacks_instruction(book.life()->terms, *proposal, approval)) return refused(Refusal::kInstructionMissing, "approve with --instruction REF");
    Decision decision;
    decision.add(approval);
    if (!approval.complete || approval.kind != ProposalKind::kAllocation) return decision;
    decision.add(AllocationApproved{book.allocation(AllocationKind::kFinal)->revision, command.proposal});
    decision.rests_on_all = true;
    return decision;
}

}  // namespace rightsdesk::domain
