#include "store/redis_masters.h"

#include <algorithm>

#include "store/commit_call.h"
#include "store/redis_durability.h"

namespace rightsdesk::store {
namespace {

// A number of INFO; 0 when there is none.
std::uint64_t counted(RedisNodes& nodes, const RedisNodes::Node& node, std::string_view section, std::string_view name) {
    const auto answer = nodes.call_at(node, {"INFO", section});
    return answer ? parse_number(info_value(text_of(**answer).value_or(""), name)).value_or(0) : 0;
}

}  // namespace

base::Result<std::vector<RedisMaster>> look_at_masters(const RedisConfig& config) {
    RedisNodes nodes(config);
    const auto masters = nodes.masters();
    if (!masters) return tl::unexpected(masters.error());
    std::vector<RedisMaster> seen;
    seen.reserve(masters->size());
    for (const RedisNodes::Node& node : *masters) {
        RedisMaster master;
        master.name = node.name;
        master.address = node.address;
        master.slots = node.slots;
        const auto problem = problem_at(nodes, node, config);
        auto logs = nodes.logs_at(node);
        master.problem = problem ? *problem : problem.error().message;
        if (logs) {
            std::sort(logs->begin(), logs->end());
            logs->erase(std::unique(logs->begin(), logs->end()), logs->end());
            master.logs = std::move(*logs);
            master.memory_octets = counted(nodes, node, "memory", "used_memory_dataset");
            master.file_octets = counted(nodes, node, "persistence", "aof_current_size");
        }
        seen.push_back(std::move(master));
    }
    std::sort(seen.begin(), seen.end(), [](const RedisMaster& one, const RedisMaster& other) { return one.name < other.name; });
    return seen;
}

}  // namespace rightsdesk::store
