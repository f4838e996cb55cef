// A primary and its replica: an answer means two disks, what is missing is named, and the replica can take the primary's place.
#include <gtest/gtest.h>

#include <chrono>

#include "batches.h"
#include "redis_test_support.h"
#include "store/chain.h"
#include "store/commit_call.h"
#include "store/store_promotion.h"
#include "support/redis_pair.h"
#include "support/waiting.h"

namespace rightsdesk::store {
namespace {

using base::ErrorKind;
using support::RedisPair;
using support::RedisServer;

const std::string kReplicated = "offering-1";

Item noted(const std::string& name) { return an_item().claiming(name, "form").writing("notice/" + name, 0, "state").saying("accepted"); }

using support::comes_true;

struct WithReplica : testing::Test {
    RedisPair pair;
    RedisStore store{replicated("intake")};
    RedisAdmin admin{*pair.primary};

    WithReplica() {
        if (const auto done = deploy_functions(config_of(*pair.primary, "deployer")); !done) throw std::runtime_error(done.error().message);
        if (!comes_true([&] { return replica_problem(store).empty(); })) throw std::runtime_error(replica_problem(store));
    }

    [[nodiscard]] RedisConfig replicated(const std::string& user) const {
        RedisConfig config = config_of(*pair.primary, user);
        config.replicas = 1;
        config.replica_timeout = std::chrono::milliseconds(3'000);  // below it only where the replica is silent: a busy machine is slow
        config.replica_socket = pair.replica->socket_path();
        return config;
    }
    static std::string replica_problem(RedisStore& of) {
        const auto durable = of.durability();
        if (!durable) return durable.error().message;
        return durable->problem + durable->replica_problem;
    }
    static Result<std::vector<ItemResult>> commit(RedisStore& to, const std::string& name, std::uint64_t epoch = 1) {
        Batch items = batch(kReplicated, {noted(name)});
        items.epoch = epoch;
        return to.commit(items);
    }
    [[nodiscard]] Sequence head_of(const RedisServer& server) const { return value_of(RedisStore(config_of(server, "reader")).head(kReplicated)).sequence; }
};

TEST_F(WithReplica, an_answered_commit_is_on_the_replicas_disk) {
    for (int number = 1; number <= 20; ++number) (void)value_of(commit(store, std::to_string(number)));
    pair.primary->kill();
    pair.replica->kill();
    pair.replica->start();  // from its own append-only file alone
    const auto records = value_of(RedisStore(config_of(*pair.replica, "reader")).read_log(kReplicated, 0, 100));
    EXPECT_EQ(records.size(), 20U);
    EXPECT_FALSE(verify_chain(records));
}

TEST_F(WithReplica, nothing_is_answered_while_the_replica_is_silent_and_it_is_settled_afterwards) {
    (void)value_of(commit(store, "1"));
    pair.replica->suspend();
    const auto lost = commit(store, "2");
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(head_of(*pair.primary), 2U) << "it is in the log, unknown to its sender";

    const auto not_sent = commit(store, "3");
    ASSERT_FALSE(not_sent);
    EXPECT_EQ(head_of(*pair.primary), 2U) << "once known, nothing is written";
    EXPECT_NE(replica_problem(store).find("the replica does not answer"), std::string::npos) << replica_problem(store);

    pair.replica->resume();
    ASSERT_TRUE(comes_true([&] { return replica_problem(store).empty(); })) << replica_problem(store);
    EXPECT_EQ(to_texts(commit(store, "2")), std::vector<std::string>{"duplicate of 2"});
    EXPECT_EQ(to_texts(commit(store, "3")), std::vector<std::string>{"committed 3..3"});
}

TEST_F(WithReplica, what_others_wrote_is_confirmed_only_when_the_replica_has_it) {
    RedisStore other(replicated("payment_clearing"));
    ASSERT_EQ(replica_problem(other), "");
    pair.replica->suspend();
    ASSERT_FALSE(commit(store, "1"));
    EXPECT_EQ(value_of(other.head(kReplicated)).sequence, 1U) << "it can be read";
    EXPECT_EQ(other.confirm(kReplicated).error().kind, ErrorKind::kUnavailable) << "on a connection that wrote nothing of it";
    pair.replica->resume();
    ASSERT_TRUE(comes_true([&] { return replica_problem(other).empty(); }));
    EXPECT_TRUE(other.confirm(kReplicated));
    EXPECT_TRUE(other.confirm("nobodys-log")) << "nothing to confirm";
    EXPECT_EQ(head_of(*pair.primary), 1U) << "confirming adds no record";
}

TEST_F(WithReplica, a_replica_that_was_synchronised_as_a_whole_is_looked_at_again) {
    (void)value_of(commit(store, "1"));
    pair.replica->kill();
    pair.replica->start();
    // It is there again and has confirmed, before anybody knows whether its disk has what it was given.
    RedisAdmin replica(*pair.replica);
    ASSERT_TRUE(comes_true([&] { return std::string(*text_of(*replica.run({"INFO", "replication"}))).find("master_link_status:up") != std::string::npos; }));
    const auto doubted = commit(store, "2");
    ASSERT_FALSE(doubted) << "the word of a replica that was not looked at since";
    ASSERT_TRUE(comes_true([&] { return replica_problem(store).empty(); })) << replica_problem(store);
    EXPECT_EQ(to_texts(commit(store, "2")), std::vector<std::string>{"duplicate of 2"});
}

TEST_F(WithReplica, each_setting_that_a_second_disk_rests_on_is_named) {
    RedisAdmin replica(*pair.replica);
    const struct {
        RedisAdmin& where;
        std::vector<std::string> wrong, right;
        const char* named;
    } rows[] = {
        {replica, {"CONFIG", "SET", "appendfsync", "everysec"}, {"CONFIG", "SET", "appendfsync", "always"}, "appendfsync"},
        {replica, {"CONFIG", "SET", "no-appendfsync-on-rewrite", "yes"}, {"CONFIG", "SET", "no-appendfsync-on-rewrite", "no"}, "no-appendfsync-on-rewrite"},
        {replica, {"CONFIG", "SET", "replica-read-only", "no"}, {"CONFIG", "SET", "replica-read-only", "yes"}, "slave_read_only"},
        {replica, {"ACL", "SETUSER", "default", "-xadd"}, {"ACL", "SETUSER", "default", "+@all"}, "'default'"},
        {admin, {"CONFIG", "SET", "min-replicas-to-write", "1"}, {"CONFIG", "SET", "min-replicas-to-write", "0"}, "min-replicas-to-write"},
        {replica, {"CONFIG", "SET", "appendonly", "no"}, {"CONFIG", "SET", "appendonly", "yes"}, "aof_enabled"},
        {replica, {"REPLICAOF", "127.0.0.1", "1"}, {"REPLICAOF", "127.0.0.1", std::to_string(pair.primary_port)}, "master_link_status"},
    };
    for (const auto& [where, wrong, right, named] : rows) {
        where.run(wrong);
        const std::string problem = replica_problem(store);
        const auto refused = commit(store, std::string("while ") + named);
        where.run(right);
        EXPECT_NE(problem.find(named), std::string::npos) << problem;
        EXPECT_FALSE(refused) << named;
        EXPECT_TRUE(comes_true([&] { return replica_problem(store).empty(); })) << named << ": " << replica_problem(store);
    }
    EXPECT_EQ(head_of(*pair.primary), 0U) << "nothing was written while anything was wrong";
    RedisConfig swapped = replicated("intake");
    std::swap(swapped.address, swapped.replica_socket);
    RedisStore turned(swapped);
    EXPECT_NE(replica_problem(turned).find("itself a replica"), std::string::npos) << replica_problem(turned);
}

TEST_F(WithReplica, two_people_may_go_on_without_it) {
    pair.replica->kill();
    EXPECT_FALSE(commit(store, "1"));
    store.go_without_replica(true);
    EXPECT_EQ(replica_problem(store), "");
    EXPECT_TRUE(commit(store, "2"));
    EXPECT_TRUE(store.confirm(kReplicated));
    store.go_without_replica(false);
    EXPECT_FALSE(commit(store, "3"));
}

struct Promotion : WithReplica {
    StorePromotion old{config_of(*pair.primary, "promoter")};
    StorePromotion next{config_of(*pair.replica, "promoter")};
};

TEST_F(Promotion, after_the_primary_died_everything_answered_is_in_the_replica_and_a_new_epoch_begins) {
    for (int number = 1; number <= 5; ++number) (void)value_of(commit(store, std::to_string(number)));
    pair.primary->kill();
    EXPECT_FALSE(value_of(next.replication()).primary);
    ASSERT_TRUE(next.become_primary());
    ASSERT_TRUE(next.raise_epoch(kReplicated, 1, 2, Bytes(std::string("raised"))));
    EXPECT_EQ(next.raise_epoch(kReplicated, 1, 2, Bytes(std::string("raised"))).error().kind, ErrorKind::kConflict) << "once";
    EXPECT_TRUE(value_of(next.replication()).primary);

    RedisStore promoted(config_of(*pair.replica, "intake"));
    EXPECT_EQ(commit(promoted, "6").error().kind, ErrorKind::kConflict) << "the old epoch";
    EXPECT_EQ(to_texts(commit(promoted, "5", 2)), std::vector<std::string>{"duplicate of 5"});
    EXPECT_EQ(to_texts(commit(promoted, "6", 2)), std::vector<std::string>{"committed 7..7"});
    const auto records = value_of(promoted.read_log(kReplicated, 0, 100));
    EXPECT_FALSE(verify_chain(records));
    EXPECT_EQ(records[4].epoch, 1U);
    EXPECT_EQ(records[5].epoch, 2U);
    EXPECT_EQ(records[5].record, Bytes(std::string("raised")));
    EXPECT_EQ(value_of(promoted.head(kReplicated)).epoch, 2U);
}

TEST_F(Promotion, a_promoted_replica_does_not_follow_again_when_it_is_started_again) {
    (void)value_of(commit(store, "1"));
    ASSERT_TRUE(next.become_primary());
    pair.replica->kill();
    pair.replica->start();
    StorePromotion again(config_of(*pair.replica, "promoter"));
    EXPECT_TRUE(value_of(again.replication()).primary);
    EXPECT_EQ(head_of(*pair.replica), 1U);
}

TEST_F(Promotion, a_fenced_store_takes_no_commit_of_any_epoch_below_and_stays_fenced) {
    (void)value_of(commit(store, "1"));
    ASSERT_TRUE(old.fence(kReplicated, 2));
    EXPECT_TRUE(value_of(old.wait_for_replica(std::chrono::seconds(2)))) << "the replica has the fence too, and all before it";
    EXPECT_EQ(commit(store, "2").error().kind, ErrorKind::kConflict);
    EXPECT_EQ(commit(store, "2", 2).error().kind, ErrorKind::kConflict) << "not even the new epoch: it was not raised here";
    EXPECT_EQ(store.confirm(kReplicated).error().kind, ErrorKind::kConflict);
    ASSERT_TRUE(old.fence("desk", 2));
    EXPECT_NE(replica_problem(store).find("this store is fenced"), std::string::npos) << replica_problem(store);
    ASSERT_TRUE(next.become_primary());
    ASSERT_TRUE(next.raise_epoch(kReplicated, 1, 2, Bytes(std::string("raised"))));
    RedisStore promoted(config_of(*pair.replica, "intake"));
    EXPECT_TRUE(commit(promoted, "2", 2)) << "here it was raised as far as it is fenced";

    pair.primary->kill();
    pair.primary->start();
    RedisStore returned(config_of(*pair.primary, "intake"));
    EXPECT_EQ(commit(returned, "3").error().kind, ErrorKind::kConflict);
    EXPECT_EQ(commit(returned, "3", 2).error().kind, ErrorKind::kConflict);
    StorePromotion old_again(config_of(*pair.primary, "promoter"));
    EXPECT_EQ(value_of(old_again.fenced(kReplicated)), 2U);
    EXPECT_EQ(old_again.fence(kReplicated, 1).error().kind, ErrorKind::kInvalid) << "a fence only rises";
}

TEST_F(Promotion, only_the_promoter_may) {
    (void)value_of(commit(store, "1"));
    for (const char* user : {"intake", "reader", "deployer", "replica"}) {
        StorePromotion nobody(config_of(*pair.replica, user));
        EXPECT_FALSE(nobody.become_primary()) << user;
    }
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification", "reader"}) {
        StorePromotion nobody(config_of(*pair.primary, user));
        EXPECT_EQ(nobody.fence(kReplicated, 2).error().kind, ErrorKind::kInvalid) << user;
        EXPECT_EQ(nobody.raise_epoch(kReplicated, 1, 2, Bytes(std::string("x"))).error().kind, ErrorKind::kInvalid) << user;
    }
    EXPECT_EQ(value_of(RedisStore(config_of(*pair.primary, "reader")).head(kReplicated)).epoch, 1U);
}

TEST_F(Promotion, raising_is_refused_where_anything_is_not_as_said_and_changes_nothing) {
    (void)value_of(commit(store, "1"));
    const auto before = admin.dump();
    const Bytes record(std::string("raised"));
    EXPECT_FALSE(old.raise_epoch(kReplicated, 1, 1, record)) << "an epoch only rises";
    EXPECT_FALSE(old.raise_epoch(kReplicated, 2, 3, record)) << "it is not in 2";
    EXPECT_FALSE(old.raise_epoch("nobodys-log", 1, 2, record)) << "no such log";
    EXPECT_FALSE(old.raise_epoch(kReplicated, 1, 2, Bytes(std::string(kMaxRecordOctets + 1, 'x'))));
    RedisConnection raw(config_of(*pair.primary, "promoter"));
    EXPECT_FALSE(raw.call({"FCALL", "raise_epoch", "2", "{a}:log", "{offering-1}:head", "2", "1", "2", std::string(64, 'a'), "x"}));
    EXPECT_FALSE(raw.call({"FCALL", "raise_epoch", "2", "{offering-1}:log", "{offering-1}:head", "0", "1", "2", std::string(64, 'a'), "x"}));
    EXPECT_FALSE(raw.call({"FCALL", "fence", "1", "{offering-1}:head", "x"}));
    EXPECT_FALSE(raw.call({"FCALL", "confirm", "1", "{offering-1}:log"}));
    EXPECT_EQ(admin.dump(), before);
}

}  // namespace
}  // namespace rightsdesk::store
