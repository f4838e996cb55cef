#include "store/replica_watch.h"

#include <array>

#include "store/redis_durability.h"
#include "store/redis_settings.h"

namespace rightsdesk::store {
namespace {

using base::Result;

const std::string kReplica = "the replica";
const std::string kInfoOfReplica = kReplica + ": INFO";
constexpr std::string_view kAnyLog = "desk";  // there is one server: every log is there

RedisConfig at_replica(const RedisConfig& config) {
    RedisConfig own = config;
    own.address = config.replica_socket;
    own.replicas = 0;
    own.cluster.reset();
    // One that hangs must not hold up those who wait for the primary for longer than its word would.
    own.connect_timeout = own.answer_timeout = config.replica_timeout;
    return own;
}

Result<std::string> info_of(RedisNodes& server, std::string_view one, std::string_view other) {
    const auto reply = server.call(kAnyLog, {"INFO", one, other});
    if (!reply) return tl::unexpected(reply.error());
    return std::string(text_of(**reply).value_or(""));
}

std::string synchronisations(std::string_view of_primary) {
    return std::string(info_value(of_primary, "master_replid")).append(" ").append(info_value(of_primary, "sync_full"));
}

Result<std::string> problem_of_primary(RedisNodes& primary, std::string_view info) {
    const std::string role(info_value(info, "role"));
    if (role != "master") return "Redis is itself a replica (role '" + role + "'): point [store] socket at the primary";
    // It would refuse also what two people commit to go on without the replica; the services themselves wait for it.
    const auto least = primary.call(kAnyLog, {"CONFIG", "GET", "min-replicas-to-write"});
    if (!least) return tl::unexpected(least.error());
    if (text_in(**least, "min-replicas-to-write") != "0") return std::string("Redis: the setting min-replicas-to-write must be '0': the services wait for the replica themselves");
    return std::string();
}

Result<std::string> problem_of_replica(RedisNodes& replica, const RedisConfig& config, std::string_view primary, bool known) {
    const auto info = info_of(replica, "replication", "persistence");
    if (!info) return tl::unexpected(info.error());
    auto problem = first_problem(kInfoOfReplica, {{"role", "slave"}, {"master_link_status", "up"}, {"master_sync_in_progress", "0"}, {"slave_read_only", "1"}}, *info);
    if (!problem.empty()) return problem;
    if (info_value(*info, "master_replid") != info_value(primary, "master_replid")) return kReplica + " follows another primary than this one";
    const auto masters = replica.masters();  // itself: it was asked for by its own address
    if (!masters) return tl::unexpected(masters.error());
    const auto durable = problem_at(replica, masters->front(), config);
    if (!durable) return tl::unexpected(durable.error());
    if (!durable->empty()) return kReplica + ": " + *durable;
    // After it was synchronised as a whole, until this is over; what is rewritten later does not matter.
    if (known) return std::string();
    problem = first_problem(kInfoOfReplica, {{"aof_rewrite_in_progress", "0"}, {"aof_rewrite_scheduled", "0"}, {"aof_last_bgrewrite_status", "ok"}}, *info);
    return problem.empty() ? problem : problem + ": it was synchronised and has not written all of it to its disk yet";
}

}  // namespace

ReplicaWatch::ReplicaWatch(const RedisConfig& config)
    : config_(at_replica(config)), replicas_(std::to_string(config.replicas)), timeout_(std::to_string(config.replica_timeout.count())), replica_(config_) {
    if (config.cluster) problem_ = "Redis Cluster: the replicas of its masters are not looked at, so that their word does not count";
}

Result<std::string> ReplicaWatch::find_problem(RedisNodes& primary) {
    const auto before = info_of(primary, "replication", "stats");
    if (!before) return tl::unexpected(before.error());
    auto problem = problem_of_primary(primary, *before);
    if (!problem || !problem->empty()) return problem;
    auto of_replica = problem_of_replica(replica_, config_, *before, synchronisations(*before) == synchronised_);
    if (!of_replica) return kReplica + " does not answer: " + of_replica.error().message;
    if (!of_replica->empty()) return of_replica;
    const auto after = info_of(primary, "replication", "stats");
    if (!after) return tl::unexpected(after.error());
    if (synchronisations(*after) != synchronisations(*before)) return kReplica + " is being synchronised as a whole";
    synchronised_ = synchronisations(*after);
    return std::string();
}

Result<std::string> ReplicaWatch::look(RedisNodes& primary) {
    auto problem = find_problem(primary);
    problem_ = problem ? *problem : problem.error().message;
    return problem;
}

Result<std::vector<RedisReply>> ReplicaWatch::write(RedisNodes& primary, const std::string& log, const std::vector<std::string_view>& arguments) {
    if (!problem_.empty()) return base::unavailable(problem_);
    // WAIT speaks of what this connection has written, and so of everything before it, whoever wrote that: replication has one order.
    const std::array<std::string_view, 3> wait{"WAIT", replicas_, timeout_};
    auto replies = primary.exchange(log, {RedisCommand(arguments), RedisCommand(wait)}, RedisNodes::Purpose::kCommit);
    if (!replies) return replies;
    if (const auto good = judge(*replies->back(), primary); !good) return tl::unexpected(good.error());
    return replies;
}

Result<> ReplicaWatch::judge(const redisReply& confirmed, RedisNodes& primary) {
    if (confirmed.type != REDIS_REPLY_INTEGER || confirmed.integer < std::stoll(replicas_)) {
        problem_ = "the replica did not confirm in " + timeout_ + " ms that it has what was committed";
        return base::unavailable(problem_);
    }
    const auto now = info_of(primary, "replication", "stats");
    if (!now) return tl::unexpected(now.error());
    if (synchronisations(*now) == synchronised_) return {};
    problem_ = "the replica was synchronised as a whole meanwhile; it is looked at again";
    return base::unavailable(problem_);
}

}  // namespace rightsdesk::store
