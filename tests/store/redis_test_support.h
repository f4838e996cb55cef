// One Redis for all tests of this binary, emptied between them, and a hand in it that may do everything.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "store/redis_connection.h"
#include "store/redis_store.h"
#include "support/redis_server.h"

namespace rightsdesk::store {

inline RedisConfig config_of(const support::RedisServer& server, const std::string& user) {
    return {.socket_path = server.socket_path(), .user = user, .password = support::RedisServer::password_of(user)};
}

class RedisAdmin {
public:
    explicit RedisAdmin(const support::RedisServer& server) : connection_(config_of(server, "test_admin")) {}

    RedisReply run(const std::vector<std::string>& arguments) {
        auto reply = connection_.call({arguments.begin(), arguments.end()});
        if (!reply) throw std::runtime_error(arguments.front() + ": " + reply.error().message);
        return std::move(*reply);
    }

    // Every key with its serialised value: equal before and after means that nothing changed.
    std::map<std::string, std::string> dump() {
        std::map<std::string, std::string> dump;
        const RedisReply keys = run({"KEYS", "*"});
        for (std::size_t key = 0; key < keys->elements; ++key) {
            const std::string name(*text_of(*keys->element[key]));
            dump[name] = *text_of(*run({"DUMP", name}));
        }
        return dump;
    }

private:
    RedisConnection connection_;
};

inline support::RedisServer& shared_redis() {
    static support::RedisServer server;
    static const bool deployed = [] {
        const auto done = deploy_functions(config_of(server, "deployer"));
        if (!done) throw std::runtime_error(done.error().message);
        return true;
    }();
    (void)deployed;
    return server;
}

// The shared Redis, empty but for the function.
inline support::RedisServer& empty_redis() {
    RedisAdmin(shared_redis()).run({"FLUSHALL"});
    return shared_redis();
}

}  // namespace rightsdesk::store
