// RedisStore on a real cluster of three masters on loopback: logs spread, moved, on the move, behind other addresses, away.
#include "store/redis_cluster.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "batches.h"
#include "redis_test_support.h"
#include "store/chain.h"
#include "store/commit_call.h"

namespace rightsdesk::store {
namespace {

using base::ErrorKind;
using Texts = std::vector<std::string>;

// An item that uses every key of a log.
Item all_six(const std::string& name) {
    return an_item().claiming(name, "form").indexing("key/" + name, "notice/" + name).writing("notice/" + name, 0, "state").saying("accepted").moving("intake-" + name, "desk", 0, 1);
}

std::string offering(int number) { return "offering-" + std::to_string(number); }

struct RedisClusterTest : testing::Test {
    support::RedisCluster& cluster = empty_cluster();
    RedisStore store{cluster.config_as("intake")};

    Texts commit(const std::string& log, const std::string& name) { return to_texts(store.commit(batch(log, {all_six(name)}))); }
    // The first offering whose log lies on that master.
    std::string offering_on(std::size_t master) {
        for (int number = 1;; ++number) {
            if (cluster.holder_of(offering(number)) == master) return offering(number);
        }
    }
    // kNotFound when there is no error.
    static ErrorKind kind_of(const auto& result) { return result ? ErrorKind::kNotFound : result.error().kind; }
};

TEST(RedisSlots, are_those_that_redis_computes) {
    EXPECT_EQ(slot_of_log("123456789"), 0x31C3U) << "the check value of CRC16 XMODEM";
    for (const std::string log : {"desk", "rare-medium-2002", "a", "0", "offering-9999999999999999999999999999999"}) {
        const auto slot = empty_cluster().run(0, {"CLUSTER", "KEYSLOT", log_key(log, "identities")});
        EXPECT_EQ(slot_of_log(log), static_cast<std::size_t>(slot->integer)) << log;
    }
}

TEST(RedisRedirections, say_where_or_that_one_must_wait) {
    const auto moved = parse_redirection("MOVED 3999 10.0.0.5:6381", "127.0.0.1");
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->kind, Redirection::Kind::kMoved);
    EXPECT_EQ(moved->announced, "10.0.0.5:6381");
    EXPECT_EQ(parse_redirection("ASK 3999 :6381", "127.0.0.1")->announced, "127.0.0.1:6381") << "without a host it is that of the node asked";
    EXPECT_EQ(parse_redirection("ASK 3999 fd00::5:6381", "127.0.0.1")->announced, "fd00::5:6381");
    EXPECT_EQ(parse_redirection("TRYAGAIN Multiple keys request during rehashing of slot", "")->kind, Redirection::Kind::kWait);
    EXPECT_EQ(parse_redirection("CLUSTERDOWN Hash slot not served", "")->kind, Redirection::Kind::kWait);
    for (const char* other : {"MOVED", "MOVED 3999", "MOVED 3999 10.0.0.5:99999", "WRONGTYPE Operation against a key", "MOVEDX 1 a:1"}) {
        EXPECT_FALSE(parse_redirection(other, "127.0.0.1")) << other;
    }
}

TEST_F(RedisClusterTest, offerings_spread_over_the_masters_and_are_all_listed) {
    Texts logs;
    std::vector<int> on(cluster.size());
    for (int number = 1; number <= 30; ++number) {
        EXPECT_EQ(commit(offering(number), "1"), Texts{"committed 1..1"});
        logs.push_back(offering(number));
        ++on[cluster.holder_of(offering(number))];
    }
    std::sort(logs.begin(), logs.end());
    EXPECT_EQ(value_of(store.logs()), logs);
    for (std::size_t master = 0; master < cluster.size(); ++master) {
        EXPECT_GT(on[master], 0) << "master " << master;
        EXPECT_EQ(cluster.run(master, {"DBSIZE"})->integer, on[master] * 6) << "master " << master << " holds the six keys of each of its logs, and no other";
    }
}

TEST_F(RedisClusterTest, a_log_that_moved_between_two_commits_is_followed) {
    const std::string log = offering_on(0);
    ASSERT_EQ(commit(log, "1"), Texts{"committed 1..1"});
    cluster.move_slot(slot_of_log(log), 0, 2);
    EXPECT_EQ(commit(log, "2"), Texts{"committed 2..2"});
    EXPECT_EQ(commit(log, "1"), Texts{"duplicate of 1"});
    EXPECT_EQ(cluster.run(0, {"DBSIZE"})->integer, 0);
    cluster.move_slot(slot_of_log(log), 2, 1);
    EXPECT_FALSE(verify_chain(value_of(store.read_log(log, 0, 10)))) << "a read follows too";
    EXPECT_EQ(commit(log, "3"), Texts{"committed 3..3"});
    EXPECT_EQ(value_of(store.load_states(log)).size(), 3U);
    cluster.move_slot(slot_of_log(log), 1, 0);
}

TEST_F(RedisClusterTest, a_log_on_the_move_is_asked_for_where_its_keys_are) {
    const std::string log = offering_on(0);
    const std::size_t slot = slot_of_log(log);
    RedisStore reader(cluster.config_as("reader"));
    ASSERT_EQ(commit(log, "1"), Texts{"committed 1..1"});
    cluster.begin_move(slot, 0, 1);
    EXPECT_EQ(commit(log, "2"), Texts{"committed 2..2"}) << "all keys are here still";

    cluster.carry({log_key(log, "log"), log_key(log, "head")}, 0, 1);
    EXPECT_EQ(kind_of(store.commit(batch(log, {all_six("3")}))), ErrorKind::kUnavailable) << "two keys there, four here";
    EXPECT_EQ(value_of(reader.head(log)).sequence, 2U) << "one key can be read wherever it is: nothing was changed";
    EXPECT_EQ(value_of(reader.load_states(log)).size(), 2U);

    cluster.carry_all(slot, 0, 1);
    EXPECT_EQ(commit(log, "3"), Texts{"committed 3..3"}) << "all keys are there";
    EXPECT_EQ(value_of(reader.load_states(log)).size(), 3U);
    EXPECT_EQ(cluster.holder_of(log), 0U) << "and the slot is still the first master's";
    cluster.settle_move(slot, 0, 1);
    EXPECT_EQ(commit(log, "3"), Texts{"duplicate of 3"});
    EXPECT_EQ(commit(log, "4"), Texts{"committed 4..4"});
    EXPECT_FALSE(verify_chain(value_of(store.read_log(log, 0, 10))));
    cluster.move_slot(slot, 1, 0);
}

TEST_F(RedisClusterTest, a_new_log_in_a_slot_on_the_move_waits_and_is_made_once) {
    const std::string log = offering_on(1);
    cluster.begin_move(slot_of_log(log), 1, 2);
    EXPECT_EQ(kind_of(store.commit(batch(log, {all_six("1")}))), ErrorKind::kUnavailable);
    for (std::size_t master = 0; master < cluster.size(); ++master) EXPECT_EQ(cluster.run(master, {"DBSIZE"})->integer, 0) << master;
    cluster.settle_move(slot_of_log(log), 1, 2);
    EXPECT_EQ(commit(log, "1"), Texts{"committed 1..1"});
    cluster.move_slot(slot_of_log(log), 2, 1);
}

// As behind a tunnel: the masters call themselves by ports at which nobody listens.
struct RedisClusterBehindTunnels : RedisClusterTest {
    void SetUp() override {
        for (std::size_t master = 0; master < cluster.size(); ++master) announce(master, static_cast<int>(master) + 1);
        wait_until_announced([](int port) { return port <= 3; });
    }
    void TearDown() override {
        for (std::size_t master = 0; master < cluster.size(); ++master) announce(master, 0);
        wait_until_announced([](int port) { return port > 3; });
    }
    void announce(std::size_t master, int port) { cluster.run(master, {"CONFIG", "SET", "cluster-announce-port", std::to_string(port)}); }
    void wait_until_announced(const std::function<bool(int)>& good) {
        support::RedisCluster::wait_for("not every master knows how the others call themselves", [&] {
            for (std::size_t master = 0; master < cluster.size(); ++master) {
                const auto seen = parse_shards(*cluster.run(master, {"CLUSTER", "SHARDS"}), "");
                if (!seen || !std::all_of(seen->begin(), seen->end(), [&](const ClusterMaster& other) { return good(parse_address(other.announced)->second); })) return false;
            }
            return true;
        });
    }
    RedisConfig mapped(std::size_t masters) {
        RedisConfig config = cluster.config_as("intake");
        config.cluster->nodes = {cluster.address(0)};
        auto& addresses = config.cluster->addresses.emplace();
        for (std::size_t master = 0; master < masters; ++master) addresses["127.0.0.1:" + std::to_string(master + 1)] = cluster.address(master);
        return config;
    }
};

TEST_F(RedisClusterBehindTunnels, masters_are_reached_at_the_addresses_configured) {
    RedisStore tunnelled(mapped(3));
    for (int number = 1; number <= 9; ++number) EXPECT_EQ(to_texts(tunnelled.commit(batch(offering(number), {all_six("1")}))), Texts{"committed 1..1"});
    EXPECT_EQ(value_of(tunnelled.logs()).size(), 9U);
    const std::string log = offering_on(0);
    cluster.move_slot(slot_of_log(log), 0, 1);
    EXPECT_EQ(to_texts(tunnelled.commit(batch(log, {all_six("2")}))), Texts{"committed 2..2"}) << "MOVED names the address announced";
    cluster.begin_move(slot_of_log(log), 1, 2);
    cluster.carry_all(slot_of_log(log), 1, 2);
    EXPECT_EQ(to_texts(tunnelled.commit(batch(log, {all_six("3")}))), Texts{"committed 3..3"}) << "and so does ASK";
    cluster.settle_move(slot_of_log(log), 1, 2);
    cluster.move_slot(slot_of_log(log), 2, 0);
}

TEST_F(RedisClusterBehindTunnels, an_address_that_is_not_configured_is_refused) {
    RedisStore tunnelled(mapped(2));
    const std::string log = offering_on(0);
    EXPECT_EQ(to_texts(tunnelled.commit(batch(log, {all_six("1")}))), Texts{"committed 1..1"});
    EXPECT_EQ(to_texts(tunnelled.commit(batch(offering_on(1), {all_six("1")}))), Texts{"committed 1..1"});
    const auto refused = tunnelled.commit(batch(offering_on(2), {all_six("1")}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(refused.error().message.find("127.0.0.1:3"), std::string::npos) << refused.error().message;
    EXPECT_NE(refused.error().message.find("store.cluster.addresses"), std::string::npos) << refused.error().message;
    EXPECT_EQ(kind_of(tunnelled.logs()), ErrorKind::kUnavailable) << "a list without the third's would not be whole";
    cluster.move_slot(slot_of_log(log), 0, 2);
    EXPECT_EQ(kind_of(tunnelled.commit(batch(log, {all_six("2")}))), ErrorKind::kUnavailable) << "a redirection does not lead out of the tunnel";
    cluster.move_slot(slot_of_log(log), 2, 0);
    EXPECT_EQ(to_texts(tunnelled.commit(batch(log, {all_six("2")}))), Texts{"committed 2..2"});
}

TEST_F(RedisClusterTest, a_master_that_dies_concerns_its_own_offerings_until_it_is_back) {
    const std::string dead = offering_on(1);
    for (std::size_t master = 0; master < cluster.size(); ++master) ASSERT_EQ(commit(offering_on(master), "1"), Texts{"committed 1..1"});
    const Texts others{offering_on(0), offering_on(2)};
    cluster.master(1).kill();
    int number = 2;
    const auto go_on = [&] {
        for (const std::string& log : others) EXPECT_EQ(commit(log, std::to_string(number)), (Texts{"committed " + std::to_string(number) + ".." + std::to_string(number)})) << log;
        EXPECT_EQ(kind_of(store.commit(batch(dead, {all_six("2")}))), ErrorKind::kUnavailable);
        EXPECT_EQ(kind_of(store.head(dead)), ErrorKind::kUnavailable);
        EXPECT_EQ(value_of(store.durability()).problem, "");
        EXPECT_EQ(kind_of(store.logs()), ErrorKind::kUnavailable) << "a list without its logs would not be whole";
        ++number;
    };
    go_on();
    cluster.wait_until_failed(1);
    go_on();
    cluster.master(1).start();
    cluster.wait_until_whole();
    support::RedisCluster::wait_for("the store does not take the master that is back", [&] { return store.head(dead).has_value(); });
    EXPECT_EQ(commit(dead, "2"), Texts{"committed 2..2"}) << "the function is in its append-only file";
    EXPECT_EQ(commit(dead, "1"), Texts{"duplicate of 1"});
    EXPECT_FALSE(verify_chain(value_of(store.read_log(dead, 0, 10))));
}

TEST_F(RedisClusterTest, a_master_that_hangs_is_left_alone_once_the_others_say_so) {
    RedisConfig config = cluster.config_as("intake");
    config.answer_timeout = std::chrono::milliseconds(100);
    RedisStore hasty(config);
    const std::string hanging = offering_on(2);
    const std::string other = offering_on(0);
    ASSERT_EQ(to_texts(hasty.commit(batch(hanging, {all_six("1")}))), Texts{"committed 1..1"});
    ASSERT_EQ(to_texts(hasty.commit(batch(other, {all_six("1")}))), Texts{"committed 1..1"});
    cluster.master(2).suspend();
    const ErrorKind lost = kind_of(hasty.commit(batch(hanging, {all_six("2")})));
    const Texts went_on = to_texts(hasty.commit(batch(other, {all_six("2")})));
    cluster.wait_until_failed(2);
    const auto says = [&] {
        const auto head = hasty.head(hanging);
        return head ? "" : head.error().message;
    };
    support::RedisCluster::wait_for("the store goes on asking it", [&] { return says().find("does not answer: start it") != std::string::npos; });
    cluster.master(2).resume();
    EXPECT_EQ(lost, ErrorKind::kUnavailable);
    EXPECT_EQ(went_on, Texts{"committed 2..2"});
    cluster.wait_until_whole();
    support::RedisCluster::wait_for("the store does not take the master that is back", [&] { return says().empty(); });
    const Texts settled = to_texts(hasty.commit(batch(hanging, {all_six("2")})));
    EXPECT_TRUE(settled == Texts{"committed 2..2"} || settled == Texts{"duplicate of 2"}) << settled[0];
}

TEST_F(RedisClusterTest, leases_are_held_on_every_master_that_answers) {
    const Texts logs{offering_on(0), offering_on(1), offering_on(2)};
    const std::vector<LeaseWish> wishes{{logs[0]}, {logs[1]}, {logs[2]}};
    const auto hold = [&](const std::string& instance) { return value_of(store.hold_leases(wishes, "intake", instance, std::chrono::milliseconds(60'000))); };
    EXPECT_EQ(hold("1"), (Texts{"1", "1", "1"}));
    EXPECT_EQ(hold("2"), (Texts{"1", "1", "1"}));
    cluster.move_slot(slot_of_log(logs[0]), 0, 2);
    EXPECT_EQ(hold("2"), (Texts{"1", "1", "1"})) << "a lease moves with its log";
    cluster.move_slot(slot_of_log(logs[0]), 2, 0);
    cluster.master(1).kill();
    const Texts without = hold("1");
    cluster.master(1).start();
    EXPECT_EQ(without, (Texts{"1", "", "1"}));
    cluster.wait_until_whole();
    support::RedisCluster::wait_for("the lease is not taken again", [&] { return hold("1") == Texts{"1", "1", "1"}; });
}

TEST_F(RedisClusterTest, durability_looks_at_every_master) {
    const struct {
        std::string setting, wrong, right;
    } rows[] = {{"appendfsync", "everysec", "always"}, {"cluster-require-full-coverage", "yes", "no"}, {"cluster-replica-no-failover", "no", "yes"}};
    for (std::size_t master = 0; master < cluster.size(); ++master) {
        EXPECT_EQ(value_of(store.durability()).problem, "");
        for (const auto& [setting, wrong, right] : rows) {
            cluster.run(master, {"CONFIG", "SET", setting, wrong});
            const std::string problem = value_of(store.durability()).problem;
            cluster.run(master, {"CONFIG", "SET", setting, right});
            EXPECT_NE(problem.find(cluster.address(master)), std::string::npos) << problem;
            EXPECT_NE(problem.find(setting), std::string::npos) << problem;
        }
        cluster.run(master, {"ACL", "SETUSER", "default", "-xadd"});
        const std::string problem = value_of(store.durability()).problem;
        cluster.run(master, {"ACL", "SETUSER", "default", "~*", "+@all"});
        EXPECT_NE(problem.find("'default'"), std::string::npos) << problem;
    }
}

TEST_F(RedisClusterTest, the_function_is_loaded_on_every_master) {
    for (std::size_t master = 0; master < cluster.size(); ++master) cluster.run(master, {"FUNCTION", "FLUSH"});
    EXPECT_EQ(kind_of(store.commit(batch(offering_on(0), {all_six("1")}))), ErrorKind::kUnavailable);
    ASSERT_TRUE(deploy_functions(cluster.config_as("deployer")));
    for (std::size_t master = 0; master < cluster.size(); ++master) EXPECT_EQ(commit(offering_on(master), "1"), Texts{"committed 1..1"}) << master;
}

TEST_F(RedisClusterTest, every_user_reaches_all_masters_and_no_more_than_its_work) {
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification"}) {
        RedisStore own(cluster.config_as(user));
        for (std::size_t master = 0; master < cluster.size(); ++master) {
            EXPECT_EQ(value_of(own.commit(batch(offering_on(master), {all_six(user)})))[0].outcome, ItemOutcome::kCommitted) << user;
        }
    }
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification", "reader"}) {
        RedisStore own(cluster.config_as(user));
        EXPECT_EQ(value_of(own.logs()).size(), 3U) << user;
        EXPECT_EQ(value_of(own.durability()).problem, "") << user;
        EXPECT_EQ(value_of(own.head(offering_on(2))).sequence, 4U) << user;
    }
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification", "reader", "deployer"}) {
        RedisConfig config = cluster.config_as(user);
        config.address = cluster.address(0);
        RedisConnection connection(config);
        for (const Texts& command : {Texts{"CLUSTER", "SETSLOT", "0", "STABLE"}, Texts{"CLUSTER", "RESET"}, Texts{"CLUSTER", "MEET", "127.0.0.1", "1"},
                                     Texts{"MIGRATE", "127.0.0.1", "1", "{desk}:log", "0", "1"}, Texts{"RESTORE", "{desk}:x", "0", "x"}, Texts{"READONLY"}}) {
            const auto answer = connection.call({command.begin(), command.end()});
            EXPECT_EQ(kind_of(answer), ErrorKind::kInvalid) << user << " may " << command[0] << " " << command[1];
        }
    }
}

TEST_F(RedisClusterTest, a_configuration_for_one_redis_says_that_this_is_a_cluster_and_the_other_way_round) {
    RedisConfig one = cluster.config_as("intake");
    one.cluster.reset();
    one.address = cluster.address(0);
    const auto elsewhere = RedisStore(one).head(offering_on(1));
    EXPECT_EQ(kind_of(elsewhere), ErrorKind::kUnavailable);
    EXPECT_NE(elsewhere.error().message.find("[store.cluster]"), std::string::npos) << elsewhere.error().message;

    RedisConfig many = config_of(empty_redis(), "intake");
    many.cluster = RedisCluster{{many.address}};
    const auto single = RedisStore(many).head("desk");
    EXPECT_EQ(kind_of(single), ErrorKind::kUnavailable);
    EXPECT_NE(single.error().message.find("cluster support disabled"), std::string::npos) << single.error().message;
}

// As the runbook says it, with redis-cli and the user of cluster.acl.
TEST(RedisClusterGrows, a_master_more_takes_offerings_while_they_are_written) {
    support::RedisCluster cluster;
    RedisStore store(cluster.config_as("intake"));
    const auto commit = [&](int number, const std::string& name) { return to_texts(store.commit(batch(offering(number), {all_six(name)}))); };
    for (int number = 1; number <= 20; ++number) ASSERT_EQ(commit(number, "1"), Texts{"committed 1..1"});
    cluster.add_master();
    ASSERT_TRUE(deploy_functions(cluster.config_as("deployer"))) << "on the new one too, which has no slot yet";
    int on_the_new_one = 0;
    for (int number = 1; number <= 20; number += 4) {
        cluster.move_slot(slot_of_log(offering(number)), cluster.holder_of(offering(number)), 3);
        ++on_the_new_one;
    }
    for (int number = 1; number <= 20; ++number) {
        EXPECT_EQ(commit(number, "2"), Texts{"committed 2..2"});
        EXPECT_EQ(commit(number, "1"), Texts{"duplicate of 1"});
        EXPECT_FALSE(verify_chain(value_of(store.read_log(offering(number), 0, 10))));
    }
    EXPECT_EQ(cluster.run(3, {"DBSIZE"})->integer, on_the_new_one * 6);
    EXPECT_EQ(value_of(store.logs()).size(), 20U);
    EXPECT_EQ(value_of(store.durability()).problem, "");
}

}  // namespace
}  // namespace rightsdesk::store
