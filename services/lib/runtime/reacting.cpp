// What follows from the records of the logs, and what is due.
#include <algorithm>
#include <utility>

#include "runtime/desk_service.h"

namespace rightsdesk::runtime {

// Not on the stepped clock, where a service that is idle has nothing left to react to.
base::Result<bool> DeskService::react_in_time() {
    const auto began = on_.clock.monotonic();
    if (began < next_reacting_ && settings_.clock == domain::ClockMode::kReal) return false;
    more_to_react_ = false;
    const std::uint64_t commits = measured_.held();
    auto reacted = react_all();
    const auto ended = on_.clock.monotonic();
    if (measured_.held() > commits && !more_to_react_) next_reacting_ = ended + std::min<std::chrono::nanoseconds>((ended - began) * kReactingPause, kLongestReactingPause);
    return reacted;
}

std::chrono::milliseconds DeskService::until_reacting() const {
    return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(next_reacting_ - on_.clock.monotonic()));
}

base::Result<bool> DeskService::react_all() {
    Place& desk = places_.at(domain::kDesk);
    std::vector<std::vector<Pair>> rounds{{{&desk, &desk}}, {}, {}};
    for (auto& [log, place] : places_) {
        if (log == domain::kDesk) continue;
        rounds[1].push_back({&place, &desk});
        rounds[2].push_back({&place, &place});
        if (desk.cursors.contains(log)) rounds.push_back({{&desk, &place}});  // one after the other: all in the desk's log
    }
    bool busy = false;
    for (const std::vector<Pair>& round : rounds) {
        const auto reacted = react(round);
        if (!reacted) return reacted;
        busy = busy || *reacted;
    }
    return busy;
}

// As many logs at once as have a turn's worth of records.
base::Result<bool> DeskService::react(const std::vector<Pair>& pairs) {
    bool busy = false;
    std::vector<Reaction> reactions;
    std::size_t records = 0;
    for (const Pair& pair : pairs) {
        if (is_away(pair.offering())) continue;
        auto works = reactions_of(pair);
        if (!works) {
            if (const auto left = leave_alone(pair.offering(), works.error()); !left) return tl::unexpected(left.error());
            continue;
        }
        if (works->empty()) continue;
        busy = true;
        const bool alone = std::any_of(works->begin(), works->end(), [](const Work& work) { return work.looks_at_others; });
        if (alone || records >= kMaxReactionsPerTurn) {
            if (const auto reacted = react_together(std::exchange(reactions, {})); !reacted) return tl::unexpected(reacted.error());
            records = 0;
        }
        records += works->size();
        reactions.push_back({pair, std::move(*works)});
        if (alone) records = kMaxReactionsPerTurn;
    }
    if (const auto reacted = react_together(std::move(reactions)); !reacted) return tl::unexpected(reacted.error());
    return busy;
}

base::Result<> DeskService::react_together(std::vector<Reaction> reactions) {
    std::vector<Portion> portions;
    portions.reserve(reactions.size());
    for (Reaction& reaction : reactions) portions.push_back({reaction.pair.target, &reaction.works});
    commit_together(portions);
    base::Result<> all;
    for (std::size_t at = 0; at < reactions.size(); ++at) {
        const bool held = portions[at].ended->has_value();
        settle_reactions(reactions[at], held);
        if (held) continue;
        const auto left = leave_alone(reactions[at].pair.offering(), portions[at].ended->error());
        if (!left && (all || all.error().worth_retrying())) all = left;  // what ends the service is not forgotten for what does not
    }
    return all;
}

base::Result<std::vector<DeskService::Work>> DeskService::reactions_of(const Pair& pair) {
    const std::string target_log = pair.target->ledger->log();
    const std::string source_log = pair.source->ledger->log();
    std::vector<Work> works;
    if (!leases_.holds(target_log)) return works;  // another instance's
    Cursor& cursor = pair.target->cursors.at(source_log);
    cursor.found_at(cursor.saved);
    if (cursor.handled >= pair.source->ledger->head().sequence) return works;
    if (const auto followed = follow_time(*pair.source->ledger); !followed) return tl::unexpected(followed.error());
    base::Result<std::vector<NumberedRecord>> records;
    if (auto concerning = pair.source->ledger->concerning_after(cursor.handled, kMaxReactionsPerTurn)) {
        if (concerning->empty()) cursor.handled = pair.source->ledger->head().sequence;
        records = std::move(*concerning);
    } else {
        records = records_after(*pair.source, cursor.handled, kMaxReactionsPerTurn);
    }
    if (!records) return tl::unexpected(records.error());
    more_to_react_ = more_to_react_ || records->size() >= kMaxReactionsPerTurn;
    works.reserve(records->size());
    for (const NumberedRecord& record : *records) {
        Work work;
        work.context = context_for(target_log);
        work.context.identity = {source_log, record.sequence};
        work.source = source_log;
        work.reacted_to = record.sequence;
        work.reacted = record.record;
        work.decide = [this, target_log, source_log, decoded = record.record](const domain::Context& context) {
            return react_to(target_log, source_log, *decoded, context);
        };
        take_up_again(work, target_log);
        works.push_back(std::move(work));
    }
    if (!works.empty()) works.front().context.unfinished = cursor.unfinished;
    return works;
}

// Of one that failed after some of it was committed the book says what is left.
void DeskService::settle_reactions(Reaction& reaction, bool held) {
    Cursor& cursor = reaction.pair.target->cursors.at(reaction.pair.source->ledger->log());
    cursor.unfinished = nullptr;
    if (!held) return;
    bool effect = false;
    for (const Work& work : reaction.works) {
        // The rest of an effect in parts is decided in the next turn: meanwhile the door is served.
        if (work.outcome == Outcome::kPart) {
            cursor.unfinished = work.unfinished;
            effect = more_to_react_ = true;
        }
        if (work.outcome == Outcome::kRetryLater || work.outcome == Outcome::kUndecided || work.outcome == Outcome::kPart) break;
        effect = effect || work.outcome == Outcome::kCommitted;
        ++measured_.reactions;
        cursor.handled = work.reacted_to;
    }
    reaction.pair.target->due = reaction.pair.target->due || effect;
}

base::Result<bool> DeskService::due_all() {
    bool busy = false;
    for (auto& [log, place] : places_) {
        if (!leases_.holds(log)) continue;  // another instance's
        if (is_away(place)) continue;
        for (int round = 0; place.due && round < kMaxDuePerTurn; ++round) {
            if (due_is_held(log)) {
                place.due = false;
                break;
            }
            std::vector<Work> works(1);
            works[0].context = context_for(log);
            works[0].context.identity = {"clock", 0};
            works[0].decide = [this, log = log](const domain::Context& context) { return on_.handler.due(surroundings(), log, context); };
            if (const auto committed = commit_all(place, works); !committed) {
                if (const auto left = leave_alone(place, committed.error()); !left) return tl::unexpected(left.error());
                break;
            }
            if (works[0].outcome != Outcome::kCommitted) {
                place.due = false;
                break;
            }
            busy = true;
        }
    }
    return busy;
}

}  // namespace rightsdesk::runtime
