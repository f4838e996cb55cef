// The world around a service: a clock that steps, disks without room, a store without memory or slow, others that stand still.
#include "domain/quarantine.h"
#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

constexpr auto kHour = 3'600s;

class DeskWatch : public testing::Test {
protected:
    void SetUp() override {
        world.open_desk({kOffering});
        hour = world.clock.at + Instant(std::chrono::nanoseconds(kHour).count());
        monitor.settings.watch.run_folder = world.folder.path();
        monitor.handler.falling_due = [this](const Surroundings& around, const std::string& log, const Context& context) {
            Decision decision;
            if (log == kOffering && context.now >= hour && around.books.book(log).silence("the hour") == nullptr) {
                decision.add(AlertsSilenced{Silence{"the hour", context.now, "time"}});
            }
            return decision;
        };
        monitor.handler.deciding = [](const Surroundings& around, const std::string&, const Command& command, const Context& context) {
            if (const auto* accepting = std::get_if<AcceptClock>(&command)) return accept_clock(around.books.desk, *accepting, context);
            return advance_watermark(around.books.desk, context.now, context);
        };
        monitor.handler.routing = [](const Surroundings&, const Command&) { return std::string(kDesk); };
    }
    void start() { ASSERT_TRUE(monitor.start()); }
    void pass(std::chrono::milliseconds time) {
        for (auto left = time; left > 0ms; left -= 500ms) {
            world.clock.advance(std::min(left, std::chrono::milliseconds(500)));
            ASSERT_TRUE(monitor.settle());
        }
    }
    [[nodiscard]] bool acted() const { return monitor.book(kOffering).silence("the hour") != nullptr; }
    // What it says is wrong: "clock_stepped critical".
    [[nodiscard]] Names wrong() const {
        Names kinds;
        for (const Alert& alert : monitor.service().health().alerts("deadline_monitor")) kinds.push_back(alert.kind + " " + base::to_text(alert.severity));
        return kinds;
    }
    [[nodiscard]] std::string said() const {
        const auto alerts = monitor.service().health().alerts("deadline_monitor");
        return alerts.empty() ? "" : alerts.front().what;
    }
    // A command that is decided, or told to come again later.
    ReceiptKind knock() {
        alice.send(++asked, OpenOffering{"another"});
        EXPECT_TRUE(monitor.settle());
        const auto receipt = alice.receipt();
        EXPECT_TRUE(receipt);
        return receipt ? receipt->kind : ReceiptKind::kConflict;
    }
    std::string accept(Instant time) {
        alice.send(++asked, AcceptClock{time, "compared with another clock"});
        EXPECT_TRUE(monitor.settle());
        const auto receipt = alice.receipt();
        EXPECT_TRUE(receipt);
        pass(1s);
        return receipt ? receipt->status : "";
    }

    DeskWorld world;
    Instance monitor{world, ServiceName::kDeadlineMonitor};
    Knocking alice{world, "alice", ServiceName::kDeadlineMonitor};
    Instant hour;
    std::uint64_t asked = 100;
};

// ---- the clock ----

TEST_F(DeskWatch, a_clock_that_jumps_forward_does_not_act_on_the_hour) {
    start();
    world.clock.step(2 * kHour);
    ASSERT_TRUE(monitor.settle());
    EXPECT_FALSE(acted());
    EXPECT_EQ(wrong(), Names({"clock_stepped critical"}));
    EXPECT_NE(said().find("forward by 7200.0 s"), std::string::npos) << said();
    pass(10s);
    EXPECT_FALSE(acted());
    EXPECT_EQ(knock(), ReceiptKind::kRetryLater) << "nothing is judged by it either";

    world.clock.step(-2 * kHour);
    pass(1s);
    EXPECT_EQ(wrong(), Names());
    EXPECT_EQ(knock(), ReceiptKind::kAccepted);
    EXPECT_FALSE(acted());
    pass(kHour);
    EXPECT_TRUE(acted()) << "when it is time";
}

TEST_F(DeskWatch, a_jump_forward_in_the_midst_of_a_turn_does_not_act_on_the_hour) {
    start();
    const Instant honest = world.clock.at;
    Instant told;
    monitor.handler.deciding = [&](const Surroundings& around, const std::string&, const Command&, const Context& context) {
        told = context.now;
        world.clock.step(2 * kHour);  // between a decision and what is due in the same turn
        return advance_watermark(around.books.desk, context.now, context);
    };
    alice.send(++asked, OpenOffering{"another"});
    ASSERT_TRUE(monitor.turn());
    EXPECT_EQ(told, honest);
    for (int turns = 0; turns < 10; ++turns) ASSERT_TRUE(monitor.turn());
    EXPECT_FALSE(acted());
    EXPECT_EQ(wrong(), Names({"clock_stepped critical"}));
}

TEST_F(DeskWatch, a_person_may_say_that_the_clock_is_right_as_it_is) {
    start();
    world.clock.step(2 * kHour);
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(accept(world.clock.at - Instant(std::chrono::nanoseconds(kHour).count())), "accepted");
    EXPECT_EQ(wrong(), Names({"clock_stepped critical"})) << "the clock does not show what the person says";
    EXPECT_FALSE(acted());
    EXPECT_EQ(accept(world.clock.at), "accepted");
    EXPECT_EQ(wrong(), Names());
    EXPECT_TRUE(acted()) << "it is past the hour then";
    const Names events = world.events(kDesk);
    EXPECT_EQ(std::count(events.begin(), events.end(), "ClockAccepted"), 2) << "both are on record";
}

TEST_F(DeskWatch, a_clock_that_jumps_back_is_told_of_too) {
    start();
    world.clock.step(-kHour);
    pass(1s);
    EXPECT_EQ(wrong(), Names({"clock_stepped critical"}));
    EXPECT_NE(said().find("back by 3600.0 s"), std::string::npos) << said();
}

TEST_F(DeskWatch, a_step_while_the_service_was_away_is_seen_when_it_starts) {
    start();
    pass(1s);
    monitor.die();
    world.clock.advance(60s);
    world.clock.step(2 * kHour);
    start();
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(wrong(), Names({"clock_stepped critical"}));
    EXPECT_FALSE(acted());
}

TEST_F(DeskWatch, a_clock_before_the_last_record_is_no_clock_to_act_by) {
    const Instant honest = world.clock.at;
    world.clock.step(-2 * kHour);
    world.clock.boot_id = "after a power cut";
    start();
    pass(1s);
    EXPECT_EQ(wrong(), Names({"clock_behind_log critical"}));
    EXPECT_EQ(knock(), ReceiptKind::kRetryLater);
    world.clock.at = honest;
    monitor.die();
    start();
    pass(1s);
    EXPECT_EQ(monitor.service().health().has("clock_behind_log"), false);
}

TEST_F(DeskWatch, where_it_is_required_the_kernel_must_say_that_the_clock_is_synchronised) {
    monitor.settings.watch.require_synchronised = true;
    world.clock.kernel = {false, 16s};
    start();
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(wrong(), Names({"clock_unsynchronised critical"}));
    EXPECT_EQ(knock(), ReceiptKind::kRetryLater);
    world.clock.kernel = {true, 5s};
    pass(1s);
    EXPECT_EQ(wrong(), Names({"clock_unsynchronised critical"})) << "that may be off by more than the tolerance";
    world.clock.kernel = {true, 10ms};
    pass(1s);
    EXPECT_EQ(wrong(), Names());
    EXPECT_EQ(knock(), ReceiptKind::kAccepted);

    // Setting the clock makes the kernel call it unsynchronised, until who synchronises it agrees.
    world.clock.step(2 * kHour);
    world.clock.kernel = {false, 16s};
    pass(60s);
    EXPECT_EQ(wrong(), Names({"clock_stepped critical", "clock_unsynchronised critical"}));
    EXPECT_FALSE(acted());
    world.clock.kernel = {true, 10ms};
    pass(3s);
    EXPECT_FALSE(acted()) << "for some seconds";
    pass(10s);
    EXPECT_EQ(wrong(), Names());
    EXPECT_TRUE(acted());
}

TEST_F(DeskWatch, the_stores_clock_is_a_second_opinion) {
    const auto store_says = [&](Instant time) { world.logs->durability.time = std::chrono::nanoseconds(time.value); };
    store_says(world.clock.at);
    start();
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(wrong(), Names());
    world.clock.advance(kHealthInterval);
    store_says(world.clock.at + Instant(std::chrono::nanoseconds(kHour).count()));
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(wrong(), Names({"clock_disagrees critical"}));
    EXPECT_EQ(knock(), ReceiptKind::kRetryLater);
    world.clock.advance(kHealthInterval);
    store_says(world.clock.at);
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(wrong(), Names());
}

TEST_F(DeskWatch, a_store_on_another_host_that_agrees_ends_the_doubt) {
    monitor.settings.watch.store_elsewhere = true;
    start();
    ASSERT_TRUE(monitor.settle());
    world.clock.step(2 * kHour);
    for (int second = 0; second < 20; ++second) {
        world.logs->durability.time = std::chrono::nanoseconds(world.clock.at.value) + 1s;
        pass(1s);
    }
    EXPECT_EQ(wrong(), Names());
    EXPECT_TRUE(acted());
}

TEST_F(DeskWatch, the_stepped_clock_is_nobodys_to_set) {
    DeskWorld other;
    Instance stepped(other, ServiceName::kDeadlineMonitor);
    stepped.settings.clock = ClockMode::kStepped;
    stepped.settings.watch.require_synchronised = true;
    other.clock.kernel = {false, 16s};
    ASSERT_TRUE(stepped.start());
    other.clock.step(kHour);
    other.clock.advance(kHealthInterval);
    ASSERT_TRUE(stepped.settle());
    EXPECT_TRUE(stepped.service().health().good());
}

// ---- the disks ----

TEST_F(DeskWatch, before_a_disk_is_full_nothing_is_acknowledged_any_more) {
    monitor.settings.watch.folders = {world.folder.path() + "/not/there/yet"};
    monitor.settings.watch.least_free_disk = 1ULL << 60U;
    start();
    pass(1s);
    EXPECT_EQ(wrong(), Names({"disk_nearly_full critical"}));
    EXPECT_NE(said().find(world.folder.path()), std::string::npos) << said();
    const store::Sequence head = world.head(kDesk);
    EXPECT_EQ(knock(), ReceiptKind::kRetryLater);
    EXPECT_EQ(world.head(kDesk), head) << "nothing is written";
}

TEST(DiskRoomTest, wants_an_eighth_more_before_all_is_well_again) {
    std::uint64_t room = 1'000;
    DiskRoom disk("/var", 800, [&](const std::string&) { return base::Result<std::uint64_t>(room); });
    const auto well = [&](std::uint64_t octets) {
        room = octets;
        return !disk.look();
    };
    EXPECT_TRUE(well(800));
    EXPECT_FALSE(well(799));
    EXPECT_FALSE(well(899)) << "or it would come and go with every file";
    EXPECT_TRUE(well(900));
    EXPECT_TRUE(well(800));
    DiskRoom lost("/var", 800, [](const std::string&) -> base::Result<std::uint64_t> { return base::unavailable("an i/o error"); });
    EXPECT_NE(lost.look()->find("an i/o error"), std::string::npos);
    EXPECT_GT(free_octets("/").value(), 0U);
    EXPECT_EQ(free_octets("/no/such/folder").value(), free_octets("/").value());
}

TEST(CommitPaceTest, tells_of_a_disk_that_stays_slow_and_not_of_one_slow_write) {
    CommitPace pace(500ms);
    pace.took(4s, 10s);
    EXPECT_FALSE(pace.look(10s)) << "one";
    pace.took(1ms, 11s);
    for (int second = 12; second < 15; ++second) pace.took(800ms, std::chrono::seconds(second));
    EXPECT_FALSE(pace.look(15s)) << "not long enough";
    pace.took(900ms, 16s);
    const auto told = pace.look(16s);
    ASSERT_TRUE(told);
    EXPECT_NE(told->find("takes 900 ms, the longest 4000 ms"), std::string::npos) << *told;
    pace.took(1ms, 17s);
    EXPECT_TRUE(pace.look(20s)) << "one quick write is no end of it";
    EXPECT_FALSE(pace.look(27s));
}

TEST_F(DeskWatch, a_store_whose_disk_stays_slow_is_told_of_and_stops_nothing) {
    start();
    const auto knock_while_commits_take = [&](std::chrono::milliseconds time) {
        monitor.store.commits_take = time;
        EXPECT_EQ(knock(), ReceiptKind::kAccepted);
        monitor.store.commits_take = 0ms;
    };
    knock_while_commits_take(4s);
    pass(1s);
    knock_while_commits_take(1ms);
    EXPECT_EQ(wrong(), Names()) << "one slow write is none";
    for (int times = 0; times < 5; ++times) knock_while_commits_take(900ms);
    pass(1s);
    EXPECT_EQ(wrong(), Names({"disk_slow warning"}));
    EXPECT_NE(said().find("a durable write takes 900 ms, the longest 4000 ms; 500 ms is what it may take"), std::string::npos) << said();
    EXPECT_TRUE(monitor.service().health().good()) << "everybody waits, and is answered";
    knock_while_commits_take(1ms);
    pass(5s);
    EXPECT_EQ(wrong(), Names({"disk_slow warning"})) << "one quick write is no end of it";
    pass(10s);
    EXPECT_EQ(wrong(), Names());
}

// ---- the store's memory ----

TEST_F(DeskWatch, a_store_that_runs_out_of_memory_is_told_of_before_and_stops_the_desk_in_time) {
    world.logs->durability.max_memory = 1'000;
    const auto used = [&](std::uint64_t octets) {
        world.logs->durability.used_memory = octets;
        world.clock.advance(kHealthInterval);
        EXPECT_TRUE(monitor.settle());
        return wrong();
    };
    start();
    EXPECT_EQ(used(849), Names());
    EXPECT_EQ(used(850), Names({"store_memory_low warning"}));
    EXPECT_EQ(knock(), ReceiptKind::kAccepted) << "that stops nothing";
    EXPECT_EQ(used(970), Names({"store_full_memory critical"}));
    EXPECT_EQ(knock(), ReceiptKind::kRetryLater);
    EXPECT_EQ(used(960), Names({"store_full_memory critical"})) << "not at every octet";
    EXPECT_EQ(used(949), Names({"store_memory_low warning"}));
    EXPECT_EQ(knock(), ReceiptKind::kAccepted);
}

// ---- the others ----

TEST_F(DeskWatch, a_service_that_is_behind_and_does_not_move_is_told_of_by_the_others) {
    const auto all_others_follow = [&](bool notification_too) {
        for (const char* service : {"intake", "payment_clearing", "notification"}) {
            if (service == std::string("notification") && !notification_too) continue;
            world.logs->logs[kDesk].cursors[std::string(service) + "/desk"] = world.head(kDesk);
            for (const char* source : {"desk", kOffering}) world.logs->logs[kOffering].cursors[std::string(service) + "/" + source] = world.head(source);
        }
    };
    start();
    all_others_follow(true);
    pass(60s);
    EXPECT_EQ(wrong(), Names()) << "nobody is behind";
    EXPECT_EQ(knock(), ReceiptKind::kAccepted);
    all_others_follow(false);
    pass(20s);
    EXPECT_EQ(wrong(), Names()) << "not for long";
    pass(20s);
    EXPECT_EQ(wrong(), Names({"consumer_stuck critical"}));
    EXPECT_NE(said().find("notification has taken in"), std::string::npos) << said();
    EXPECT_NE(said().find("of desk"), std::string::npos) << said();
    EXPECT_EQ(knock(), ReceiptKind::kAccepted) << "it stops nothing";
    all_others_follow(true);
    pass(6s);
    EXPECT_EQ(wrong(), Names());
}

}  // namespace
}  // namespace rightsdesk::runtime
