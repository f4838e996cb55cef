// How to reach Redis: one server, or the masters of a cluster.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rightsdesk::store {

struct RedisCluster {
    std::vector<std::string> nodes;  // "host:port" of masters as reached from here, asked in turn who holds which slots
    // What a node calls itself -> how it is reached from here. Given, even empty, a master that is neither here nor among
    // `nodes` is refused, so that nothing leaves the tunnels; absent, masters are reached at what they call themselves.
    std::optional<std::map<std::string, std::string>> addresses = {};
};

struct RedisConfig {
    std::string address;                                // "/path/to/socket" of at most 107 octets, or "host:port"; not used with a cluster
    std::string user;                                   // of deploy/redis/users.acl
    std::string password;
    std::chrono::milliseconds connect_timeout{1'000};
    std::chrono::milliseconds answer_timeout{5'000};    // an fsync on a busy disk takes long; beyond it the outcome is unknown
    int replicas = 0;                                   // that must have confirmed a commit before it counts as durable
    std::chrono::milliseconds replica_timeout{1'000};   // for them; below answer_timeout
    std::optional<RedisCluster> cluster = {};
    std::string replica_socket = {};                    // of the replica itself, whose settings are looked at; where replicas > 0
};

// For a person: where this leads to.
inline std::string place_of(const RedisConfig& config) {
    if (!config.cluster) return config.address;
    std::string nodes;
    for (const std::string& node : config.cluster->nodes) nodes += (nodes.empty() ? "" : ", ") + node;
    return "cluster at " + nodes;
}

}  // namespace rightsdesk::store
