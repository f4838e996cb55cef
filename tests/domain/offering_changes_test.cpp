// What the life of an offering brings besides extensions (rules.md sections 2 and 6): two people, before and after, and nothing
// acted upon while it is suspended.
#include "domain/offering_changes.h"

#include <gtest/gtest.h>

#include "domain/books.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

std::size_t count_of(const std::vector<Event>& log, const std::string& name) {
    return static_cast<std::size_t>(std::count_if(log.begin(), log.end(), [&](const Event& event) {
        return std::visit([&]<class E>(const E&) { return name == E::kTypeName; }, event);
    }));
}

std::vector<Alert> open_alerts(const WholeDesk& desk, const std::string& kind) {
    std::vector<Alert> open;
    for (std::uint64_t number = 1; number <= desk.book().last_alert(); ++number) {
        const Alert& alert = *desk.book().alert(number);
        if (alert.kind == kind && !alert.resolved_at) open.push_back(alert);
    }
    return open;
}

WholeDesk suspended_with_window(const std::string& window) {
    WholeDesk desk;
    desk.at("2002-06-27T09:00:00").propose_suspension(window, "alice");
    desk.approve("suspension-1", "bob");
    return desk;
}

TEST(Suspension, takes_two_people_and_is_told_to_everybody) {
    WholeDesk desk;
    desk.at("2002-06-27T09:00:00").propose_suspension("2002-06-28T12:00:00", "alice");
    EXPECT_FALSE(desk.book().life()->suspension) << "one person suspends nothing";
    EXPECT_EQ(refusal_of(desk.approve("suspension-1", "alice")), Refusal::kSamePerson);
    desk.approve("suspension-1", "bob");
    ASSERT_TRUE(desk.book().life()->suspension);
    EXPECT_EQ(desk.book().life()->suspension->approved_by, Names({"alice", "bob"}));
    ASSERT_EQ(open_alerts(desk, "offering_suspended").size(), 1U);
    EXPECT_EQ(open_alerts(desk, "offering_suspended")[0].too_late_at, new_york("2002-06-28T12:00:00")) << "the window to withdraw";
    EXPECT_EQ(refusal_of(desk.propose_suspension("", "alice")), Refusal::kAlreadyDecided);
}

TEST(Suspension, holds_the_hour_and_every_reminder) {
    WholeDesk desk = suspended_with_window("2002-06-28T12:00:00");
    desk.submit(a_notice());
    desk.at("2002-06-28T17:30:00");
    EXPECT_EQ(desk.book().life()->stage, Stage::kOpen);
    EXPECT_EQ(count_of(desk.log(), "ReminderDue"), 0U);
    desk.at("2002-07-10T09:00:00").watermarks();
    EXPECT_EQ(count_of(desk.log(), "CoverDeadlineMissed"), 0U) << "no cover deadline either";
}

TEST(Suspension, whose_hour_passed_is_extended_before_it_is_resumed) {
    WholeDesk desk = suspended_with_window("2002-06-28T12:00:00");
    EXPECT_EQ(refusal_of(desk.propose_resumption("alice")), Refusal::kTooEarly) << "the window to withdraw is open";
    desk.at("2002-06-28T17:30:00");
    EXPECT_EQ(refusal_of(desk.propose_resumption("alice")), Refusal::kTooLate);
    desk.propose_extension("2002-07-03T17:00:00", "alice");
    desk.approve("extension-1", "bob");
    desk.propose_resumption("alice");
    desk.approve("resumption-1", "bob");
    EXPECT_FALSE(desk.book().life()->suspension);
    EXPECT_TRUE(open_alerts(desk, "offering_suspended").empty());
    desk.at("2002-07-03T17:00:00");
    EXPECT_EQ(desk.book().life()->stage, Stage::kExpired) << "the hour acts again";
}

TEST(Suspension, however_long_it_lasts_the_offering_can_be_extended_and_resumed) {
    WholeDesk desk = suspended_with_window("2002-06-28T12:00:00");
    desk.at("2002-07-15T10:00:00");
    EXPECT_EQ(refusal_of(desk.propose_extension("2002-07-12T17:00:00", "alice")), Refusal::kBeyondLimit) << "not into the past";
    desk.propose_extension("2002-07-22T17:00:00", "alice");
    desk.approve("extension-1", "bob");
    desk.propose_resumption("alice");
    desk.approve("resumption-1", "bob");
    EXPECT_FALSE(desk.book().life()->suspension);
    EXPECT_EQ(desk.book().life()->expiration.civil, "2002-07-22T17:00:00");
}

TEST(Suspension, is_refused_once_counted_or_with_a_window_that_is_over) {
    WholeDesk desk;
    desk.at("2002-06-27T09:00:00");
    EXPECT_EQ(refusal_of(desk.propose_suspension("2002-06-27T08:00:00", "alice")), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(desk.propose_resumption("alice")), Refusal::kNothingToDo);
    desk.at("2002-06-28T17:00:00").count();
    EXPECT_EQ(refusal_of(desk.propose_suspension("", "alice")), Refusal::kTooLate);
}

TEST(Termination, returns_every_good_cent_by_two_people) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.say(a_wire(500, "20020627QMGFT004000201"));  // matches nothing: suspense
    const ReceiveInstrument check = a_check(300, "1044");
    desk.say(check);  // not cleared yet
    desk.at("2002-06-28T10:00:00").propose_termination("alice");
    desk.approve("termination-1", "bob");
    EXPECT_EQ(desk.book().life()->stage, Stage::kTerminated);
    EXPECT_EQ(books_of(desk.book()).refundable, Money(250'000));
    EXPECT_EQ(desk.book().proposal("refunds-1")->total, Money(250'000));
    EXPECT_EQ(desk.book().refund("bank-1.1")->cause, RefundCause::kTerminated);
    EXPECT_EQ(refusal_of(desk.settle("carol")), Refusal::kTooEarly) << "the refunds wait for approval";

    desk.at("2002-07-01T10:00:00").say(clearance_of(check, "2002-07-01T09:30:00"));
    EXPECT_EQ(desk.book().proposal("refunds-1")->status, ProposalStatus::kSuperseded) << "money that became good later joins";
    EXPECT_EQ(desk.book().proposal("refunds-2")->total, Money(280'000));
    desk.approve("refunds-2", "alice");
    desk.approve("refunds-2", "bob");
    desk.settle("carol");
    EXPECT_EQ(desk.book().life()->stage, Stage::kSettled);
    const MoneyBooks books = books_of(desk.book());
    EXPECT_EQ(books.refunded, Money(280'000));
    EXPECT_EQ(books.applied, Money(0));
    EXPECT_EQ(imbalance(books), "");
}

TEST(Termination, ends_the_hour_the_covers_and_the_count) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.at("2002-06-28T10:00:00").propose_termination("alice");
    desk.approve("termination-1", "bob");
    desk.at("2002-06-28T17:00:00").count().tabulate();
    for (const char* never : {"OfferingExpired", "OfferingCounted", "CoverDeadlineMissed", "AllocationStarted"}) EXPECT_EQ(count_of(desk.log(), never), 0U) << never;
    EXPECT_EQ(refusal_of(desk.propose_extension("2002-07-03T17:00:00", "alice")), Refusal::kTooLate);
    EXPECT_EQ(refusal_of(desk.propose_termination("alice")), Refusal::kTooLate);
}

// Dated Wednesday 26 June: three business days are 27 and 28 June and 1 July. With 28 June closed after all, 2 July.
TEST(Closing, moves_every_deadline_that_counts_over_the_day_and_says_both) {
    WholeDesk desk;
    desk.submit(a_notice());
    EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-07-01T17:00:00");
    desk.at("2002-06-27T18:00:00").propose_closing(day("2002-06-28"), "alice");
    EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-07-01T17:00:00") << "one person closes nothing";
    desk.approve("closing-1", "bob");
    EXPECT_EQ(desk.book().cover("fax-1.1")->deadline.civil, "2002-07-02T17:00:00");
    const auto moved = std::find_if(desk.log().begin(), desk.log().end(), [](const Event& event) { return std::holds_alternative<CoverClockMoved>(event); });
    ASSERT_NE(moved, desk.log().end());
    EXPECT_EQ(std::get<CoverClockMoved>(*moved).before.civil, "2002-07-01T17:00:00");
    EXPECT_EQ(std::get<CoverClockMoved>(*moved).clock.deadline.civil, "2002-07-02T17:00:00");
    EXPECT_EQ(refusal_of(desk.propose_closing(day("2002-06-28"), "alice")), Refusal::kNothingToDo) << "closed already";
    EXPECT_EQ(refusal_of(desk.propose_closing(day("2002-06-29"), "alice")), Refusal::kNothingToDo) << "a Saturday";
}

TEST(Closing, lets_a_missed_cover_run_again) {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.submit(a_notice().id("fax-1", 2).named({"Another Holder"}).certificates({"RC-2"}).dated("2002-06-28").received("2002-06-28T10:00:00"));
    desk.at("2002-06-28T17:00:00").count();
    desk.at("2002-07-01T18:00:00").watermarks();
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kMissed);
    EXPECT_EQ(open_alerts(desk, "cover_missed").size(), 1U);
    desk.propose_closing(day("2002-07-01"), "alice");
    desk.approve("closing-1", "bob");
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning);
    EXPECT_TRUE(open_alerts(desk, "cover_missed").empty());
    desk.at("2002-07-02T12:00:00").say(certificates_for("fax-1.1", 1'000, "2002-07-02T11:00:00"));
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete);
}

// Dated Friday 21 June, received Thursday the 27th: three business days ended on the 26th. With the 26th closed, on the 27th.
TEST(Closing, revives_a_guarantee_that_had_lapsed) {
    WholeDesk desk;
    desk.submit(a_notice().dated("2002-06-21").received("2002-06-27T10:00:00"));
    ASSERT_TRUE(std::count(desk.book().notice("fax-1.1")->reasons.begin(), desk.book().notice("fax-1.1")->reasons.end(), Reason::kGuaranteeLapsed) == 1);
    desk.at("2002-06-27T12:00:00").propose_closing(day("2002-06-26"), "alice");
    desk.approve("closing-1", "bob");
    const Notice& notice = *desk.book().notice("fax-1.1");
    EXPECT_EQ(std::count(notice.reasons.begin(), notice.reasons.end(), Reason::kGuaranteeLapsed), 0);
    EXPECT_EQ(notice.status, NoticeStatus::kAccepted);
}

TEST(Changes, are_answered_by_the_service_whose_matter_they_are) {
    WholeDesk desk;
    desk.propose_termination("alice");
    const Approve command{desk.book().log(), "termination-1"};
    EXPECT_EQ(refusal_of(approve_in_clearing(desk.book(), command, desk.as("bob"))), Refusal::kUnknownProposal);
    desk.submit(a_notice().undated());
    desk.propose_waiver("fax-1.1", Reason::kUndated, "alice");
    EXPECT_EQ(refusal_of(approve_in_life(desk.book(), {desk.book().log(), "waiver-1"}, desk.as("bob"))), Refusal::kUnknownProposal);
    EXPECT_EQ(refusal_of(approve_in_life(desk.book(), {desk.book().log(), "closing-7"}, desk.as("bob"))), Refusal::kUnknownProposal);
}

TEST(Changes, take_effect_at_once_where_one_person_is_enough) {
    Terms terms = sample_terms();
    terms.approvals.suspension = terms.approvals.closing = 1;
    WholeDesk desk(terms);
    EXPECT_EQ(names_of(desk.propose_suspension("", "alice")), Names({"ProposalMade", "ProposalApproved", "OfferingSuspended"}));
    EXPECT_EQ(desk.book().life()->suspension->approved_by, Names{"alice"});
    EXPECT_EQ(names_of(desk.propose_resumption("alice")), Names({"ProposalMade", "ProposalApproved", "OfferingResumed"}));
    EXPECT_EQ(names_of(desk.propose_closing(day("2002-07-02"), "alice")), Names({"ProposalMade", "ProposalApproved", "ClosingAdded"}));
    EXPECT_EQ(desk.book().life()->terms.calendar.closings, std::vector<Date>{day("2002-07-02")});
}

TEST(Changes, proposed_anew_supersede_the_open_one) {
    WholeDesk desk;
    desk.at("2002-06-27T09:00:00").propose_suspension("2002-06-28T12:00:00", "alice");
    EXPECT_EQ(names_of(desk.propose_suspension("2002-06-28T14:00:00", "bob")), Names({"ProposalMade", "ProposalSuperseded"}));
    EXPECT_EQ(refusal_of(desk.approve("suspension-1", "carol")), Refusal::kAlreadyDecided);
}

}  // namespace
}  // namespace rightsdesk::support
