// The report: in a person's order, and its totals tie to the share and to the cent.
#include "domain/report.h"

#include <gtest/gtest.h>

#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

std::vector<std::string> ids_of(const auto& lines) {
    std::vector<std::string> ids;
    ids.reserve(lines.size());
    for (const auto& line : lines) ids.push_back(line.id);
    return ids;
}

// Three holders; the second is never covered, the third paid too much. 6,000 shares are offered.
WholeDesk three_holders(const std::optional<Ratio>& extra_supply = std::nullopt) {
    Terms terms = sample_terms();
    terms.shares_offered = Shares(6'000);
    terms.over_subscription.extra_supply = extra_supply;
    WholeDesk desk(terms);
    desk.submit(a_notice().id("fax-1", 1).for_shares(1'000).and_excess(4'000));
    desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).for_shares(500).paid_by_wire("Pine Bank", "2002-06-27", "IMAD-2"));
    desk.submit(a_notice().id("fax-1", 10).named({"Mary C. Third"}).certificates({"RC-3"}).for_shares(1'000).and_excess(1'000).paid_by_wire("Oak Bank", "2002-06-27", "IMAD-3"));
    desk.say(a_wire(10'000));
    ConfirmWire second = a_wire(1'000, "IMAD-2");
    second.institution = "Pine Bank";
    desk.say(second);
    ConfirmWire third = a_wire(4'001, "IMAD-3");
    third.institution = "Oak Bank";
    desk.say(third);
    desk.say(a_wire(77, "IMAD-OF-NOBODY"));
    desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T10:00:00"));
    desk.say(certificates_for("fax-1.10", 1'000, "2002-07-01T11:00:00"));
    return desk;
}

TEST(Report, lists_notices_and_payments_by_number) {
    WholeDesk desk;
    for (const std::uint64_t number : {10U, 2U, 1U}) {
        const std::string text = std::to_string(number);
        desk.submit(a_notice().id("fax-1", number).named({"Holder " + text}).certificates({"RC-" + text}).for_shares(100 + static_cast<std::int64_t>(number)));
    }
    for (std::int64_t number = 1; number <= 11; ++number) desk.say(a_wire(10 + number, "REFERENCE-" + std::to_string(number)));
    const Report report = report_of(desk.book());
    EXPECT_EQ(ids_of(report.notices), Names({"fax-1.1", "fax-1.2", "fax-1.10"}));
    EXPECT_EQ(ids_of(report.payments), Names({"bank-1.1", "bank-1.2", "bank-1.3", "bank-1.4", "bank-1.5", "bank-1.6", "bank-1.7", "bank-1.8", "bank-1.9",
                                              "bank-1.10", "bank-1.11"}));
}

TEST(Report, ties_at_every_stage_of_the_life) {
    WholeDesk desk = three_holders();
    const auto expect_tied = [&](Stage stage) {
        const Report report = report_of(desk.book());
        EXPECT_EQ(report.stage, stage) << to_text(report.stage);
        EXPECT_EQ(report.does_not_tie, Names()) << to_text(stage);
    };
    expect_tied(Stage::kOpen);
    desk.at("2002-06-28T17:00:00");
    expect_tied(Stage::kExpired);
    desk.count();
    expect_tied(Stage::kCounted);
    desk.tabulate();
    expect_tied(Stage::kProposed);
    desk.settle_everything();
    expect_tied(Stage::kSettled);
}

TEST(Report, ties_where_shares_beyond_those_offered_are_sold) {
    WholeDesk desk = three_holders(Ratio{1, 2});
    desk.at("2002-06-28T17:00:00").count().tabulate().settle_everything();
    const Report report = report_of(desk.book());
    EXPECT_GT(report.totals.basic + report.totals.over, report.totals.offered);
    EXPECT_EQ(report.totals.unsubscribed, Shares(0));
    EXPECT_EQ(report.does_not_tie, Names());
}

TEST(Report, shares_and_cents_of_the_lines_are_those_of_the_totals) {
    WholeDesk desk = three_holders();
    desk.count().tabulate();
    desk.settle_everything();
    const Report report = report_of(desk.book());
    ASSERT_EQ(ids_of(report.notices), Names({"fax-1.1", "fax-1.2", "fax-1.10"}));
    // 6,000 offered: 2,000 basic, and 4,000 over-subscription shares for 5,000 asked, pro rata to equal basic shares.
    const NoticeLine& first = report.notices[0];
    const NoticeLine& uncovered = report.notices[1];
    const NoticeLine& third = report.notices[2];
    EXPECT_EQ(first.basic + first.over, Shares(4'000));
    EXPECT_EQ(third.basic + third.over, Shares(2'000)) << "capped at the request; its excess goes to the first";
    EXPECT_EQ(uncovered.basic, Shares(0));
    EXPECT_EQ(uncovered.preliminary_basic, Shares(500)) << "as a protect it was counted in the preliminary allocation";
    EXPECT_EQ(report.totals.accepted, 3U);
    EXPECT_EQ(report.totals.covered, 2U);
    EXPECT_EQ(report.totals.uncovered, 1U);
    EXPECT_EQ(report.totals.basic + report.totals.over + report.totals.unsubscribed, report.totals.offered);
    EXPECT_EQ(report.totals.applied, Money(1'200'000));
    EXPECT_EQ(report.totals.refunded, Money(200'000 + 100'000 + 100 + 7'700));
    EXPECT_EQ(report.totals.applied + report.totals.refunded, report.books.advised);
    EXPECT_EQ(report.books.refunded, report.totals.refunded);
}

TEST(Report, says_what_does_not_tie) {
    WholeDesk desk = three_holders();
    desk.count().tabulate();
    desk.settle_everything();
    Book spoiled = desk.book();
    Allotment allotment = *spoiled.allotment(AllocationKind::kFinal, "fax-1.1");
    allotment.basic -= Shares(1);
    evolve(spoiled, {AllotmentsRecorded{AllocationKind::kFinal, 1, 0, {allotment}}});
    EXPECT_EQ(report_of(spoiled).does_not_tie, Names({"price x shares allotted is not the money applied", "basic shares of the lines are not the allocation's"}));
}

}  // namespace
}  // namespace rightsdesk::support
