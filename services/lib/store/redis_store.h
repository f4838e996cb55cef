// RedisStore: the truth. Redis 7, one or a cluster, written by the one function of commit.lua. In a cluster a log lies on
// the master that holds its slot; one that is away concerns its own logs only.
//
// A call sends one command (a large read, several) and waits at most connect_timeout + answer_timeout for each. After
// kUnavailable the next call connects anew. Keys and their contents are described in commit.lua. Constructing one makes
// the process ignore SIGPIPE, if it had the default.
#pragma once

#include <chrono>
#include <memory>

#include "store/redis_config.h"
#include "store/store.h"

namespace rightsdesk::store {

class RedisNodes;
class ReplicaWatch;

// Loads the function of commit.lua, replacing an older one, as the user `deployer`: services may call but not load.
// Once after every deployment; Redis keeps it in its append-only file. In a cluster on every master, those without slots
// too; one that is away does not keep the others from it, and is the error.
base::Result<> deploy_functions(const RedisConfig& config);

class RedisStore final : public Store {
public:
    explicit RedisStore(RedisConfig config);  // connects on the first call
    ~RedisStore() override;

    Result<std::vector<ItemResult>> commit(const Batch& batch) override;
    // Over several connections, each with a thread for as long as the call: Redis waits for the disk once for what came on all of them.
    // With a replica one after the other, because its word is asked for on the connection of each.
    std::vector<Result<std::vector<ItemResult>>> commit_several(const std::vector<Batch>& batches, const std::function<void()>& meanwhile = {}) override;
    [[nodiscard]] std::size_t lanes() const override;
    Result<std::vector<LogRecord>> read_log(const std::string& log, Sequence after, std::size_t limit) override;
    Result<Head> head(const std::string& log) override;
    Result<std::vector<std::string>> logs() override;
    Result<std::optional<EntityState>> load_state(const std::string& log, const std::string& entity) override;
    Result<std::vector<std::pair<std::string, EntityState>>> load_states(const std::string& log) override;
    Result<std::optional<std::string>> look_up(const std::string& log, const std::string& index_key) override;
    Result<std::optional<std::pair<Sequence, std::string>>> find_identity(const std::string& log, const std::string& identity) override;
    Result<Sequence> cursor(const std::string& log, const std::string& consumer, const std::string& source) override;
    Result<std::map<std::string, std::pair<Sequence, std::string>>> load_identities(const std::string& log) override;
    Result<std::map<std::string, std::string>> load_index(const std::string& log) override;
    Result<std::map<std::string, Sequence>> load_cursors(const std::string& log) override;
    Result<std::vector<std::string>> hold_leases(const std::vector<LeaseWish>& wishes, const std::string& service, const std::string& instance,
                                                 std::chrono::milliseconds duration) override;
    Result<> release_leases(const std::vector<std::string>& logs, const std::string& service, const std::string& instance) override;
    [[nodiscard]] bool lie_together(const std::string& log, const std::string& other) const override;
    Result<Durability> durability() override;
    Result<std::string> incarnation() override;  // Redis' run id, or those of all masters; asked once a connection
    void trust(const std::string& incarnation) override;
    Result<> confirm(const std::string& log) override;
    void go_without_replica(bool without) override { without_replica_ = without; }

private:
    // A log and what is wished for its lease.
    using Wish = std::pair<std::string_view, std::string_view>;
    Result<std::vector<std::string>> call_lease(const std::vector<Wish>& wishes, const std::string& service, const std::string& instance,
                                                std::chrono::milliseconds duration);
    // The replica that must confirm what is written; null where none is configured, or two people go on without it.
    [[nodiscard]] ReplicaWatch* asked_replica() const { return without_replica_ ? nullptr : replica_.get(); }

    static Result<std::vector<ItemResult>> commit_at(RedisNodes& nodes, ReplicaWatch* replica, const Batch& batch);

    // Says so when another store was promoted over this one; else empty.
    Result<std::string> fence_problem();
    // One field of a log's hash; nothing when it is not there.
    Result<std::optional<std::string>> load_field(const std::string& log, std::string_view hash, const std::string& field);
    // All of a log's hash, in pages of about `page` fields.
    Result<std::map<std::string, std::string>> load_hash(const std::string& log, std::string_view hash, std::string_view page);

    RedisConfig config_;
    std::unique_ptr<RedisNodes> nodes_;
    std::vector<std::unique_ptr<RedisNodes>> lanes_;  // for several commits at once, beside nodes_; made when they are needed
    std::chrono::steady_clock::time_point lanes_used_{};
    std::string trusted_;
    std::unique_ptr<ReplicaWatch> replica_;
    bool without_replica_ = false;
};

}  // namespace rightsdesk::store
