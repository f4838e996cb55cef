#include "runtime/watch.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include "domain/civil.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

namespace {

constexpr std::chrono::seconds kLookAround{1};
constexpr std::chrono::seconds kAnchorInterval{10};
constexpr std::chrono::seconds kVouchedFor{5};       // the kernel, or the store on another host, agrees for so long before a step is accepted
constexpr std::chrono::seconds kAcceptedFor{60};     // a person's word about the time holds for so long
constexpr std::uint64_t kWarnOfMemory = 85;          // percent of maxmemory
constexpr std::uint64_t kStopForMemory = 97;         // before Redis refuses writes
constexpr std::uint64_t kMemoryAgain = 95;

constexpr const char* kGiveMemory = "give Redis more memory: maxmemory in redis.conf, and restart it (deploy/RUNBOOK.md, 'Memory')";
constexpr const char* kMendClock =
    "see what set the clock (date -u; chronyc tracking; journalctl -u chrony). It clears when the clock is back; if it is right as it is now: rightsdesk clock accept "
    "--time ... --why ... --as YOU (deploy/RUNBOOK.md, 'The clock')";

std::string seconds_text(std::chrono::nanoseconds time) {
    const auto tenths = std::chrono::duration_cast<std::chrono::milliseconds>(time).count() / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::string mebibytes_text(std::uint64_t octets) { return std::to_string(octets >> 20U) + " MiB"; }

domain::Instant later(domain::Instant time, std::chrono::nanoseconds by) { return time + domain::Instant(by.count()); }

}  // namespace

Watch::Watch(const Clock& clock, Health& health, WatchSettings settings, const std::string& name, bool real_clock)
    : clock_(clock), health_(health), settings_(std::move(settings)), name_(name), real_clock_(real_clock), guard_(clock, settings_.clock_tolerance),
      pace_(settings_.slow_commit), consumers_(settings_.consumer_stuck) {
    disks_.reserve(settings_.folders.size());
    for (const std::string& folder : settings_.folders) disks_.emplace_back(folder, settings_.least_free_disk);
}

void Watch::raise_or_clear(const std::string& kind, const std::optional<std::string>& what, const std::string& next) {
    if (!what) {
        if (health_.clear(kind)) log_info("#HEALTHY_AGAIN", {{"problem", kind}});
    } else if (health_.raise(kind, *what, next, clock_.now())) {
        log_error("#UNHEALTHY", {{"problem", kind}, {"reason", *what}});
    }
}

void Watch::warn_or_clear(const std::string& kind, const std::optional<std::string>& what, const std::string& next) {
    if (!what) {
        if (health_.clear(kind)) log_info("#WARNING_OVER", {{"problem", kind}});
    } else if (health_.warn(kind, *what, next, clock_.now())) {
        log_warning("#WARNING", {{"problem", kind}, {"reason", *what}});
    }
}

// ---- the clock ----

std::string Watch::anchor_file() const { return settings_.run_folder + "/" + name_ + ".clock"; }

void Watch::begin(domain::Instant latest_record) {
    if (!real_clock_) return;
    if (later(clock_.now(), settings_.clock_tolerance) < latest_record) latest_record_ = latest_record;
    if (!settings_.run_folder.empty()) {
        std::ifstream file(anchor_file());
        std::string anchor;
        if (std::getline(file, anchor)) guard_.compare_with(anchor);
    }
    look_at_clock();
    look_at_synchronisation();
}

bool Watch::look() {
    if (real_clock_) {
        guard_.now();
        if (guard_.stepped() != health_.has("clock_stepped")) look_at_clock();
    }
    if (clock_.monotonic() < next_look_) return false;
    next_look_ = clock_.monotonic() + kLookAround;
    look_at_disks();
    warn_or_clear("disk_slow", pace_.look(clock_.monotonic()),
                  "find what else uses the store's disk (iostat -x 1, a backup, a rewrite of the append-only file: tail var/log/redis.log)");
    if (!real_clock_) return true;
    look_at_synchronisation();
    look_at_clock();
    if (!guard_.stepped() && clock_.monotonic() >= next_anchor_) keep_anchor();
    return true;
}

void Watch::look_at_clock() {
    std::optional<std::string> what;
    const auto ahead = guard_.ahead();
    if (guard_.stepped()) {
        what = std::string("the wall clock stepped ") + (ahead > ahead.zero() ? "forward by " + seconds_text(ahead) : "back by " + seconds_text(-ahead)) +
               ": nothing is judged or acted on by time";
    }
    raise_or_clear("clock_stepped", what, kMendClock);
    if (latest_record_ && later(clock_.now(), settings_.clock_tolerance) >= *latest_record_) latest_record_.reset();
    what.reset();
    if (latest_record_) {
        what = "the wall clock shows " + domain::instant_text(clock_.now()) + ", which is before the last record, of " + domain::instant_text(*latest_record_);
    }
    raise_or_clear("clock_behind_log", what, kMendClock);
}

void Watch::look_at_synchronisation() {
    if (!settings_.require_synchronised) return;
    const Synchronisation kernel = clock_.synchronisation();
    const bool good = kernel.synchronised && kernel.max_error <= settings_.clock_tolerance;
    std::optional<std::string> what;
    if (!good) {
        what = kernel.synchronised ? "the kernel says that the clock may be off by " + seconds_text(kernel.max_error) : "the kernel says that the clock is not synchronised";
    }
    raise_or_clear("clock_unsynchronised", what, "start chrony or ntpd on this host and wait for it (chronyc waitsync; adjtimex --print)");
    if (settings_.store_elsewhere) return;  // that is the better witness
    if (!good || !guard_.stepped()) vouched_since_.reset();
    else if (!vouched_since_) vouched_since_ = clock_.monotonic();
    else if (clock_.monotonic() - *vouched_since_ >= kVouchedFor) guard_.accept();
}

void Watch::look_at_acceptance(std::optional<domain::Instant> accepted) {
    if (!real_clock_ || accepted == last_accepted_) return;
    last_accepted_ = accepted;
    const domain::Instant wall = clock_.now();
    if (!accepted || later(wall, settings_.clock_tolerance) < *accepted || later(*accepted, kAcceptedFor) < wall) return;
    log_warning("#CLOCK_ACCEPTED", {{"time", domain::instant_text(wall)}});
    guard_.accept();
    latest_record_.reset();
    look_at_clock();
    keep_anchor();
}

// Without fsync: a death of the machine ends the boot that it is of.
void Watch::keep_anchor() {
    next_anchor_ = clock_.monotonic() + kAnchorInterval;
    if (settings_.run_folder.empty()) return;
    const std::string beside = anchor_file() + ".new";
    std::ofstream(beside) << guard_.anchor();
    std::rename(beside.c_str(), anchor_file().c_str());
}

// ---- disks, the store, the others ----

void Watch::look_at_disks() {
    for (DiskRoom& disk : disks_) {
        raise_or_clear("disk_nearly_full/" + disk.folder(), disk.look(),
                       "make room on that disk (deploy/RUNBOOK.md, 'The disk is full'); the desk goes on by itself then");
    }
}

void Watch::look_at_store(const store::Durability& said, domain::Instant before, domain::Instant after) {
    const std::uint64_t percent = said.max_memory == 0 ? 0 : said.used_memory * 100 / said.max_memory;
    const std::string used = mebibytes_text(said.used_memory) + " of the " + mebibytes_text(said.max_memory) + " that Redis may use are used";
    const bool full = percent >= (health_.has("store_full_memory") ? kMemoryAgain : kStopForMemory);
    raise_or_clear("store_full_memory", full ? std::optional(used) : std::nullopt, kGiveMemory);
    warn_or_clear("store_memory_low", percent >= kWarnOfMemory && !full ? std::optional(used) : std::nullopt, kGiveMemory);
    store_said_ = said;
    if (!real_clock_ || !said.time) return;
    const domain::Instant theirs(said.time->count());
    store_ahead_ = std::chrono::nanoseconds(theirs > after ? (theirs - after).value : theirs < before ? (theirs - before).value : 0);
    const bool agrees = later(theirs, settings_.clock_tolerance) >= before && theirs <= later(after, settings_.clock_tolerance);
    std::optional<std::string> what;
    if (!agrees) what = "the clocks differ: here it is " + domain::instant_text(after) + ", and at the store " + domain::instant_text(theirs);
    raise_or_clear("clock_disagrees", what, kMendClock);
    if (!settings_.store_elsewhere) return;
    if (!agrees || !guard_.stepped()) vouched_since_.reset();
    else if (!vouched_since_) vouched_since_ = clock_.monotonic();
    else if (clock_.monotonic() - *vouched_since_ >= kVouchedFor) guard_.accept();
}

// ---- what is told of it ----

void Watch::tell_clock(Figures& figures) const {
    const auto seconds = [](std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); };
    const Synchronisation kernel = clock_.synchronisation();
    figures.add(MetricKind::kClockAheadSeconds, real_clock_ ? seconds(guard_.ahead()) : 0);
    figures.add(MetricKind::kClockStoreOffsetSeconds, seconds(store_ahead_));
    figures.add(MetricKind::kClockKernelSynchronised, kernel.synchronised ? 1 : 0);
    figures.add(MetricKind::kClockKernelMaxErrorSeconds, seconds(kernel.max_error));
}

void Watch::tell_store(Figures& figures) const {
    if (!store_said_) return;
    for (const auto& [setting, holds] : store_said_->settings) figures.add(MetricKind::kStoreSettingHolds, holds ? 1 : 0, {setting});
    if (!store_said_->problem.empty()) return;  // then it was not asked about its memory
    figures.add(MetricKind::kStoreMemoryUsedBytes, static_cast<double>(store_said_->used_memory));
    figures.add(MetricKind::kStoreMemoryMaxBytes, static_cast<double>(store_said_->max_memory));
}

bool Watch::is_out_of_memory(const std::string& error) {
    if (!error.starts_with("Redis: OOM ")) return false;
    raise_or_clear("store_full_memory", error, kGiveMemory);
    return true;
}

void Watch::look_at_consumers() {
    const auto stuck = consumers_.stuck(clock_.monotonic());
    for (const auto& [consumer, what] : stuck) consumers_told_[consumer] = true;
    for (auto told = consumers_told_.begin(); told != consumers_told_.end();) {
        const auto found = stuck.find(told->first);
        warn_or_clear("consumer_stuck/" + told->first, found == stuck.end() ? std::nullopt : std::optional(found->second),
                      "tools/service status " + told->first + "; tail var/log/" + told->first + ".log; rightsdesk status (deploy/RUNBOOK.md, 'consumer_stuck')");
        told = found == stuck.end() ? consumers_told_.erase(told) : std::next(told);
    }
}

}  // namespace rightsdesk::runtime
