// An estimated price and what it came to (rules.md section 3; Lument Finance Trust 2022 returned $0.52 a share).
#include "domain/final_price.h"

#include <gtest/gtest.h>

#include "domain/books.h"
#include "domain/offering_changes.h"
#include "domain/preview.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

Terms estimated(LowerPrice lower = LowerPrice::kRefund, HigherPrice higher = HigherPrice::kReduce) {
    Terms terms = sample_terms();
    terms.price = PriceTerms{PriceKind::kEstimated, lower, higher, higher == HigherPrice::kBill ? 3 : 0};
    return terms;
}

// One notice for 1,000 shares at an estimate of $2.00, paid in full and covered.
WholeDesk paid_at_estimate(const Terms& terms) {
    WholeDesk desk(terms);
    desk.submit(a_notice().and_excess(500));
    desk.say(a_wire(3'000));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
    desk.at("2002-06-28T17:00:00");
    return desk;
}

void set_price(WholeDesk& desk, std::int64_t cents) {
    desk.propose_final_price(Money(cents), "alice");
    desk.approve("final_price-1", "bob");
}

TEST(FinalPrice, is_waited_for_before_anything_is_allotted_finally) {
    WholeDesk desk = paid_at_estimate(estimated());
    desk.count().tabulate();
    EXPECT_EQ(stage_of(desk.book()), Stage::kTabulated);
    EXPECT_EQ(desk.book().allocation(AllocationKind::kFinal), nullptr);
    EXPECT_EQ(refusal_of(desk.propose_allocation("alice")), Refusal::kTooEarly);
    set_price(desk, 200);
    EXPECT_EQ(stage_of(desk.book()), Stage::kProposed);
}

TEST(FinalPrice, below_the_estimate_is_returned_a_share) {
    WholeDesk desk = paid_at_estimate(estimated(LowerPrice::kRefund));
    set_price(desk, 148);  // $0.52 less
    desk.count().tabulate().settle_everything();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(500)) << "nobody is made to buy more";
    EXPECT_EQ(books_of(desk.book()).applied, Money(1'500 * 148));
    EXPECT_EQ(books_of(desk.book()).refunded, Money(1'500 * 52));
}

// $3,400 at $2.00: the basic 1,000 and, by the terms' family, an over-subscription of 700 though 500 were asked for.
TEST(FinalPrice, what_the_money_was_deemed_to_be_at_the_estimate_stands) {
    WholeDesk desk(estimated(LowerPrice::kRefund));
    desk.submit(a_notice().and_excess(500));
    desk.say(a_wire(3'400));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
    desk.at("2002-06-28T17:00:00");
    set_price(desk, 148);
    desk.count().tabulate().settle_everything();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(700));
    EXPECT_EQ(books_of(desk.book()).refunded, Money(1'700 * 52)) << "$0.52 a share";
}

TEST(FinalPrice, below_the_estimate_buys_more_where_the_terms_say_so) {
    WholeDesk desk = paid_at_estimate(estimated(LowerPrice::kBuyMore));
    set_price(desk, 148);
    desk.count().tabulate().settle_everything();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(300'000 / 148 - 1'000));
}

// $3,000 at $2.50 are 1,200 shares.
TEST(FinalPrice, above_the_estimate_buys_fewer) {
    WholeDesk desk = paid_at_estimate(estimated());
    set_price(desk, 250);
    desk.count().tabulate().settle_everything();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->basic, Shares(1'000));
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(200));
}

TEST(FinalPrice, above_the_estimate_is_billed_and_what_comes_in_time_counts) {
    WholeDesk desk = paid_at_estimate(estimated(LowerPrice::kRefund, HigherPrice::kBill));
    set_price(desk, 250);  // Friday 28 June: three business days on is Wednesday 3 July
    ASSERT_TRUE(desk.book().life()->bill_until);
    EXPECT_EQ(desk.book().life()->bill_until->civil, "2002-07-03T17:00:00");
    EXPECT_EQ(desk.book().funding("fax-1.1")->due, Money(375'000));
    desk.at("2002-07-02T11:00:00").say(a_wire(750, "20020702L1B7032R000777", "2002-07-02T10:00:00"));
    desk.match("bank-1.2", "fax-1.1", std::nullopt, "alice");
    desk.at("2002-07-02T12:00:00").watermarks();
    EXPECT_EQ(desk.book().allocation(AllocationKind::kFinal), nullptr) << "what was billed may still be paid";
    desk.tabulate().settle_everything();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(500));
    EXPECT_EQ(imbalance(books_of(desk.book())), "");
}

// Rules.md section 3: "a higher one bills the shortfall". 1,500 shares at $0.50 more are $750; what a holder had not paid for by the
// hour is not billed, or everybody could wait for the price and pay then.
TEST(FinalPrice, of_money_after_the_hour_counts_what_was_billed_and_no_more) {
    struct BilledRow {
        const char* sentence;
        std::int64_t by_the_hour, billed_paid;
        Shares basic, over;
        Money in_time, late;
    };
    const std::vector<BilledRow> rows = {
        {"all that was billed", 3'000, 750, Shares(1'000), Shares(500), Money(375'000), Money(0)},
        {"less than was billed: $3,500 at $2.50", 3'000, 500, Shares(1'000), Shares(400), Money(350'000), Money(0)},
        {"more than was billed", 3'000, 900, Shares(1'000), Shares(500), Money(375'000), Money(15'000)},
        {"half paid by the hour: 1,000 shares are billed, $500", 2'000, 1'750, Shares(1'000), Shares(0), Money(250'000), Money(125'000)},
        {"nothing paid by the hour: nothing is billed", 0, 3'750, Shares(0), Shares(0), Money(0), Money(375'000)},
    };
    for (const BilledRow& row : rows) {
        SCOPED_TRACE(row.sentence);
        WholeDesk desk(estimated(LowerPrice::kRefund, HigherPrice::kBill));
        desk.submit(a_notice().and_excess(500));
        if (row.by_the_hour > 0) desk.say(a_wire(row.by_the_hour));
        if (row.by_the_hour > 0 && desk.book().payment("bank-1.1")->matches.empty()) desk.match("bank-1.1", "fax-1.1", std::nullopt, "alice");
        desk.say(certificates_for("fax-1.1", 1'000, "2002-06-27T14:00:00"));
        desk.at("2002-06-28T17:00:00");
        set_price(desk, 250);
        desk.at("2002-07-02T11:00:00");
        const PaymentId billed = row.by_the_hour > 0 ? "bank-1.2" : "bank-1.1";
        desk.say(a_wire(row.billed_paid, "20020702L1B7032R000777", "2002-07-02T10:00:00"));
        if (desk.book().payment(billed)->matches.empty()) desk.match(billed, "fax-1.1", std::nullopt, "alice");
        desk.watermarks().tabulate();
        const Funding& funding = *desk.book().funding("fax-1.1");
        EXPECT_EQ(funding.good_in_time, row.in_time);
        EXPECT_EQ(funding.good_late, row.late);
        desk.settle_everything();
        const Allotment* allotment = desk.book().allotment(AllocationKind::kFinal, "fax-1.1");
        EXPECT_EQ(allotment == nullptr ? Shares(0) : allotment->basic, row.basic);
        EXPECT_EQ(allotment == nullptr ? Shares(0) : allotment->over, row.over);
        const Money price(250 * (row.basic + row.over).value);
        EXPECT_EQ(books_of(desk.book()).applied, price);
        EXPECT_EQ(books_of(desk.book()).refunded, Money(100 * (row.by_the_hour + row.billed_paid)) - price);
        EXPECT_EQ(imbalance(books_of(desk.book())), "");
        if (row.late == Money(0)) continue;
        EXPECT_EQ(desk.book().refund(billed)->cause, RefundCause::kLateMoney);
    }
}

TEST(FinalPrice, money_for_what_was_billed_is_in_time_to_the_nanosecond) {
    Life life = *open_book(estimated(LowerPrice::kRefund, HigherPrice::kBill)).life();
    EXPECT_FALSE(may_pay_bill(life, new_york("2002-06-28T17:00:00")));
    life.bill_until = new_york_deadline("2002-07-03T17:00:00");
    EXPECT_TRUE(may_pay_bill(life, new_york("2002-07-03T17:00:00")));
    EXPECT_FALSE(may_pay_bill(life, new_york("2002-07-03T17:00:00.000000001")));
}

// The price is set on Friday 28 June, three business days to Wednesday 3 July. With Tuesday the 2nd closed after all, over the 4th: Friday 5 July.
TEST(FinalPrice, a_closing_moves_the_day_until_which_it_bills) {
    WholeDesk desk = paid_at_estimate(estimated(LowerPrice::kRefund, HigherPrice::kBill));
    set_price(desk, 250);
    desk.count();
    ASSERT_EQ(stage_of(desk.book()), Stage::kTabulated) << "everybody is covered, and the bill is open";
    desk.at("2002-07-01T10:00:00").propose_closing(day("2002-06-28"), "alice");
    EXPECT_EQ(effects_of(desk.book(), *desk.book().proposal("closing-1")), Names()) << "the day of the price is not counted";
    desk.propose_closing(day("2002-07-02"), "alice");
    EXPECT_EQ(effects_of(desk.book(), *desk.book().proposal("closing-2")), Names{"bill of the final price: 2002-07-03T17:00:00 to 2002-07-05T17:00:00"});
    desk.approve("closing-2", "bob");
    EXPECT_EQ(desk.book().life()->bill_until->civil, "2002-07-05T17:00:00");
    const Alert* alert = desk.book().alert(desk.book().open_alert_of("final_price"));
    ASSERT_NE(alert, nullptr);
    EXPECT_EQ(alert->too_late_at, desk.book().life()->bill_until->instant);
    desk.at("2002-07-05T12:00:00").say(a_wire(750, "20020705L1B7032R000777", "2002-07-05T10:00:00"));
    desk.match("bank-1.3", "fax-1.1", std::nullopt, "alice");
    desk.at("2002-07-06T09:00:00").watermarks();
    EXPECT_EQ(desk.book().allotment(AllocationKind::kFinal, "fax-1.1")->over, Shares(500)) << "paid on the day to which it moved";
    EXPECT_EQ(refusal_of(desk.propose_closing(day("2002-07-09"), "alice")), Refusal::kTooLate) << "nothing is open any more";
}

TEST(FinalPrice, is_set_once_after_the_hour_and_only_for_an_estimate) {
    WholeDesk fixed;
    fixed.at("2002-06-28T17:00:00");
    EXPECT_EQ(refusal_of(fixed.propose_final_price(Money(150), "alice")), Refusal::kNotAllowedByTerms);
    WholeDesk desk(estimated());
    EXPECT_EQ(refusal_of(desk.propose_final_price(Money(150), "alice")), Refusal::kTooEarly);
    desk.at("2002-06-28T17:00:00");
    EXPECT_EQ(refusal_of(desk.propose_final_price(Money(0), "alice")), Refusal::kAmountUnusable);
    EXPECT_EQ(refusal_of(desk.propose_final_price(kMaxPrice + Money(1), "alice")), Refusal::kAmountUnusable);
    set_price(desk, 150);
    EXPECT_EQ(refusal_of(desk.propose_final_price(Money(160), "alice")), Refusal::kAlreadyDecided);
}

TEST(FinalPrice, after_the_count_makes_the_preliminary_allocation_anew) {
    WholeDesk desk = paid_at_estimate(estimated());
    desk.submit(a_notice().id("fax-1", 2).named({"Another Holder"}).certificates({"RC-2"}));  // its cover runs: not tabulated yet
    desk.count();
    EXPECT_EQ(desk.book().allocation(AllocationKind::kPreliminary)->over_allotted, Shares(500));
    set_price(desk, 250);
    EXPECT_EQ(desk.book().allocation(AllocationKind::kPreliminary)->revision, 2U);
    EXPECT_EQ(desk.book().allocation(AllocationKind::kPreliminary)->over_allotted, Shares(200));
}

// The deadline monitor may tabulate before payment clearing follows the price, or between two parts of it.
TEST(FinalPrice, makes_it_anew_also_where_the_offering_is_tabulated_meanwhile) {
    for (const std::size_t most_effects : {std::size_t{1}, kMostEffects}) {
        WholeDesk desk = paid_at_estimate(estimated());
        desk.count();
        Book book = desk.book();
        evolve(book, {FinalPriceSet{"final_price-1", Money(200), Money(250), std::nullopt}});
        if (stage_of(book) != Stage::kTabulated) evolve(book, {OfferingTabulated{1, 0, desk.now()}});
        bool more = true;
        for (int part = 0; more; ++part) {
            ASSERT_LT(part, 20);
            Context context = desk.as("payment_clearing");
            context.most_effects = most_effects;
            more = run(book, follow_final_price(book, context)).more;
        }
        EXPECT_EQ(book.allocation(AllocationKind::kPreliminary)->status, AllocationStatus::kComputed);
        EXPECT_EQ(book.allocation(AllocationKind::kPreliminary)->over_allotted, Shares(200));
        EXPECT_NE(book.proposal("allocation-1"), nullptr) << "and the final one is begun";
    }
}

}  // namespace
}  // namespace rightsdesk::support
