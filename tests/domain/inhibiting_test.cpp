// While an offering is suspended nobody is reminded of a deadline. What reminded of one is held, and sent when the offering goes on, if it is still true.
#include "domain/inhibiting.h"

#include <gtest/gtest.h>

#include "domain/alert_pipeline.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

// The offering's book alone, and what notification makes of one event after another.
class HeldAlerts : public testing::Test {
protected:
    HeldAlerts() {
        evolve(book_, {OfferingOpened{sample_terms(), ""}});
        due_ = book_.life()->expiration;
    }

    // `ahead`: notification hears of it when that has happened too.
    Decision happens(const Event& event, const std::vector<Event>& ahead = {}) {
        evolve(book_, {event});
        for (const Event& next : ahead) evolve(book_, {next});
        return told_of(event);
    }
    Decision told_of(const Event& event) {
        Record record;
        record.event = event;
        Decision decision = alerts_for(book_, record, at_now());
        evolve(book_, decision.events);
        return decision;
    }
    Decision due() {
        Decision decision = release_held(book_, at_now());
        evolve(book_, decision.events);
        return decision;
    }
    [[nodiscard]] Context at_now() const { return context("notification", 1, now_); }
    [[nodiscard]] static Event suspended() { return OfferingSuspended{"suspension-1", Suspension{}}; }
    [[nodiscard]] Event resumed() const { return OfferingResumed{"resumption-1", now_}; }

    Instant now_ = new_york("2002-06-28T15:30:00");
    Book book_{sample_terms().id};
    Deadline due_;
};

TEST_F(HeldAlerts, a_reminder_that_comes_while_suspended_is_kept_and_not_sent) {
    const auto told = happens(ReminderDue{120, due_}, {suspended()});
    ASSERT_EQ(names_of(told), Names{"AlertRaised"});
    const Alert& alert = *book_.alert(1);
    EXPECT_EQ(alert.held_since, now_);
    EXPECT_FALSE(goes_out(book_, alert, now_));
    EXPECT_TRUE(due().events.empty()) << "not while it is suspended";
    EXPECT_EQ(book_.held_alerts(), std::set<std::uint64_t>{1});
}

TEST_F(HeldAlerts, what_is_no_reminder_goes_out_all_the_same) {
    happens(suspended());
    EXPECT_EQ(book_.alert(1)->kind, "offering_suspended");
    EXPECT_TRUE(goes_out(book_, *book_.alert(1), now_));
}

TEST_F(HeldAlerts, it_is_sent_once_when_the_offering_goes_on_and_it_is_still_true) {
    happens(ReminderDue{120, due_}, {suspended()});
    evolve(book_, {resumed()});
    ASSERT_EQ(names_of(due()), Names{"AlertReleased"});
    EXPECT_TRUE(goes_out(book_, *book_.alert(1), now_));
    EXPECT_TRUE(due().events.empty());
}

TEST_F(HeldAlerts, it_is_over_when_its_instant_passed_meanwhile) {
    happens(ReminderDue{120, due_}, {suspended()});
    now_ = new_york("2002-06-28T17:00:00");
    evolve(book_, {resumed()});
    ASSERT_EQ(names_of(due()), Names{"AlertResolved"});
    EXPECT_TRUE(book_.held_alerts().empty());
    EXPECT_FALSE(goes_out(book_, *book_.alert(1), now_)) << "nobody heard of it";
}

TEST_F(HeldAlerts, what_was_owed_already_is_still_owed) {
    const OwedReminder past{Owed::kConfirmations, 0, Deadline{"2002-06-28T12:00:00", "America/New_York", new_york("2002-06-28T12:00:00")}};
    happens(OwedReminderDue{past}, {suspended()});
    evolve(book_, {resumed()});
    EXPECT_EQ(names_of(due()), Names{"AlertReleased"});
}

TEST_F(HeldAlerts, its_cause_going_ends_it_unheard) {
    happens(ReminderDue{120, due_}, {suspended()});
    ASSERT_EQ(names_of(told_of(suspended())), Names({"AlertResolved", "AlertRaised"})) << "the reminder of the hour; that it is suspended";
    EXPECT_TRUE(book_.held_alerts().empty());
    evolve(book_, {resumed()});
    EXPECT_TRUE(due().events.empty());
}

TEST_F(HeldAlerts, are_taken_back_whole_when_a_commit_does_not_hold) {
    evolve(book_, {ReminderDue{120, due_}, suspended()});
    Record record;
    record.event = ReminderDue{120, due_};
    Folding trial(book_);
    for (const Event& event : alerts_for(book_, record, at_now()).events) trial.apply(event);
    EXPECT_EQ(book_.held_alerts().size(), 1U);
    trial.undo();
    EXPECT_TRUE(book_.held_alerts().empty());
}

TEST(Reminders, of_the_hour_come_again_when_the_offering_goes_on) {
    WholeDesk desk;
    desk.at("2002-06-28T15:30:00");
    const auto reminder = [&]() -> const Alert* {
        const std::uint64_t open = desk.book().open_alert_of("reminder/" + desk.book().life()->expiration.civil);
        return open == 0 ? nullptr : desk.book().alert(open);
    };
    ASSERT_NE(reminder(), nullptr);
    desk.propose_suspension("", "alice");
    desk.approve("suspension-1", "bob");
    EXPECT_EQ(reminder(), nullptr);
    desk.at("2002-06-28T15:45:00");
    EXPECT_EQ(reminder(), nullptr);
    desk.propose_resumption("alice");
    desk.approve("resumption-1", "bob");
    ASSERT_NE(reminder(), nullptr);
    EXPECT_TRUE(reminder()->what.starts_with("75 minutes to the hour")) << reminder()->what;
}

}  // namespace
}  // namespace rightsdesk::support
