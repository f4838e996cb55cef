// Whether the replica's word means a second disk. The store room's own; others use RedisStore.
//
// WAIT counts replicas that have taken a write in. Redis 7.0.15 sends that word after the write's fsync (both happen in one turn of the
// replica's loop, the fsync first), but only where the replica's own settings say so, and not after it was synchronised as a whole: until
// it has rewritten its append-only file once, a restart would give it what it had before. So the replica itself is asked, and how often
// the primary has synchronised one as a whole is compared after every write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/redis_nodes.h"

namespace rightsdesk::store {

class ReplicaWatch {
public:
    // Of a configuration with replicas > 0.
    explicit ReplicaWatch(const RedisConfig& config);

    // Asks both servers. The sentence for what is wrong, empty when the replica's word counts; also kept as problem(). An error: the
    // primary does not answer.
    base::Result<std::string> look(RedisNodes& primary);

    // Why nothing is written now; empty when the last look found nothing and nothing has happened since.
    [[nodiscard]] const std::string& problem() const { return problem_; }

    // One command about a log that writes, and the wait for the replica; the command's reply comes first. kUnavailable, and nothing was
    // sent, while there is a problem; kUnavailable with an unknown outcome when the replica did not confirm it in time.
    base::Result<std::vector<RedisReply>> write(RedisNodes& primary, const std::string& log, const std::vector<std::string_view>& arguments);

private:
    base::Result<std::string> find_problem(RedisNodes& primary);
    base::Result<> judge(const redisReply& confirmed, RedisNodes& primary);

    RedisConfig config_;
    std::string replicas_, timeout_;
    RedisNodes replica_;
    std::string problem_ = "the replica has not been looked at yet";
    std::string synchronised_;  // the primary's history and how often it synchronised a replica as a whole, when the replica was found good
};

}  // namespace rightsdesk::store
