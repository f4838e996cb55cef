// Whose clock decides: the system's or the one that is stepped.
#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

TEST(DeskClockMode, is_fixed_when_the_store_is_made) {
    DeskWorld world;
    Instance early(world, ServiceName::kIntake);
    const auto too_early = early.start();
    ASSERT_FALSE(too_early);
    EXPECT_EQ(too_early.error().kind, base::ErrorKind::kUnavailable) << "the deadline monitor makes the clock: try again";
    world.open_desk({});
    Instance stepped(world, ServiceName::kIntake);
    stepped.settings.clock = ClockMode::kStepped;
    const auto other_mode = stepped.start();
    ASSERT_FALSE(other_mode);
    EXPECT_EQ(other_mode.error().kind, base::ErrorKind::kInvalid);
    EXPECT_NE(other_mode.error().message.find("stepped"), std::string::npos);
    EXPECT_EQ(world.events(kDesk), Names({"DeskOpened"}));
}

TEST(DeskClockMode, on_the_stepped_clock_the_log_tells_the_time) {
    DeskWorld world;
    Instance monitor(world, ServiceName::kDeadlineMonitor);
    monitor.settings.clock = ClockMode::kStepped;
    monitor.handler.deciding = [](const Surroundings&, const std::string&, const Command& command, const Context&) {
        Decision decision;
        return decision.add(TimeStepped{std::get<StepTime>(command).to});
    };
    Instant told;
    monitor.handler.falling_due = [&](const Surroundings&, const std::string&, const Context& context) {
        told = context.now;
        return Decision{};
    };
    ASSERT_TRUE(monitor.start());
    world.hold_key("clock", {Role::kClock});
    Knocking clock(world, "clock", ServiceName::kDeadlineMonitor);
    clock.send(1, StepTime{new_york("2002-06-28T17:00:00")});
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(clock.receipt()->status, "stepped");
    world.clock.advance(10s);
    ASSERT_TRUE(monitor.settle());
    EXPECT_EQ(told, new_york("2002-06-28T17:00:00")) << "the system's clock went on, the desk's did not";
}

// A monitor that lists the offering and steps the time as it is told, and an intake that does not hear of the step.
class SteppedDesk : public testing::Test {
protected:
    SteppedDesk() : monitor(world, ServiceName::kDeadlineMonitor), intake(world, ServiceName::kIntake) {
        monitor.settings.clock = intake.settings.clock = ClockMode::kStepped;
        monitor.handler.deciding = [](const Surroundings&, const std::string&, const Command& command, const Context&) {
            const auto* step = std::get_if<StepTime>(&command);
            Decision decision;
            return step == nullptr ? decision.add(OfferingListed{ListedOffering{kOffering, "", "", {}}}) : decision.add(TimeStepped{step->to});
        };
        world.hold_key("clock", {Role::kClock});
    }

    void start_with_an_offering_listed() {
        ASSERT_TRUE(monitor.start());
        Knocking alice(world, "alice", ServiceName::kDeadlineMonitor);
        alice.send(1, OpenOffering{});
        ASSERT_TRUE(monitor.settle());
        ASSERT_TRUE(intake.start());
        ASSERT_TRUE(intake.settle());
    }
    void step_unheard() {
        world.network->drop_feeds(true);
        Knocking clock(world, "clock", ServiceName::kDeadlineMonitor);
        clock.send(1, StepTime{then});
        ASSERT_TRUE(monitor.turn());
        ASSERT_EQ(clock.receipt()->status, "stepped");
    }

    DeskWorld world;
    const Instant then = new_york("2002-06-28T17:00:00");
    Instance monitor, intake;
};

// What was heard of an offering may have been decided after a step that was not heard.
TEST_F(SteppedDesk, nothing_is_decided_at_a_time_before_that_of_what_it_follows_from) {
    monitor.handler.falling_due = [&](const Surroundings& around, const std::string& log, const Context& context) {
        Decision decision;
        if (log == kDesk || context.now != then || around.books.book(log).notice("fax-1.1") != nullptr) return decision;
        world.network->drop_feeds(false);  // the step was not heard, what fell due at it will be
        return decision.add(a_notice().decided());
    };
    Instant reacted_at;
    intake.handler.reacting = [&](const Surroundings&, const std::string& target, const std::string& source, const Record&, const Context& context) {
        if (target == kOffering && source == kOffering) reacted_at = context.now;
        return Decision{};
    };
    start_with_an_offering_listed();
    step_unheard();
    ASSERT_EQ(world.head(kOffering), 1U);
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(reacted_at, then);
}

// Who has the step's receipt may send the next message at once.
TEST_F(SteppedDesk, what_is_sent_after_a_step_is_decided_after_it_also_where_the_step_was_not_heard) {
    Instant decided_at;
    intake.handler.deciding = [&](const Surroundings&, const std::string&, const Command&, const Context& context) {
        decided_at = context.now;
        Decision decision;
        return decision.add(a_notice().decided());
    };
    start_with_an_offering_listed();
    step_unheard();
    Knocking fax(world, "fax-1", ServiceName::kIntake);
    fax.send(1, notice_for(kOffering));
    ASSERT_TRUE(intake.turn());
    EXPECT_EQ(decided_at, then);
}

TEST(DeskClockMode, the_step_waits_for_every_service_and_names_who_is_missing) {
    DeskWorld world;
    Instance monitor(world, ServiceName::kDeadlineMonitor);
    Names waiting;
    monitor.record_waiting(waiting);
    ASSERT_TRUE(monitor.start());
    Instance intake(world, ServiceName::kIntake);
    Instance clearing(world, ServiceName::kPaymentClearing);
    Instance notification(world, ServiceName::kNotification);
    const auto let_all_turn = [&](const std::vector<Instance*>& services) {
        for (int round = 0; round < 3; ++round) {
            world.clock.advance(kLookInterval);
            for (Instance* service : services) ASSERT_TRUE(service->settle());
        }
    };
    ASSERT_TRUE(intake.start());
    ASSERT_TRUE(clearing.start());
    let_all_turn({&monitor, &intake, &clearing});
    EXPECT_EQ(waiting, Names{"notification at desk: 0 of 1"});
    ASSERT_TRUE(notification.start());
    let_all_turn({&monitor, &intake, &clearing, &notification});
    EXPECT_EQ(waiting, Names{});
}

}  // namespace
}  // namespace rightsdesk::runtime
