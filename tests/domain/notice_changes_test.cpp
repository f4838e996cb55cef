// What holders do about a notice that they gave (rules.md section 2: "irrevocable" has a state in which revocation is open).
#include "domain/notice_changes.h"

#include <gtest/gtest.h>

#include "domain/books.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

Terms revocable() {
    Terms terms = sample_terms();
    terms.withdrawal = Withdrawal::kUntilExpiration;
    return terms;
}

TEST(Withdrawal, is_refused_where_an_exercise_is_irrevocable) {
    WholeDesk desk;
    desk.submit(a_notice());
    EXPECT_EQ(refusal_of(desk.at("2002-06-28T10:00:00").withdraw("fax-1.1", "alice")), Refusal::kIrrevocable);
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
}

TEST(Withdrawal, is_open_until_the_hour_to_the_nanosecond_where_the_terms_say_so) {
    const Life life = *open_book(revocable()).life();
    const Instant hour = life.expiration.instant;
    EXPECT_TRUE(may_withdraw(life, hour));
    EXPECT_FALSE(may_withdraw(life, Instant(hour.value + 1)));
}

TEST(Withdrawal, is_open_in_the_window_of_a_suspension_and_not_before_or_after) {
    Life life = *open_book().life();
    life.suspension = Suspension{new_york("2002-06-20T09:00:00"), new_york_deadline("2002-06-25T17:00:00"), "", {}};
    EXPECT_FALSE(may_withdraw(life, new_york("2002-06-20T08:59:59")));
    EXPECT_TRUE(may_withdraw(life, new_york("2002-06-20T09:00:00")));
    EXPECT_TRUE(may_withdraw(life, new_york("2002-06-25T17:00:00")));
    EXPECT_FALSE(may_withdraw(life, new_york("2002-06-25T17:00:00.000000001")));
    life.suspension->cancel_through.reset();
    EXPECT_FALSE(may_withdraw(life, new_york("2002-06-22T09:00:00"))) << "suspended without a window";
}

TEST(Withdrawal, drops_the_notice_and_returns_its_money) {
    WholeDesk desk(revocable());
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    desk.at("2002-06-28T10:00:00").withdraw("fax-1.1", "alice");
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kWithdrawn);
    EXPECT_EQ(refusal_of(desk.withdraw("fax-1.1", "alice")), Refusal::kAlreadyDecided);
    EXPECT_EQ(refusal_of(desk.reject("fax-1.1", "alice")), Refusal::kAlreadyDecided);
    desk.at("2002-06-28T17:00:00").count().tabulate().settle_everything();
    EXPECT_EQ(desk.book().allocation(AllocationKind::kFinal)->basic_allotted, Shares(0));
    EXPECT_EQ(books_of(desk.book()).refunded, Money(200'000));
    EXPECT_EQ(desk.book().refund("bank-1.1")->cause, RefundCause::kNotCounted);
}

TEST(Withdrawal, wants_evidence_and_cannot_come_from_the_future) {
    WholeDesk desk(revocable());
    desk.submit(a_notice());
    const OfferingId id = desk.book().log();
    EXPECT_EQ(refusal_of(withdraw_notice(desk.book(), {id, "fax-1.1", "", desk.now()}, desk.as("alice"))), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(withdraw_notice(desk.book(), {id, "fax-1.1", "a letter", new_york("2002-06-28T10:00:00")}, desk.as("alice"))), Refusal::kValueUnusable);
    EXPECT_EQ(refusal_of(withdraw_notice(desk.book(), {id, "fax-1.9", "a letter", desk.now()}, desk.as("alice"))), Refusal::kUnknownNotice);
}

TEST(Amendment, to_more_shares_counts_until_the_hour_and_raises_what_is_due) {
    WholeDesk desk;
    desk.submit(a_notice().where([](NoticeFields& fields) { fields.rights_held = Rights(2'000); }));
    desk.say(a_wire(2'000));
    EXPECT_EQ(desk.book().funding("fax-1.1")->due, Money(200'000));
    desk.at("2002-06-28T10:00:00").amend("fax-1.1", Shares(1'500), Shares(0), "alice");
    EXPECT_EQ(desk.book().funding("fax-1.1")->due, Money(300'000));
    EXPECT_EQ(desk.book().notice("fax-1.1")->content.basic_shares, Shares(1'500));
    EXPECT_EQ(refusal_of(desk.amend("fax-1.1", Shares(1'500), Shares(0), "alice")), Refusal::kNothingToDo);
    desk.at("2002-06-28T17:00:00.000000001");
    EXPECT_EQ(refusal_of(desk.amend("fax-1.1", Shares(2'000), Shares(0), "alice")), Refusal::kTooLate);
}

TEST(Amendment, to_fewer_shares_is_a_withdrawal_in_part) {
    WholeDesk desk;
    desk.submit(a_notice().and_excess(500));
    desk.at("2002-06-28T10:00:00");
    EXPECT_EQ(refusal_of(desk.amend("fax-1.1", Shares(900), Shares(500), "alice")), Refusal::kIrrevocable);
    EXPECT_EQ(refusal_of(desk.amend("fax-1.1", Shares(1'000), Shares(499), "alice")), Refusal::kIrrevocable);
    WholeDesk other(revocable());
    other.submit(a_notice().and_excess(500));
    other.at("2002-06-28T10:00:00").amend("fax-1.1", Shares(900), Shares(0), "alice");
    EXPECT_EQ(other.book().notice("fax-1.1")->content.basic_shares, Shares(900));
}

TEST(Amendment, beyond_what_the_rights_give_is_decided_again) {
    WholeDesk desk;
    desk.submit(a_notice());
    const Decision amended = desk.at("2002-06-28T10:00:00").amend("fax-1.1", Shares(1'001), Shares(0), "alice");
    EXPECT_EQ(names_of(amended), Names({"NoticeAmended", "NoticeRedecided"}));
    EXPECT_EQ(find_event<NoticeRedecided>(amended)->cause, RedecisionCause::kAmendment);
    const auto& reasons = desk.book().notice("fax-1.1")->reasons;
    EXPECT_EQ(std::count(reasons.begin(), reasons.end(), Reason::kBasicBeyondRights), 1);
}

TEST(Amendment, of_a_covered_notice_asks_for_the_rest_of_the_certificates) {
    WholeDesk desk;
    desk.submit(a_notice().where([](NoticeFields& fields) { fields.rights_held = Rights(2'000); }));
    desk.at("2002-06-27T15:00:00").say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete);
    desk.at("2002-06-28T10:00:00").amend("fax-1.1", Shares(1'500), Shares(0), "alice");
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kRunning);
    EXPECT_EQ(desk.book().cover("fax-1.1")->missing, (std::vector<Missing>{Missing::kRightsShort}));
    desk.say(certificates_for("fax-1.1", 500, "2002-06-28T11:00:00"));
    EXPECT_EQ(desk.book().cover("fax-1.1")->state, CoverState::kComplete);
}

}  // namespace
}  // namespace rightsdesk::support
