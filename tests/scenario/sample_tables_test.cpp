// What the issuer is owed of the sample offering, and its past: every figure ties to the report that the sample is known by.
#include <gtest/gtest.h>

#include "domain/civil.h"
#include "domain/derivation.h"
#include "domain/live_allocation.h"
#include "domain/tally.h"
#include "telling/contract_tables.h"
#include "telling/past.h"
#include "support/sample.h"

namespace rightsdesk {
namespace {

support::SuiteInProcess& played_suite() {
    static support::SuiteInProcess suite;
    static const bool played = [] {
        suite.play(support::sample_timeline());
        return true;
    }();
    EXPECT_TRUE(played);
    return suite;
}

domain::Table table_of_kind(telling::ReportKind kind) {
    auto store = played_suite().store();
    auto table = telling::contract_table(store, support::kSample, kind);
    if (!table) throw std::runtime_error(table.error().message);
    return *table;
}

std::int64_t in_column(const domain::Table& table, const domain::TableRow& row, const std::string& column) {
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
        if (table.columns[at].name == column) return std::get<std::int64_t>(row[at]);
    }
    throw std::runtime_error("no column " + column);
}

TEST(SampleTables, tie_in_every_kind) {
    for (const auto kind : {telling::ReportKind::kTally, telling::ReportKind::kCount, telling::ReportKind::kHolders, telling::ReportKind::kGuarantors,
                            telling::ReportKind::kRefunds, telling::ReportKind::kExceptions}) {
        const domain::Table table = table_of_kind(kind);
        EXPECT_TRUE(table.does_not_tie.empty()) << base::to_text(kind) << ": " << table.does_not_tie.front();
        EXPECT_FALSE(table.rows.empty()) << base::to_text(kind);
    }
}

// The figures are those of the report: 45,654,400 basic and 6,961,067 of 24,618,592 over-subscription shares, $150,889,762.00
// advised of which $105,230,934.00 bought shares and $45,658,828.00 went back.
TEST(SampleTables, have_the_figures_of_the_allocation_and_the_books) {
    const domain::Table tally = table_of_kind(telling::ReportKind::kTally);
    const domain::TableRow& last = tally.rows.back();
    EXPECT_EQ(in_column(tally, last, "notices_to_date"), 23);
    EXPECT_EQ(in_column(tally, last, "guaranteed_to_date"), 19);
    EXPECT_EQ(in_column(tally, last, "covered_basic_to_date"), 45'654'400);
    EXPECT_EQ(in_column(tally, last, "covered_over_to_date"), 24'618'592);
    EXPECT_EQ(in_column(tally, last, "received_to_date"), 15'088'976'200);
    EXPECT_EQ(in_column(tally, last, "unsubscribed_to_date"), 0);
    const domain::Table count = table_of_kind(telling::ReportKind::kCount);
    EXPECT_EQ(in_column(count, count.rows[0], "basic_subscribed"), 49'229'400);
    EXPECT_EQ(in_column(count, count.rows[0], "left_by_basic"), 3'386'067);
    const domain::Table holders = table_of_kind(telling::ReportKind::kHolders);
    EXPECT_EQ(in_column(holders, *holders.totals, "applied"), 10'523'093'400);
    EXPECT_EQ(in_column(holders, *holders.totals, "over_allotted"), 6'961'067);
    const domain::Table refunds = table_of_kind(telling::ReportKind::kRefunds);
    EXPECT_EQ(in_column(refunds, *refunds.totals, "refund"), 4'565'882'800);
}

TEST(SampleTables, derive_every_allotment_of_both_allocations_as_the_log_has_it) {
    auto store = played_suite().store();
    const auto now = played_suite().book(support::kSample);
    for (const auto kind : {domain::AllocationKind::kPreliminary, domain::AllocationKind::kFinal}) {
        const auto then = telling::fold_to_allocation(store, support::kSample, kind);
        ASSERT_TRUE(then) << then.error().message;
        for (const domain::NoticeId& id : now->notice_ids()) {
            const auto derived = domain::derive_allotment(*then, *now, id, kind);
            ASSERT_TRUE(derived) << derived.error().message;
            EXPECT_TRUE(derived->differs.empty()) << id << " " << derived->differs.front();
        }
    }
}

TEST(SamplePast, folds_to_a_record_or_an_instant_and_never_into_a_decision) {
    auto store = played_suite().store();
    const auto hour = domain::parse_instant("2002-06-28T17:00:00-04:00");
    const auto then = telling::fold_until(store, support::kSample, {std::nullopt, *hour});
    ASSERT_TRUE(then) << then.error().message;
    EXPECT_LE(then->at, *hour);
    EXPECT_EQ(then->book.allocation(domain::AllocationKind::kPreliminary), nullptr);
    const auto whole = telling::fold_until(store, support::kSample, {then->head, std::nullopt});
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->book.entities(), played_suite().book(support::kSample)->entities());
    for (store::Sequence sequence = 2; sequence <= then->head; sequence += 7) {
        const auto past = telling::fold_until(store, support::kSample, {sequence, std::nullopt});
        ASSERT_TRUE(past) << sequence;
        EXPECT_TRUE(past->sequence == sequence || (past->left_out && past->left_out->first == past->sequence + 1 && past->left_out->second > sequence)) << sequence;
    }
    EXPECT_EQ(telling::fold_until(store, support::kSample, {then->head + 1, std::nullopt}).error().kind, base::ErrorKind::kInvalid);
    EXPECT_EQ(telling::fold_until(store, support::kSample, {std::nullopt, domain::Instant(0)}).error().kind, base::ErrorKind::kInvalid);
}

}  // namespace
}  // namespace rightsdesk
