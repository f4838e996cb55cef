// What people do about alerts, through notification's door over the whole suite in one process; what nobody does is told again, once, however often services die.
#include <gtest/gtest.h>

#include "domain/silencing.h"
#include "support/builders.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::kDesk;
using domain::ReceiptKind;
using domain::ServiceName;
using support::new_york;

// A desk on which a gateway used a number twice: one critical alert, to be in hand within the hour.
class AlertsAnswered : public testing::Test {
protected:
    AlertsAnswered() {
        suite.step_to(new_york("2002-06-28T10:00:00"));
        for (const std::int64_t through : {1, 2}) (void)suite.send("fax-1", 1, ServiceName::kIntake, domain::AdvanceWatermark{domain::Instant(through)});
        suite.settle();
    }
    domain::Receipt say(const domain::Command& command) {
        const domain::Receipt receipt = suite.send("alice", ++said_, ServiceName::kNotification, command);
        suite.settle();
        return receipt;
    }
    domain::Alert alert(std::uint64_t number) { return *suite.book(kDesk)->alert(number); }
    std::uint64_t last() { return suite.book(kDesk)->last_alert(); }
    void all_die() {
        for (std::size_t service = 0; service < suite.services(); ++service) suite.die_and_return(service);
        suite.settle();
    }

    support::SuiteInProcess suite;
    std::uint64_t said_ = 0;
};

TEST_F(AlertsAnswered, one_that_nobody_has_in_hand_is_told_again_once_and_ends_when_somebody_has) {
    ASSERT_EQ(last(), 1U);
    suite.step_to(new_york("2002-06-28T10:59:59"));
    EXPECT_EQ(last(), 1U);
    suite.step_to(new_york("2002-06-28T11:00:00"));
    ASSERT_EQ(last(), 2U);
    EXPECT_EQ(alert(2).kind, "alert_unacknowledged");
    EXPECT_EQ(alert(2).escalates, 1U);
    all_die();
    suite.step_to(new_york("2002-06-28T20:00:00"));
    EXPECT_EQ(last(), 2U) << "once";

    EXPECT_EQ(say(domain::AcknowledgeAlert{kDesk, 1, "bob", "he asks who runs fax-1"}).explanation, "bob has it in hand");
    EXPECT_EQ(domain::owner_of(alert(1)), "bob");
    EXPECT_EQ(alert(1).comment, "he asks who runs fax-1");
    EXPECT_TRUE(alert(2).resolved_at);
    EXPECT_EQ(alert(2).resolved_because, "bob has it in hand");
    EXPECT_EQ(say(domain::AcknowledgeAlert{kDesk, 1}).kind, ReceiptKind::kRefused);
    EXPECT_EQ(suite.verify(kDesk), "");
}

TEST_F(AlertsAnswered, one_in_hand_in_time_is_not_told_again) {
    say(domain::AcknowledgeAlert{kDesk, 1});
    suite.step_to(new_york("2002-06-28T20:00:00"));
    EXPECT_EQ(last(), 1U);
}

TEST_F(AlertsAnswered, a_silence_needs_a_reason_and_is_lifted_by_its_prefix) {
    const domain::Instant until = new_york("2002-06-28T18:00:00");
    EXPECT_EQ(say(domain::SilenceAlerts{kDesk, "alert/desk/critical/", until, ""}).kind, ReceiptKind::kRefused);
    EXPECT_EQ(say(domain::SilenceAlerts{kDesk, "alert/desk/critical/", until, "fax-1 is mended"}).status, "silenced");
    suite.step_to(new_york("2002-06-28T12:00:00"));
    EXPECT_EQ(last(), 1U) << "what is silenced is told again to nobody";
    EXPECT_EQ(say(domain::LiftSilence{kDesk, "alert/desk/", ""}).kind, ReceiptKind::kRefused) << "none of that prefix";
    EXPECT_EQ(say(domain::LiftSilence{kDesk, "alert/desk/critical/", "it is mended"}).status, "lifted");
    EXPECT_EQ(last(), 2U) << "and now it is";
    EXPECT_EQ(suite.verify(kDesk), "");
}

}  // namespace
}  // namespace rightsdesk
