// When the store fails, refuses, is behind or is damaged: nothing is acknowledged that is not durable, nothing is lost,
// and what became of a message whose fate was unknown is settled by sending it again.
#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

using DeskTrouble = DeskTest;
using store::MemoryFailure;

bool published_something(const Names& steps) {
    return std::any_of(steps.begin(), steps.end(), [](const std::string& step) { return step.starts_with("publish event/"); });
}

TEST_F(DeskTrouble, an_unreachable_store_is_retry_later_and_nothing_is_published) {
    intake.store.before_commit = [&] { world.logs->fail_next(1'000, MemoryFailure::kBefore); };
    const auto bytes = fax.send(1, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(intake.turn());
    const auto receipt = fax.receipt();
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(receipt->sequence, 0U);
    EXPECT_FALSE(published_something(world.steps));
    EXPECT_EQ(world.head(kDesk), before);
    EXPECT_EQ(intake.book(kDesk).watermark("fax-1"), nullptr) << "what was tried was taken back";

    world.logs->fail_next(0, MemoryFailure::kBefore);
    world.clock.advance(kUnhealthyInterval);
    ASSERT_TRUE(intake.settle());
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->status, "advanced");
}

TEST_F(DeskTrouble, an_answer_of_the_store_that_was_lost_is_settled_by_sending_the_same_again) {
    intake.store.before_commit = [&] { world.logs->fail_next(1, MemoryFailure::kAfter); };
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(world.head(kOffering), 1U) << "it was committed, and nobody knows";
    ASSERT_TRUE(intake.settle());
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    const auto receipt = fax.receipt();
    EXPECT_EQ(receipt->kind, ReceiptKind::kAccepted);
    EXPECT_EQ(receipt->sequence, 1U);
    EXPECT_EQ(world.head(kOffering), 1U);
    EXPECT_NE(intake.book(kOffering).notice("fax-1.1"), nullptr);
}

TEST_F(DeskTrouble, while_the_store_is_away_the_door_answers_and_the_desk_says_what_is_wrong) {
    world.logs->fail_next(1'000'000, MemoryFailure::kBefore);
    bus::MemoryBus bus(world.network);
    const auto alerts = bus.listen({world.feed_of(ServiceName::kIntake)}, world.keys.at("reader"), {"alert/desk/critical/"}).value();
    fax.send(1, watermark(1));
    world.clock.advance(kLookInterval);
    for (int turns = 0; turns < 5; ++turns) ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    const auto told = alerts->receive(10);
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.front().topic, "alert/desk/critical/store_unreachable/");
    const auto alert = wire::decode_published_alert(told.front().bytes).value();
    EXPECT_EQ(alert.alert.number, 0U) << "from memory: there is no store to number it";
    fax.ask(2, AskHealth{});
    ASSERT_TRUE(intake.turn());
    EXPECT_FALSE(std::get<HealthStatus>(fax.reply()->body).healthy);

    world.logs->fail_next(0, MemoryFailure::kBefore);
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    EXPECT_TRUE(intake.service().health().good());
    fax.send(1, watermark(1));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->status, "advanced");
}

// Each call to one that hangs takes as long as the service waits for an answer.
TEST_F(DeskTrouble, a_store_that_does_not_answer_is_asked_once_a_turn_however_many_wait_at_the_door) {
    const std::string other = "orchard-reit-2002";
    world.open_desk({other});
    intake.handler.by_books = true;  // what is routed by them is preceded by a look at every log
    ASSERT_TRUE(intake.settle());
    // Found by the look that is due each second; by what comes in; by what is left from the turn before.
    for (int turn = 1; turn <= 3; ++turn) {
        if (turn == 1) world.clock.advance(kLookInterval);
        world.logs->fail_next(1'000, MemoryFailure::kBefore);
        for (std::uint64_t number = 1; number <= 5; ++number) fax.send(number, notice_for(number % 2 == 0 ? std::string(kOffering) : other));
        fax.ask(6, AskHealth{});
        ASSERT_TRUE(intake.turn());
        EXPECT_EQ(world.logs->failing_calls, 999U) << "turn " << turn;
        for (int answers = 1; answers <= 5; ++answers) EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
        EXPECT_TRUE(fax.reply());
        world.logs->fail_next(0, MemoryFailure::kBefore);
        if (turn > 1) continue;
        world.clock.advance(kUnhealthyInterval);
        ASSERT_TRUE(intake.settle());
    }
}

// Else the stepped time would move while something is left to do that could not be read.
TEST_F(DeskTrouble, nobody_says_idle_while_the_store_does_not_answer) {
    bus::MemoryBus bus(world.network);
    const auto idle = bus.listen({world.feed_of(ServiceName::kIntake)}, world.keys.at("reader"), {"idle/"}).value();
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    EXPECT_FALSE(idle->receive(10).empty());
    world.logs->fail_next(1'000'000, MemoryFailure::kBefore);
    for (int turns = 0; turns < 5; ++turns) {
        world.clock.advance(kLookInterval);
        ASSERT_TRUE(intake.turn());
    }
    EXPECT_TRUE(idle->receive(10).empty());
    world.logs->fail_next(0, MemoryFailure::kBefore);
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    EXPECT_FALSE(idle->receive(10).empty());
}

// As on a cluster, one master of which is down.
TEST_F(DeskTrouble, an_offering_that_is_away_by_itself_waits_and_the_others_go_on) {
    const std::string other = "orchard-reit-2002";
    world.open_desk({other});
    fax.send(1, notice_for(kOffering));
    fax.send(2, notice_for(other));
    ASSERT_TRUE(intake.settle());
    for (int answered = 0; answered < 2; ++answered) ASSERT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);

    world.logs->away = {kOffering};
    const auto waiting = fax.send(3, notice_for(kOffering));
    for (int turns = 0; turns < 5; ++turns) ASSERT_TRUE(intake.turn());
    const auto later = fax.receipt();
    EXPECT_EQ(later->kind, ReceiptKind::kRetryLater);
    EXPECT_NE(later->explanation.find(std::string(kOffering) + " is away"), std::string::npos) << later->explanation;
    fax.send(4, notice_for(other));
    fax.send(5, watermark("2002-06-27T10:00:00"));
    world.clock.advance(kLookInterval);
    for (int turns = 0; turns < 5; ++turns) ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted) << "the desk's own log goes on too";
    EXPECT_TRUE(intake.service().health().good());
    fax.send(waiting);
    for (int turns = 0; turns < 5; ++turns) ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater) << "still";

    world.logs->away.clear();
    world.clock.advance(kAwayInterval);
    fax.send(waiting);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    EXPECT_EQ(world.head(kOffering), 2U);
    EXPECT_EQ(world.head(other), 2U);
}

TEST_F(DeskTrouble, notices_of_two_offerings_go_to_the_store_together_and_when_it_fails_both_wait) {
    const std::string other = "orchard-reit-2002";
    world.open_desk({other});
    ASSERT_TRUE(intake.settle());
    world.steps.clear();
    const auto first = fax.send(1, notice_for(other));
    const auto second = fax.send(2, notice_for(kOffering));
    intake.store.before_commit = [&] { world.logs->fail_next(1'000, MemoryFailure::kBefore); };
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(world.steps, Names({"decide", "decide", "commit " + other + " 1", "answer", "answer"})) << "the second commit is not tried";
    for (int answers = 0; answers < 2; ++answers) EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(intake.book(other).notice("fax-1.1"), nullptr) << "what was tried was taken back";
    EXPECT_EQ(intake.book(kOffering).notice("fax-1.2"), nullptr);

    world.logs->fail_next(0, MemoryFailure::kBefore);
    world.clock.advance(kLookInterval);
    ASSERT_TRUE(intake.settle());
    world.steps.clear();
    fax.send(first);
    fax.send(second);
    ASSERT_TRUE(intake.turn());
    ASSERT_GE(world.steps.size(), 5U);
    EXPECT_EQ(Names(world.steps.begin(), world.steps.begin() + 5), Names({"decide", "decide", "commit " + other + " 1", "commit " + std::string(kOffering) + " 1", "answer"}));
    for (int answers = 0; answers < 2; ++answers) EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    EXPECT_EQ(world.head(other), 1U);
    EXPECT_EQ(world.head(kOffering), 1U);
}

// Machines send again at once. An offering that is back must not be left alone because it is asked for so often.
TEST_F(DeskTrouble, an_offering_that_was_away_is_back_however_often_it_is_asked_for) {
    fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    ASSERT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    world.logs->away = {kOffering};
    const auto waiting = fax.send(2, notice_for(kOffering));
    ASSERT_TRUE(intake.turn());
    ASSERT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    world.logs->away.clear();
    std::optional<Receipt> receipt;
    for (int times = 0; times < 10; ++times) {
        fax.send(waiting);
        ASSERT_TRUE(intake.turn());
        receipt = fax.receipt();
        ASSERT_TRUE(receipt);
        if (receipt->kind == ReceiptKind::kAccepted) break;
        world.clock.advance(kAwayInterval / 2);
    }
    EXPECT_EQ(receipt->kind, ReceiptKind::kAccepted);
}

TEST_F(DeskTrouble, where_the_desk_itself_is_away_everything_waits) {
    fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    ASSERT_EQ(fax.receipt()->kind, ReceiptKind::kAccepted);
    world.logs->away = {kDesk};
    world.clock.advance(kLookInterval);
    fax.send(2, notice_for(kOffering));
    for (int turns = 0; turns < 5; ++turns) ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(world.head(kOffering), 1U);
}

TEST_F(DeskTrouble, a_store_that_is_not_durable_acknowledges_nothing) {
    world.logs->durability.problem = "the setting appendfsync is 'no' and must be 'always'";
    world.clock.advance(kHealthInterval);
    ASSERT_TRUE(intake.settle());
    const auto bytes = fax.send(1, watermark(1));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(world.head(kDesk), before);
    fax.ask(2, AskHealth{});
    ASSERT_TRUE(intake.turn());
    const auto health = std::get<HealthStatus>(fax.reply()->body);
    ASSERT_EQ(health.problems.size(), 1U);
    EXPECT_NE(health.problems[0].find("appendfsync"), std::string::npos) << health.problems[0];

    world.logs->durability.problem.clear();
    world.clock.advance(kUnhealthyInterval);
    ASSERT_TRUE(intake.settle());
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->status, "advanced");
}

TEST_F(DeskTrouble, a_service_does_not_start_on_a_store_that_is_not_durable) {
    world.logs->durability.problem = "appendonly is off";
    Instance clearing(world, ServiceName::kPaymentClearing);
    const auto started = clearing.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, base::ErrorKind::kUnavailable);
    EXPECT_NE(started.error().message.find("appendonly is off"), std::string::npos);
}

// ---- others write too ----

TEST_F(DeskTrouble, what_another_instance_wrote_first_is_read_and_the_command_decided_again_on_it) {
    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    at_other.send(2, watermark("2002-06-27T11:00:00"));
    intake.store.before_commit = [&] { ASSERT_TRUE(other.turn()); };
    fax.send(1, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(intake.settle());
    const auto receipt = fax.receipt();
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->reasons, std::vector<std::string>{"backwards"}) << "decided on the watermark of 11:00, not on what was there before";
    EXPECT_EQ(world.events(kDesk, before), Names({"WatermarkAdvanced", "CommandRefused"}));
    EXPECT_EQ(intake.book(kDesk).watermark("fax-1")->through, new_york("2002-06-27T11:00:00"));
}

TEST_F(DeskTrouble, what_others_wrote_to_other_entities_just_before_is_folded_too) {
    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    at_other.send(2, notice_for(kOffering, "another form"));
    intake.store.before_commit = [&] { ASSERT_TRUE(other.turn()); };
    fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->sequence, 2U);
    EXPECT_NE(intake.book(kOffering).notice("fax-1.1"), nullptr);
    EXPECT_NE(intake.book(kOffering).notice("fax-1.2"), nullptr);
}

// It is committed, but what others wrote just before cannot be read: then its own is read again from there too, and not counted twice.
TEST_F(DeskTrouble, a_store_that_goes_away_between_a_commit_and_what_lies_before_it_ends_nothing) {
    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    at_other.send(2, notice_for(kOffering, "another form"));
    intake.store.before_commit = [&] {
        ASSERT_TRUE(other.turn());
        intake.store.after_commit = [&] { world.logs->fail_next(1'000, MemoryFailure::kBefore); };
    };
    const auto bytes = fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    world.logs->fail_next(0, MemoryFailure::kBefore);
    EXPECT_EQ(world.head(kOffering), 2U);
    world.clock.advance(kUnhealthyInterval);
    world.steps.clear();
    ASSERT_TRUE(intake.settle());
    EXPECT_TRUE(published_something(world.steps)) << "who listens hears of it now";
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->sequence, 2U);
    expect_as_stored(world, intake, kOffering);
}

TEST_F(DeskTrouble, what_others_wrote_just_before_and_that_does_not_come_at_one_asking_is_read_with_ones_own) {
    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    for (std::uint64_t number = 2; number <= 4; ++number) at_other.send(number, notice_for(kOffering, "form " + std::to_string(number)));
    intake.store.before_commit = [&] { ASSERT_TRUE(other.turn()); };
    intake.store.longest_page = 1;
    fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->sequence, 4U);
    EXPECT_TRUE(published_something(world.steps));
    expect_as_stored(world, intake, kOffering);
}

TEST_F(DeskTrouble, the_same_message_at_two_instances_is_committed_once_and_both_give_the_same_receipt) {
    Instance other(world, ServiceName::kIntake, "2");
    ASSERT_TRUE(other.start());
    Knocking at_other(world, "fax-1", ServiceName::kIntake, "2");
    const auto bytes = fax.send(1, notice_for(kOffering));
    at_other.send(bytes);
    intake.store.before_commit = [&] { ASSERT_TRUE(other.turn()); };
    ASSERT_TRUE(intake.settle());
    const auto receipt = fax.answer();
    ASSERT_TRUE(receipt);
    EXPECT_EQ(at_other.answer(), receipt);
    EXPECT_EQ(world.head(kOffering), 1U);
}

TEST_F(DeskTrouble, a_log_fenced_by_another_epoch_is_retry_later_and_never_written) {
    world.logs->logs[kDesk].head.epoch = 2;
    const auto bytes = fax.send(1, watermark(1));
    for (int turns = 0; turns < 5; ++turns) ASSERT_TRUE(intake.turn());
    EXPECT_EQ(fax.receipt()->kind, ReceiptKind::kRetryLater);
    EXPECT_EQ(world.head(kDesk), before);
    EXPECT_FALSE(published_something(world.steps));

    world.logs->logs[kDesk].head.epoch = 1;
    ASSERT_TRUE(intake.settle());
    fax.send(bytes);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(fax.receipt()->status, "advanced");
}

// ---- damage ----

TEST_F(DeskTrouble, a_damaged_log_ends_the_service_at_its_start) {
    struct Row {
        const char* what;
        std::function<void(store::MemoryLog&)> damage;
    };
    fax.send(1, watermark(1));
    ASSERT_TRUE(intake.settle());
    const store::MemoryLog good = world.logs->logs[kDesk];
    for (const Row& row : {Row{"an octet changed", [](auto& log) { log.records.at(2).record.value[40] ^= 1; }},
                           Row{"another digest", [](auto& log) { log.records.at(2).digest = base::sha256_hex("other"); }},
                           Row{"another link", [](auto& log) { log.records.at(2).link = std::string(40, '0'); }},
                           Row{"a record gone", [](auto& log) { log.records.erase(2); }}}) {
        world.logs->logs[kDesk] = good;
        row.damage(world.logs->logs[kDesk]);
        Instance clearing(world, ServiceName::kPaymentClearing);
        const auto started = clearing.start();
        ASSERT_FALSE(started) << row.what;
        EXPECT_EQ(started.error().kind, base::ErrorKind::kCorrupt) << row.what << ": " << started.error().message;
        EXPECT_NE(started.error().message.find(kDesk), std::string::npos) << row.what;
    }
}

TEST_F(DeskTrouble, damage_that_appears_while_it_runs_ends_the_service) {
    Instance other(world, ServiceName::kPaymentClearing);
    ASSERT_TRUE(other.start());
    world.network->drop_feeds(true);
    fax.send(1, watermark(1));
    ASSERT_TRUE(intake.settle());
    world.logs->logs[kDesk].records.at(before + 1).record.value[40] ^= 1;
    world.clock.advance(kLookInterval);
    const auto turned = other.turn();
    ASSERT_FALSE(turned);
    EXPECT_EQ(turned.error().kind, base::ErrorKind::kCorrupt);
}

// ---- what a real store may do ----

TEST_F(DeskTrouble, records_that_come_few_at_a_time_are_all_read) {
    intake.handler.deciding = [](const Surroundings& around, const std::string& log, const Command& command, const Context& context) {
        Decision decision = TestHandler::decide_simply(around, log, command, context);
        return decision.add(AlertsSilenced{Silence{"alert/" + std::to_string(context.identity.sequence), Instant(1), "alice"}});
    };
    for (std::uint64_t sequence = 1; sequence <= 5; ++sequence) fax.send(sequence, notice_for(kOffering));
    ASSERT_TRUE(intake.settle());
    for (const std::size_t page : {1U, 2U, 3U, 1'024U}) {
        Instance clearing(world, ServiceName::kPaymentClearing);
        clearing.store.longest_page = page;  // in the midst of an item's two records
        const auto started = clearing.start();
        ASSERT_TRUE(started) << "pages of " << page << ": " << started.error().message;
        EXPECT_EQ(clearing.book(kOffering).entities(), intake.book(kOffering).entities()) << "pages of " << page;
    }
}

}  // namespace
}  // namespace rightsdesk::runtime
