// A store that was started again may not hold what it held. Nothing is acknowledged before its logs are those that were
// acknowledged from, and nothing ever again once they are not.
#include "runtime/desk_world.h"
#include "store/chain.h"

namespace rightsdesk::runtime {
namespace {

class RestartedStore : public DeskTest {
protected:
    void SetUp() override {
        DeskTest::SetUp();
        for (std::uint64_t number = 1; number <= 5; ++number) fax.send(number, notice_for(kOffering, "form " + std::to_string(number)));
        ASSERT_TRUE(intake.settle());
        for (int answers = 0; answers < 5; ++answers) ASSERT_TRUE(fax.receipt());
    }
    void start_again() { world.logs->incarnation = "2"; }
    store::MemoryLog& offering() { return world.logs->logs[kOffering]; }
    Receipt ask(std::uint64_t number) {
        fax.send(number, notice_for(kOffering, "form " + std::to_string(number)));
        EXPECT_TRUE(intake.settle());
        return fax.receipt().value_or(Receipt{});
    }
    std::string problem() {
        const auto alerts = intake.service().health().alerts("intake");
        return alerts.empty() ? "" : alerts.front().kind + ": " + alerts.front().what;
    }
    void expect_stopped_at(const std::string& record) {
        const auto said = offering().head.sequence;
        EXPECT_EQ(ask(100).kind, ReceiptKind::kRetryLater);
        EXPECT_NE(problem().find("log_damaged"), std::string::npos) << problem();
        EXPECT_NE(problem().find(std::string(kOffering) + ", " + record + ":"), std::string::npos) << problem();
        world.clock.advance(kHealthInterval);
        EXPECT_EQ(ask(101).kind, ReceiptKind::kRetryLater) << "for ever, not for a while";
        EXPECT_EQ(offering().head.sequence, said) << "nothing is written to it any more";
    }
};

TEST_F(RestartedStore, the_same_logs_are_gone_on_with) {
    start_again();
    EXPECT_EQ(ask(6).kind, ReceiptKind::kAccepted);
    EXPECT_TRUE(intake.service().health().good());
    EXPECT_EQ(offering().head.sequence, 6U);
}

TEST_F(RestartedStore, a_log_that_lost_its_end_stops_everything) {
    offering().records.erase(5);
    offering().head = {4, offering().records[4].link, 1};
    start_again();
    expect_stopped_at("record 5");
}

TEST_F(RestartedStore, a_log_written_anew_stops_everything) {
    auto& log = offering();
    log.records[5].record = Bytes(std::string("another"));
    log.records[5].digest = base::sha256_hex("another");
    log.records[5].link = log.head.link = store::chain_link(log.records[4].link, 5, log.records[5].digest);
    start_again();
    expect_stopped_at("record 5");
}

TEST_F(RestartedStore, a_bit_flipped_in_an_old_record_is_found_behind) {
    offering().records[2].record.value[10] ^= 4;
    start_again();
    expect_stopped_at("record 2");
}

// Between a turn's first look at the store and its commit: the store itself refuses.
TEST_F(RestartedStore, a_commit_on_a_store_that_is_not_verified_yet_is_refused) {
    intake.store.before_commit = [this] {
        start_again();
        offering().records.erase(5);
        offering().head = {4, offering().records[4].link, 1};
    };
    fax.send(6, notice_for(kOffering, "form 6"));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(offering().head.sequence, 4U);
    expect_stopped_at("record 5");
}

TEST_F(RestartedStore, nothing_is_done_upon_events_either_while_it_is_not_verified) {
    intake.handler.falling_due = [](const Surroundings&, const std::string& log, const Context&) {
        Decision decision;
        NoticeConfirmed confirmed;
        confirmed.notice = "fax-1.1";
        if (log == kOffering) decision.add(confirmed);
        return decision;
    };
    offering().records.erase(5);
    offering().head = {4, offering().records[4].link, 1};
    start_again();
    world.clock.advance(kLookInterval);
    expect_stopped_at("record 5");
}

// In pieces: the door answers meanwhile.
TEST_F(RestartedStore, the_rest_is_verified_a_bounded_number_a_turn) {
    for (std::uint64_t number = 1'000; number < 1'000 + 3 * kMaxVerifiedPerTurn; ++number) {
        fax.send(number, watermark(static_cast<std::int64_t>(number)));
        if (number % 200 == 199) {
            ASSERT_TRUE(intake.settle());
            while (fax.receipt()) {}
        }
    }
    ASSERT_TRUE(intake.settle());
    while (fax.receipt()) {}
    world.logs->logs[kDesk].records[1].record.value[0] ^= 1;
    start_again();
    int turns = 0;
    for (; turns < 100 && problem().find("log_damaged") == std::string::npos; ++turns) ASSERT_TRUE(intake.turn());
    EXPECT_LT(turns, 20);
    EXPECT_NE(problem().find("desk, record 1"), std::string::npos) << problem();
}

// ---- what the auditor signed ----

class SignedLogs : public RestartedStore {
protected:
    void SetUp() override {
        RestartedStore::SetUp();
        ASSERT_TRUE(heads::SigningKey::make(world.folder.file("key"), world.folder.file("pub")));
        std::filesystem::create_directory(world.folder.file("heads"));
        files.emplace(world.folder.file("heads"), heads::VerifyingKey::load(world.folder.file("pub")).value());
        sign(kOffering);
    }
    void sign(const std::string& log) {
        const store::Head& head = world.logs->logs[log].head;
        heads::SignedHead line{log, head.epoch, head.sequence, head.link, "2002-06-28T17:00:00Z", ""};
        heads::SigningKey::load(world.folder.file("key"))->sign(line);
        ASSERT_TRUE(files->append(line));
    }
    base::Result<> start_another() {
        another.heads = &*files;
        return another.start();
    }

    std::optional<heads::HeadFiles> files;
    Instance another{world, ServiceName::kIntake, "2"};
};

TEST_F(SignedLogs, a_service_starts_on_the_logs_that_were_signed) {
    const auto started = start_another();
    EXPECT_TRUE(started) << started.error().message;
}

TEST_F(SignedLogs, a_log_that_is_another_than_was_signed_keeps_a_service_from_starting) {
    const store::MemoryLog good = offering();
    const std::pair<const char*, std::function<void()>> rows[] = {
        {"record 5", [&] { offering().records.erase(5), offering().head = {4, offering().records[4].link, 1}; }},
        {"record 1", [&] { world.logs->logs.erase(kOffering); }},
        {"record 5", [&] {
             auto& log = offering();
             log.records[5] = {5, 1, base::sha256_hex(log.records[4].record.view()), "", log.records[4].record};
             log.records[5].link = log.head.link = store::chain_link(log.records[4].link, 5, log.records[5].digest);
         }},
    };
    for (const auto& [record, damage] : rows) {
        offering() = good;
        damage();
        const auto started = start_another();
        ASSERT_FALSE(started) << record;
        EXPECT_EQ(started.error().kind, base::ErrorKind::kCorrupt) << started.error().message;
        EXPECT_NE(started.error().message.find(std::string(kOffering) + " " + record), std::string::npos) << started.error().message;
    }
}

TEST_F(SignedLogs, a_head_that_cannot_be_read_keeps_a_service_from_starting) {
    const std::filesystem::path heads = world.folder.file("heads") + "/" + kOffering + ".heads";
    std::filesystem::remove(heads);
    std::filesystem::create_directory(heads);  // the system refuses to read it
    const auto started = start_another();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, base::ErrorKind::kUnavailable) << started.error().message;
}

TEST_F(SignedLogs, what_the_auditor_found_damaged_stops_a_running_service_and_keeps_others_from_starting) {
    ASSERT_TRUE(start_another());
    ASSERT_TRUE(files->mark_damaged(kOffering, "log " + std::string(kOffering) + ", record 3: its bytes do not have its digest"));
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(another.turn());
    const auto alerts = another.service().health().alerts("intake");
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_EQ(alerts.front().kind, "log_damaged");
    EXPECT_NE(alerts.front().what.find("record 3"), std::string::npos);
    const auto started = start_another();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().message.find("record 3"), std::string::npos) << started.error().message;
}

}  // namespace
}  // namespace rightsdesk::runtime
