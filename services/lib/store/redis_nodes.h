// Where a log lies: the one Redis, or the master of a cluster that holds its slot. The store room's own.
//
// Of a cluster it knows which master holds which slot (CLUSTER SHARDS) and follows what the masters say: MOVED for good,
// ASK once, TRYAGAIN and CLUSTERDOWN after a short pause, all bounded. A redirected command was not applied where it was
// redirected from. A master that does not answer concerns its own slots only. One thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "store/redis_cluster.h"
#include "store/redis_connection.h"

namespace rightsdesk::store {

class RedisNodes {
public:
    explicit RedisNodes(RedisConfig config);  // connects on the first call

    // Commands about one log, sent together to the master that holds it; their replies, none of them an error. A commit goes only
    // to a run of Redis that is trusted.
    enum class Purpose : std::uint8_t { kRead, kCommit };
    base::Result<std::vector<RedisReply>> exchange(std::string_view log, const std::vector<RedisCommand>& commands, Purpose purpose = Purpose::kRead);
    base::Result<RedisReply> call(std::string_view log, const std::vector<std::string_view>& command);

    struct LogCommand {
        std::string_view log;
        RedisCommand command;
    };
    // A command for each of many logs, those of one master sent together: a reply or an error each, in their order.
    std::vector<base::Result<RedisReply>> call_each(const std::vector<LogCommand>& commands);

    // Which runs of Redis these are, in one text: another after one was started again. Of a master that is away its last run.
    base::Result<std::string> incarnation();
    // From now on commits go only to the runs of this incarnation.
    void trust(std::string incarnation) { trusted_ = std::move(incarnation); }

    // Whether both logs lie on one master, as far as is known.
    [[nodiscard]] bool lie_together(std::string_view log, std::string_view other) const {
        return !config_.cluster || holder_[slot_of_log(log)] == holder_[slot_of_log(other)];
    }

    // A master, or the one Redis.
    struct Node {
        std::string name;     // what it calls itself
        std::string address;  // how it is reached from here; empty: the configuration does not say
        bool failed = false;  // as the others say
        SlotRanges slots = {};
    };
    // All of them, those without slots too, as the cluster says now.
    base::Result<std::vector<Node>> masters();
    base::Result<RedisReply> call_at(const Node& node, const std::vector<std::string_view>& command);
    // The logs that have a record, in no order; one may come twice.
    base::Result<std::vector<std::string>> logs_at(const Node& node);

private:
    static constexpr std::uint16_t kNobody = UINT16_MAX;

    RedisConnection& connection(const std::string& address) { return *server(address).connection; }
    base::Result<> refresh();
    base::Result<> learn(const std::string& from, const redisReply& shards);
    base::Result<std::string> address_for(std::string_view log);
    base::Result<std::string> master_of(std::size_t slot);
    base::Result<> follow(const Redirection& redirection, std::size_t slot, std::string& ask);
    base::Result<std::string> usable(const Node& node) const;

    // A connection, and what is at its other end.
    struct Server {
        std::unique_ptr<RedisConnection> connection;
        std::uint64_t asked_on = 0;  // the number of the connection on which its run was asked for
        std::string run;
        std::chrono::steady_clock::time_point ask_again{};  // after it did not answer
    };
    Server& server(const std::string& address);
    base::Result<std::string> run_at(const std::string& address);
    // Whether a command of this purpose may go there: a commit needs a run that is trusted.
    base::Result<> may_go_to(const std::string& address, Purpose purpose);

    RedisConfig config_;
    std::string trusted_;                    // empty: any
    std::map<std::string, Server> servers_;  // by address
    std::vector<Node> nodes_;
    std::array<std::uint16_t, kSlots> holder_{};  // of each slot: its place in nodes_
    bool stale_ = true;                           // ask before the next command
    std::chrono::steady_clock::time_point refreshed_{};
};

}  // namespace rightsdesk::store
