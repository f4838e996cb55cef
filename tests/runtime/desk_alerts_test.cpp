// Which alerts a service publishes: what is held or silenced is recorded and not sent; its release and its end are.
#include <deque>

#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

class DeskPublishing : public DeskTest {
protected:
    DeskPublishing() {
        intake.handler.falling_due = [this](const Surroundings&, const std::string& log, const Context&) {
            Decision decision;
            if (log != kOffering || next_.empty()) return decision;
            decision.add(next_.front());
            next_.pop_front();
            return decision;
        };
    }

    static Alert alert(std::uint64_t number, const std::string& kind) {
        Alert made;
        made.number = number;
        made.severity = Severity::kWarning;
        made.kind = kind;
        made.cause = kind + "/" + std::to_string(number);
        made.raised_at = Instant(1);
        return made;
    }
    // The topics of what goes out when this is committed.
    Names published(const Event& event) {
        next_.push_back(event);
        world.steps.clear();
        world.clock.advance(2s);
        EXPECT_TRUE(intake.settle());
        EXPECT_TRUE(next_.empty());
        Names topics;
        for (const std::string& step : world.steps) {
            if (step.starts_with("publish alert/")) topics.push_back(step.substr(std::string("publish ").size()));
        }
        return topics;
    }

    std::deque<Event> next_;
};

const Names kNear = {"alert/rare-medium-2002/warning/expiration_near/"};
const Names kNothingSent;

TEST_F(DeskPublishing, an_alert_goes_out_when_it_is_raised_acknowledged_and_resolved) {
    EXPECT_EQ(published(AlertRaised{alert(1, "expiration_near")}), kNear);
    EXPECT_EQ(published(AlertAcknowledged{1, "alice", "bob", "he looks", Instant(2)}), kNear);
    const auto listener = bus::MemoryBus(world.network).listen({world.feed_of(ServiceName::kIntake)}, world.keys.at("reader"), {"alert/"}).value();
    EXPECT_EQ(published(AlertResolved{1, "the hour has come", Instant(3), true}), kNear);
    const auto heard = listener->receive(10);
    ASSERT_EQ(heard.size(), 1U);
    const Alert told = wire::decode_published_alert(heard.front().bytes)->alert;
    EXPECT_EQ(told.resolved_at, Instant(3));
    EXPECT_EQ(told.resolved_because, "the hour has come");
    EXPECT_EQ(told.owner, "bob");
}

TEST_F(DeskPublishing, what_is_held_goes_out_when_it_is_released) {
    Alert held = alert(1, "expiration_near");
    held.held_since = Instant(1);
    EXPECT_EQ(published(AlertRaised{held}), kNothingSent);
    EXPECT_EQ(published(AlertReleased{1, Instant(2), std::nullopt}), kNear);
    EXPECT_EQ(published(AlertResolved{1, "the hour has come", Instant(3), true}), kNear);
}

TEST_F(DeskPublishing, what_ends_while_it_is_held_is_never_heard_of) {
    Alert held = alert(1, "expiration_near");
    held.held_since = Instant(1);
    EXPECT_EQ(published(AlertRaised{held}), kNothingSent);
    EXPECT_EQ(published(AlertResolved{1, "the hour has come", Instant(3), true}), kNothingSent);
}

TEST_F(DeskPublishing, a_silence_that_is_lifted_lets_out_what_comes_then) {
    const Instant until(world.clock.at.value + 3'600'000'000'000);
    published(AlertsSilenced{Silence{"alert/rare-medium-2002/", until, "alice", "a test", world.clock.at}});
    EXPECT_EQ(published(AlertRaised{alert(1, "expiration_near")}), kNothingSent);
    published(SilenceLifted{"alert/rare-medium-2002/", "alice", "it is over", world.clock.at});
    EXPECT_EQ(published(AlertRaised{alert(2, "expiration_near")}), kNear);
    expect_as_stored(world, intake, kOffering);
}

}  // namespace
}  // namespace rightsdesk::runtime
