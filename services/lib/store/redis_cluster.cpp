#include "store/redis_cluster.h"

#include <algorithm>
#include <charconv>

#include "store/redis_connection.h"

namespace rightsdesk::store {
namespace {

std::optional<std::size_t> slot_number(const redisReply& reply) {
    if (reply.type != REDIS_REPLY_INTEGER || reply.integer < 0 || reply.integer >= static_cast<long long>(kSlots)) return std::nullopt;
    return static_cast<std::size_t>(reply.integer);
}

std::string address_of(const redisReply& node, const std::string& asked) {
    const redisReply* port = value_in(node, "port");
    if (port == nullptr || port->type != REDIS_REPLY_INTEGER) return {};
    std::string host(text_in(node, "endpoint"));
    if (host.empty() || host == "?") host = text_in(node, "ip");
    return (host.empty() ? asked : host) + ":" + std::to_string(port->integer);
}

// The node that takes the shard's writes, or would if it answered.
const redisReply* master_among(const redisReply& nodes) {
    const redisReply* master = nullptr;
    for (std::size_t at = 0; at < nodes.elements; ++at) {
        if (text_in(*nodes.element[at], "role") != "master") continue;
        if (master == nullptr || text_in(*nodes.element[at], "health") == "online") master = nodes.element[at];
    }
    return master;
}

std::optional<ClusterMaster> parse_shard(const redisReply& shard, const std::string& asked) {
    const redisReply* slots = value_in(shard, "slots");
    const redisReply* nodes = value_in(shard, "nodes");
    if (slots == nullptr || nodes == nullptr || slots->type != REDIS_REPLY_ARRAY || nodes->type != REDIS_REPLY_ARRAY || slots->elements % 2 != 0) return std::nullopt;
    const redisReply* node = master_among(*nodes);
    if (node == nullptr) return ClusterMaster{};
    ClusterMaster master{address_of(*node, asked), text_in(*node, "health") != "online", {}};
    if (master.announced.empty()) return std::nullopt;
    for (std::size_t at = 0; at < slots->elements; at += 2) {
        const auto first = slot_number(*slots->element[at]);
        const auto last = slot_number(*slots->element[at + 1]);
        if (!first || !last || *last < *first) return std::nullopt;
        master.slots.emplace_back(*first, *last);
    }
    return master;
}

}  // namespace

std::optional<std::vector<ClusterMaster>> parse_shards(const redisReply& reply, const std::string& asked) {
    if (reply.type != REDIS_REPLY_ARRAY) return std::nullopt;
    std::vector<ClusterMaster> masters;
    masters.reserve(reply.elements);
    for (std::size_t at = 0; at < reply.elements; ++at) {
        auto master = parse_shard(*reply.element[at], asked);
        if (!master) return std::nullopt;
        if (!master->announced.empty()) masters.push_back(std::move(*master));
    }
    return masters;
}

// "MOVED <slot> <host:port>", "ASK <slot> <host:port>"; without a host it is that of the node asked.
std::optional<Redirection> parse_redirection(std::string_view error, const std::string& asked) {
    const std::string_view code = error.substr(0, error.find(' '));
    if (code == "TRYAGAIN" || code == "CLUSTERDOWN") return Redirection{Redirection::Kind::kWait, {}};
    if (code != "MOVED" && code != "ASK") return std::nullopt;
    std::string announced(error.substr(error.rfind(' ') + 1));
    if (announced.starts_with(":")) announced = asked + announced;
    if (!parse_address(announced)) return std::nullopt;
    return Redirection{code == "ASK" ? Redirection::Kind::kAsk : Redirection::Kind::kMoved, std::move(announced)};
}

std::optional<std::string> reached_at(const RedisCluster& cluster, const std::string& announced) {
    if (!cluster.addresses) return announced;
    if (const auto mapped = cluster.addresses->find(announced); mapped != cluster.addresses->end()) return mapped->second;
    if (std::find(cluster.nodes.begin(), cluster.nodes.end(), announced) != cluster.nodes.end()) return announced;
    return std::nullopt;
}

std::optional<std::pair<std::string, int>> parse_address(std::string_view address) {
    const std::size_t colon = address.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const std::string_view digits = address.substr(colon + 1);
    int port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size() || port < 1 || port > 65'535) return std::nullopt;
    return std::pair(std::string(address.substr(0, colon)), port);
}

}  // namespace rightsdesk::store
