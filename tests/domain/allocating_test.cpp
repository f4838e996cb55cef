// From the count to the approved allocation: what enters it, what becomes of what does not, and that nothing takes effect before the
// issuer's people approved it (rules.md section 3, "Every application is recorded"; section 4, "protects"; section 5, "Ends").
#include "domain/allocating.h"

#include <gtest/gtest.h>

#include <functional>

#include "domain/report.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

Terms so_many_offered(std::int64_t shares, DeemedExercise family) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(shares);
    terms.deemed_exercise = family;
    return terms;
}

// 1,500 shares at $2.00, basis A. The first notice: 1,000 and 1,000 more, paid $4,000.00 and covered; the second: 300 and 300 more, paid
// $1,200.00, its certificates never come.
WholeDesk one_covered_one_not() {
    WholeDesk desk(so_many_offered(1'500, DeemedExercise::kMoney));
    desk.submit(a_notice().and_excess(1'000));
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).for_shares(300).and_excess(300).paid_by_wire(
        "Bowery Trust Company", "2002-06-27", "IMAD-2"));
    desk.say(a_wire(4'000));
    desk.say(a_wire(1'200, "IMAD-2"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
    return desk;
}

// Preliminary: 1,300 basic leave 200, as 1,000 : 300, 153.85 and 46.15; the one share left is the first's. 300 + 46 are protects.
// Final: 1,000 basic leave 500, all of them the first's: the swing is 346 shares from the uncovered to the covered.
TEST(Allocating, counts_protects_preliminarily_and_drops_them_finally) {
    WholeDesk desk = one_covered_one_not();
    desk.count();
    const auto over_in = [&](AllocationKind kind, const char* id) { return desk.book().allotment(kind, id)->over; };
    EXPECT_EQ(desk.book().allocation(AllocationKind::kPreliminary)->protects, Shares(346));
    EXPECT_EQ(over_in(AllocationKind::kPreliminary, "fax-1.1"), Shares(154));
    EXPECT_EQ(over_in(AllocationKind::kPreliminary, "fax-1.2"), Shares(46));
    desk.tabulate().settle_everything();
    EXPECT_EQ(over_in(AllocationKind::kFinal, "fax-1.1"), Shares(500));
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.2"), nullptr);
    const Report report = report_of(desk.book());
    EXPECT_EQ(report.totals.preliminary_basic + report.totals.preliminary_over, Shares(1'500));
    EXPECT_EQ(report.totals.basic + report.totals.over, Shares(1'500));
    EXPECT_EQ(report.totals.applied, Money(300'000)) << "1,500 x $2.00";
    EXPECT_EQ(report.totals.refunded, Money(220'000)) << "$4,000.00 - $3,000.00, and $1,200.00";
    EXPECT_NE(report.totals.residual_rule.find("largest remainder"), std::string::npos) << "declared with every allocation";
}

// The deadline monitor may tabulate in the turn in which it counts, before payment clearing has followed the count.
TEST(Allocating, counts_preliminarily_though_the_offering_was_tabulated_at_once) {
    WholeDesk desk = one_covered_one_not();
    desk.at("2002-06-29T09:00:00");
    Book book = desk.book();
    evolve(book, {OfferingCounted{{}, desk.now()}});
    Book counted = book;
    evolve(book, {OfferingTabulated{1, 1, desk.now()}});
    const Decision decision = count_exercises(book, desk.as("payment_clearing"));
    ASSERT_NE(find_event<AllocationComputed>(decision), nullptr);
    EXPECT_EQ(names_of(decision), names_of(count_exercises(counted, desk.as("payment_clearing"))));
}

TEST(Allocating, refunds_that_wait_for_people_are_not_being_recorded) {
    WholeDesk desk = one_covered_one_not();
    desk.count().tabulate().settle_everything();
    EXPECT_EQ(report_of(desk.book()).being_recorded, "");
    desk.say(a_wire(77, "IMAD-OF-NOBODY", "2002-07-12T10:00:00"));
    ASSERT_NE(desk.book().proposal("refunds-2"), nullptr) << "money that came after the allocation is to be returned, and two people decide it";
    EXPECT_EQ(report_of(desk.book()).being_recorded, "");
}

TEST(Allocating, of_an_offering_that_was_terminated_is_not_approved_any_more) {
    WholeDesk desk = one_covered_one_not();
    desk.count().tabulate();
    desk.propose_termination("alice");
    desk.approve("termination-1", "bob");
    ASSERT_EQ(stage_of(desk.book()), Stage::kTerminated);
    EXPECT_EQ(refusal_of(desk.approve("allocation-1", "alice")), Refusal::kTooLate);
    EXPECT_EQ(books_of(desk.book()).refundable, Money(520'000)) << "all of it";
}

TEST(Allocating, nothing_takes_effect_before_two_people_approved_it) {
    WholeDesk desk = one_covered_one_not();
    desk.count().tabulate();
    const auto applied = [&] { return books_of(desk.book()).applied; };
    EXPECT_EQ(applied(), Money(0));
    desk.approve("allocation-1", "alice");
    EXPECT_EQ(refusal_of(desk.approve("allocation-1", "alice")), Refusal::kSamePerson);
    EXPECT_EQ(applied(), Money(0)) << "one person effects nothing";
    EXPECT_EQ(refusal_of(desk.settle("carol")), Refusal::kTooEarly);
    desk.approve("allocation-1", "bob");
    EXPECT_EQ(applied(), Money(300'000));
}

TEST(Allocating, records_of_every_notice_what_was_asked_the_money_what_it_is_deemed_and_the_rule) {
    struct {
        const char* story;
        NoticeBuilder notice;
        std::int64_t dollars;
        const char* rule;  // after what was asked, the same in every row
    } const rows[] = {
        {"paid in full", a_notice(), 2'000, "money $2,000.00, deemed 1,000 and 0, $0.00 not needed: as asked"},
        {"paid in part", a_notice(), 1'501,
         "money $1,501.00, deemed 750 and 0, $1.00 not needed: the largest whole number of shares that the money buys, basic first"},
        {"accepted and not paid", a_notice(), 0, "money $0.00, deemed 0 and 0, $0.00 not needed: no share is exercised"},
        {"defective", a_notice().unsigned_by_holder(), 2'000, "money $2,000.00, deemed 1,000 and 0, $0.00 not needed: as asked"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk(so_many_offered(1'500, DeemedExercise::kMoney));
        desk.submit(row.notice);
        if (row.dollars > 0) desk.say(a_wire(row.dollars));
        EXPECT_EQ(desk.book().funding("fax-1.1") == nullptr ? "" : desk.book().funding("fax-1.1")->rule, "") << "the count decides";
        desk.count();
        EXPECT_EQ(desk.book().funding("fax-1.1")->rule, std::string("money: asked 1,000 basic and 0 over-subscription shares, ") + row.rule);
    }
}

struct RefundRow {
    const char* story;
    std::function<void(WholeDesk&)> told;  // of a notice for 1,000 shares
    std::int64_t cents;
    RefundCause cause;
    Application application = Application::kFull;
};

// 1,000 shares at $2.00 are offered.
TEST(Allocating, money_that_buys_nothing_goes_back_and_says_why) {
    using enum RefundCause;
    const auto paid = [](std::int64_t dollars, const char* credited = "2002-06-27T11:00:00", bool covered = true) {
        return [=](WholeDesk& desk) {
            desk.submit(a_notice());
            desk.say(a_wire(dollars, kSampleImad, credited));
            if (covered) desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
        };
    };
    const std::vector<RefundRow> rows = {
        {"500 more asked and paid for, and none there", [](WholeDesk& desk) {
             desk.submit(a_notice().and_excess(500));
             desk.say(a_wire(3'000));
             desk.say(certificates_for("fax-1.1", 1'000, "2002-06-28T10:00:00"));
         }, 100'000, kProrated},
        {"paid $500.00 too much", paid(2'500), 50'000, kOverpaid},
        {"$1,999.00 are 999 shares and a dollar", paid(1'999), 100, kUnfundedRemainder, Application::kPart},
        {"accepted, its money an hour late: it lapses", paid(2'000, "2002-06-28T18:00:00"), 200'000, kLateMoney, Application::kLapsed},
        {"never covered: dropped, the breach is the guarantor's", paid(2'000, "2002-06-27T11:00:00", false), 200'000, kUncovered},
        {"defective and never cured", [](WholeDesk& desk) {
             desk.submit(a_notice().unsigned_by_holder());
             desk.say(a_wire(2'000));
         }, 200'000, kNotCounted},
        {"nobody's", [](WholeDesk& desk) {
             desk.submit(a_notice());
             desk.say(a_wire(77, "IMAD-OF-NOBODY"));
         }, 7'700, kUnmatched, Application::kLapsed},
    };
    for (const RefundRow& row : rows) {
        SCOPED_TRACE(row.story);
        WholeDesk desk(so_many_offered(1'000, DeemedExercise::kMoney));
        row.told(desk);
        desk.count().tabulate().settle_everything();
        const Refund* refund = desk.book().refund("bank-1.1");
        ASSERT_NE(refund, nullptr);
        EXPECT_EQ(refund->amount, Money(row.cents));
        EXPECT_EQ(refund->cause, row.cause) << to_text(refund->cause);
        EXPECT_EQ(refund->status, RefundStatus::kPaid);
        EXPECT_EQ(desk.book().funding("fax-1.1")->application, row.application);
        EXPECT_EQ(desk.book().payment("bank-1.1")->applied + refund->amount, desk.book().payment("bank-1.1")->amount) << "every cent";
    }
}

}  // namespace
}  // namespace rightsdesk::support
