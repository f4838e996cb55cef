#include "store/redis_masters.h"

#include <algorithm>

#include "store/commit_call.h"
#include "store/redis_durability.h"

namespace rightsdesk::store {
namespace {

base::Result<> look_inside(RedisNodes& nodes, const RedisNodes::Node& node, RedisMaster& master) {
    auto logs = nodes.logs_at(node);
    if (!logs) return tl::unexpected(logs.error());
    std::sort(logs->begin(), logs->end());
    logs->erase(std::unique(logs->begin(), logs->end()), logs->end());
    master.logs = std::move(*logs);
    const auto answer = nodes.call_at(node, {"INFO", "memory", "persistence"});
    if (!answer) return tl::unexpected(answer.error());
    const std::string_view info = text_of(**answer).value_or("");
    master.memory_octets = parse_number(info_value(info, "used_memory_dataset")).value_or(0);
    master.file_octets = parse_number(info_value(info, "aof_current_size")).value_or(0);
    return {};
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
        master.problem = problem ? *problem : problem.error().message;
        const auto looked = look_inside(nodes, node, master);
        if (!looked && master.problem.empty()) master.problem = looked.error().message;
        seen.push_back(std::move(master));
    }
    std::sort(seen.begin(), seen.end(), [](const RedisMaster& one, const RedisMaster& other) { return one.name < other.name; });
    return seen;
}

}  // namespace rightsdesk::store
