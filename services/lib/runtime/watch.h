// What a service watches in the world around it (clock, disks, the store's memory and pace, the other services), and what it
// raises in Health because of it. The runbook has a row for each. Calls read clocks and ask the file system, nothing more.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/clock_guard.h"
#include "runtime/commit_pace.h"
#include "runtime/consumer_watch.h"
#include "runtime/disk_room.h"
#include "runtime/exposition.h"
#include "runtime/health.h"
#include "runtime/watch_settings.h"

namespace rightsdesk::runtime {

class Watch {
public:
    // `name`: of the service and its instance. On the stepped clock the system's is not looked at.
    Watch(const Clock& clock, Health& health, WatchSettings settings, const std::string& name, bool real_clock);

    // The wall time to decide by: it never jumps forward (clock_guard.h).
    domain::Instant now() { return real_clock_ ? guard_.now() : clock_.now(); }

    // At the start, when all logs are read: no record may be of later than now.
    void begin(domain::Instant latest_record);
    // Once a turn: a step of the clock is told of at once. Once a second the rest is looked at; true then.
    bool look();
    // `accepted`: the time that a person vouched for last.
    void look_at_acceptance(std::optional<domain::Instant> accepted);
    // What the store said of itself, asked between these two readings of the wall clock.
    void look_at_store(const store::Durability& said, domain::Instant before, domain::Instant after);
    // Raises that the store has no memory left, if that is what the error says.
    bool is_out_of_memory(const std::string& error);
    void look_at_consumers();

    // The clock as it was at the last reading, the store as it said when it last answered; nothing of a store before that.
    void tell_clock(Figures& figures) const;
    void tell_store(Figures& figures) const;

    CommitPace& pace() { return pace_; }
    ConsumerWatch& consumers() { return consumers_; }

private:
    void look_at_clock();
    void look_at_synchronisation();
    void look_at_disks();
    void raise_or_clear(const std::string& kind, const std::optional<std::string>& what, const std::string& next);
    void warn_or_clear(const std::string& kind, const std::optional<std::string>& what, const std::string& next);
    void keep_anchor();
    [[nodiscard]] std::string anchor_file() const;

    const Clock& clock_;
    Health& health_;
    WatchSettings settings_;
    std::string name_;
    bool real_clock_;
    ClockGuard guard_;
    CommitPace pace_;
    ConsumerWatch consumers_;
    std::vector<DiskRoom> disks_;
    std::optional<store::Durability> store_said_;
    std::chrono::nanoseconds store_ahead_{0};
    std::map<std::string, bool> consumers_told_;
    std::optional<domain::Instant> latest_record_;  // while it lies ahead
    std::optional<domain::Instant> last_accepted_;
    std::optional<std::chrono::nanoseconds> vouched_since_;  // since when kernel or store have agreed with the clock
    std::chrono::nanoseconds next_look_{0};
    std::chrono::nanoseconds next_anchor_{0};
};

}  // namespace rightsdesk::runtime
