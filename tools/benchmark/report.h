// What a run measured, as a table for people and JSON for scripts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "benchmark/figures.h"
#include "benchmark/peer.h"
#include "benchmark/scale.h"

namespace rightsdesk::benchmark {

// What is kept of a notice, and of all that follows from it.
struct Space {
    double memory_octets = 0;    // of Redis
    double file_octets = 0;      // of its append-only file; once that is rewritten, about as many as in memory
    double document_octets = 0;  // of the paper
};

// Notices handed in with `window` of them on their way, and right after it the same commits and documents by
// themselves.
struct Throughput {
    std::size_t window = 0;
    std::size_t notices = 0;
    double receipts_per_second = 0;
    LatencyFigures latency;
    std::size_t retries = 0;
    std::size_t lost_by_feed = 0;                      // records that the feed's reader had to read from the log
    double others_idle_after_seconds = 0;              // the other services have done all that follows
    std::map<std::string, double> processor_us;        // of each process, a receipt, until then
    double curve_us = 0;                               // of it, a receipt, for CURVE: its messages sealed and opened by themselves
    double commits_per_thousand = 0;                   // receipts, of all services: no fewer than the waits for the disk that Redis made
    Space space = {};                                  // of a notice, by then
    std::size_t batch = 0;                             // of the raw commits: the window, as far as one turn of intake takes
    double raw_commits_per_second = 0;
    double raw_documents_per_second = 0;               // kept by themselves, as many at once

    // Of the rate without CURVE, where processors are what limits it.
    [[nodiscard]] double curve_on_over_off() const;
    [[nodiscard]] double share() const { return share_of(receipts_per_second, raw_commits_per_second); }
    // Of what the disk and Redis allow: a document is kept before its notice is committed.
    [[nodiscard]] double share_of_both() const {
        return share_of(receipts_per_second, rate_after_each_other(raw_commits_per_second, raw_documents_per_second));
    }
};

// Notices handed in at a pace.
struct Paced {
    std::size_t wanted_per_second = 0;
    bool rewriting = false;  // Redis began to write its append-only file anew with the first of them
    std::size_t notices = 0;
    double receipts_per_second = 0;
    LatencyFigures latency;
    std::size_t retries = 0;

    [[nodiscard]] std::string name() const;

    // The last receipt came when the last notice was sent, or soon after.
    [[nodiscard]] bool reached() const { return receipts_per_second >= 0.95 * static_cast<double>(wanted_per_second); }
};

struct Report {
    std::string date;
    unsigned cores = 0;
    std::string processor;
    std::string kernel;
    std::size_t notices = 0;  // as asked for
    LatencyFigures disk;
    LatencyFigures round_trip;
    std::vector<Throughput> throughputs;
    std::vector<Throughput> alone;     // the other services suspended while the receipts come; the commits are intake's only
    std::vector<Paced> paced;
    std::size_t notices_checked = 0;
    std::string reading;               // how the notices were read
    std::optional<PeerFigures> peer = {};
    std::optional<ScaleReport> scale = {};

    // The most receipts a second of all windows, the services that follow at work.
    [[nodiscard]] double best() const;

    // Of one receipt at a time: how many times the floor (one fdatasync and one round trip) it takes at the median.
    [[nodiscard]] double lone_over_floor() const;
};

std::string text_of(const Report& report);
std::string json_of(const Report& report);

}  // namespace rightsdesk::benchmark
