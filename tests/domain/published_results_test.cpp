// Real offerings: their published totals, to the share and to the cent, and split by hand on made-up holders, for no per-holder data is
// public (rules.md section 8). Gyrodyne 2024 is in allocation_test.cpp and through the command in tests/tools.
#include <gtest/gtest.h>

#include "domain/allocation_builders.h"
#include "domain/books.h"
#include "domain/share_out.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

struct PublishedRow {
    const char* offering;
    std::int64_t offered;
    std::optional<Ratio> extra_supply;
    Basis basis;
    std::int64_t price;  // cents
    std::vector<Subscription> holders;
    std::vector<StandbyTerms> standby;
    std::int64_t basic, over;           // sold
    std::vector<std::int64_t> over_of;  // holders, in order
    std::int64_t gross;                 // cents
};

TEST(PublishedResults, tie_to_the_share_and_to_the_cent) {
    const PublishedRow rows[] = {
        // 7,885,840 x $5.50 = $43,372,120.00. About 64 % by basic: 5,046,938 (64 % are 5,046,937.6); the remainder is 2,838,902, as
        // 3 : 1 by holding 2,129,176.5 and 709,725.5, the half share to the first by id.
        {"Gabelli Utility Trust, 14 April 2021", 7'885'840, std::nullopt, Basis::kRecordHolding, 550,
         {holder("A").basic(4'046'938).over(5'000'000).holding(30'000'000), holder("B").basic(1'000'000).over(1'500'000).holding(10'000'000)}, {},
         5'046'938, 2'838'902, {2'129'177, 709'725}, 4'337'212'000},
        // 25 % of 22,383,932 are 5,595,983, and 27,979,915 in all; as 2 : 1 by holding 3,730,655.33 and 1,865,327.67.
        // 27,979,915 x $7.78 = $217,683,738.70.
        {"Liberty All-Star Equity, 22 November 2021", 22'383'932, Ratio{1, 4}, Basis::kRecordHolding, 778,
         {holder("A").basic(12'383'932).over(9'000'000).holding(200), holder("B").basic(10'000'000).over(4'000'000).holding(100)}, {},
         22'383'932, 5'595'983, {3'730'655, 1'865'328}, 21'768'373'870},
        // 4,021,373 x $17.00 = $68,363,341.00. Of the 1,021,373 left B wants 100,000 of its 510,686.5; the rest is A's.
        {"Oxford Lane, March 2014", 4'021'373, std::nullopt, Basis::kBasicShares, 1'700,
         {holder("A").basic(1'500'000).over(2'000'000), holder("B").basic(1'500'000).over(100'000)}, {},
         3'000'000, 1'021'373, {921'373, 100'000}, 6'836'334'100},
        // 27,278,217 of 37,421,825: everybody gets what was asked. x $3.06 = $83,471,344.02.
        {"Lument Finance Trust, 11 February 2022", 37'421'825, std::nullopt, Basis::kTwoPools, 306,
         {holder("A").basic(20'000'000).over(5'000'000).holding(40'000'000), holder("B").basic(2'000'000).over(278'217)}, {},
         22'000'000, 5'278'217, {5'000'000, 278'217}, 8'347'134'402},
        // All 14,706,247 by basic, and 2,436,610 more to standby purchasers: 17,142,857 x $1.75 = $29,999,999.75.
        {"PVF Capital, 26 March 2010", 14'706'247 + 2'436'610, std::nullopt, Basis::kBasicShares, 175, {holder("A").basic(14'706'247)},
         {{"the standby purchasers", Shares(2'436'610)}}, 14'706'247, 0, {0}, 2'999'999'975},
    };
    for (const PublishedRow& row : rows) {
        SCOPED_TRACE(row.offering);
        Terms terms = sample_terms();
        terms.shares_offered = Shares(row.offered);
        terms.subscription_price = Money(row.price);
        terms.over_subscription.basis = row.basis;
        terms.over_subscription.extra_supply = row.extra_supply;
        terms.standby = row.standby;
        const SharedOut shared = share_out(terms, row.holders);
        EXPECT_EQ(shared.outcome.basic_allotted, Shares(row.basic));
        EXPECT_EQ(shared.outcome.over_allotted, Shares(row.over));
        EXPECT_EQ(over_of(shared.outcome), row.over_of);
        Shares sold = shared.outcome.basic_allotted + shared.outcome.over_allotted;
        for (const StandbyPart& part : shared.standby) sold += part.shares;
        EXPECT_EQ(sold.value * row.price, row.gross);
    }
}

// Lument again, over its final price: estimated at $3.58, set at $3.06, $0.52 returned a share. 27,278,217 shares were paid
// $97,656,016.86; $83,471,344.02 bought them and $14,184,672.84 went back.
TEST(PublishedResults, lument_returns_52_cents_a_share) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(37'421'825);
    terms.subscription_price = Money(358);
    terms.over_subscription.basis = Basis::kTwoPools;
    terms.price = PriceTerms{PriceKind::kEstimated, LowerPrice::kRefund, HigherPrice::kReduce, 0};
    WholeDesk desk(terms);
    const auto subscribe = [&](std::uint64_t number, std::int64_t basic, std::int64_t over) {
        const std::string text = std::to_string(number);
        NoticeBuilder notice = a_notice().id("fax-1", number).named({"Holder " + text}).certificates({"RC-" + text});
        desk.submit(notice.for_shares(basic).and_excess(over).paid_by_wire("Bowery Trust Company", "2002-06-27", "IMAD-" + text));
        ConfirmWire wire = a_wire(0, "IMAD-" + text);
        wire.amount = Money((basic + over) * 358);
        desk.say(wire);
        desk.say(certificates_for("fax-1." + text, basic, "2002-06-28T10:00:00"));
    };
    subscribe(1, 20'000'000, 5'000'000);
    subscribe(2, 2'000'000, 278'217);
    EXPECT_EQ(books_of(desk.book()).good, Money(9'765'601'686));
    desk.at("2002-06-28T17:00:00").propose_final_price(Money(306), "alice");
    desk.approve("final_price-1", "bob");
    desk.count().tabulate().settle_everything();
    EXPECT_EQ(books_of(desk.book()).applied, Money(8'347'134'402));
    EXPECT_EQ(books_of(desk.book()).refunded, Money(1'418'467'284));
    EXPECT_EQ(desk.book().refund("bank-1.1")->amount, Money(25'000'000 * 52));
    EXPECT_EQ(desk.book().refund("bank-1.2")->amount, Money(2'278'217 * 52));
}

}  // namespace
}  // namespace rightsdesk::support
