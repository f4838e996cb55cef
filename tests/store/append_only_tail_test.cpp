// What a crash tears off Redis' append-only file, and what Redis makes of the rest.
#include "store/append_only_tail.h"

#include <gtest/gtest.h>

#include "store/redis_test_support.h"

namespace rightsdesk::store {
namespace {

using namespace std::string_literals;

std::string spelled(const std::vector<std::string>& words) {
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string& word : words) text.append("$").append(std::to_string(word.size())).append("\r\n").append(word).append("\r\n");
    return text;
}

std::string transaction(const std::string& value) {
    return spelled({"MULTI"}) + spelled({"XADD", "{desk}:log", "1-0", "b", value}) + spelled({"HSET", "{desk}:head", "seq", "1"}) + spelled({"EXEC"});
}

class AppendOnlyTailTest : public testing::Test {
protected:
    AppendOnlyTailTest() {
        std::filesystem::create_directory(folder_.path() + "/appendonlydir");
        support::write_file(folder_.path() + "/appendonlydir/appendonly.aof.manifest",
                            "file appendonly.aof.2.base.rdb seq 2 type b\nfile appendonly.aof.2.incr.aof seq 2 type i\nfile appendonly.aof.3.incr.aof seq 3 type i\n");
    }
    [[nodiscard]] std::string file() const { return folder_.path() + "/appendonlydir/appendonly.aof.3.incr.aof"; }
    base::Result<AppendOnlyTail> mended(const std::string& text) {
        support::write_file(file(), text);
        return mend_append_only_tail(folder_.path());
    }
    support::Folder folder_;
};

TEST_F(AppendOnlyTailTest, what_is_whole_stays_as_it_is) {
    for (const std::string& text : {std::string(), spelled({"SELECT", "0"}), spelled({"SELECT", "0"}) + transaction("a") + "#TS:1\r\n" + transaction("\r\n*1\r\n$5\r\nMULTI\0"s)}) {
        const auto tail = mended(text);
        ASSERT_TRUE(tail) << tail.error().message;
        EXPECT_EQ(tail->file, file());
        EXPECT_EQ(tail->torn, 0U);
        EXPECT_EQ(support::text_of_file(file()), text);
    }
}

TEST_F(AppendOnlyTailTest, wherever_it_is_torn_it_is_cut_before_the_transaction_and_what_was_torn_is_kept) {
    const std::string whole = spelled({"SELECT", "0"}) + transaction("acknowledged");
    const std::string last = transaction("not acknowledged");
    for (std::size_t octets = 1; octets < last.size(); ++octets) {
        for (const std::string& unwritten : {std::string(), std::string(last.size() - octets, '\0')}) {
            const auto tail = mended(whole + last.substr(0, octets) + unwritten);
            ASSERT_TRUE(tail) << octets << ": " << tail.error().message;
            EXPECT_EQ(support::text_of_file(file()), whole) << octets;
            EXPECT_EQ(support::text_of_file(tail->kept_as), last.substr(0, octets) + unwritten);
        }
    }
}

TEST_F(AppendOnlyTailTest, damage_before_the_end_is_nothing_that_a_crash_does_and_is_left_to_people) {
    const std::string good = transaction("acknowledged");
    const std::string torn = good.substr(0, good.find("*4\r\n$4\r\nHSET"));
    for (const std::string& text : {"x" + good, good + "nonsense\r\n" + good, torn + good, good.substr(0, 20) + std::string(3, '\0') + good.substr(23),
                                    good + support::replaced(good, "$12\r\nack", "$99\r\nack") + good, good + support::replaced(good, "$12\r\nack", "$99999\r\nack") + good}) {
        const auto tail = mended(text);
        ASSERT_FALSE(tail) << text;
        EXPECT_EQ(tail.error().kind, base::ErrorKind::kCorrupt);
        EXPECT_EQ(support::text_of_file(file()), text);
    }
}

TEST(AppendOnlyTail, of_a_redis_that_never_wrote_is_nothing) {
    const support::Folder folder;
    EXPECT_EQ(mend_append_only_tail(folder.path())->file, "");
}

// Redis 7.0.15 by itself would have half of the torn item there after the second start, and not what was acknowledged in between.
TEST(AppendOnlyTail, what_is_acknowledged_after_a_torn_commit_outlives_the_next_crash) {
    support::RedisServer redis;
    ASSERT_TRUE(deploy_functions(redis.config_as("deployer")));
    const std::string log = "torn-2002";
    const auto commit = [&](const std::string& name) {
        RedisStore store(redis.config_as("intake"));
        Batch batch{log, 1, {}};
        Item item;
        item.identities.push_back({name, std::string(64, 'a')});
        item.events = {{Bytes(name + " first")}, {Bytes(name + " second")}};
        batch.items.push_back(item);
        return store.commit(batch).has_value();
    };
    ASSERT_TRUE(commit("fax-1/1"));
    ASSERT_TRUE(commit("fax-1/2"));
    redis.kill();
    const std::string path = mend_append_only_tail(redis.redis_dir().string())->file;
    const std::string text = support::text_of_file(path);
    std::filesystem::resize_file(path, text.rfind("fax-1/2 second") + 5);
    redis.start();
    ASSERT_TRUE(deploy_functions(redis.config_as("deployer")));
    ASSERT_TRUE(commit("fax-1/3"));
    redis.kill();
    redis.start();
    RedisStore store(redis.config_as("intake"));
    std::vector<std::string> records;
    const auto read = store.read_log(log, 0, 10).value();
    for (const LogRecord& record : read) records.emplace_back(record.record.view());
    EXPECT_EQ(records, (std::vector<std::string>{"fax-1/1 first", "fax-1/1 second", "fax-1/3 first", "fax-1/3 second"}));
}

}  // namespace
}  // namespace rightsdesk::store
