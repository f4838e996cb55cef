#include "domain/offering_changes.h"

#include "domain/approvals.h"
#include "domain/calendar.h"
#include "domain/civil.h"
#include "domain/money_text.h"
#include "domain/offering_life.h"

namespace rightsdesk::domain {

namespace {

struct Against {
    Refusal refusal = Refusal::kTooLate;
    std::string detail;
};
using Objected = std::optional<Against>;

Against too_late(const Book& book) { return {Refusal::kTooLate, "the offering is " + to_text(stage_of(book))}; }

Objected against_suspension(const Book& book, const Proposal& proposal, Instant now) {
    const Life& life = *book.life();
    if (life.stage != Stage::kOpen && life.stage != Stage::kExpired) return too_late(book);
    if (life.suspension) return Against{Refusal::kAlreadyDecided, "it is suspended since " + civil_text(life.suspension->since, life.expiration.zone)};
    if (proposal.cancel_through && proposal.cancel_through->instant <= now) {
        return Against{Refusal::kValueUnusable, "the window to cancel would be over already: " + proposal.cancel_through->civil};
    }
    return std::nullopt;
}

Objected against_resumption(const Book& book, Instant now) {
    const Life& life = *book.life();
    if (!life.suspension) return Against{Refusal::kNothingToDo, "the offering is not suspended"};
    if (const auto& window = life.suspension->cancel_through; window && now <= window->instant) {
        return Against{Refusal::kTooEarly, "holders may withdraw until " + window->civil};
    }
    if (life.stage == Stage::kOpen && life.expiration.instant <= now) {
        return Against{Refusal::kTooLate, "the hour, " + life.expiration.civil + ", passed while it was suspended: extend it first"};
    }
    return std::nullopt;
}

Objected against_termination(const Book& book) {
    const Stage stage = stage_of(book);
    return stage == Stage::kApproved || is_over(stage) ? Objected(too_late(book)) : std::nullopt;
}

Objected against_closing(const Book& book, Date day, Instant now) {
    const Life& life = *book.life();
    // Once tabulated, no deadline is left but that of a bill, and no allocation rests on it before it has passed.
    const bool bills = stage_of(book) == Stage::kTabulated && life.bill_until && now <= life.bill_until->instant;
    if ((life.stage == Stage::kTabulated && !bills) || is_over(life.stage)) return too_late(book);
    if (!is_business_day(life.terms.calendar, day)) return Against{Refusal::kNothingToDo, to_text(day) + " is no business day by the terms' calendar as it is"};
    return std::nullopt;
}

Objected against_price(const Book& book, Money price) {
    const Life& life = *book.life();
    if (life.terms.price.kind != PriceKind::kEstimated) return Against{Refusal::kNotAllowedByTerms, "the price is fixed at " + money_text(life.terms.subscription_price)};
    if (life.estimated_price) return Against{Refusal::kAlreadyDecided, "the final price is " + money_text(life.terms.subscription_price)};
    if (life.stage == Stage::kOpen) return Against{Refusal::kTooEarly, "it is set after the hour, " + life.expiration.civil};
    const Stage stage = stage_of(book);
    if (stage != Stage::kExpired && stage != Stage::kCounted && stage != Stage::kTabulated) return too_late(book);
    if (price <= Money(0) || price > kMaxPrice) return Against{Refusal::kAmountUnusable, "a price is above 0 and at most " + money_text(kMaxPrice)};
    return std::nullopt;
}

Objected against(const Book& book, const Proposal& proposal, Instant now) {
    switch (proposal.kind) {
        case ProposalKind::kSuspension: return against_suspension(book, proposal, now);
        case ProposalKind::kResumption: return against_resumption(book, now);
        case ProposalKind::kTermination: return against_termination(book);
        case ProposalKind::kClosing: return against_closing(book, *proposal.closing, now);
        case ProposalKind::kFinalPrice: return against_price(book, *proposal.price);
        case ProposalKind::kExtension:
        case ProposalKind::kWaiver:
        case ProposalKind::kAllocation:
        case ProposalKind::kRefunds: break;
    }
    return Against{Refusal::kUnknownProposal, proposal.id};
}

// A deadline of the same day's hour on another day.
std::optional<Deadline> on_day(const Life& life, Date day) {
    const auto resolved = resolve(to_text(day) + "T" + civil_time_of_day(life.expiration), life.expiration.zone);
    return resolved ? std::optional(*resolved) : std::nullopt;
}

// The days of a bill begin after the one on which the price was set, or the last business day before that: neither is counted.
std::optional<Deadline> bill_with_closing(const Life& life, Date closed) {
    if (!life.bill_until) return std::nullopt;
    const CalendarTerms& calendar = life.terms.calendar;
    const Date last = civil_date(*life.bill_until);
    const Date start = subtract_business_days(calendar, last, life.terms.price.bill_days);
    return closed > start && closed <= last ? on_day(life, add_business_days(calendar, last, 1)) : std::nullopt;
}

void take_effect(const Book& book, const Proposal& proposal, const std::vector<std::string>& people, Instant now, Decision& decision) {
    const Life& life = *book.life();
    switch (proposal.kind) {
        case ProposalKind::kSuspension:
            decision.add(OfferingSuspended{proposal.id, Suspension{now, proposal.cancel_through, proposal.why, people}});
            return;
        case ProposalKind::kResumption: decision.add(OfferingResumed{proposal.id, now}); return;
        case ProposalKind::kTermination: decision.add(OfferingTerminated{proposal.id, proposal.why, now}); return;
        case ProposalKind::kClosing: decision.add(closing_of(life, proposal)); return;
        case ProposalKind::kFinalPrice:
            decision.add(FinalPriceSet{proposal.id, life.terms.subscription_price, *proposal.price, bill_until(life, *proposal.price, now)});
            return;
        case ProposalKind::kExtension:
        case ProposalKind::kWaiver:
        case ProposalKind::kAllocation:
        case ProposalKind::kRefunds: return;
    }
}

// `proposal` has its kind and what is its own; the rest is filled in here.
Decision propose_change(const Book& book, const std::string& command, Proposal proposal, std::int32_t needed, const std::string& why, const Context& context) {
    if (const auto objected = against(book, proposal, context.now)) return refuse(command, life_name(), objected->refusal, objected->detail);
    const Proposal* open = open_proposal(book, proposal.kind);
    proposal.id = next_proposal_id(book, proposal.kind);
    proposal.proposed_by = context.person;
    proposal.needed = needed;
    proposal.why = why;
    Decision decision;
    decision.add(ProposalMade{proposal});
    if (open != nullptr) decision.add(ProposalSuperseded{open->id, "by " + proposal.id});
    if (needed <= 1) {
        decision.add(ProposalApproved{proposal.id, proposal.kind, context.person, true});
        take_effect(book, proposal, {context.person}, context.now, decision);
    }
    decision.reads = {life_name()};
    return decision;
}

Proposal of_kind(ProposalKind kind) {
    Proposal proposal;
    proposal.kind = kind;
    return proposal;
}

}  // namespace

std::optional<Deadline> bill_until(const Life& life, Money price, Instant now) {
    const Terms& terms = life.terms;
    if (terms.price.higher != HigherPrice::kBill || price <= terms.subscription_price) return std::nullopt;
    const auto today = date_in(now, life.expiration.zone);
    if (!today) return std::nullopt;
    const Date last = add_business_days(terms.calendar, *today, terms.price.bill_days);
    return on_day(life, last);
}

ClosingAdded closing_of(const Life& life, const Proposal& proposal) {
    return ClosingAdded{proposal.id, *proposal.closing, proposal.why, bill_with_closing(life, *proposal.closing)};
}

Decision propose_suspension(const Book& book, const ProposeSuspension& command, const std::optional<Deadline>& cancel_through, const Context& context) {
    Proposal proposal = of_kind(ProposalKind::kSuspension);
    proposal.cancel_through = cancel_through;
    return propose_change(book, "ProposeSuspension", proposal, book.life()->terms.approvals.suspension, command.why, context);
}

Decision propose_resumption(const Book& book, const ProposeResumption& command, const Context& context) {
    return propose_change(book, "ProposeResumption", of_kind(ProposalKind::kResumption), book.life()->terms.approvals.suspension, command.why, context);
}

Decision propose_termination(const Book& book, const ProposeTermination& command, const Context& context) {
    return propose_change(book, "ProposeTermination", of_kind(ProposalKind::kTermination), book.life()->terms.approvals.termination, command.why, context);
}

Decision propose_closing(const Book& book, const ProposeClosing& command, const Context& context) {
    Proposal proposal = of_kind(ProposalKind::kClosing);
    proposal.closing = command.day;
    return propose_change(book, "ProposeClosing", proposal, book.life()->terms.approvals.closing, command.why, context);
}

Decision propose_final_price(const Book& book, const ProposeFinalPrice& command, const Context& context) {
    Proposal proposal = of_kind(ProposalKind::kFinalPrice);
    proposal.price = command.price;
    return propose_change(book, "ProposeFinalPrice", proposal, book.life()->terms.approvals.final_price, command.why, context);
}

Decision approve_in_life(const Book& book, const Approve& command, const Context& context) {
    const Proposal* proposal = book.proposal(command.proposal);
    if (proposal != nullptr && proposal->kind == ProposalKind::kExtension) return approve_extension(book, command, context);
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("Approve", proposal_name(command.proposal), refusal, detail); };
    if (proposal == nullptr) return refused(Refusal::kUnknownProposal, "");
    // Whose matter it is comes first: another door's proposal is unknown here, whoever asks.
    const auto objected = against(book, *proposal, context.now);
    if (objected && objected->refusal == Refusal::kUnknownProposal) return refused(objected->refusal, objected->detail);
    if (const auto objection = objection_to(*proposal, context.person)) return refused(*objection, context.person);
    if (objected) return refused(objected->refusal, objected->detail);
    const ProposalApproved approval = approval_of(*proposal, context.person, command.instruction);
    if (lacks_instruction(book.life()->terms, *proposal, approval)) return refused(Refusal::kInstructionMissing, "approve with --instruction REF");
    Decision decision;
    decision.add(approval);
    if (approval.complete) take_effect(book, *proposal, people_behind(*proposal, approval), context.now, decision);
    decision.reads = {life_name()};
    return decision;
}

}  // namespace rightsdesk::domain
