// Money that a person takes back from a notice, and a nominee's one payment for many (rules.md section 3, "Matching").
#include "domain/matching_by_person.h"

#include <gtest/gtest.h>

#include "domain/books.h"
#include "domain/matching.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

constexpr const char* kPayment = "bank-1.1";

// A notice for 1,000 shares and the wire of $2,000 that it states.
WholeDesk paid_notice() {
    WholeDesk desk;
    desk.submit(a_notice());
    desk.say(a_wire(2'000));
    return desk;
}

NoticeBuilder another_notice(std::uint64_t number) {
    const std::string text = std::to_string(number);
    return a_notice().id("fax-1", number).named({"Holder " + text}).certificates({"RC-" + text}).paid_by_wire("Granite Trust", "2002-06-26", "IMAD-" + text);
}

const Alert* open_alert(const Book& book, const std::string& cause) {
    const std::uint64_t number = book.open_alert_of(cause);
    return number == 0 ? nullptr : book.alert(number);
}

TEST(Unmatching, the_money_waits_in_suspense_and_the_notice_has_it_no_more) {
    WholeDesk desk = paid_notice();
    ASSERT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
    const Decision decision = desk.unmatch(kPayment, "fax-1.1", "alice");
    EXPECT_EQ(names_of(decision), Names({"PaymentMatchUndone", "NoticeFunded", "PaymentUnmatched"}));
    const auto* undone = find_event<PaymentMatchUndone>(decision);
    EXPECT_EQ(undone->amount, Money(200'000));
    EXPECT_EQ(undone->by, "alice");
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(0));
    EXPECT_TRUE(desk.book().unmatched_payments().contains(kPayment));
    EXPECT_TRUE(desk.book().payments_of("fax-1.1").empty());
    EXPECT_EQ(books_of(desk.book()).suspense, Money(200'000));
    const Alert* alert = open_alert(desk.book(), std::string("unmatched/") + kPayment);
    ASSERT_NE(alert, nullptr);
    EXPECT_NE(alert->what.find("fax-1.1, but taken_back"), std::string::npos) << alert->what;
}

TEST(Unmatching, only_a_person_gives_it_to_that_notice_again) {
    WholeDesk desk = paid_notice();
    desk.unmatch(kPayment, "fax-1.1", "alice");
    desk.submit(another_notice(2));                                      // waiting money is looked at again
    ConfirmWire told_again = a_wire(2'000);
    told_again.references.servicer_reference = "AST-1";
    EXPECT_EQ(names_of(desk.say(told_again)), Names({"PaymentLinked"}));  // and here
    EXPECT_TRUE(desk.book().payment(kPayment)->matches.empty());
    desk.match(kPayment, "fax-1.1", std::nullopt, "bob");
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
    EXPECT_TRUE(desk.book().payment(kPayment)->not_for.empty());
}

TEST(Unmatching, the_notice_that_it_was_meant_for_finds_it_by_itself) {
    WholeDesk desk = paid_notice();
    desk.unmatch(kPayment, "fax-1.1", "alice");
    desk.submit(another_notice(2).paid_by_wire("Bowery Trust Company", "2002-06-27", kSampleImad));
    ASSERT_EQ(desk.book().payment(kPayment)->matches.size(), 1U);
    EXPECT_EQ(desk.book().payment(kPayment)->matches.front().notice, "fax-1.2");
    EXPECT_EQ(desk.book().open_alert_of(std::string("unmatched/") + kPayment), 0U);
}

TEST(Unmatching, takes_all_of_one_notice_and_leaves_the_others) {
    WholeDesk desk;
    desk.submit(another_notice(1));
    desk.submit(another_notice(2));
    desk.say(a_wire(3'000, "IMAD-OF-NOBODY"));
    desk.match(kPayment, "fax-1.1", Money(100'000), "alice");
    desk.match(kPayment, "fax-1.2", Money(150'000), "alice");
    desk.match(kPayment, "fax-1.1", Money(50'000), "alice");
    EXPECT_EQ(find_event<PaymentMatchUndone>(desk.unmatch(kPayment, "fax-1.1", "bob"))->amount, Money(150'000));
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(0));
    EXPECT_EQ(desk.book().funding("fax-1.2")->good_in_time, Money(150'000));
    EXPECT_EQ(unmatched_amount(*desk.book().payment(kPayment)), Money(150'000));
    EXPECT_NE(open_alert(desk.book(), std::string("unmatched/") + kPayment)->what.find("$1,500.00 waits"), std::string::npos);
}

TEST(Unmatching, opens_again_what_only_the_money_had_settled) {
    WholeDesk desk;
    desk.submit(a_notice().where([](NoticeFields& fields) { fields.payment_method.reset(); }));
    desk.say(a_wire(2'000));
    ASSERT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
    desk.unmatch(kPayment, "fax-1.1", "alice");
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kDefective);
    desk.match(kPayment, "fax-1.1", std::nullopt, "bob");
    EXPECT_EQ(desk.book().notice("fax-1.1")->status, NoticeStatus::kAccepted);
}

TEST(Unmatching, makes_a_proposed_allocation_stale) {
    WholeDesk desk = paid_notice();
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
    desk.count().tabulate();
    ASSERT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(1'000));
    desk.unmatch(kPayment, "fax-1.1", "alice");
    EXPECT_EQ(refusal_of(desk.approve("allocation-1", "bob")), Refusal::kTooLate);
    desk.propose_allocation("bob");
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(0));
}

TEST(Unmatching, is_refused) {
    WholeDesk desk = paid_notice();
    desk.submit(another_notice(2));
    EXPECT_EQ(refusal_of(desk.unmatch("bank-1.9", "fax-1.1", "alice")), Refusal::kUnknownPayment);
    EXPECT_EQ(refusal_of(desk.unmatch(kPayment, "fax-1.9", "alice")), Refusal::kUnknownNotice);
    EXPECT_EQ(refusal_of(desk.unmatch(kPayment, "fax-1.2", "alice")), Refusal::kNothingToDo);
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
    desk.count().tabulate();
    desk.approve("allocation-1", "alice");
    EXPECT_EQ(refusal_of(desk.match_by_schedule(kPayment, {{"fax-1.1", Money(1)}}, "alice")), Refusal::kAmountUnusable) << "nothing is left of it";
    desk.approve("allocation-1", "bob");
    EXPECT_EQ(refusal_of(desk.unmatch(kPayment, "fax-1.1", "alice")), Refusal::kTooLate);
    EXPECT_EQ(refusal_of(desk.match_by_schedule(kPayment, {{"fax-1.1", Money(1)}}, "alice")), Refusal::kTooLate);
    EXPECT_EQ(desk.book().payment(kPayment)->matches.size(), 1U);
}

// Two notices of a nominee's and its one wire of $5,000, of which nothing says whose it is.
WholeDesk nominee() {
    WholeDesk desk;
    desk.submit(another_notice(1));
    desk.submit(another_notice(2));
    desk.say(a_wire(5'000, "IMAD-OF-THE-NOMINEE"));
    return desk;
}

TEST(Schedule, one_payment_funds_many_notices) {
    WholeDesk desk = nominee();
    const Decision decision = desk.match_by_schedule(kPayment, {{"fax-1.1", Money(200'000)}, {"fax-1.2", Money(199'999)}}, "alice");
    EXPECT_EQ(names_of(decision), Names({"PaymentMatched", "PaymentMatched", "NoticeFunded", "NoticeFunded"}));
    EXPECT_EQ(desk.book().funding("fax-1.1")->good_in_time, Money(200'000));
    EXPECT_EQ(desk.book().funding("fax-1.2")->good_in_time, Money(199'999));
    const Payment& payment = *desk.book().payment(kPayment);
    EXPECT_EQ(payment.matches[1], (Match{"fax-1.2", Money(199'999), Evidence::kSchedule, "alice"}));
    EXPECT_TRUE(desk.book().unmatched_payments().contains(kPayment)) << "$1,000.01 of it is nobody's yet";
    EXPECT_EQ(books_of(desk.book()).suspense, Money(100'001));
}

TEST(Schedule, all_of_it_is_matched_or_nothing_and_the_part_is_named) {
    struct PartRow {
        const char* sentence;
        std::vector<SchedulePart> parts;
        Refusal refusal;
        const char* detail;
    };
    const SchedulePart good{"fax-1.1", Money(100)};
    const std::vector<PartRow> rows = {
        {"an unknown notice", {good, {"fax-1.7", Money(1)}}, Refusal::kUnknownNotice, "part 2, fax-1.7"},
        {"a notice twice", {good, {"fax-1.2", Money(1)}, good}, Refusal::kValueUnusable, "part 3, fax-1.1: it stands in part 1"},
        {"nothing for a notice", {good, {"fax-1.2", Money(0)}}, Refusal::kAmountUnusable, "part 2, fax-1.2: 0 cents"},
        {"less than nothing", {good, {"fax-1.2", Money(-5)}}, Refusal::kAmountUnusable, "part 2, fax-1.2: -5 cents"},
        {"a cent more than there is", {{"fax-1.1", Money(300'000)}, {"fax-1.2", Money(200'001)}}, Refusal::kAmountUnusable,
         "part 2, fax-1.2: 200001 cents, and 200000 cents are left"},
        {"a sum beyond every number", {{"fax-1.1", Money(1)}, {"fax-1.2", Money(std::numeric_limits<std::int64_t>::max())}}, Refusal::kAmountUnusable, "part 2"},
        {"no parts", {}, Refusal::kValueUnusable, "no parts"},
        {"more parts than a payment can have", std::vector<SchedulePart>(kMaxScheduleParts + 1, good), Refusal::kValueUnusable, "10001 parts"},
    };
    WholeDesk desk = nominee();
    for (const PartRow& row : rows) {
        const Decision decision = desk.match_by_schedule(kPayment, row.parts, "alice");
        EXPECT_EQ(refusal_of(decision), row.refusal) << row.sentence;
        EXPECT_EQ(decision.events.size(), 1U) << row.sentence;
        EXPECT_NE(find_event<CommandRefused>(decision)->detail.find(row.detail), std::string::npos) << find_event<CommandRefused>(decision)->detail;
    }
    EXPECT_TRUE(desk.book().payment(kPayment)->matches.empty());
    EXPECT_EQ(refusal_of(desk.match_by_schedule("bank-1.7", {good}, "alice")), Refusal::kUnknownPayment);
}

// As the desk would fold it: each match is an event of its own, and what is on trial leaves no trace.
TEST(Schedule, of_thousands_of_notices_is_one_decision) {
    constexpr std::uint64_t kNotices = 2'000;
    Book book = open_book();
    MatchBySchedule command{book.log(), kPayment, {}, "their schedule"};
    for (std::uint64_t number = 1; number <= kNotices; ++number) {
        run(book, another_notice(number).decided());
        command.parts.push_back({"fax-1." + std::to_string(number), Money(100)});
    }
    run(book, confirm_wire(book, a_wire(2'000, "IMAD-OF-THE-NOMINEE"), kPayment, context("bank-1", 1, new_york("2002-06-27T11:00:00"))));
    const Decision decision = domain::match_by_schedule(book, command, context("alice", 1, new_york("2002-06-27T12:00:00")));
    EXPECT_TRUE(book.payment(kPayment)->matches.empty());
    EXPECT_TRUE(book.payments_of("fax-1.1999").empty());
    EXPECT_TRUE(book.unmatched_payments().contains(kPayment));
    run(book, decision);
    EXPECT_EQ(book.payment(kPayment)->matches.size(), kNotices);
    EXPECT_EQ(book.payments_of("fax-1.1999"), std::set<PaymentId>{kPayment});
    EXPECT_FALSE(book.unmatched_payments().contains(kPayment));
    EXPECT_EQ(book.funding("fax-1.2000")->good_in_time, Money(100));
}

}  // namespace
}  // namespace rightsdesk::support
