// What a service looks at beside its work: the clock that it decides by, the disks, and how far the others are.
#include <algorithm>

#include "domain/replica.h"
#include "runtime/desk_service.h"

namespace rightsdesk::runtime {

// Of the last record in each log: the wall clock must not show less.
domain::Instant DeskService::latest_record() const {
    domain::Instant latest(0);
    for (const auto& [log, place] : places_) {
        const auto last = place.ledger->recent(place.ledger->head().sequence);
        if (last) latest = std::max(latest, last->record->at);
    }
    return latest;
}

base::Result<> DeskService::look_around() {
    if (!watch_->look()) return {};
    if (const domain::DeskClock* clock = books_.desk.clock()) watch_->look_at_acceptance(clock->accepted);
    if (!health_.good()) {
        watch_->consumers().forget();  // then nobody moves, and that is told already
        return {};
    }
    if (on_.clock.monotonic() < next_consumers_) return {};
    next_consumers_ = on_.clock.monotonic() + kConsumersInterval;
    return look_at_consumers();
}

// The heads are those that this service has folded: what it has not heard of is not held against anybody.
base::Result<> DeskService::look_at_consumers() {
    const auto now_monotonic = on_.clock.monotonic();
    for (const auto& [log, place] : places_) {
        const auto cursors = on_.store.load_cursors(log);
        if (!cursors) return tl::unexpected(cursors.error());
        for (const std::string& service : settings_.registered) {
            if (service == name_) continue;
            for (const auto& [source, from] : places_) {
                const auto found = cursors->find(service + "/" + source);
                const bool expected = source == domain::kDesk || source == log;  // the desk takes in offerings for some services only
                if (found == cursors->end() && !expected) continue;
                if (log != domain::kDesk && !expected) continue;
                watch_->consumers().see(service, log, source, found == cursors->end() ? 0 : found->second, from.ledger->head().sequence, now_monotonic);
            }
        }
    }
    watch_->look_at_consumers();
    return {};
}

// While only the clock is in doubt a person's word about it is taken: it is what ends the doubt. Likewise where only the replica is missing.
bool DeskService::may_be_decided(const Work& work) const {
    if (!work.decoded) return false;
    if (domain::needs_no_replica(*work.decoded)) return health_.only("replica_missing");
    return std::holds_alternative<domain::AcceptClock>(*work.decoded) && health_.only_the_clock();
}

}  // namespace rightsdesk::runtime
