// What goes outside while the outside is away, comes back, and while notification dies in the act: on the stepped clock, over the whole suite in one process.
#include <gtest/gtest.h>

#include "support/builders.h"
#include "support/fake_outside.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::kDesk;
using domain::SendingStatus;
using domain::ServiceName;
using support::new_york;

constexpr std::size_t kNotification = 3;  // among the services

class WaysOut : public testing::Test {
protected:
    WaysOut() {
        suite.make_notification = [this]() -> std::unique_ptr<runtime::Handler> {
            std::vector<notification::WaySettings> ways(2);
            ways[0].way.name = "mail";
            ways[0].way.news.insert(domain::SendingNews::kAcknowledged);
            ways[0].from = "rightsdesk@example.com";
            ways[0].to = {"desk@example.com"};
            ways[1].way.name = "hook";
            ways[1].way.type = domain::WayType::kWebhook;
            ways[1].key = std::string(32, 'k');
            return std::make_unique<notification::Notification>(notification::GoingOut(ways, std::make_unique<support::FakeOutside>(world)));
        };
        suite.die_and_return(kNotification);
        suite.settle();
        suite.step_to(new_york("2002-06-28T10:00:00"));
    }
    // What came of the outside is looked for once a second at least.
    void go_on() {
        constexpr int kRounds = 12;
        suite.turn_others(kRounds);
        suite.settle();
    }
    void step_to(domain::Instant time) {
        suite.step_to(time);
        go_on();
    }
    // A gateway uses a number twice: one critical alert.
    void something_happens() {
        ++happened_;
        for (const std::int64_t through : {1, 2}) (void)suite.send("fax-1", happened_, ServiceName::kIntake, domain::AdvanceWatermark{domain::Instant(static_cast<std::int64_t>(happened_) * 10 + through)});
        go_on();
    }
    void acknowledge(std::uint64_t number) {
        (void)suite.send("alice", number, ServiceName::kNotification, domain::AcknowledgeAlert{kDesk, number});
        suite.settle();
    }
    // What the book says was intended by a way, in order.
    std::vector<std::string> intended(const std::string& way) {
        std::vector<std::string> ids;
        for (std::uint64_t number = 1; number <= suite.book(kDesk)->sendings_on(way).last; ++number) ids.push_back(domain::sending_id(kDesk, way, number));
        return ids;
    }
    std::size_t waiting(const std::string& way) { return suite.book(kDesk)->sendings_on(way).waiting.size(); }

    std::shared_ptr<support::OutsideWorld> world = std::make_shared<support::OutsideWorld>();
    support::SuiteInProcess suite;

private:
    std::uint64_t happened_ = 0;
};

TEST_F(WaysOut, that_were_down_for_an_hour_deliver_all_in_order_once_each) {
    something_happens();
    ASSERT_EQ(world->received["mail"].size(), 1U);
    world->down = {"mail", "hook"};
    for (int minute = 1; minute <= 60; ++minute) {
        step_to(domain::Instant(new_york("2002-06-28T10:00:00").value + minute * domain::kNanosecondsPerMinute));
        if (minute % 7 == 0) something_happens();
        if (minute == 30) suite.die_and_return(kNotification);
        if (minute == 40) acknowledge(2);
    }
    EXPECT_EQ(world->received["mail"].size(), 1U);
    EXPECT_NE(suite.book(kDesk)->open_alert_of("way/mail"), 0U) << "people are told that it stands still";
    EXPECT_GE(waiting("mail"), 9U);
    world->down.clear();
    step_to(new_york("2002-06-28T11:06:00"));
    for (const char* way : {"mail", "hook"}) {
        EXPECT_EQ(waiting(way), 0U);
        EXPECT_EQ(world->received[way], intended(way)) << "all of it, in order, once";
    }
    EXPECT_EQ(suite.book(kDesk)->open_alert_of("way/mail"), 0U);
    EXPECT_EQ(suite.verify(kDesk), "");
}

TEST_F(WaysOut, one_that_fails_does_not_hold_up_the_other) {
    world->down = {"mail"};
    something_happens();
    EXPECT_EQ(world->received["hook"].size(), 1U);
    EXPECT_EQ(waiting("mail"), 1U);
}

TEST_F(WaysOut, a_death_in_the_act_loses_nothing_and_what_comes_twice_is_the_same) {
    world->answers_are_lost = true;
    something_happens();
    ASSERT_EQ(world->received["hook"].size(), 1U);
    EXPECT_EQ(waiting("hook"), 1U) << "nobody knows whether it arrived";
    world->answers_are_lost = false;
    suite.die_and_return(kNotification);
    go_on();
    ASSERT_EQ(world->received["hook"].size(), 2U);
    EXPECT_EQ(world->received["hook"][0], world->received["hook"][1]) << "one id";
    EXPECT_EQ(world->bodies["hook"][0], world->bodies["hook"][1]) << "and one body";
    EXPECT_EQ(waiting("hook"), 0U);
    suite.die_and_return(kNotification);
    go_on();
    EXPECT_EQ(world->received["hook"].size(), 2U) << "what arrived is not sent again";
    EXPECT_EQ(suite.verify(kDesk), "");
}

}  // namespace
}  // namespace rightsdesk
