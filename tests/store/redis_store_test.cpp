// What only a real Redis can show: what is acknowledged survives, rights are enough and no more. That an error changes
// nothing is in all_or_nothing_test.cpp.
#include "store/redis_store.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "batches.h"
#include "redis_test_support.h"
#include "store/chain.h"
#include "store/commit_lua.h"
#include "store/redis_masters.h"

namespace rightsdesk::store {
namespace {

using base::ErrorKind;
using support::RedisServer;

const std::string kLog = "offering-1";

struct RedisStoreTest : testing::Test {
    RedisServer& server = empty_redis();
    RedisAdmin admin{server};
    RedisStore store{config_of(server, "intake")};

    Texts commit(std::vector<Item> items) { return to_texts(store.commit(batch(kLog, std::move(items)))); }
};

// --- What is acknowledged survives ---------------------------------------------------------------------------------

TEST(RedisDurability, everything_acknowledged_is_there_after_kill_9) {
    RedisServer server;
    ASSERT_TRUE(deploy_functions(config_of(server, "deployer")));
    RedisStore store(config_of(server, "intake"));
    int committed = 0;
    for (int crash = 0; crash < 3; ++crash) {
        for (int number = 0; number < 20; ++number) {
            ASSERT_EQ(to_texts(store.commit(batch(kLog, {everything(std::to_string(committed))}))), Texts{"committed " + std::to_string(committed + 1) + ".." + std::to_string(committed + 1)});
            ++committed;
        }
        server.kill();
        EXPECT_EQ(store.commit(batch(kLog, {everything("lost")})).error().kind, ErrorKind::kUnavailable);
        server.start();
        EXPECT_EQ(value_of(store.head(kLog)).sequence, static_cast<Sequence>(committed)) << "the next call connects anew";
        EXPECT_EQ(value_of(store.load_states(kLog)).size(), static_cast<std::size_t>(committed));
        EXPECT_FALSE(verify_chain(value_of(store.read_log(kLog, 0, 1'000))));
        EXPECT_EQ(to_texts(store.commit(batch(kLog, {everything("0")}))), Texts{"duplicate of 1"}) << "the function is still loaded";
    }
}

TEST(RedisDurability, a_byte_flipped_on_the_disk_is_found_by_the_chain) {
    RedisServer server;
    ASSERT_TRUE(deploy_functions(config_of(server, "deployer")));
    RedisStore store(config_of(server, "intake"));
    for (int number = 1; number <= 9; ++number) (void)value_of(store.commit(batch(kLog, {an_item().saying("for 1,000 shares, notice " + std::to_string(number))})));
    server.stop();

    int flipped = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(server.redis_dir())) {
        if (entry.path().extension() != ".aof") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string octets{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const std::size_t at = octets.find("for 1,000 shares, notice 6");
        if (at == std::string::npos) continue;
        octets[at + 4] = '9';
        std::ofstream(entry.path(), std::ios::binary | std::ios::trunc) << octets;
        ++flipped;
    }
    ASSERT_EQ(flipped, 1);
    server.start();
    const auto found = verify_chain(value_of(RedisStore(config_of(server, "reader")).read_log(kLog, 0, 100)));
    ASSERT_TRUE(found) << "Redis itself noticed nothing";
    EXPECT_EQ(found->sequence, 6U);
}

TEST_F(RedisStoreTest, after_a_timeout_the_outcome_is_settled_by_sending_the_same_again) {
    RedisConfig config = config_of(server, "intake");
    config.answer_timeout = std::chrono::milliseconds(200);
    RedisStore hasty(config);
    ASSERT_TRUE(hasty.head(kLog));
    server.suspend();
    const auto lost = hasty.commit(batch(kLog, {everything("1")}));
    server.resume();
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().kind, ErrorKind::kUnavailable);
    const Texts settled = to_texts(store.commit(batch(kLog, {everything("1")})));
    EXPECT_TRUE(settled == Texts{"duplicate of 1"} || settled == Texts{"committed 1..1"}) << settled[0];
    EXPECT_EQ(hasty.head(kLog)->sequence, 1U) << "on a new connection: the late answer does not become this one's";
}

TEST_F(RedisStoreTest, many_writers_of_one_log_make_one_chain) {
    constexpr int kWriters = 4;
    constexpr int kCommits = 50;
    std::vector<std::future<int>> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
        writers.push_back(std::async(std::launch::async, [this, writer] {
            RedisStore own(config_of(server, "intake"));
            int committed = 0;
            for (int number = 0; number < kCommits; ++number) {
                const std::string name = std::to_string(writer) + "." + std::to_string(number);
                if (value_of(own.commit(batch(kLog, {everything(name)})))[0].outcome == ItemOutcome::kCommitted) ++committed;
            }
            return committed;
        }));
    }
    for (auto& writer : writers) EXPECT_EQ(writer.get(), kCommits);
    const auto records = value_of(store.read_log(kLog, 0, 1'000));
    EXPECT_EQ(records.size(), static_cast<std::size_t>(kWriters * kCommits));
    EXPECT_FALSE(verify_chain(records));
}

// Small records come many at a time, large ones few: whatever lies where, all are read, and in order.
TEST_F(RedisStoreTest, a_log_of_small_and_large_records_is_read_whole) {
    const std::size_t sizes[] = {100, 2'000'000, 50, 500'000, 1'000};
    int number = 0;
    for (const std::size_t size : sizes) {
        const int records = size > 100'000 ? 20 : 3'000;
        for (int written = 0; written < records;) {
            std::vector<Item> items;
            for (std::size_t octets = 0; written < records && octets < 8'000'000 && items.size() < kMaxItemsPerBatch; octets += size, ++written) {
                items.push_back(an_item().saying(std::to_string(++number) + std::string(size, 'x')));
            }
            (void)value_of(store.commit(batch(kLog, std::move(items))));
        }
    }
    Sequence at = 0;
    for (;;) {
        const auto records = value_of(store.read_log(kLog, at, 5'000));
        if (records.empty()) break;
        for (const LogRecord& record : records) ASSERT_EQ(record.record.view().substr(0, record.record.view().find('x')), std::to_string(++at));
    }
    EXPECT_EQ(at, static_cast<Sequence>(number));
}

TEST_F(RedisStoreTest, a_cursor_that_was_changed_is_corrupt) {
    ASSERT_EQ(commit({an_item().moving("intake", "desk", 0, 17)}), Texts{"committed 1..0"});
    const std::string cursors = log_key(kLog, "cursors");
    const std::string good = admin.fields_of(cursors).at("intake/desk");
    EXPECT_EQ(good, "17:" + cursor_check("intake/desk", 17));
    for (const std::string& changed : {std::string("17"), std::string("18") + good.substr(2), good + "0", std::string("17:"), std::string(), good.substr(0, good.size() - 1)}) {
        admin.run({"HSET", cursors, "intake/desk", changed});
        EXPECT_EQ(store.cursor(kLog, "intake", "desk").error().kind, ErrorKind::kCorrupt) << changed;
        EXPECT_EQ(store.load_cursors(kLog).error().kind, ErrorKind::kCorrupt) << changed;
    }
}

// --- Durability, rights, errors ------------------------------------------------------------------------------------

TEST_F(RedisStoreTest, durability_names_the_setting_that_is_wrong) {
    EXPECT_EQ(store.durability()->problem, "");
    for (const char* each : {"aof_enabled", "aof_last_write_status", "appendonly", "appendfsync", "no-appendfsync-on-rewrite", "aof-load-truncated"}) EXPECT_TRUE(store.durability()->settings.at(each)) << each;
    const struct {
        const char* sentence;
        std::string setting, wrong, right;
    } rows[] = {
        {"fsync once a second", "appendfsync", "everysec", "always"},
        {"no append-only file", "appendonly", "no", "yes"},
        {"no fsync while rewriting", "no-appendfsync-on-rewrite", "yes", "no"},
        {"a torn file cut in the wrong place", "aof-load-truncated", "yes", "no"},
    };
    for (const auto& [sentence, setting, wrong, right] : rows) {
        admin.run({"CONFIG", "SET", setting, wrong});
        const Durability said = *store.durability();
        const std::string& problem = said.problem;
        admin.run({"CONFIG", "SET", setting, right});
        const std::string named = setting == "appendonly" ? "aof_enabled" : setting;
        EXPECT_FALSE(said.settings.at(named)) << sentence;
        EXPECT_NE(problem.find(named), std::string::npos) << sentence << ": " << problem;
        EXPECT_NE(problem.find("must be"), std::string::npos) << sentence << ": " << problem;
    }
    EXPECT_EQ(store.durability()->problem, "");
}

TEST_F(RedisStoreTest, durability_sees_that_the_next_start_would_drop_every_commit) {
    for (const std::string right : {"-xadd", "-hset", "-@all", "resetkeys"}) {
        admin.run({"ACL", "SETUSER", "default", right});
        const std::string problem = store.durability()->problem;
        admin.run({"ACL", "SETUSER", "default", "~*", "+@all"});
        EXPECT_NE(problem.find("'default'"), std::string::npos) << right << ": " << problem;
    }
    EXPECT_EQ(store.durability()->problem, "");
}

TEST_F(RedisStoreTest, each_user_may_do_its_work_and_no_more) {
    const Texts commands[] = {{"EVAL", "return 1", "0"}, {"SCRIPT", "FLUSH"}, {"FUNCTION", "LOAD", "REPLACE", std::string(kCommitLua)}, {"FUNCTION", "FLUSH"},
                              {"FUNCTION", "DELETE", "rightsdesk"}, {"CONFIG", "SET", "appendfsync", "no"}, {"FLUSHALL"}, {"FLUSHDB"}, {"KEYS", "*"},
                              {"DEL", "{desk}:log"}, {"XTRIM", "{desk}:log", "MAXLEN", "0"}, {"XDEL", "{desk}:log", "1-0"}, {"HDEL", "{desk}:head", "seq"},
                              {"GET", "x"}, {"SHUTDOWN"}, {"ACL", "LIST"}, {"REPLICAOF", "NO", "ONE"}, {"HSET", "other", "f", "v"}};
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification", "reader", "deployer"}) {
        RedisConnection connection(config_of(server, user));
        for (const Texts& command : commands) {
            if (user == std::string("deployer") && command == commands[2]) continue;
            const auto refusal = refusal_of(connection, command);
            ASSERT_TRUE(refusal) << user << " may " << command[0];
            EXPECT_EQ(refusal->kind, ErrorKind::kInvalid) << user << ": " << refusal->message;
        }
    }
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification"}) {
        RedisStore own(config_of(server, user));
        EXPECT_EQ(value_of(own.commit(batch(kLog, {everything(user)})))[0].outcome, ItemOutcome::kCommitted) << user;
    }
    for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification", "reader"}) {
        RedisStore own(config_of(server, user));
        EXPECT_EQ(value_of(own.head(kLog)).sequence, 4U) << user;
        EXPECT_EQ(value_of(own.read_log(kLog, 0, 10)).size(), 4U) << user;
        EXPECT_EQ(value_of(own.logs()), Texts{kLog}) << user;
        EXPECT_TRUE(value_of(own.load_state(kLog, "notice/intake"))) << user;
        EXPECT_EQ(value_of(own.load_states(kLog)).size(), 4U) << user;
        EXPECT_EQ(value_of(own.load_index(kLog)).size(), 4U) << user;
        EXPECT_EQ(value_of(own.load_cursors(kLog)).size(), 4U) << user;
        EXPECT_EQ(value_of(own.cursor(kLog, "intake-intake", "desk")), 1U) << user;
        EXPECT_TRUE(value_of(own.find_identity(kLog, "intake"))) << user;
        EXPECT_EQ(value_of(own.load_identities(kLog)).size(), 4U) << user;
        EXPECT_FALSE(value_of(own.incarnation()).empty()) << user;
        EXPECT_EQ(value_of(own.durability()).problem, "") << user;
    }
    RedisStore reader(config_of(server, "reader"));
    EXPECT_EQ(reader.commit(batch(kLog, {everything("x")})).error().kind, ErrorKind::kInvalid) << "the reader only reads";
    EXPECT_EQ(RedisStore({.address = server.socket_path(), .user = "default", .password = ""}).logs().error().kind, ErrorKind::kInvalid) << "nobody is anonymous";
    EXPECT_EQ(RedisStore({.address = server.socket_path(), .user = "intake", .password = "guess"}).logs().error().kind, ErrorKind::kInvalid);
}

TEST_F(RedisStoreTest, a_master_whose_logs_cannot_be_listed_is_not_well) {
    commit({everything("a")});
    const auto seen = [&] { return value_of(look_at_masters(config_of(server, "reader"))).front(); };
    EXPECT_EQ(seen().problem, "");
    EXPECT_EQ(seen().logs, Texts{kLog});
    EXPECT_GT(seen().memory_octets, 0U);
    EXPECT_GT(seen().file_octets, 0U);
    admin.run({"ACL", "SETUSER", "reader", "-scan"});
    const std::string problem = seen().problem;
    admin.run({"ACL", "SETUSER", "reader", "+scan"});
    EXPECT_NE(problem.find("scan"), std::string::npos) << problem;
}

TEST_F(RedisStoreTest, its_file_is_written_anew_when_somebody_says_so) {
    const auto seen = [&] { return value_of(look_at_masters(config_of(server, "reader"))).front(); };
    for (int version = 0; version < 200; ++version) commit({everything("a" + std::to_string(version))});
    admin.run({"CONFIG", "SET", "auto-aof-rewrite-min-size", "1"});
    ASSERT_TRUE(rewrite_files(config_of(server, "deployer")));
    ASSERT_TRUE(rewrite_files(config_of(server, "deployer"))) << "once more while it is at it";
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (seen().rewriting && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const RedisMaster once = seen();
    EXPECT_FALSE(once.rewriting);
    EXPECT_FALSE(once.rewriting_failed);
    EXPECT_GT(once.rewritten_at_octets, once.file_octets * 3 / 2) << "it has room until it is twice as large";
    EXPECT_LE(once.rewritten_at_octets, once.file_octets * 2);
    admin.run({"CONFIG", "SET", "auto-aof-rewrite-percentage", "0"});
    EXPECT_EQ(seen().rewritten_at_octets, 0U) << "never by itself";
    admin.run({"CONFIG", "SET", "auto-aof-rewrite-percentage", "100"});
    admin.run({"CONFIG", "SET", "auto-aof-rewrite-min-size", "268435456"});
    EXPECT_EQ(seen().rewritten_at_octets, 268'435'456U);
    EXPECT_EQ(rewrite_files(config_of(server, "intake")).error().kind, ErrorKind::kInvalid) << "a service may not";
}

TEST_F(RedisStoreTest, a_redis_that_is_not_there_or_not_ready_is_unavailable) {
    EXPECT_EQ(RedisStore({.address = "/nowhere/redis.sock", .user = "intake", .password = "x"}).logs().error().kind, ErrorKind::kUnavailable);

    admin.run({"FUNCTION", "FLUSH"});
    const auto missing = store.commit(batch(kLog, {everything("1")}));
    ASSERT_TRUE(deploy_functions(config_of(server, "deployer")));
    EXPECT_EQ(missing.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(missing.error().message.find("not deployed: rightsdesk store deploy"), std::string::npos) << missing.error().message;

    admin.run({"CONFIG", "SET", "maxmemory", "1"});
    const auto full = store.commit(batch(kLog, {everything("1")}));
    admin.run({"CONFIG", "SET", "maxmemory", "0"});
    EXPECT_EQ(full.error().kind, ErrorKind::kUnavailable) << full.error().message;
    EXPECT_NE(full.error().message.find("raise it (deploy/RUNBOOK.md, 'Memory')"), std::string::npos) << full.error().message;

    admin.run({"CONFIG", "SET", "min-replicas-to-write", "1"});
    const auto alone = store.commit(batch(kLog, {everything("1")}));
    admin.run({"CONFIG", "SET", "min-replicas-to-write", "0"});
    EXPECT_EQ(alone.error().kind, ErrorKind::kUnavailable) << alone.error().message;

    admin.run({"REPLICAOF", "127.0.0.1", "1"});
    const auto replica = store.commit(batch(kLog, {everything("1")}));
    admin.run({"REPLICAOF", "NO", "ONE"});
    EXPECT_EQ(replica.error().kind, ErrorKind::kUnavailable) << replica.error().message;

    EXPECT_EQ(commit({everything("1")}), Texts{"committed 1..1"}) << "and nothing had changed";
}

TEST(RedisErrors, each_reply_has_its_kind) {
    const struct {
        const char* reply;
        ErrorKind kind;
    } rows[] = {
        {"LOADING Redis is loading the dataset in memory", ErrorKind::kUnavailable},
        {"MISCONF Errors writing to the AOF file: No space left on device", ErrorKind::kUnavailable},
        {"OOM command not allowed when used memory > 'maxmemory'.", ErrorKind::kUnavailable},
        {"READONLY You can't write against a read only replica.", ErrorKind::kUnavailable},
        {"BUSY Redis is busy running a script.", ErrorKind::kUnavailable},
        {"ERR max number of clients reached", ErrorKind::kUnavailable},
        {"ERR Function not found", ErrorKind::kUnavailable},
        {"NOPERM User intake has no permissions to run the 'eval' command", ErrorKind::kInvalid},
        {"ERR The user executing the script can't run this command or subcommand", ErrorKind::kInvalid},
        {"WRONGPASS invalid username-password pair or user is disabled.", ErrorKind::kInvalid},
        {"NOAUTH Authentication required.", ErrorKind::kInvalid},
        {"WRONGTYPE Operation against a key holding the wrong kind of value", ErrorKind::kCorrupt},
        {"CORRUPT the log has records but no head", ErrorKind::kCorrupt},
        {"INVALID a digest must have 64 digits", ErrorKind::kInvalid},
        {"EPOCH the log is in epoch 1, the batch in 2", ErrorKind::kConflict},
    };
    for (const auto& [reply, kind] : rows) {
        EXPECT_EQ(redis_error(reply).kind, kind) << reply;
        EXPECT_NE(redis_error(reply).message.find(std::string(reply).substr(4)), std::string::npos) << "the person reads what Redis said";
    }
}

}  // namespace
}  // namespace rightsdesk::store
