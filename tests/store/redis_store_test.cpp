// What only a real Redis can show: nothing changes upon an error, what is acknowledged survives, rights are enough and no more.
#include "store/redis_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "batches.h"
#include "redis_test_support.h"
#include "store/chain.h"
#include "store/commit_call.h"
#include "store/commit_lua.h"

namespace rightsdesk::store {
namespace {

using base::ErrorKind;
using support::RedisServer;
using Texts = std::vector<std::string>;

const std::string kLog = "offering-1";
const Texts kParts{"log", "head", "identities", "states", "index", "cursors"};

// An item that uses every key.
Item everything(const std::string& name) {
    return an_item().claiming(name, "form").indexing("key/" + name, "notice/" + name).reading("offering", 0).writing("notice/" + name, 0, "state")
        .saying("accepted").moving("intake-" + name, "desk", 0, 1);
}

struct RedisStoreTest : testing::Test {
    RedisServer& server = empty_redis();
    RedisAdmin admin{server};
    RedisStore store{config_of(server, "intake")};

    Texts commit(std::vector<Item> items) { return to_texts(store.commit(batch(kLog, std::move(items)))); }
};

// --- An error reply means that nothing changed -------------------------------------------------------------------

TEST_F(RedisStoreTest, a_key_of_another_type_stops_the_call_before_the_first_write) {
    for (const std::string& part : kParts) {
        for (const std::string type : {"string", "set", "hash or stream"}) {
            admin.run({"FLUSHALL"});
            ASSERT_EQ(commit({everything("0")}), Texts{"committed 1..1"});
            const std::string key = log_key(kLog, part);
            admin.run({"DEL", key});
            if (type == "string") admin.run({"SET", key, "x"});
            if (type == "set") admin.run({"SADD", key, "x"});
            if (type == "hash or stream" && part == "log") admin.run({"HSET", key, "f", "v"});
            if (type == "hash or stream" && part != "log") admin.run({"XADD", key, "1-0", "f", "v"});
            const auto before = admin.dump();
            const auto refused = store.commit(batch(kLog, {everything("1"), everything("2")}));
            ASSERT_FALSE(refused) << part << " as a " << type;
            EXPECT_EQ(refused.error().kind, ErrorKind::kCorrupt) << part << " as a " << type << ": " << refused.error().message;
            EXPECT_EQ(admin.dump(), before) << part << " as a " << type;
        }
    }
}

TEST_F(RedisStoreTest, damaged_bookkeeping_stops_the_call_before_the_first_write) {
    struct Row {
        const char* sentence;
        Texts damage;
    };
    const std::string log = log_key(kLog, "log");
    const std::string head = log_key(kLog, "head");
    const Row rows[] = {
        {"the head lost", {"DEL", head}},
        {"the log lost", {"DEL", log}},
        {"the head without its link", {"HDEL", head, "link"}},
        {"the head without its epoch", {"HDEL", head, "epoch"}},
        {"the head without its number", {"HDEL", head, "seq"}},
        {"the head is no number", {"HSET", head, "seq", "1e3"}},
        {"the head behind the log: XADD refuses the id", {"XADD", log, "9-0", "e", "1", "d", "", "l", "", "b", ""}},
        {"a state without a version", {"HSET", log_key(kLog, "states"), "notice/1", "rubbish"}},
        {"a claim without a number", {"HSET", log_key(kLog, "identities"), "1", "rubbish"}},
    };
    for (const auto& [sentence, damage] : rows) {
        admin.run({"FLUSHALL"});
        ASSERT_EQ(commit({everything("0")}), Texts{"committed 1..1"});
        admin.run(damage);
        const auto before = admin.dump();
        EXPECT_FALSE(store.commit(batch(kLog, {an_item().moving("payment_clearing", "desk", 0, 1), everything("1")}))) << sentence;
        EXPECT_EQ(admin.dump(), before) << sentence;
    }
}

TEST_F(RedisStoreTest, a_user_without_one_of_the_commands_changes_nothing) {
    for (const std::string command : {"fcall", "xadd", "xlen", "hset", "hmget"}) {
        admin.run({"FLUSHALL"});
        ASSERT_EQ(commit({everything("0")}), Texts{"committed 1..1"});
        const auto before = admin.dump();
        admin.run({"ACL", "SETUSER", "intake", "-" + command});
        const auto refused = store.commit(batch(kLog, {an_item().moving("intake", "desk", 0, 1), everything("1")}));
        admin.run({"ACL", "SETUSER", "intake", "+" + command});
        ASSERT_FALSE(refused) << command;
        EXPECT_EQ(refused.error().kind, ErrorKind::kInvalid) << command << ": " << refused.error().message;
        EXPECT_EQ(admin.dump(), before) << command;
        EXPECT_EQ(commit({everything("1")}), Texts{"committed 2..2"}) << "with the right back, " << command;
    }
}

TEST_F(RedisStoreTest, a_user_that_may_not_write_one_of_the_keys_changes_nothing) {
    ASSERT_EQ(commit({everything("0")}), Texts{"committed 1..1"});
    const auto before = admin.dump();
    for (const std::string& forbidden : kParts) {
        for (const std::string left : {"", "%R~"}) {
            Texts user{"ACL", "SETUSER", "narrow", "reset", "on", ">narrow", "+@all"};
            for (const std::string& part : kParts) {
                if (part != forbidden) user.push_back("~" + log_key(kLog, part));
                if (part == forbidden && !left.empty()) user.push_back(left + log_key(kLog, part));
            }
            admin.run(user);
            RedisConfig config = config_of(server, "narrow");
            config.password = "narrow";
            const auto refused = RedisStore(config).commit(batch(kLog, {everything("1")}));
            ASSERT_FALSE(refused) << forbidden;
            EXPECT_EQ(refused.error().kind, ErrorKind::kInvalid) << forbidden << ": " << refused.error().message;
            EXPECT_EQ(admin.dump(), before) << forbidden;
        }
    }
    admin.run({"ACL", "DELUSER", "narrow"});
}

// The call of a batch as texts, to be mutilated.
Texts call_of(const Batch& whole) {
    const CommitCall call(whole);
    return {call.arguments().begin(), call.arguments().end()};
}

std::optional<base::Error> refusal_of(RedisConnection& connection, const Texts& arguments) {
    const auto reply = connection.call({arguments.begin(), arguments.end()});
    if (reply) return std::nullopt;
    return reply.error();
}

TEST_F(RedisStoreTest, a_call_with_any_argument_missing_or_doubled_changes_nothing) {
    ASSERT_EQ(commit({everything("0")}), Texts{"committed 1..1"});
    const auto before = admin.dump();
    const Texts whole = call_of(batch(kLog, {everything("1"), an_item().indexing("key/0", "notice/9", "notice/0").saying("b").at_head(2)}));
    RedisConnection connection(config_of(server, "intake"));
    for (std::size_t at = 2; at < whole.size(); ++at) {
        Texts shorter = whole;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_TRUE(refusal_of(connection, shorter)) << "without argument " << at << ", " << whole[at];
        Texts longer = whole;
        longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(at), whole[at]);
        EXPECT_TRUE(refusal_of(connection, longer)) << "with argument " << at << " twice, " << whole[at];
    }
    for (std::size_t size = 3; size < whole.size(); ++size) {
        EXPECT_TRUE(refusal_of(connection, Texts(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))) << "cut after " << size;
    }
    EXPECT_EQ(admin.dump(), before);
    EXPECT_FALSE(refusal_of(connection, whole)) << "and whole it is taken";
}

TEST_F(RedisStoreTest, the_function_itself_keeps_the_bounds_of_the_port) {
    const std::string hash(64, 'a');
    const std::string long_name(kMaxKeyOctets + 1, 'n');
    const auto keys = [](const std::string& log) {
        Texts arguments{"FCALL", "commit", "6"};
        for (const std::string& part : kParts) arguments.push_back(log_key(log, part));
        return arguments;
    };
    const auto one_item = [&](const Texts& operations) {
        Texts arguments = keys(kLog);
        arguments.insert(arguments.end(), {"2", "1", "1"});
        arguments.insert(arguments.end(), operations.begin(), operations.end());
        arguments.push_back(".");
        return arguments;
    };
    const auto with = [](Texts first, const Texts& then) {
        first.insert(first.end(), then.begin(), then.end());
        return first;
    };
    Texts many_items{"2", "1", std::to_string(kMaxItemsPerBatch + 1)};
    many_items.resize(many_items.size() + kMaxItemsPerBatch + 1, ".");
    Texts many_operations;
    for (std::size_t operation = 0; operation <= kMaxOperationsPerBatch; ++operation) many_operations.insert(many_operations.end(), {"R", "n", "0"});
    Texts many_octets;
    for (int record = 0; record < 8; ++record) many_octets.insert(many_octets.end(), {"E", hash, std::string(kMaxRecordOctets, 'x')});

    const std::pair<const char*, Texts> rows[] = {
        {"another protocol", with(keys(kLog), {"1", "1", "1", "."})},
        {"no epoch", with(keys(kLog), {"2", "0", "1", "."})},
        {"an epoch that is no number", with(keys(kLog), {"2", "one", "1", "."})},
        {"keys of two logs", [&] { auto a = one_item({}); a[5] = log_key("offering-2", "identities"); return a; }()},
        {"keys in another order", [&] { auto a = one_item({}); std::swap(a[5], a[6]); return a; }()},
        {"a log whose name is none", with(keys("Offering_1"), {"2", "1", "1", "."})},
        {"an operation that is none", one_item({"X", "a", "b"})},
        {"an identity without an event", one_item({"I", "i", hash})},
        {"a name of no octets", one_item({"I", "", hash, "E", hash, "r"})},
        {"an identity that is too long", one_item({"I", long_name, hash, "E", hash, "r"})},
        {"an entity that is too long", one_item({"R", long_name, "0"})},
        {"an index key that is too long", one_item({"N", long_name, "e"})},
        {"an index entry that is too long", one_item({"N", "k", long_name})},
        {"a cursor's name that is too long", one_item({"C", long_name, "0", "1"})},
        {"a payload hash of 63 digits", one_item({"I", "i", hash.substr(1), "E", hash, "r"})},
        {"a digest of 65 digits", one_item({"E", hash + "a", "r"})},
        {"a state without its digest", one_item({"W", "n", "0", "state"})},
        {"a version with a leading zero", one_item({"R", "n", "00"})},
        {"a version below zero", one_item({"R", "n", "-1"})},
        {"a version in hexadecimal", one_item({"R", "n", "0x1"})},
        {"a version of 20 digits", one_item({"R", "n", "10000000000000000000"})},
        {"a version that cannot be raised", one_item({"W", "n", "9999999999999999999", hash + ":s"})},
        {"a cursor that goes back", one_item({"C", "c/desk", "10", "9"})},
        {"a head that is no number", one_item({"H", "one"})},
        {"a record that is too large", one_item({"E", hash, std::string(kMaxRecordOctets + 1, 'x')})},
        {"a state that is too large", one_item({"W", "n", "0", hash + ":" + std::string(kMaxRecordOctets + 1, 'x')})},
        {"a batch that is too large", one_item(many_octets)},
        {"too many items", with(keys(kLog), many_items)},
        {"too many operations", one_item(many_operations)},
    };
    RedisConnection connection(config_of(server, "intake"));
    for (const auto& [sentence, arguments] : rows) {
        const auto refusal = refusal_of(connection, arguments);
        ASSERT_TRUE(refusal) << sentence;
        EXPECT_EQ(refusal->kind, ErrorKind::kInvalid) << sentence << ": " << refusal->message;
    }
    EXPECT_TRUE(admin.dump().empty());
    EXPECT_FALSE(refusal_of(connection, one_item({"E", hash, std::string(kMaxRecordOctets, 'x')}))) << "the largest record";
}

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

TEST_F(RedisStoreTest, a_commit_that_too_few_replicas_confirmed_is_to_be_sent_again) {
    RedisConfig config = config_of(server, "intake");
    config.replicas = 1;
    config.replica_timeout = std::chrono::milliseconds(20);
    RedisStore replicated(config);
    EXPECT_EQ(replicated.commit(batch(kLog, {everything("1")})).error().kind, ErrorKind::kUnavailable);
    EXPECT_EQ(commit({everything("1")}), Texts{"duplicate of 1"});
    EXPECT_EQ(replicated.head(kLog)->sequence, 1U) << "the connection is still in step";
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

// --- Durability, rights, errors ------------------------------------------------------------------------------------

TEST_F(RedisStoreTest, durability_names_the_setting_that_is_wrong) {
    EXPECT_EQ(store.durability()->problem, "");
    const struct {
        const char* sentence;
        std::string setting, wrong, right;
    } rows[] = {
        {"fsync once a second", "appendfsync", "everysec", "always"},
        {"no append-only file", "appendonly", "no", "yes"},
        {"no fsync while rewriting", "no-appendfsync-on-rewrite", "yes", "no"},
    };
    for (const auto& [sentence, setting, wrong, right] : rows) {
        admin.run({"CONFIG", "SET", setting, wrong});
        const std::string problem = store.durability()->problem;
        admin.run({"CONFIG", "SET", setting, right});
        const std::string named = setting == "appendonly" ? "aof_enabled" : setting;
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
        EXPECT_EQ(value_of(own.durability()).problem, "") << user;
    }
    RedisStore reader(config_of(server, "reader"));
    EXPECT_EQ(reader.commit(batch(kLog, {everything("x")})).error().kind, ErrorKind::kInvalid) << "the reader only reads";
    EXPECT_EQ(RedisStore({.socket_path = server.socket_path(), .user = "default", .password = ""}).logs().error().kind, ErrorKind::kInvalid) << "nobody is anonymous";
    EXPECT_EQ(RedisStore({.socket_path = server.socket_path(), .user = "intake", .password = "guess"}).logs().error().kind, ErrorKind::kInvalid);
}

TEST_F(RedisStoreTest, a_redis_that_is_not_there_or_not_ready_is_unavailable) {
    EXPECT_EQ(RedisStore({.socket_path = "/nowhere/redis.sock", .user = "intake", .password = "x"}).logs().error().kind, ErrorKind::kUnavailable);

    admin.run({"FUNCTION", "FLUSH"});
    const auto missing = store.commit(batch(kLog, {everything("1")}));
    ASSERT_TRUE(deploy_functions(config_of(server, "deployer")));
    EXPECT_EQ(missing.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(missing.error().message.find("not deployed"), std::string::npos) << missing.error().message;

    admin.run({"CONFIG", "SET", "maxmemory", "1"});
    const auto full = store.commit(batch(kLog, {everything("1")}));
    admin.run({"CONFIG", "SET", "maxmemory", "0"});
    EXPECT_EQ(full.error().kind, ErrorKind::kUnavailable) << full.error().message;

    admin.run({"CONFIG", "SET", "min-replicas-to-write", "1"});
    const auto alone = store.commit(batch(kLog, {everything("1")}));
    admin.run({"CONFIG", "SET", "min-replicas-to-write", "0"});
    EXPECT_EQ(alone.error().kind, ErrorKind::kUnavailable) << alone.error().message;

    admin.run({"REPLICAOF", "127.0.0.1", "1"});
    const auto replica = store.commit(batch(kLog, {everything("1")}));
    admin.run({"REPLICAOF", "NO", "ONE"});
    EXPECT_EQ(replica.error().kind, ErrorKind::kUnavailable) << replica.error().message;

    EXPECT_TRUE(admin.dump().empty());
    EXPECT_EQ(commit({everything("1")}), Texts{"committed 1..1"});
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
