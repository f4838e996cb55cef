// What `rightsdesk promote` does to two Redis servers, as the user `promoter`: fencing the old primary, making the replica the primary,
// raising the epoch of its logs. Reading is RedisStore's.
//
// The store that is fenced takes no commit below the new epoch any more, durably, whoever asks. A log that is raised has the record of it
// as the first of its new epoch. Each step may be done again.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "store/redis_config.h"
#include "store/store.h"

namespace rightsdesk::store {

class RedisConnection;

struct Replication {
    bool primary = false;     // else it follows one
    bool link_up = false;     // of a replica: it hears its primary
    std::string server;       // the process' own id: two sockets with the same are one server
    std::string history;      // the same on a primary and on what follows it
};

class StorePromotion {
public:
    explicit StorePromotion(RedisConfig config);  // connects on the first call
    ~StorePromotion();

    Result<Replication> replication();
    // The epoch that the log is fenced for; 0 when it is not.
    Result<std::uint64_t> fenced(const std::string& log);
    // The log takes no commit below `epoch` any more.
    Result<> fence(const std::string& log, std::uint64_t epoch);
    // Waits until a replica has taken in everything, the fences among it; false when it did not in time.
    Result<bool> wait_for_replica(std::chrono::milliseconds patience);
    // Makes it the primary and writes that into its configuration file: it must not follow the old one again when it is started again.
    Result<> become_primary();
    // Raises the epoch of a log that is in `from`; `record` says so in it, and is its first of the new epoch.
    Result<> raise_epoch(const std::string& log, std::uint64_t from, std::uint64_t to, const Bytes& record);

private:
    RedisConfig config_;
    std::unique_ptr<RedisConnection> connection_;
};

}  // namespace rightsdesk::store
