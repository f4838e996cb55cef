#include "domain/offering_life.h"

#include <algorithm>

#include "domain/approvals.h"
#include "domain/civil.h"
#include "domain/covers.h"
#include "domain/deadlines.h"
#include "domain/money_due.h"
#include "domain/refunding.h"

namespace rightsdesk::domain {

namespace {

// The offering that has this id or address already. An account may be of several: what comes into it is told apart by its references.
std::optional<std::string> taken_by(const Book& desk, const Terms& terms) {
    for (const OfferingId& id : desk.offering_ids()) {
        const ListedOffering& listed = *desk.offering(id);
        if (id == terms.id) return "offering " + id + " is open already";
        for (const ListedAddress& address : terms.channels) {
            for (const ListedAddress& other : listed.channels) {
                if (other.address == address.address && other.channel == address.channel) return "offering " + id + " lists " + address.address + " already";
            }
        }
    }
    return std::nullopt;
}

std::vector<Watermark> watermarks_of(const Book& desk, const Terms& terms) {
    std::vector<Watermark> watermarks;
    for (const auto* sources : {&terms.gateways, &terms.bank_feeds}) {
        for (const std::string& source : *sources) {
            if (const Watermark* watermark = desk.watermark(source)) watermarks.push_back(*watermark);
        }
    }
    return watermarks;
}

// The smallest lead that has come; none once the hour has.
std::optional<std::int32_t> lead_come(const Life& life, Instant now) {
    std::optional<std::int32_t> smallest;
    if (now >= life.expiration.instant) return smallest;
    for (const std::int32_t minutes : life.terms.reminder_minutes) {
        const bool come = now.value >= life.expiration.instant.value - minutes * kNanosecondsPerMinute;
        if (come && (!smallest || minutes < *smallest)) smallest = minutes;
    }
    return smallest;
}

bool is_told(const Life& life, std::int32_t lead) {
    return std::any_of(life.reminded.begin(), life.reminded.end(), [&](std::int32_t minutes) { return minutes <= lead; });
}

// The smallest lead that has come and of which nobody was reminded: leads passed over together are one reminder.
std::optional<std::int32_t> reminder_due(const Life& life, Instant now) {
    const auto come = lead_come(life, now);
    return come && !is_told(life, *come) ? come : std::nullopt;
}

// What is owed after the hour and not done: the count's figures while it is not counted, confirmations while it is not settled. Near is
// two hours; once past, it is said once more.
std::optional<OwedReminder> owed_due(const Life& life, Owed owed, Instant now) {
    constexpr std::int32_t kNearMinutes = 120;
    const auto stated = owed == Owed::kSharesReport ? shares_report_deadline(life.terms, life.expiration) : confirmations_deadline(life.terms, life.expiration);
    if (!stated || now.value < stated->deadline.instant.value - kNearMinutes * kNanosecondsPerMinute) return std::nullopt;
    const OwedReminder due{owed, now > stated->deadline.instant ? 0 : kNearMinutes, stated->deadline};
    const bool sent = std::any_of(life.owed_reminded.begin(), life.owed_reminded.end(), [&](const OwedReminder& one) {
        return one.owed == due.owed && one.deadline == due.deadline && one.minutes <= due.minutes;
    });
    return sent ? std::nullopt : std::optional(due);
}

Decision remind_of_owed(const Life& life, Instant now) {
    Decision decision;
    if (life.stage == Stage::kExpired) {
        if (const auto due = owed_due(life, Owed::kSharesReport, now)) decision.add(OwedReminderDue{*due});
    }
    if (const auto due = owed_due(life, Owed::kConfirmations, now)) decision.add(OwedReminderDue{*due});
    return decision;
}

// While it is suspended the hour has not acted: an extension is announced in time, however long ago the hour passed.
std::vector<std::string> against_extension(const Life& life, const Deadline& to, Instant now) {
    if (!life.suspension) return objections_to_extension(life.terms, life.expiration, to, now);
    auto against = objections_to_extension(life.terms, life.expiration, to, std::min(now, life.expiration.instant));
    if (to.instant <= now) against.push_back(to.civil + " has passed already");
    return against;
}

// With what becomes of covers at this moment, in the same commit: the preliminary allocation, which follows, takes them as they stand.
Decision count(const Life& life, const Book& book, const Book& desk, const Context& context) {
    Life counted = life;
    counted.stage = Stage::kCounted;
    Decision decision = due_cover_in(counted, book, desk, context);
    decision.events.insert(decision.events.begin(), OfferingCounted{watermarks_of(desk, life.terms), context.now});
    return decision;
}

Decision tabulate(const Book& book, const Context& context) {
    Decision decision;
    OfferingTabulated tabulated;
    tabulated.at = context.now;
    for (const NoticeId& id : book.notice_ids()) {
        if (book.notice(id)->status != NoticeStatus::kAccepted) continue;
        ++(is_covered(book, id) ? tabulated.covered : tabulated.uncovered);
    }
    decision.add(tabulated);
    decision.rests_on_all = true;
    return decision;
}

}  // namespace

Decision list_offering(const Book& desk, const OpenOffering& command, const Terms& terms) {
    if (const auto taken = taken_by(desk, terms)) return refuse("OpenOffering", offering_name(terms.id), Refusal::kOfferingExists, *taken);
    Decision decision;
    OfferingListed listed{ListedOffering{terms.id, command.terms_toml, terms.account, terms.channels}};
    for (const OfferingId& id : desk.offering_ids()) {
        if (desk.offering(id)->account == terms.account) listed.shares_account_with.push_back(id);
    }
    decision.add(std::move(listed));
    return decision;
}

Decision open_listed(const Book& book, const Terms& terms, const std::string& terms_toml) {
    Decision decision;
    if (book.life() == nullptr) decision.add(OfferingOpened{terms, terms_toml});
    return decision;
}

Decision propose_extension(const Book& book, const ProposeExtension& command, const Deadline& to, const Context& context) {
    const Life& life = *book.life();
    const auto refused = [](Refusal refusal, const std::string& detail) { return refuse("ProposeExtension", life_name(), refusal, detail); };
    if (life.stage != Stage::kOpen && life.stage != Stage::kExpired) return refused(Refusal::kTooLate, "the offering is " + to_text(stage_of(book)));
    if (const auto against = against_extension(life, to, context.now); !against.empty()) {
        return refused(life.terms.extension.allowed ? Refusal::kBeyondLimit : Refusal::kNotAllowedByTerms, against.front());
    }
    const Proposal* open = open_proposal(book, ProposalKind::kExtension);
    if (open != nullptr && open->extend_to == to) return refused(Refusal::kAlreadyDecided, open->id + " proposes the same: approve that one");
    Proposal proposal;
    proposal.id = next_proposal_id(book, ProposalKind::kExtension);
    proposal.kind = ProposalKind::kExtension;
    proposal.proposed_by = context.person;
    proposal.needed = life.terms.approvals.extension;
    proposal.why = command.why;
    proposal.extend_to = to;
    const ProposalApproved alone{proposal.id, proposal.kind, context.person, proposal.needed <= 1};
    // A proposal names none: the terms' mistake, which their check tells of.
    if (lacks_instruction(life.terms, proposal, alone)) return refused(Refusal::kInstructionMissing, "the terms let one person extend, and need an instruction that only a second one can name");
    Decision decision;
    decision.add(ProposalMade{proposal});
    if (open != nullptr) decision.add(ProposalSuperseded{open->id, "by " + proposal.id});
    decision.reads = {life_name()};
    if (alone.complete) {
        decision.add(alone);
        decision.add(OfferingExtended{proposal.id, Extension{life.expiration, to, {context.person}}});
    }
    return decision;
}

Decision approve_extension(const Book& book, const Approve& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) {
        return refuse("Approve", proposal_name(command.proposal), refusal, detail);
    };
    const Proposal* proposal = book.proposal(command.proposal);
    if (proposal == nullptr || proposal->kind != ProposalKind::kExtension) return refused(Refusal::kUnknownProposal, "");
    if (const auto objection = objection_to(*proposal, context.person)) return refused(*objection, context.person);
    const Life& life = *book.life();
    if (life.stage != Stage::kOpen && life.stage != Stage::kExpired) return refused(Refusal::kTooLate, "the offering is " + to_text(stage_of(book)));
    if (const auto against = against_extension(life, *proposal->extend_to, context.now); !against.empty()) {
        return refused(Refusal::kBeyondLimit, against.front());
    }
    Decision decision;
    const ProposalApproved approval = approval_of(*proposal, context.person, command.instruction);
    if (lacks_instruction(life.terms, *proposal, approval)) return refused(Refusal::kInstructionMissing, "approve with --instruction REF");
    decision.add(approval);
    if (approval.complete) {
        decision.add(OfferingExtended{proposal->id, Extension{life.expiration, *proposal->extend_to, people_behind(*proposal, approval)}});
    }
    decision.reads = {life_name()};
    return decision;
}

Decision settle_offering(const Book& book, const SettleOffering& command, const Context& context) {
    const Stage stage = stage_of(book);
    const auto refused = [](Refusal refusal, const std::string& detail) { return refuse("SettleOffering", life_name(), refusal, detail); };
    if (stage == Stage::kSettled) return refused(Refusal::kAlreadyDecided, "the offering is settled");
    if (stage != Stage::kApproved && stage != Stage::kTerminated) {
        return refused(Refusal::kTooEarly, "the final allocation is not approved; the offering is " + to_text(stage));
    }
    if (const Proposal* refunds = open_proposal(book, ProposalKind::kRefunds)) return refused(Refusal::kTooEarly, refunds->id + " is not approved");
    if (const std::string moving = money_on_its_way(book); !moving.empty()) return try_later(moving);
    Decision decision;
    decision.add(OfferingSettled{command.reference, context.person, context.now});
    decision.reads = {stage == Stage::kTerminated ? life_name() : allocation_name(AllocationKind::kFinal)};
    return decision;
}

Decision step_time(const Book& desk, const StepTime& command, const std::vector<std::string>& waiting) {
    const DeskClock* clock = desk.clock();
    if (clock == nullptr || clock->mode != ClockMode::kStepped) return refuse("StepTime", clock_name(), Refusal::kWrongClock, "");
    if (command.to < clock->time) return refuse("StepTime", clock_name(), Refusal::kBackwards, "");
    Decision decision;
    if (!waiting.empty()) {
        decision.retry_later = "waiting for";
        for (const std::string& who : waiting) decision.retry_later += " " + who + ";";
        return decision;
    }
    decision.add(TimeStepped{command.to});
    return decision;
}

bool is_reminded(const Life& life, Instant now) {
    const auto come = life.stage == Stage::kOpen ? lead_come(life, now) : std::nullopt;
    return come && is_told(life, *come);
}

Decision due_in_life(const Book& book, const Book& desk, const Context& context) {
    Decision decision;
    const Life* life = book.life();
    if (life == nullptr || life->suspension) return decision;
    switch (life->stage) {
        case Stage::kOpen:
            if (context.now >= life->expiration.instant) {
                decision.add(OfferingExpired{life->expiration});
            } else if (const auto minutes = reminder_due(*life, context.now)) {
                decision.add(ReminderDue{*minutes, life->expiration});
            }
            return decision;
        case Stage::kExpired:
            if (watermarks_past(desk, life->terms.gateways, life->expiration.instant) &&
                watermarks_past(desk, life->terms.bank_feeds, life->expiration.instant)) {
                return count(*life, book, desk, context);
            }
            return remind_of_owed(*life, context.now);
        case Stage::kCounted:
            // Certificates may be there before the money that is due with them.
            if (covers_settled(book) && money_settled(book, desk, context.now)) return tabulate(book, context);
            return remind_of_owed(*life, context.now);
        case Stage::kTabulated:
        case Stage::kProposed:
        case Stage::kApproved: return remind_of_owed(*life, context.now);
        case Stage::kSettled:
        case Stage::kTerminated: return decision;
    }
    return decision;
}

}  // namespace rightsdesk::domain
