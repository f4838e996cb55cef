// The reports that an issuer is owed: each day and in all, the morning after, holders, guarantors, refunds, exceptions. Their
// figures are those of the book that the allocation is made from (rules.md section 7).
#include "domain/tally.h"

#include <gtest/gtest.h>

#include "domain/books.h"
#include "domain/contract_reports.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

// The cell of a column, as a text; the first row is 0.
std::string cell(const Table& table, std::size_t row, const std::string& column) {
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
        if (table.columns[at].name != column) continue;
        const TableCell& found = row < table.rows.size() ? table.rows[row][at] : table.totals.value()[at];
        const auto* text = std::get_if<std::string>(&found);
        return text != nullptr ? *text : std::to_string(std::get<std::int64_t>(found));
    }
    return "no column " + column;
}
constexpr std::size_t kTotals = SIZE_MAX;

// On Wednesday 26 June a notice for 1,000 and 500 more of 2,000 rights and its wire; on Thursday one for 800 with a check;
// on Saturday, after the hour, the check is returned. Then the first notice is covered, the second is not.
struct TalliedDesk {
    TalliedDesk() : desk(terms()) {
        desk.before_each = [this](Book& book, const std::vector<Event>&) { keeper.before(book, desk.now()); };
        desk.at("2002-06-26T10:00:00");
        desk.submit(a_notice().id("fax-1", 1).for_shares(1'000).and_excess(500).received("2002-06-26T10:00:00"));
        desk.say(a_wire(3'500, kSampleImad, "2002-06-26T11:00:00"));
        desk.at("2002-06-27T10:00:00");
        desk.submit(a_notice().id("fax-1", 2).named({"Noah B. Other"}).certificates({"RC-2"}).for_shares(800).guaranteed_by("Bowery Trust Company").paid_by(
            PaymentMethod::kUncertifiedCheck, "1044", "Albany Savings Bank"));
        desk.say(a_check(1'600, "1044"));
        desk.at("2002-06-29T09:00:00");
        desk.say(bounce_of(a_check(1'600, "1044"), ReturnReason::kNotSufficientFunds, "2002-06-29T09:00:00"));
        desk.at("2002-07-01T08:00:00");
        desk.say(certificates_for("fax-1.1", 1'000, "2002-07-01T08:00:00"));
    }
    static Terms terms() {
        Terms terms = sample_terms();
        terms.shares_offered = Shares(1'400);
        return terms;
    }
    Table tally() { return tally_table(desk.book(), TallyKeeper(keeper).finish(desk.book())); }

    TallyKeeper keeper;
    WholeDesk desk;
};

TEST(Tally, has_a_row_for_each_business_date_with_the_day_and_what_there_is_to_date) {
    TalliedDesk told;
    const Table table = told.tally();
    std::vector<std::string> dates;
    for (std::size_t row = 0; row < table.rows.size(); ++row) dates.push_back(cell(table, row, "business_date"));
    EXPECT_EQ(dates.back(), "2002-07-01");
    ASSERT_GE(dates.size(), 4U);
    const std::size_t wednesday = dates.size() - 4;
    EXPECT_EQ(dates[wednesday], "2002-06-26");
    EXPECT_EQ(dates[wednesday + 2], "2002-06-28") << "the Friday, on which nothing but the hour came";
    EXPECT_EQ(cell(table, wednesday, "notices"), "1");
    EXPECT_EQ(cell(table, wednesday, "basic_paid"), "1000");
    EXPECT_EQ(cell(table, wednesday, "good"), "350000");
    EXPECT_EQ(cell(table, wednesday, "left_by_basic_to_date"), "400");
    EXPECT_EQ(cell(table, wednesday + 1, "notices"), "1");
    EXPECT_EQ(cell(table, wednesday + 1, "notices_to_date"), "2");
    EXPECT_EQ(cell(table, wednesday + 1, "uncleared_to_date"), "160000");
    EXPECT_EQ(cell(table, wednesday + 1, "deficient_to_date"), "160000");
    EXPECT_EQ(cell(table, wednesday + 2, "notices"), "0");
    EXPECT_EQ(cell(table, wednesday + 3, "returned"), "160000") << "returned on the Saturday, which counts with the Monday";
    EXPECT_EQ(cell(table, wednesday + 3, "uncleared"), "-160000");
    EXPECT_EQ(cell(table, wednesday + 3, "covered_to_date"), "1");
    EXPECT_EQ(cell(table, wednesday + 3, "covered_over_to_date"), "500") << "as asked: with 400 shares beyond its basic the surplus of $500 buys no further claim";
}

TEST(Tally, adds_up_and_ties_to_the_books_to_the_cent) {
    TalliedDesk told;
    told.desk.count().tabulate();
    const Table table = told.tally();
    EXPECT_EQ(table.does_not_tie, Names());
    const TableRow& last = table.rows.back();
    for (std::size_t at = 1; at + 1 < table.columns.size(); at += 2) {
        std::int64_t sum = 0;
        for (const TableRow& row : table.rows) sum += std::get<std::int64_t>(row[at]);
        const bool left = table.columns[at].name == "left_by_basic" || table.columns[at].name == "unsubscribed";
        EXPECT_EQ(sum + (left ? 1'400 : 0), std::get<std::int64_t>(last[at + 1])) << table.columns[at].name;
    }
    const MoneyBooks books = books_of(told.desk.book());
    const TallyFigures figures = tally_of(told.desk.book());
    EXPECT_EQ(figures.received, books.advised);
    EXPECT_EQ(figures.good, books.good);
    EXPECT_EQ(figures.returned, books.bounced);
    const Allocation& final = *told.desk.book().allocation(AllocationKind::kFinal);
    EXPECT_EQ(figures.covered_basic, final.basic_allotted);
    EXPECT_EQ(figures.covered_over, final.over_requested);
    EXPECT_EQ(figures.unsubscribed, final.supply - final.basic_allotted - final.over_allotted);
}

TEST(CountReport, says_what_is_subscribed_guaranteed_and_left_by_half_past_three_on_the_next_business_day) {
    TalliedDesk told;
    EXPECT_EQ(cell(count_report(told.desk.book()), 0, "counted_at"), "not counted yet");
    told.desk.count();
    const Table table = count_report(told.desk.book());
    EXPECT_EQ(table.does_not_tie, Names());
    EXPECT_EQ(cell(table, 0, "due"), "2002-07-01T15:30:00");
    EXPECT_EQ(cell(table, 0, "basic_subscribed"), "1000");
    EXPECT_EQ(cell(table, 0, "over_subscribed"), "500");
    EXPECT_EQ(cell(table, 0, "guarantees_received"), "2");
    EXPECT_EQ(cell(table, 0, "left_by_basic"), "400");
    EXPECT_EQ(cell(table, 0, "shares_unsubscribed"), "0");
}

// Rules.md section 7 owes the issuer "the number of guarantees received", and exposure per guarantor (section 1): a certificate that came
// with its election is neither. The second exercise lacks its signature guarantee, and nobody waits for that after the hour.
struct DeskOfBothForms {
    DeskOfBothForms() {
        desk.submit(a_notice());  // for 1,000
        desk.say(a_wire(2'000));
        desk.say(an_exercise(300, 0, "RC-7"));
        desk.say(a_wire(600, "IMAD-RC-7"));
        ExerciseDirectly incomplete = an_exercise(200, 0, "RC-8");
        incomplete.signature_guarantee = false;
        desk.say(incomplete);
        desk.say(a_wire(400, "IMAD-RC-8"));
        desk.count();
    }
    WholeDesk desk;
};

TEST(Tally, counts_direct_exercises_apart_from_guarantees) {
    DeskOfBothForms told;
    const TallyFigures figures = tally_of(told.desk.book());
    EXPECT_EQ(figures.notices, 3U);
    EXPECT_EQ(figures.guaranteed, 1U);
    EXPECT_EQ(figures.direct_exercises, 2U);
    EXPECT_EQ(figures.covered, 1U) << "the complete exercise";
}

TEST(CountReport, counts_direct_exercises_apart_from_guarantees) {
    DeskOfBothForms told;
    const Table table = count_report(told.desk.book());
    EXPECT_EQ(table.does_not_tie, Names());
    EXPECT_EQ(cell(table, 0, "guarantees_received"), "1");
    EXPECT_EQ(cell(table, 0, "guarantees_accepted"), "1");
    EXPECT_EQ(cell(table, 0, "guarantees_covered"), "0");
    EXPECT_EQ(cell(table, 0, "direct_exercises"), "1");
    EXPECT_EQ(cell(table, 0, "basic_subscribed"), "1300");
    EXPECT_EQ(cell(table, 0, "shares_not_covered"), "1000");
}

TEST(GuarantorsReport, has_no_row_for_what_nobody_guaranteed) {
    DeskOfBothForms told;
    const Table table = guarantors_report(told.desk.book());
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(cell(table, 0, "guarantor"), "Alder & Finch Securities, Inc.");
}

TEST(ExceptionsReport, blames_no_guarantor_for_a_direct_exercise) {
    DeskOfBothForms told;
    const Table table = exceptions_report(told.desk.book());
    std::vector<std::string> missed;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        if (cell(table, row, "kind") == "cover_missed") missed.push_back(cell(table, row, "subject") + " " + cell(table, row, "explanation"));
    }
    ASSERT_EQ(missed.size(), 1U);
    EXPECT_EQ(missed.front().substr(0, missed.front().find(' ')), "mail-1.2");
    EXPECT_EQ(missed.front().find("guarantor"), std::string::npos) << missed.front();
}

TEST(HoldersReport, has_entitlement_under_and_overpayment_and_ties_once_settled) {
    TalliedDesk told;
    told.desk.count().tabulate();
    told.desk.settle_everything();
    const Table table = holders_report(told.desk.book());
    EXPECT_EQ(table.does_not_tie, Names());
    EXPECT_EQ(cell(table, 0, "notice"), "fax-1.1");
    EXPECT_EQ(cell(table, 0, "basic_entitlement"), "1000");
    EXPECT_EQ(cell(table, 0, "overpaid"), "50000");
    EXPECT_EQ(cell(table, 0, "over_allotted"), "400");
    EXPECT_EQ(cell(table, 0, "applied"), "280000");
    EXPECT_EQ(cell(table, 0, "refund"), "70000");
    EXPECT_EQ(cell(table, 1, "underpaid"), "160000");
    EXPECT_EQ(cell(table, 1, "refund"), "0") << "its check bounced";
    EXPECT_EQ(cell(table, kTotals, "applied"), std::to_string(books_of(told.desk.book()).applied.value));
    EXPECT_EQ(cell(refunds_report(told.desk.book()), kTotals, "refund"), cell(table, kTotals, "refund"));
    EXPECT_EQ(refunds_report(told.desk.book()).does_not_tie, Names());
}

TEST(HoldersReport, says_what_does_not_tie) {
    TalliedDesk told;
    told.desk.count().tabulate();
    told.desk.settle_everything();
    Book spoiled = told.desk.book();
    Allotment allotment = *spoiled.allotment(AllocationKind::kFinal, "fax-1.1");
    allotment.over += Shares(1);
    evolve(spoiled, {AllotmentsRecorded{AllocationKind::kFinal, 1, 0, {allotment}}});
    EXPECT_EQ(holders_report(spoiled).does_not_tie, Names({"shares of the holders are not the allocation's"}));
}

TEST(GuarantorsReport, tells_what_each_still_owes_and_what_it_missed) {
    TalliedDesk told;
    const Table open = guarantors_report(told.desk.book());
    ASSERT_EQ(open.rows.size(), 2U);
    EXPECT_EQ(cell(open, 0, "guarantor"), "Alder & Finch Securities, Inc.");
    EXPECT_EQ(cell(open, 0, "covered"), "1");
    EXPECT_EQ(cell(open, 0, "exposure"), "0");
    EXPECT_EQ(cell(open, 1, "guarantor"), "Bowery Trust Company");
    EXPECT_EQ(cell(open, 1, "outstanding"), "1");
    EXPECT_EQ(cell(open, 1, "rights_outstanding"), "800");
    EXPECT_EQ(cell(open, 1, "next_deadline"), "2002-07-01T17:00:00");
    told.desk.count().tabulate();
    const Table late = guarantors_report(told.desk.book());
    EXPECT_EQ(cell(late, 1, "breaches"), "1");
    EXPECT_EQ(cell(late, 1, "outstanding"), "0");
}

TEST(ExceptionsReport, has_every_notice_that_does_not_count_and_why) {
    WholeDesk desk;
    desk.submit(a_notice().undated().and_excess(100));
    desk.submit(a_notice().id("fax-1", 2).named({"Vera Direct"}).certificates({"RC-2"}).dated("2002-06-25"));
    desk.reject("fax-1.2", "alice");
    const Table table = exceptions_report(desk.book());
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(cell(table, 0, "subject") + " " + cell(table, 0, "kind") + " " + cell(table, 0, "amount"), "fax-1.1 notice_defective 220000");
    EXPECT_EQ(cell(table, 1, "subject") + " " + cell(table, 1, "kind") + " " + cell(table, 1, "amount"), "fax-1.2 notice_rejected 200000");
}

TEST(ExceptionsReport, names_each_with_its_reason_and_amount) {
    TalliedDesk told;
    told.desk.say(a_wire(77, "IMAD-OF-NOBODY", "2002-06-27T11:00:00"));
    told.desk.count().tabulate();
    const Table table = exceptions_report(told.desk.book());
    std::vector<std::string> found;
    for (std::size_t row = 0; row < table.rows.size(); ++row) found.push_back(cell(table, row, "subject") + " " + cell(table, row, "kind") + " " + cell(table, row, "amount"));
    EXPECT_EQ(found, Names({"fax-1.1 overpaid 50000", "fax-1.2 underpaid 160000", "fax-1.2 cover_missed 0", "bank-1.3 payment_unmatched 7700",
                            "mail-1.1 payment_returned 160000"}));
}

}  // namespace
}  // namespace rightsdesk::support
