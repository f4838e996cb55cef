// Which master of Redis holds what: for the person who starts one, adds one, or moves offerings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/redis_config.h"
#include "store/slots.h"

namespace rightsdesk::store {

struct RedisMaster {
    std::string name;     // what it calls itself
    std::string address;  // how it is reached from here; empty when the configuration does not say
    SlotRanges slots;     // all, where there is no cluster
    std::string problem;  // why it does not answer, or its replies are not durable; empty when all is well
    // Nothing known where it does not answer:
    std::vector<std::string> logs;    // sorted
    std::uint64_t memory_octets = 0;  // of everything stored
    std::uint64_t file_octets = 0;    // of its append-only file
    // Redis writes that file anew beside the commits, which wait the longer for it, as soon as it is larger than this; 0: never by itself.
    std::uint64_t rewritten_at_octets = 0;
    bool rewriting = false;  // it does, or will as soon as it can
    bool rewriting_failed = false;  // the last time
};

// All masters, by name. kUnavailable when none answers.
base::Result<std::vector<RedisMaster>> look_at_masters(const RedisConfig& config);

// Has every master write its append-only file anew now, as the user `deployer`, and does not wait for it (`rewriting`, above). One that
// does so already goes on. As deploy_functions: a master that is away does not keep the others from it, and is the error.
base::Result<> rewrite_files(const RedisConfig& config);

}  // namespace rightsdesk::store
