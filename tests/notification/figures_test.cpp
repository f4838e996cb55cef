// What notification tells of its ways out to whoever watches.
#include <gtest/gtest.h>

#include "domain/sending_intents.h"
#include "notification/notification.h"
#include "runtime/exposition.h"
#include "support/builders.h"
#include "support/fake_outside.h"

namespace rightsdesk::notification {
namespace {

using namespace domain;
using runtime::MetricKind;

class WaysFigures : public testing::Test {
protected:
    WaysFigures() {
        WaySettings hook;
        hook.way.name = "hook";
        hook.way.per_minute = 2;
        settings_ = {hook};
        notification_ = std::make_unique<Notification>(GoingOut(settings_, std::make_unique<support::FakeOutside>(world_)));
    }
    void test_ways(int times) {
        for (int time = 0; time < times; ++time) evolve(books_.desk, test_way(books_.desk, ways_of(settings_), {"hook", ""}, support::context("alice", 1, now_)).events);
    }
    // As the service asks for what is due, until nothing is: what it hands over has ended when it asks again.
    void turn() {
        for (int nothing = 0; nothing < 2;) {
            const Decision decision = notification_->due({books_, {}, {}, {}, {}}, kDesk, support::context("notification", 1, now_));
            nothing = decision.events.empty() ? nothing + 1 : 0;
            evolve(books_.desk, decision.events);
        }
    }
    double figure(MetricKind kind, const std::vector<std::string>& labels = {"hook"}) {
        runtime::Figures figures;
        notification_->tell(books_, now_, figures);
        double sum = 0;
        int found = 0;
        for (const runtime::Sample& sample : figures.samples) {
            if (sample.kind != kind || sample.labels != labels) continue;
            sum += sample.value;
            ++found;
        }
        EXPECT_EQ(found, 1) << base::to_text(kind);
        return sum;
    }

    runtime::Books books_;
    std::shared_ptr<support::OutsideWorld> world_ = std::make_shared<support::OutsideWorld>();
    std::vector<WaySettings> settings_;
    std::unique_ptr<Notification> notification_;
    Instant now_ = support::new_york("2002-06-28T10:00:00");
};

TEST_F(WaysFigures, are_there_before_anything_went_out) {
    EXPECT_EQ(figure(MetricKind::kSendingsWaiting), 0);
    EXPECT_EQ(figure(MetricKind::kSendingsOldestWaitingSeconds), 0);
    for (const char* outcome : {"sent", "failed", "refused"}) EXPECT_EQ(figure(MetricKind::kSendingAttemptsTotal, {"hook", outcome}), 0) << outcome;
}

TEST_F(WaysFigures, tell_what_waits_since_when_and_what_for) {
    world_->down = {"hook"};
    test_ways(3);
    EXPECT_EQ(figure(MetricKind::kSendingsLimited), 1) << "two a minute";
    turn();
    now_ = Instant(now_.value + 90 * kNanosecondsPerSecond);
    EXPECT_EQ(figure(MetricKind::kSendingsWaiting), 3);
    EXPECT_EQ(figure(MetricKind::kSendingsOldestWaitingSeconds), 90);
    EXPECT_EQ(figure(MetricKind::kSendingsLimited), 0) << "they wait for the other side";
    EXPECT_EQ(figure(MetricKind::kSendingAttemptsTotal, {"hook", "failed"}), 1);
    world_->down.clear();
    turn();
    EXPECT_EQ(figure(MetricKind::kSendingAttemptsTotal, {"hook", "sent"}), 2);
    EXPECT_EQ(figure(MetricKind::kSendingsWaiting), 1);
    EXPECT_EQ(figure(MetricKind::kSendingsLimited), 1);
}

TEST_F(WaysFigures, have_those_of_the_seat_that_tells_of_the_desk_s_own_troubles) {
    notification_ = std::make_unique<Notification>(GoingOut(settings_, std::make_unique<support::FakeOutside>(world_)), TroubleRecords(), [] {
        CountsByWay counts;
        counts["hook"].attempts[SendingOutcome::kFailed] = 4;
        counts["hook"].waiting = 2;
        counts["hook"].oldest_seconds = 700;
        return counts;
    });
    test_ways(1);
    EXPECT_EQ(figure(MetricKind::kSendingsWaiting), 3);
    EXPECT_EQ(figure(MetricKind::kSendingsOldestWaitingSeconds), 700);
    EXPECT_EQ(figure(MetricKind::kSendingAttemptsTotal, {"hook", "failed"}), 4);
}

}  // namespace
}  // namespace rightsdesk::notification
