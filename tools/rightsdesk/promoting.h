// Making the replica the primary: what `rightsdesk promote` does, step by step; each may be done again.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/describe.h"
#include "rightsdesk/suite_access.h"
#include "store/redis_store.h"
#include "store/store_promotion.h"

namespace rightsdesk::tools {

struct PromotionWish {
    std::vector<std::string> people;  // two different operators
    std::string why;
    bool old_primary_is_dead = false;
    bool losing_acknowledged = false;
};

struct Promoted {
    std::uint64_t epoch = 0;
    std::vector<std::string> logs;
    std::uint64_t records = 0;           // that were verified
    std::string old_primary;             // "fenced", or on whose word it is dead
    std::vector<std::string> lost;       // acknowledged by receipts that lie here, and not in the logs
    bool already = false;                // it was the primary before
    RIGHTSDESK_DESCRIBE(Promoted, epoch, logs, records, old_primary, lost, already)
};

class Promoting {
public:
    // Nothing is asked yet. kInvalid: the configuration names no replica, or a password is missing.
    static base::Result<std::unique_ptr<Promoting>> open(SuiteAccess& suite, PromotionWish wish);

    // kInvalid: who, or how, cannot be; nothing was changed. kCorrupt: a log of the replica is damaged. kUnavailable: one of the two does
    // not answer, or not yet; the same command again goes on. kConflict: see the words.
    base::Result<Promoted> run();

private:
    Promoting(SuiteAccess& suite, PromotionWish wish, const store::RedisConfig& old, const store::RedisConfig& next, const store::RedisConfig& old_reader,
              const store::RedisConfig& next_reader);

    base::Result<> check_people() const;
    base::Result<> check_servers();
    base::Result<> read_logs();
    base::Result<> choose_epoch();
    base::Result<> must_have_keys();
    base::Result<> verify();
    base::Result<> verify_whole();
    base::Result<> take_over();
    base::Result<> fence_the_old();
    base::Result<> compare_with_the_old();
    base::Result<> judge_receipts();
    base::Result<> raise_all();
    base::Result<> go_without_replica();
    [[nodiscard]] domain::Instant now() const;
    [[nodiscard]] domain::Record record_of(domain::Event event) const;

    SuiteAccess& suite_;
    PromotionWish wish_;
    store::StorePromotion old_, next_;
    store::RedisStore old_reader_, next_reader_, next_writer_;
    store::Replication replication_;                    // of the replica, as it was found
    std::optional<store::Replication> old_replication_; // nothing where the old primary does not answer
    domain::Book desk_{domain::kDesk};
    Promoted promoted_;
};

}  // namespace rightsdesk::tools
