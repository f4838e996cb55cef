#include "store/redis_masters.h"

#include <algorithm>

#include "store/commit_call.h"
#include "store/redis_durability.h"

namespace rightsdesk::store {
namespace {

constexpr const char* kRewriteGrowth = "auto-aof-rewrite-percentage";
constexpr const char* kRewriteLeast = "auto-aof-rewrite-min-size";
constexpr const char* kRewritesAlready = "rewriting already in progress";

// As Redis 7.0 reckons (serverCron): once it is larger than the least size, and has grown by so much since it was last written anew.
std::uint64_t rewritten_at(const redisReply& settings, std::uint64_t base_octets) {
    const std::uint64_t growth = parse_number(text_in(settings, kRewriteGrowth)).value_or(0);
    if (growth == 0) return 0;
    return std::max(parse_number(text_in(settings, kRewriteLeast)).value_or(0), base_octets / 100 * (100 + growth));
}

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
    master.rewriting = info_value(info, "aof_rewrite_in_progress") == "1" || info_value(info, "aof_rewrite_scheduled") == "1";
    master.rewriting_failed = info_value(info, "aof_last_bgrewrite_status") == "err";
    const auto settings = nodes.call_at(node, {"CONFIG", "GET", kRewriteGrowth, kRewriteLeast});
    if (!settings) return tl::unexpected(settings.error());
    master.rewritten_at_octets = rewritten_at(**settings, parse_number(info_value(info, "aof_base_size")).value_or(0));
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

base::Result<> rewrite_files(const RedisConfig& config) {
    RedisNodes nodes(config);
    const auto masters = nodes.masters();
    if (!masters) return tl::unexpected(masters.error());
    base::Result<> all;
    for (const RedisNodes::Node& master : *masters) {
        const auto begun = nodes.call_at(master, {"BGREWRITEAOF"});
        if (begun || begun.error().message.find(kRewritesAlready) != std::string::npos) continue;
        all = base::failure(begun.error().kind, "the master " + master.name + ": " + begun.error().message);
    }
    return all;
}

}  // namespace rightsdesk::store
