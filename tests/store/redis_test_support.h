// One Redis and one cluster for all tests of this binary, emptied between them, and a hand in them that may do everything.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "batches.h"
#include "store/commit_call.h"
#include "store/redis_connection.h"
#include "store/redis_store.h"
#include "support/redis_cluster.h"
#include "support/redis_server.h"

namespace rightsdesk::store {

using Texts = std::vector<std::string>;

inline const Texts kParts{"log", "head", "identities", "states", "index", "cursors"};

// An item that uses every key.
inline Item everything(const std::string& name) {
    return an_item().claiming(name, "form").indexing("key/" + name, "notice/" + name).reading("offering", 0).writing("notice/" + name, 0, "state")
        .saying("accepted").moving("intake-" + name, "desk", 0, 1);
}

// The call of a batch as texts, to be mutilated.
inline Texts call_of(const Batch& whole) {
    const CommitCall call(whole);
    return {call.arguments().begin(), call.arguments().end()};
}

inline std::optional<base::Error> refusal_of(RedisConnection& connection, const Texts& arguments) {
    const auto reply = connection.call({arguments.begin(), arguments.end()});
    if (reply) return std::nullopt;
    return reply.error();
}

inline RedisConfig config_of(const support::RedisServer& server, const std::string& user) {
    return server.config_as(user);
}

class RedisAdmin {
public:
    explicit RedisAdmin(const support::RedisServer& server) : connection_(config_of(server, "test_admin")) {}

    RedisReply run(const std::vector<std::string>& arguments) {
        auto reply = connection_.call({arguments.begin(), arguments.end()});
        if (!reply) throw std::runtime_error(arguments.front() + ": " + reply.error().message);
        return std::move(*reply);
    }

    // Every key with all that it holds, and how often Redis has changed anything since its file was last written anew:
    // equal before and after means that nothing was written, not even the same again. A hash's fields are sorted, because
    // DUMP gives them as its table happens to lie, and reading may rearrange a table.
    std::map<std::string, std::string> dump() {
        std::map<std::string, std::string> dump;
        const RedisReply keys = run({"KEYS", "*"});
        for (std::size_t key = 0; key < keys->elements; ++key) {
            const std::string name(*text_of(*keys->element[key]));
            const std::string type(*text_of(*run({"TYPE", name})));
            dump[name] = type + " " + rendered(*run({"PEXPIRETIME", name})) + " ";
            if (type == "hash") {
                for (const auto& [field, value] : fields_of(name)) dump[name] += std::to_string(field.size()) + ":" + field + "=" + std::to_string(value.size()) + ":" + value;
            } else {
                dump[name] += *text_of(*run({"DUMP", name}));
                if (type == "stream") dump[name] += rendered(*run({"XINFO", "STREAM", name, "FULL", "COUNT", "1"}));
            }
        }
        dump["(changes)"] = changes();
        return dump;
    }

    std::map<std::string, std::string> fields_of(const std::string& hash) {
        std::map<std::string, std::string> fields;
        const RedisReply all = run({"HGETALL", hash});
        for (std::size_t at = 0; at + 1 < all->elements; at += 2) fields[std::string(*text_of(*all->element[at]))] = *text_of(*all->element[at + 1]);
        return fields;
    }

private:
    static std::string rendered(const redisReply& reply) {
        if (reply.type == REDIS_REPLY_INTEGER) return std::to_string(reply.integer) + ",";
        std::string text(text_of(reply).value_or("-"));
        for (std::size_t at = 0; at < reply.elements; ++at) text += rendered(*reply.element[at]);
        return text + ",";
    }

    std::string changes() {
        const std::string name = "rdb_changes_since_last_save:";
        const RedisReply info = run({"INFO", "persistence"});
        const std::string_view text = *text_of(*info);
        const std::string_view rest = text.substr(text.find(name) + name.size());
        return std::string(rest.substr(0, rest.find('\r')));
    }

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

// The shared cluster of three masters, empty but for the function.
inline support::RedisCluster& empty_cluster() {
    static support::RedisCluster cluster;
    cluster.empty();
    return cluster;
}

}  // namespace rightsdesk::store
