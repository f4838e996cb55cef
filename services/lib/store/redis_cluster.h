// What Redis Cluster says and means: slots, masters, redirections, addresses. Pure; RedisNodes does the talking.
#pragma once

#include <hiredis.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/redis_config.h"
#include "store/slots.h"

namespace rightsdesk::store {

struct ClusterMaster {
    std::string announced;  // "host:port", as it calls itself
    bool failed = false;    // the other masters agree that it does not answer
    SlotRanges slots;       // none for one that was just added
};

// The answer of CLUSTER SHARDS; `asked` is the host that gave it, for a node that does not know its own. Nothing when it is none.
std::optional<std::vector<ClusterMaster>> parse_shards(const redisReply& reply, const std::string& asked);

// An error reply that sends the caller elsewhere.
struct Redirection {
    enum class Kind : std::uint8_t {
        kMoved,  // the slot lies at `announced` from now on
        kAsk,    // this once, `announced` may have the keys: the slot is on its way there
        kWait,   // some of the keys have moved and some have not, or nobody serves the slot at the moment
    };
    Kind kind = Kind::kWait;
    std::string announced;
};
std::optional<Redirection> parse_redirection(std::string_view error, const std::string& asked);

// How a node is reached from here; nothing when the configuration does not say so (RedisCluster::addresses).
std::optional<std::string> reached_at(const RedisCluster& cluster, const std::string& announced);

// "host:port" -> host and port; nothing when it is not that.
std::optional<std::pair<std::string, int>> parse_address(std::string_view address);

}  // namespace rightsdesk::store
