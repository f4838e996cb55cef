// What a service watches in the world around it, and from where on it says so: [limits] and [time] of the suite's configuration.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace rightsdesk::runtime {

struct WatchSettings {
    std::vector<std::string> folders;                   // whose disks must have room: the documents, the store's where it is on this host
    std::uint64_t least_free_disk = 1ULL << 30U;        // octets; below it nothing is acknowledged
    std::chrono::milliseconds slow_commit{500};         // durable writes that take longer, for some seconds, are told of
    std::chrono::milliseconds consumer_stuck{30'000};   // a consumer that is behind and does not move for so long is told of
    std::chrono::milliseconds clock_tolerance{2'000};   // by how much the wall clock may differ from an even one
    bool require_synchronised = false;                  // the kernel must say that the clock is synchronised
    bool store_elsewhere = false;                       // the store runs on another host: its clock is a second opinion
    std::string run_folder;                             // of small files that outlive a process; empty: none are kept
};

}  // namespace rightsdesk::runtime
