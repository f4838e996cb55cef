// Two instances of every service, over a Redis with a replica and over a Redis Cluster: one instance of each service after the other is killed
// while notices come, and stays away until they have their receipts.
#include <gtest/gtest.h>

#include <algorithm>

#include "rightsdesk/playing.h"
#include "rightsdesk/suite_access.h"
#include "support/played_sample.h"
#include "support/redis_cluster.h"
#include "support/spooled_notices.h"

namespace rightsdesk {
namespace {

using support::Disks;
using support::kSample;
using support::RedisCluster;
using support::SpooledNotices;
using support::SuiteProcesses;

constexpr int kNoticesForEach = 6;

void kill_each_in_turn(SuiteProcesses& suite, SpooledNotices& notices) {
    int put = 0;
    const auto names = suite.names();
    for (const std::string& name : names) {
        if (name == "auditor") continue;  // of it there is one
        SCOPED_TRACE(name);
        for (int number = 0; number < kNoticesForEach; ++number) notices.put(++put);
        const std::size_t enough = notices.receipts() + 1;
        bool killed = false;
        auto gateway = suite.start_command(notices.gateway());
        const int code = suite.supervise_until_end(gateway, [&] {
            if (killed || notices.receipts() < enough) return;
            suite.kill_and_leave(name);
            killed = true;
        });
        EXPECT_TRUE(code == 0 || code == 4) << code << suite.said() << suite.logs();
        EXPECT_TRUE(killed);
        suite.begin(name);
    }
    EXPECT_EQ(put, 8 * kNoticesForEach) << "two instances of four services";
}

void expect_each_once_in_the_store(SuiteProcesses& suite, const SpooledNotices& notices) {
    const auto access = tools::SuiteAccess::open(suite.config());
    ASSERT_TRUE(access) << access.error().message;
    tools::wait_until_idle(**access, std::chrono::seconds(60));  // what follows from the last of them is done
    const auto store = (*access)->store();
    ASSERT_TRUE(store) << store.error().message;
    notices.expect_each_once(**store);
    expect_clean(suite, {kSample, std::string(domain::kDesk)});
}

TEST(Pairs, with_a_replica_lose_nothing_and_the_replica_has_it_all) {
    SuiteProcesses suite("stepped", 2, {}, Disks::kTwo);
    SpooledNotices notices(suite);
    kill_each_in_turn(suite, notices);
    expect_each_once_in_the_store(suite, notices);
    suite.redis.kill();
    store::RedisStore second_disk(suite.replica->config_as("reader"));
    notices.expect_each_once(second_disk);
}

TEST(Pairs, on_a_cluster_lose_nothing) {
    const RedisCluster cluster;
    SuiteProcesses suite("stepped", 2, [&](const std::string& text) { return support::on_cluster(text, cluster); });
    SpooledNotices notices(suite);
    kill_each_in_turn(suite, notices);
    expect_each_once_in_the_store(suite, notices);
}

}  // namespace
}  // namespace rightsdesk
