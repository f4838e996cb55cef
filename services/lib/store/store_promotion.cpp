#include "store/store_promotion.h"

#include "base/hash.h"
#include "store/commit_call.h"
#include "store/redis_connection.h"

namespace rightsdesk::store {

StorePromotion::StorePromotion(RedisConfig config) : config_(std::move(config)), connection_(std::make_unique<RedisConnection>(config_)) {}
StorePromotion::~StorePromotion() = default;

Result<Replication> StorePromotion::replication() {
    const auto reply = connection_->call({"INFO", "replication", "server"});
    if (!reply) return tl::unexpected(reply.error());
    const std::string_view info = text_of(**reply).value_or("");
    return Replication{info_value(info, "role") == "master", info_value(info, "master_link_status") == "up", std::string(info_value(info, "run_id")),
                       std::string(info_value(info, "master_replid"))};
}

Result<std::uint64_t> StorePromotion::fenced(const std::string& log) {
    const auto reply = connection_->call({"HGET", log_key(log, "head"), "fenced"});
    if (!reply) return tl::unexpected(reply.error());
    if ((*reply)->type == REDIS_REPLY_NIL) return std::uint64_t{0};
    const auto epoch = parse_number(text_of(**reply).value_or(""));
    if (!epoch) return base::failure(base::ErrorKind::kCorrupt, "log " + log + ": what it is fenced for is no number");
    return *epoch;
}

Result<> StorePromotion::fence(const std::string& log, std::uint64_t epoch) {
    const auto reply = connection_->call({"FCALL", "fence", "1", log_key(log, "head"), std::to_string(epoch)});
    if (!reply) return tl::unexpected(reply.error());
    return {};
}

Result<bool> StorePromotion::wait_for_replica(std::chrono::milliseconds patience) {
    const auto reply = connection_->call({"WAIT", "1", std::to_string(patience.count())});
    if (!reply) return tl::unexpected(reply.error());
    return (*reply)->type == REDIS_REPLY_INTEGER && (*reply)->integer >= 1;
}

Result<> StorePromotion::become_primary() {
    if (const auto done = connection_->call({"REPLICAOF", "NO", "ONE"}); !done) return tl::unexpected(done.error());
    if (const auto kept = connection_->call({"CONFIG", "REWRITE"}); !kept) {
        return base::invalid("Redis is the primary now but could not write that into its configuration file (" + kept.error().message +
                             "): take the line 'replicaof' out of it before this Redis is ever started again, or it will throw its data away for the old primary's");
    }
    return {};
}

Result<> StorePromotion::raise_epoch(const std::string& log, std::uint64_t from, std::uint64_t to, const Bytes& record) {
    const auto reply = connection_->call({"FCALL", "raise_epoch", "2", log_key(log, "log"), log_key(log, "head"), kCommitProtocol, std::to_string(from),
                                          std::to_string(to), base::sha256_hex(record.view()), record.view()});
    if (!reply) return tl::unexpected(reply.error());
    return {};
}

}  // namespace rightsdesk::store
