// The suite with a replica, over real processes and two real Redis servers: a silent replica, going on without it, a dead primary, a fenced
// one.
#include <gtest/gtest.h>

#include "support/played_sample.h"
#include "support/waiting.h"
#include "wire/wire.h"

namespace rightsdesk {
namespace {

using support::CommandEnd;
using support::Disks;
using support::kSample;
using support::kSampleFolder;
using support::RedisServer;
using support::SuiteProcesses;

// Asks until it is so; the limit is for a suite that never gets there. Services that ended are started again meanwhile, as under their
// supervisor.
template <class Condition>
testing::AssertionResult becomes(SuiteProcesses& suite, Condition condition) {
    const auto looked_at = [&] {
        if (condition()) return true;
        suite.restart_the_dead();
        return false;
    };
    if (!support::comes_true(looked_at, std::chrono::seconds(120))) return testing::AssertionFailure() << suite.logs();
    return testing::AssertionSuccess();
}

std::string output_of(const CommandEnd& end) { return end.out + end.err; }

// Every receipt that a sender on this host holds is of a record that the store has, under the same identity.
std::size_t receipts_found_in(const RedisServer& server, const std::filesystem::path& outboxes) {
    store::RedisStore store(server.config_as("reader"));
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(outboxes)) {
        if (entry.path().extension() != ".receipt") continue;
        const auto reply = wire::decode_reply(base::Bytes(support::text_of_file(entry.path())));
        if (!reply) ADD_FAILURE() << entry.path() << ": " << reply.error().message;
        const auto* receipt = reply ? std::get_if<domain::Receipt>(&reply->body) : nullptr;
        if (receipt == nullptr) continue;
        const auto head = store.head(receipt->log);
        EXPECT_TRUE(head && head->sequence >= receipt->sequence) << entry.path() << ": " << receipt->log << " record " << receipt->sequence << " is lost";
        ++found;
    }
    return found;
}

TEST(SuiteWithReplica, acknowledges_nothing_on_one_disk_until_two_people_say_so) {
    SuiteProcesses suite("stepped", 1, {}, Disks::kTwo);
    const auto watermark = [](const std::string& through) { return std::vector<std::string>{"gateway", "watermark", "--through", through, "--as", "fax-1"}; };
    EXPECT_EQ(suite.command(watermark("2002-06-01T10:00:00Z")).code, 0) << suite.logs();
    EXPECT_EQ(suite.command({"replica", "status"}).code, 0) << output_of(suite.command({"replica", "status"}));

    // Silent: the sender waits, and is answered when it speaks again.
    suite.replica->suspend();
    auto waiting = suite.start_command(watermark("2002-06-01T11:00:00Z"));
    EXPECT_TRUE(becomes(suite, [&] { return output_of(suite.command({"status"})).find("replica") != std::string::npos; }));
    EXPECT_TRUE(waiting.runs()) << "it has no receipt";
    suite.replica->resume();
    EXPECT_EQ(suite.supervise_until_end(waiting, [] {}), 0) << suite.logs();

    // Gone, and the other host's folder with it: one proposes, another approves, and one disk is enough.
    suite.replica->kill();
    std::filesystem::rename(suite.folder() / "other_host", suite.folder() / "away");
    EXPECT_EQ(suite.command({"replica", "status"}).code, 1);
    const CommandEnd proposed = suite.command({"replica", "go-on-without", "--why", "its host is down", "--as", "alice"});
    EXPECT_EQ(proposed.code, 0) << output_of(proposed) << suite.logs();
    EXPECT_EQ(suite.command({"replica", "approve", "--of", "alice", "--as", "alice"}).code, 4) << "one person is not enough";
    const CommandEnd approved = suite.command({"replica", "approve", "--of", "alice", "--as", "bob"});
    EXPECT_EQ(approved.code, 0) << output_of(approved);
    EXPECT_NE(approved.out.find("one disk"), std::string::npos) << approved.out;
    EXPECT_EQ(suite.command({"offering", "open", kSampleFolder + "/terms.toml", "--as", "alice"}).code, 0) << suite.logs();
    const CommandEnd submitted = suite.command({"notice", "submit", kSampleFolder + "/notices/at-the-hour.txt", "--as", "fax-1", "--address", "+17185550101"});
    EXPECT_NE(submitted.out.find("notice/fax-1."), std::string::npos) << output_of(submitted);
    EXPECT_EQ(suite.command({"status", "--wait", "30"}).code, 0) << suite.logs();
    EXPECT_TRUE(becomes(suite, [&] { return suite.command({"watch", "--from", "1", "--no-follow"}).out.find("without_replica") != std::string::npos; }));
    EXPECT_NE(suite.command({"replica", "return", "--why", "too early", "--as", "alice"}).code, 0) << "nothing would be acknowledged";

    // Back: the documents are completed, and two disks are asked for again.
    std::filesystem::rename(suite.folder() / "away", suite.folder() / "other_host");
    suite.replica->start();
    EXPECT_TRUE(becomes(suite, [&] { return suite.command({"replica", "return", "--why", "it is back", "--as", "alice"}).code == 0; }));
    EXPECT_TRUE(becomes(suite, [&] { return suite.command({"replica", "status"}).code == 0; })) << output_of(suite.command({"replica", "status"}));
    EXPECT_EQ(suite.command(watermark("2002-06-01T12:00:00Z")).code, 0) << suite.logs();
    EXPECT_EQ(suite.command({"verify", "desk"}).code, 0);
    suite.redis.stop();
    EXPECT_GT(receipts_found_in(*suite.replica, suite.folder() / "outboxes"), 5U) << "all that was acknowledged is on the second disk";
}

TEST(SuiteWithReplica, a_dead_primary_is_replaced_in_the_middle_of_the_sample_and_nothing_acknowledged_is_lost) {
    SuiteProcesses suite("stepped", 1, {}, Disks::kTwo);
    auto player = suite.start_command({"sample", "play", kSampleFolder});
    bool killed = false;
    while (player.runs() && !killed) {
        suite.restart_the_dead();
        killed = steps_played(suite) >= 40;
        if (killed) suite.redis.kill();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ASSERT_TRUE(killed) << suite.said() << suite.logs();
    player.kill();

    const std::vector<std::string> promote{"promote", "--why", "the first host burns", "--as", "alice", "--with", "bob"};
    const CommandEnd undecided = suite.command(promote);
    EXPECT_EQ(undecided.code, 3) << output_of(undecided);
    EXPECT_NE(undecided.err.find("--old-primary-is-dead"), std::string::npos) << undecided.err;
    EXPECT_EQ(suite.command({"promote", "--why", "x", "--as", "alice", "--with", "alice", "--old-primary-is-dead"}).code, 2) << "two people";
    std::vector<std::string> dead = promote;
    dead.emplace_back("--old-primary-is-dead");
    // Without the sealing keys the promoted side would take what it has for new.
    const std::filesystem::path keys = suite.folder() / "keys/offerings";
    std::filesystem::remove_all(keys);
    const CommandEnd keyless = suite.command(dead);
    EXPECT_NE(keyless.code, 0);
    EXPECT_NE(output_of(keyless).find("sealing key"), std::string::npos) << output_of(keyless);
    // The second host has them, and nobody has copied any.
    std::filesystem::remove_all(keys);
    std::filesystem::copy(suite.folder() / "other_host/keys", keys);
    const CommandEnd promoted = suite.command(dead);
    ASSERT_EQ(promoted.code, 0) << output_of(promoted);
    EXPECT_NE(promoted.out.find("in epoch 2"), std::string::npos) << promoted.out;
    EXPECT_EQ(suite.command(dead).code, 0) << "it may be given again";
    EXPECT_GT(receipts_found_in(*suite.replica, suite.folder() / "outboxes"), 30U);

    suite.swap_stores();
    EXPECT_TRUE(becomes(suite, [&] { return suite.command({"status", "--wait", "30"}).code == 0; }));
    auto rest = suite.start_command({"sample", "play", kSampleFolder});
    ASSERT_EQ(suite.supervise_until_end(rest, [] {}), 0) << suite.said() << suite.logs();
    expect_the_end_of_the_sample(suite);
    EXPECT_NE(suite.command({"replica", "status"}).out.find("people go on without the replica: alice and bob"), std::string::npos);

    // The former primary comes back as it was: it is not promoted over the present one, and becomes its replica.
    suite.redis.start();
    const CommandEnd back = suite.command({"promote", "--why", "by mistake", "--as", "alice", "--with", "bob"});
    EXPECT_EQ(back.code, 2) << output_of(back);
    EXPECT_NE(back.err.find("former primary"), std::string::npos) << back.err;
    suite.redis.stop();
    const std::string conf = (suite.redis.redis_dir() / "redis.conf").string();
    support::write_file(conf, support::text_of_file(conf) + support::replication_lines("replica.conf", suite.primary_port, suite.replica_port));
    suite.redis.start();
    EXPECT_TRUE(becomes(suite, [&] { return suite.command({"replica", "return", "--why", "two disks again", "--as", "bob"}).code == 0; }))
        << output_of(suite.command({"replica", "status"}));
    EXPECT_TRUE(becomes(suite, [&] { return suite.command({"replica", "status"}).code == 0; })) << output_of(suite.command({"replica", "status"}));
}

TEST(SuiteWithReplica, a_living_primary_is_fenced_and_what_waits_is_decided_once_by_its_successor) {
    SuiteProcesses suite("stepped", 1, {}, Disks::kTwo);
    ASSERT_EQ(suite.command({"offering", "open", kSampleFolder + "/terms.toml", "--as", "alice"}).code, 0) << suite.logs();
    const CommandEnd promoted = suite.command({"promote", "--why", "work on the first host", "--as", "alice", "--with", "bob"});
    ASSERT_EQ(promoted.code, 0) << output_of(promoted);
    EXPECT_NE(promoted.out.find("the old primary is fenced"), std::string::npos) << promoted.out;

    // Its services still point at the old one: they have no receipt for anybody.
    auto waiting = suite.start_command({"gateway", "watermark", "--through", "2002-06-01T10:00:00Z", "--as", "fax-1"});
    EXPECT_TRUE(becomes(suite, [&] { return output_of(suite.command({"status"})).find("not well") != std::string::npos; }));
    EXPECT_TRUE(waiting.runs());
    const auto before = store::RedisStore(suite.redis.config_as("reader")).head("desk");
    ASSERT_TRUE(before);
    suite.swap_stores();
    EXPECT_EQ(suite.supervise_until_end(waiting, [] {}), 0) << "sent again by itself" << suite.logs();
    EXPECT_EQ(store::RedisStore(suite.redis.config_as("reader")).head("desk")->sequence, before->sequence) << "the fenced one has taken nothing";
    EXPECT_TRUE(becomes(suite, [&] { return suite.command({"status", "--wait", "30"}).code == 0; }));
    EXPECT_EQ(suite.command({"verify", "desk"}).code, 0) << output_of(suite.command({"verify", "desk"}));
    EXPECT_EQ(suite.command({"verify", kSample}).code, 0);
    EXPECT_EQ(receipts_found_in(*suite.replica, suite.folder() / "outboxes"), 2U) << "both are in the successor";
}

}  // namespace
}  // namespace rightsdesk
