// A critical alert that nobody has in hand in the time of its kind is told again: once, whoever asks and whenever, and it ends with its alert.
#include "domain/escalating.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "domain/alert_kinds.h"
#include "domain/silencing.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

// A bank's file that was set aside: critical, to be in hand within thirty minutes.
class Escalations : public testing::Test {
protected:
    Escalations() {
        CHECK(row_of(AlertKind::kFileSetAside).acknowledge_within == 30);
        happens(set_aside("june.xml"));
    }

    static Event set_aside(const std::string& file) { return FileSetAside{"bank-1", file, std::string(64, '0'), "not well-formed"}; }
    static Event taken(const std::string& file) { return FileTaken{"bank-1", file, std::string(64, '0')}; }

    // The event, and what notification makes of it and of what it makes.
    void happens(const Event& event) {
        evolve(book_, {event});
        std::vector<Event> told = {event};
        while (!told.empty()) {
            Record record;
            record.event = told.front();
            told.erase(told.begin());
            const Decision decision = alerts_for(book_, record, at_now());
            evolve(book_, decision.events);
            told.insert(told.end(), decision.events.begin(), decision.events.end());
        }
    }
    Names due_at(const std::string& time) {
        now_ = new_york("2002-06-28T" + time);
        const Decision decision = escalations_due(book_, at_now());
        for (const Event& event : decision.events) happens(event);
        return names_of(decision);
    }
    void acknowledge(std::uint64_t number) {
        for (const Event& event : acknowledge_alert(book_, {kDesk, number, "", ""}, context("alice", 1, now_)).events) happens(event);
    }
    [[nodiscard]] Context at_now() const { return context("notification", 1, now_); }

    Instant now_ = new_york("2002-06-28T15:00:00");
    Book book_ = desk_book();
};

TEST_F(Escalations, come_when_the_time_is_over_and_once) {
    EXPECT_EQ(book_.alert(1)->acknowledge_by, new_york("2002-06-28T15:30:00"));
    EXPECT_TRUE(due_at("15:29:59").empty());
    ASSERT_EQ(due_at("15:30:00"), Names{"AlertRaised"});
    const Alert& told = *book_.alert(2);
    EXPECT_EQ(told.kind, "alert_unacknowledged");
    EXPECT_EQ(told.severity, Severity::kCritical);
    EXPECT_EQ(told.escalates, 1U);
    EXPECT_EQ(told.subject, "file/bank-1/june.xml");
    EXPECT_NE(told.next.find("rightsdesk alerts acknowledge 1 --offering desk"), std::string::npos) << told.next;
    EXPECT_EQ(book_.alert(1)->escalated_by, 2U);
    EXPECT_TRUE(due_at("15:30:00").empty());
    EXPECT_TRUE(due_at("23:00:00").empty()) << "neither again, nor of itself";
}

TEST_F(Escalations, do_not_come_of_what_somebody_has_in_hand_or_is_over) {
    acknowledge(1);
    EXPECT_TRUE(due_at("23:00:00").empty());
    happens(set_aside("july.xml"));
    happens(taken("july.xml"));
    EXPECT_TRUE(due_at("23:59:00").empty());
}

TEST_F(Escalations, end_when_somebody_has_the_alert_in_hand) {
    due_at("15:30:00");
    acknowledge(1);
    EXPECT_TRUE(book_.alert(2)->resolved_at);
    EXPECT_EQ(book_.alert(2)->resolved_because, "alice has it in hand");
    EXPECT_FALSE(book_.alert(1)->resolved_at);
    EXPECT_TRUE(due_at("23:00:00").empty());
}

TEST_F(Escalations, are_acknowledged_together_with_their_alert) {
    due_at("15:30:00");
    acknowledge(2);
    EXPECT_EQ(book_.alert(1)->acknowledged_by, "alice");
    EXPECT_TRUE(book_.alert(2)->resolved_at);
}

TEST_F(Escalations, end_with_their_alert_in_one_commit) {
    due_at("15:30:00");
    evolve(book_, {taken("june.xml")});
    Record record;
    record.event = taken("june.xml");
    EXPECT_EQ(names_of(alerts_for(book_, record, at_now())), Names({"AlertResolved", "AlertResolved"}));
}

TEST_F(Escalations, of_what_is_silenced_wait_until_that_is_over) {
    run(book_, silence_alerts(book_, {kDesk, "alert/desk/critical/file_set_aside/", new_york("2002-06-28T18:00:00"), "the bank mends it"}, context("alice", 1, now_)));
    EXPECT_TRUE(due_at("17:59:59").empty());
    EXPECT_EQ(due_at("18:00:00"), Names{"AlertRaised"});
}

TEST_F(Escalations, of_many_come_in_parts_and_each_once) {
    for (int file = 0; file < 9; ++file) happens(set_aside(std::to_string(file) + ".xml"));
    now_ = new_york("2002-06-28T16:00:00");
    std::size_t told = 0;
    for (int part = 0; part < 20; ++part) {
        Context context = at_now();
        context.most_effects = 4;
        const Decision decision = escalations_due(book_, context);
        EXPECT_LE(decision.events.size(), 2U);
        told += decision.events.size();
        evolve(book_, decision.events);
    }
    EXPECT_EQ(told, 10U);
    EXPECT_TRUE(book_.unacknowledged_alerts().empty());
}

TEST_F(Escalations, are_taken_back_whole_when_a_commit_does_not_hold) {
    now_ = new_york("2002-06-28T16:00:00");
    Folding trial(book_);
    for (const Event& event : escalations_due(book_, at_now()).events) trial.apply(event);
    EXPECT_TRUE(book_.unacknowledged_alerts().empty());
    trial.undo();
    EXPECT_EQ(book_.unacknowledged_alerts().size(), 1U);
    EXPECT_EQ(book_.alert(1)->escalated_by, 0U);
}

TEST(Escalation, of_alerts_of_before_there_was_a_time_for_it_does_not_come) {
    Book book = desk_book();
    Alert old;
    old.number = 1;
    old.severity = Severity::kCritical;
    old.kind = "item_quarantined";
    old.cause = "quarantine/fax-1.1";
    evolve(book, {AlertRaised{old}});
    EXPECT_TRUE(escalations_due(book, context("notification", 1, new_york("2002-06-28T16:00:00"))).events.empty());
}

}  // namespace
}  // namespace rightsdesk::support
