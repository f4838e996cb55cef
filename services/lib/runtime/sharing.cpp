// Several instances of a service: which logs this one consumes, and what each tells of being idle.
#include <algorithm>
#include <set>

#include "runtime/desk_service.h"

namespace rightsdesk::runtime {

// Of the logs taken now the cursors are read anew: what another instance consumed is consumed, and what it left of an effect in
// parts is found in the book.
base::Result<> DeskService::take_leases() {
    // One that is not well leaves its logs to another that may be: its leases end.
    if (!health_.good() && settings_.instances.size() > 1) return {};
    std::vector<std::string> logs;
    logs.reserve(places_.size());
    for (const auto& [log, place] : places_) logs.push_back(log);
    const auto taken = leases_.keep(logs);
    if (!taken) return tl::unexpected(taken.error());
    base::Result<> all;
    for (const std::string& log : *taken) {
        Place& place = places_.at(log);
        base::Result<> read = read_cursors(place);
        if (read) read = catch_up(place);  // what is consumed has been read as well
        if (read) continue;
        leases_.forget(log);
        if (const auto left = leave_alone(place, read.error()); !left) all = left;
    }
    return all;
}

base::Result<> DeskService::read_cursors(Place& place) {
    for (auto& [source, cursor] : place.cursors) {
        const auto stored = on_.store.cursor(place.ledger->log(), name_, source);
        if (!stored) return tl::unexpected(stored.error());
        cursor = Cursor{*stored, *stored};
        if (const auto held = check_cursor(place.ledger->log(), source, cursor); !held) return held;
    }
    place.behind = place.due = true;
    return {};
}

base::Result<> DeskService::stop() {
    if (on_.handler.finish() && may_write() && health_.lets_act() && !silent_) {
        for (auto& [log, place] : places_) place.due = true;
        if (const auto done = due_all(); !done) return tl::unexpected(done.error());
    }
    const auto saved = save_cursors();
    const auto given_up = leases_.give_up();
    return saved ? given_up : saved;
}

// An instance that does not consume a log asks the store how far the one that does has come, and has read what that one made of it.
bool DeskService::follows(const std::string& log, const std::string& source) const {
    const auto place = places_.find(log);
    const auto from = places_.find(source);
    if (place == places_.end() || from == places_.end()) return false;
    const auto cursor = place->second.cursors.find(source);
    if (cursor == place->second.cursors.end()) return false;
    const store::Sequence wanted = from->second.ledger->head().sequence;
    if (cursor->second.handled >= wanted) return true;
    if (leases_.holds(log)) return false;
    const auto stored = on_.store.cursor(log, name_, source);
    const auto head = on_.store.head(log);
    return stored && head && *stored >= wanted && head->sequence == place->second.ledger->head().sequence;
}

// Whether a command that was routed to the desk still is the desk's, as far as its log has been read.
bool DeskService::is_the_desks(const domain::Command& command) {
    if (books_.desk.offering_ids().size() + 1 != places_.size()) return false;  // one is listed and not opened here yet
    const std::string log = route_of(command);
    return log == domain::kDesk || !places_.contains(log);
}

// ---- idleness ----

// At once where something moved since the last report: the stepped clock waits for it. An instance speaks for the logs that it
// consumes, and of no others: what it says of them is a fact that stays true, whoever consumes them next.
void DeskService::publish_idle(bool again) {
    domain::Idle idle{name_, settings_.instance, now(), {}};
    for (const auto& [log, place] : places_) {
        if (!leases_.holds(log)) continue;
        for (const auto& [source, cursor] : place.cursors) {
            const store::Sequence head = places_.at(source).ledger->head().sequence;
            idle.positions.push_back({source, head, std::min(head, cursor.saved), log});
        }
    }
    domain::Idle& last = idle_reports_[{name_, settings_.instance}];
    if (!again && last == idle) return;
    feed_->publish("idle/", wire::encode(idle));
    last = std::move(idle);
}

// Which registered services have not said that they are idle at the heads of the logs. The heads are read from the store. Of a
// service's instances the one counts that has come furthest: one that is dead or stands still holds up nobody once another has taken
// its logs.
std::vector<std::string> DeskService::waiting_for() {
    using Target = std::pair<std::string, std::string>;  // a service, and a log of its effects
    std::map<std::string, std::map<Target, store::Sequence>> handled;  // by log consumed
    for (const auto& [who, idle] : idle_reports_) {
        for (const domain::Position& position : idle.positions) {
            store::Sequence& furthest = handled[position.log][{who.first, position.target}];
            furthest = std::max(furthest, std::min(position.head, position.handled));
        }
    }
    std::vector<std::string> waiting;
    if (silent_) return {"the store: it does not answer"};
    for (const auto& [log, place] : places_) {
        const auto head = on_.store.head(log);
        if (!head) {
            note_silence(head.error());
            return {"the store: " + head.error().message};
        }
        for (const std::string& service : settings_.registered) {
            auto& of_log = handled[log];
            // What every service consumes: a log for itself, the desk's for all. Who consumes more says so.
            of_log.try_emplace({service, log}, 0);
            if (log == domain::kDesk) {
                for (const auto& [target, unused] : places_) of_log.try_emplace({service, target}, 0);
            }
            store::Sequence least = head->sequence;
            for (const auto& [target, sequence] : of_log) {
                if (target.first == service) least = std::min(least, sequence);
            }
            if (least < head->sequence) {
                waiting.push_back(service + " at " + log + ": " + std::to_string(least) + " of " + std::to_string(head->sequence));
            }
        }
    }
    return waiting;
}

}  // namespace rightsdesk::runtime
