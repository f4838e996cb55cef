// MemoryStore: the store of tests, alike in every answer, the chain included, and durable as long as its MemoryLogs live.
//
//     auto logs = std::make_shared<MemoryLogs>();
//     MemoryStore intake(logs), clearing(logs);      // two services in one process, one truth
//     logs->fail_next(2, MemoryFailure::kAfter);     // the next two calls take effect, and their answers are lost
//
// One thread for all stores on the same MemoryLogs.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "store/store.h"

namespace rightsdesk::store {

struct MemoryLog {
    Head head;
    std::map<Sequence, LogRecord> records;
    std::map<std::string, std::pair<Sequence, std::string>> identities;
    std::map<std::string, EntityState> states;
    std::map<std::string, std::string> index;
    std::map<std::string, Sequence> cursors;
    std::map<std::string, std::pair<std::string, std::chrono::milliseconds>> leases;  // by service: the instance, and when it ends
};

enum class MemoryFailure {
    kBefore,  // the call is lost on its way: nothing happened
    kAfter,   // the answer is lost on its way: it happened
};

// What several MemoryStores share. Open, so that a test can damage or look at anything.
struct MemoryLogs {
    std::map<std::string, MemoryLog> logs;
    Durability durability;           // what durability() says, of the replica apart from `replica_problem`
    // The store's own time, by which leases end. It stands still unless the test lets it pass.
    std::function<std::chrono::milliseconds()> time = [] { return std::chrono::milliseconds(0); };
    std::string incarnation = "1";   // a test gives another one when the store was "started again"
    std::string replica_problem;     // while there is one, commits take effect and are not confirmed

    // These logs, as on a master of a cluster that is away: every call about one of them answers kUnavailable.
    std::set<std::string> away;
    // The next `calls` calls of any store on these logs, reads included, answer kUnavailable.
    void fail_next(std::size_t calls, MemoryFailure failure) { failing_calls = calls, failure_kind = failure; }
    std::size_t failing_calls = 0;
    MemoryFailure failure_kind = MemoryFailure::kBefore;
};

class MemoryStore : public Store {
public:
    explicit MemoryStore(std::shared_ptr<MemoryLogs> logs = std::make_shared<MemoryLogs>()) : logs_(std::move(logs)) {}

    Result<std::vector<ItemResult>> commit(const Batch& batch) override;
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
    [[nodiscard]] bool lie_together(const std::string& log, const std::string& other) const override {
        return logs_->away.contains(log) == logs_->away.contains(other);
    }
    Result<Durability> durability() override;
    Result<std::string> incarnation() override;
    void trust(const std::string& incarnation) override { trusted_ = incarnation; }
    Result<> confirm(const std::string& log) override;
    void go_without_replica(bool without) override { without_replica_ = without; }

private:
    Result<std::vector<ItemResult>> apply(const Batch& batch);
    // Runs `call`, unless the test asked for a failure.
    template <class Call>
    auto answer(Call call) -> decltype(call());
    template <class Call>
    auto read(const std::string& log, Call call) -> decltype(call());
    // The log to read; an empty one when it does not exist.
    [[nodiscard]] const MemoryLog& log_named(const std::string& log) const;

    [[nodiscard]] bool misses_replica() const { return !without_replica_ && !logs_->replica_problem.empty(); }

    std::shared_ptr<MemoryLogs> logs_;
    std::optional<std::string> trusted_;
    bool without_replica_ = false;
};

}  // namespace rightsdesk::store
