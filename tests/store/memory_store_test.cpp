// What only MemoryStore promises: the failures that a test may ask for. And that PassingStore passes on what it has to say.
#include "store/memory_store.h"

#include <gtest/gtest.h>

#include "batches.h"
#include "support/passing_store.h"

namespace rightsdesk::store {
namespace {

using base::ErrorKind;

const Batch kFirst = batch("desk", {an_item().claiming("i", "x").saying("a")});

TEST(MemoryStore, a_call_lost_on_its_way_changes_nothing) {
    auto logs = std::make_shared<MemoryLogs>();
    MemoryStore store(logs);
    logs->fail_next(2, MemoryFailure::kBefore);
    EXPECT_EQ(store.commit(kFirst).error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(store.head("desk").error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(store.head("desk")->sequence, 0U);
    EXPECT_EQ(to_texts(store.commit(kFirst)), std::vector<std::string>{"committed 1..1"});
}

TEST(MemoryStore, a_lost_answer_is_settled_by_sending_the_same_again) {
    auto logs = std::make_shared<MemoryLogs>();
    MemoryStore store(logs);
    logs->fail_next(1, MemoryFailure::kAfter);
    EXPECT_EQ(store.commit(kFirst).error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(to_texts(store.commit(kFirst)), std::vector<std::string>{"duplicate of 1"});
}

TEST(MemoryStore, failures_strike_every_store_on_the_same_logs) {
    auto logs = std::make_shared<MemoryLogs>();
    MemoryStore one(logs);
    MemoryStore other(logs);
    logs->fail_next(1, MemoryFailure::kBefore);
    EXPECT_FALSE(other.durability());
    EXPECT_TRUE(one.durability());
    logs->durability.problem = "the setting appendfsync is 'no' and must be 'always'";
    EXPECT_EQ(one.durability()->problem, logs->durability.problem);
}

// What a Store need not say itself has an answer of its own, which hides that it was not passed on.
TEST(PassingStore, asks_the_one_behind_it_of_everything) {
    auto logs = std::make_shared<MemoryLogs>();
    support::PassingStore store(std::make_unique<MemoryStore>(logs));
    EXPECT_TRUE(store.confirm("desk"));
    logs->away = {"an-offering"};
    EXPECT_FALSE(store.lie_together("desk", "an-offering"));
    logs->away.clear();
    EXPECT_TRUE(store.lie_together("desk", "an-offering"));
    logs->replica_problem = "the replica is silent";
    EXPECT_FALSE(store.confirm("desk"));
    store.go_without_replica(true);
    EXPECT_TRUE(store.confirm("desk"));
}

}  // namespace
}  // namespace rightsdesk::store
