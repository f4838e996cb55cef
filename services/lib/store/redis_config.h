// How to reach Redis.
#pragma once

#include <chrono>
#include <string>

namespace rightsdesk::store {

struct RedisConfig {
    std::string socket_path;                            // of at most 107 octets, as unix sockets' are
    std::string user;                                   // of deploy/redis/users.acl
    std::string password;
    std::chrono::milliseconds connect_timeout{1'000};
    std::chrono::milliseconds answer_timeout{5'000};    // an fsync on a busy disk takes long; beyond it the outcome is unknown
    int replicas = 0;                                   // that must have confirmed a commit before it counts as durable
    std::chrono::milliseconds replica_timeout{1'000};   // for them; below answer_timeout
};

}  // namespace rightsdesk::store
