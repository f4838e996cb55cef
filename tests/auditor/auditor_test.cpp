// The auditor signs what it has checked, and nothing after the first record that is not what was committed.
#include "auditor/auditor.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/batches.h"
#include "store/memory_store.h"
#include "support/folder.h"

namespace rightsdesk::auditor {
namespace {

namespace fs = std::filesystem;

class StandingClock final : public runtime::Clock {
public:
    [[nodiscard]] domain::Instant now() const override { return domain::Instant(1'025'283'600'000'000'000); }
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return std::chrono::nanoseconds(1); }
};

struct AuditorTest : testing::Test {
    AuditorTest() {
        if (!heads::SigningKey::make(folder.file("key"), folder.file("pub"))) throw std::runtime_error("no key for the test");
        fs::create_directory(folder / "heads");
        key = heads::SigningKey::load(folder.file("key")).value();
        files.emplace(folder.file("heads"), key.verifying());
        begin();
    }

    // As its process does at its start.
    void begin() {
        auditor.emplace(store, *files, key, clock);
        ASSERT_TRUE(auditor->start());
    }
    void say(const std::string& log, int records) {
        for (int number = 0; number < records; ++number) (void)value_of(store.commit(store::batch(log, {store::an_item().saying("record " + std::to_string(number))})));
    }
    void look() {
        for (int steps = 0; steps < 1'000; ++steps) {
            const auto more = auditor->step();
            ASSERT_TRUE(more) << more.error().message;
            if (!*more) return;
        }
        FAIL() << "it never comes to the end";
    }
    [[nodiscard]] std::uint64_t last(const std::string& log) const {
        const auto head = files->last(log).value();
        return head ? head->sequence : 0;
    }
    store::MemoryLog& stored(const std::string& log) { return logs->logs[log]; }

    support::Folder folder{"auditor"};
    std::shared_ptr<store::MemoryLogs> logs = std::make_shared<store::MemoryLogs>();
    store::MemoryStore store{logs};
    StandingClock clock;
    heads::SigningKey key;
    std::optional<heads::HeadFiles> files;
    std::optional<Auditor> auditor;
};

TEST_F(AuditorTest, the_head_of_every_log_that_moved_is_signed) {
    look();
    EXPECT_TRUE(files->logs()->empty());
    say("desk", 3);
    say("rare-medium-2002", 5);
    look();
    EXPECT_EQ(last("desk"), 3U);
    EXPECT_EQ(last("rare-medium-2002"), 5U);
    const auto head = files->last("desk").value();
    EXPECT_EQ(head->link, stored("desk").head.link);
    EXPECT_EQ(head->time, "2002-06-28T17:00:00Z");
    say("desk", 1);
    look();
    look();
    EXPECT_EQ(files->all("desk").value().size(), 2U) << "only what moved";
    EXPECT_EQ(files->all("rare-medium-2002").value().size(), 1U);
    EXPECT_EQ(auditor->signed_heads(), 3U);
}

TEST_F(AuditorTest, it_goes_on_where_an_earlier_one_stopped) {
    say("desk", 3);
    look();
    say("desk", 3);
    begin();
    look();
    EXPECT_EQ(last("desk"), 6U);
}

TEST_F(AuditorTest, a_long_log_is_read_in_steps_that_are_signed_each) {
    std::vector<store::Item> items(1'000, store::an_item().saying("record"));
    for (int batch = 0; batch < 25; ++batch) (void)value_of(store.commit(store::batch("desk", items)));
    const auto more = auditor->step();
    ASSERT_TRUE(more);
    EXPECT_TRUE(*more);
    EXPECT_EQ(last("desk"), kRecordsPerStep);
    look();
    EXPECT_EQ(last("desk"), 25'000U);
}

struct Damage {
    const char* sentence;
    void (*done)(store::MemoryLog&);
    const char* record;  // named in the reason
};

const Damage kDamages[] = {
    {"a bit of a new record flipped", [](store::MemoryLog& log) { log.records[5].record.value[0] ^= 1; }, "record 5"},
    {"a new record with its digest exchanged",
     [](store::MemoryLog& log) {
         log.records[5].record = base::Bytes(std::string("forged"));
         log.records[5].digest = base::sha256_hex("forged");
     },
     "record 5"},
    {"the stored head has another link", [](store::MemoryLog& log) { log.head.link[3] ^= 1; }, "record 6"},
    {"the log cut short", [](store::MemoryLog& log) { log.records.erase(log.records.find(3), log.records.end()), log.head.sequence = 2, log.head.link = log.records[2].link; }, "record 3"},
    {"new records gone from under the head", [](store::MemoryLog& log) { log.records.erase(6); }, "record 6"},
};

TEST_F(AuditorTest, a_log_that_does_not_continue_is_named_and_signed_no_more) {
    for (const Damage& damage : kDamages) {
        logs->logs.clear();
        fs::remove_all(folder / "heads");
        fs::create_directory(folder / "heads");
        begin();
        say("desk", 4);
        say("other", 1);
        look();
        say("desk", 2);
        say("other", 1);
        damage.done(stored("desk"));
        look();
        const auto why = files->damaged().value();
        ASSERT_TRUE(why.contains("desk")) << damage.sentence;
        EXPECT_NE(why.at("desk").find(damage.record), std::string::npos) << damage.sentence << ": " << why.at("desk");
        EXPECT_EQ(auditor->damaged(), why);
        EXPECT_EQ(last("desk"), 4U) << damage.sentence;
        EXPECT_EQ(last("other"), 2U) << damage.sentence << ": the others go on";
        say("desk", 1);
        begin();
        look();
        EXPECT_EQ(last("desk"), 4U) << damage.sentence << ": nor by the next one";
    }
}

// A chain that agrees with itself, in place of the one that was signed: links alone could not tell.
TEST_F(AuditorTest, a_log_written_anew_is_found_after_the_store_was_started_again) {
    say("desk", 4);
    look();
    logs->logs.clear();
    for (int number = 0; number < 6; ++number) (void)value_of(store.commit(store::batch("desk", {store::an_item().saying("another " + std::to_string(number))})));
    logs->incarnation = "2";
    look();
    ASSERT_TRUE(auditor->damaged().contains("desk"));
    EXPECT_NE(auditor->damaged().at("desk").find("record 4"), std::string::npos) << auditor->damaged().at("desk");
}

TEST_F(AuditorTest, a_log_that_is_gone_is_found) {
    say("desk", 4);
    look();
    logs->logs.clear();
    look();
    EXPECT_NE(auditor->damaged().at("desk").find("it is gone"), std::string::npos);
}

TEST_F(AuditorTest, a_store_that_does_not_answer_is_no_damage) {
    say("desk", 2);
    logs->fail_next(1, store::MemoryFailure::kBefore);
    EXPECT_EQ(auditor->step().error().kind, base::ErrorKind::kUnavailable);
    look();
    EXPECT_EQ(last("desk"), 2U);
    EXPECT_TRUE(auditor->damaged().empty());
}

// As where a master of a cluster is away.
TEST_F(AuditorTest, a_log_that_cannot_be_reached_keeps_no_other_from_being_signed) {
    for (const char* log : {"desk", "offering-1", "offering-2"}) say(log, 2);
    logs->away.insert("offering-1");
    EXPECT_EQ(auditor->step().error().kind, base::ErrorKind::kUnavailable);
    EXPECT_EQ(last("offering-2"), 2U);
    logs->away.clear();
    look();
    EXPECT_EQ(last("offering-1"), 2U);
}

}  // namespace
}  // namespace rightsdesk::auditor
