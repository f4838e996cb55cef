// The peer: the same job as a PostgreSQL 15 stored procedure. A row an identity unless it is there, the state, an outbox row
// with a dense number, and the counters, in one transaction of which the commit waits for the disk (synchronous_commit on).
// It keeps no business keys, digests or links: that is to its advantage.
#pragma once

#include <string>
#include <vector>

#include "benchmark/figures.h"
#include "store/store.h"

namespace rightsdesk::benchmark {

struct PeerFigures {
    std::string version;                 // of the server
    std::size_t batch = 0;               // of the set-based calls, and over how many connections: the best of those tried
    std::size_t connections = 0;
    double batched_per_second = 0;
    std::size_t single_connections = 0;  // a transaction a notice
    double single_per_second = 0;
};

// Starts a server of its own in a folder under `folder` (its disk is the one that counts), does the job with the items' identities,
// states and records, checks that every one is there once, and ends the server. Throws, saying why, when it cannot.
PeerFigures measure_peer(const std::string& folder, const std::vector<store::Item>& items);

}  // namespace rightsdesk::benchmark
