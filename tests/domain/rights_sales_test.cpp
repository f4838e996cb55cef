// Rights sold through the agent: counted once, reversed by an entry of its own, in the daily tally, and told when they are more than there are.
#include "domain/rights_sales.h"

#include <gtest/gtest.h>

#include "domain/contract_reports.h"
#include "domain/tally.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

RecordRightsSale a_sale(const std::string& reference, std::int64_t rights, std::string_view at = "2002-06-14T11:20:00") {
    return {"rare-medium-2002", reference, Rights(rights), Money(rights * 12), new_york(at), "the broker's confirmation"};
}

std::int64_t tallied(const Table& table, std::size_t row, const std::string& column) {
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
        if (table.columns[at].name == column) return std::get<std::int64_t>(table.rows.at(row).at(at));
    }
    ADD_FAILURE() << "no column " << column;
    return 0;
}

struct SaleRow {
    const char* sentence;
    std::function<void(RecordRightsSale&)> change;
    std::optional<Refusal> refusal;
};

TEST(RightsSold, what_is_recorded_and_what_is_not) {
    const std::vector<SaleRow> rows = {
        {"a sale", [](RecordRightsSale&) {}, std::nullopt},
        {"what it brought is not said", [](RecordRightsSale& sale) { sale.proceeds.reset(); }, std::nullopt},
        {"at the hour", [](RecordRightsSale& sale) { sale.sold_at = new_york("2002-06-28T17:00:00"); }, Refusal::kValueUnusable},
        {"after the hour", [](RecordRightsSale& sale) { sale.sold_at = new_york("2002-06-28T17:00:01"); }, Refusal::kTooLate},
        {"no rights", [](RecordRightsSale& sale) { sale.rights = Rights(0); }, Refusal::kAmountUnusable},
        {"proceeds below nought", [](RecordRightsSale& sale) { sale.proceeds = Money(-1); }, Refusal::kAmountUnusable},
        {"no evidence", [](RecordRightsSale& sale) { sale.evidence.clear(); }, Refusal::kValueUnusable},
        {"no reference", [](RecordRightsSale& sale) { sale.reference.clear(); }, Refusal::kValueUnusable},
        {"a reference without end", [](RecordRightsSale& sale) { sale.reference.assign(65, 'x'); }, Refusal::kValueUnusable},
    };
    const Book book = open_book();
    for (const SaleRow& row : rows) {
        RecordRightsSale sale = a_sale("S-1", 500);
        row.change(sale);
        EXPECT_EQ(refusal_of(record_rights_sale(book, sale, context("alice", 1, new_york("2002-06-14T12:00:00")))), row.refusal) << row.sentence;
    }
    Terms fixed = sample_terms();
    fixed.rights_transfer = RightsTransfer::kNotTransferable;
    EXPECT_EQ(refusal_of(record_rights_sale(open_book(fixed), a_sale("S-1", 500), context("alice", 1, new_york("2002-06-14T12:00:00")))), Refusal::kNotAllowedByTerms);
    EXPECT_FALSE(record_rights_sale(Book("rare-medium-2002"), a_sale("S-1", 500), context("alice", 1, new_york("2002-06-14T12:00:00"))).retry_later.empty());
}

TEST(RightsSold, a_reference_counts_once_and_a_reversal_takes_it_out) {
    Book book = open_book();
    const Context alice = context("alice", 1, new_york("2002-06-14T12:00:00"));
    run(book, record_rights_sale(book, a_sale("S-1", 500), alice));
    EXPECT_EQ(refusal_of(record_rights_sale(book, a_sale("S-1", 500), alice)), Refusal::kNothingToDo);
    EXPECT_EQ(refusal_of(record_rights_sale(book, a_sale("S-1", 501), alice)), Refusal::kAlreadyDecided);
    run(book, record_rights_sale(book, a_sale("S-2", 300), alice));
    EXPECT_EQ(rights_sold(book), Rights(800));
    EXPECT_EQ(sale_proceeds(book), Money(9'600));
    EXPECT_EQ(refusal_of(reverse_rights_sale(book, {book.log(), "S-3", "why"}, alice)), Refusal::kUnknownItem);
    EXPECT_EQ(refusal_of(reverse_rights_sale(book, {book.log(), "S-1", ""}, alice)), Refusal::kValueUnusable);
    run(book, reverse_rights_sale(book, {book.log(), "S-1", "another issue's"}, context("bob", 1, new_york("2002-06-15T12:00:00"))));
    EXPECT_EQ(rights_sold(book), Rights(300));
    EXPECT_EQ(book.sale("S-1")->reversed->by, "bob") << "and it stays on record";
    EXPECT_EQ(refusal_of(reverse_rights_sale(book, {book.log(), "S-1", "again"}, alice)), Refusal::kAlreadyDecided);
    EXPECT_EQ(refusal_of(record_rights_sale(book, a_sale("S-1", 500), alice)), Refusal::kAlreadyDecided);
}

TEST(RightsSold, stand_in_the_tally_by_day_and_to_date) {
    TallyKeeper keeper;
    WholeDesk desk;
    desk.before_each = [&](Book& book, const std::vector<Event>&) { keeper.before(book, desk.now()); };
    desk.at("2002-06-14T12:00:00");  // a Friday
    desk.sell_rights(a_sale("S-1", 500), "alice");
    desk.sell_rights(a_sale("S-2", 300), "alice");
    desk.at("2002-06-17T12:00:00");
    desk.reverse_sale("S-1", "bob");
    const Table table = tally_table(desk.book(), std::move(keeper).finish(desk.book()));
    const std::size_t last = table.rows.size() - 1;
    EXPECT_EQ(tallied(table, last - 1, "rights_sold"), 800);
    EXPECT_EQ(tallied(table, last - 1, "rights_sold_to_date"), 800);
    EXPECT_EQ(tallied(table, last, "rights_sold"), -500) << "a reversal is of the day on which it is made";
    EXPECT_EQ(tallied(table, last, "rights_sold_to_date"), 300);
    EXPECT_EQ(tallied(table, last, "sale_proceeds_to_date"), 3'600);
    EXPECT_EQ(table.does_not_tie, Names());
}

// 1,000 rights were issued; a notice for 600 shares takes 600 of them.
TEST(RightsSold, with_those_exercised_beyond_those_issued_are_told) {
    WholeDesk desk;
    desk.import_register(a_register({{"1001", "Ida M. Holder", "US", 1'000, {"RC-1001"}}}));
    desk.submit(a_notice().for_shares(600));
    const auto is_told = [&] { return desk.book().open_alert_of("rights_oversold") != 0; };
    const auto is_exception = [&] {
        for (const TableRow& row : exceptions_report(desk.book()).rows) {
            if (std::get<std::string>(row[1]) == "rights_oversold") return true;
        }
        return false;
    };
    desk.at("2002-06-27T12:00:00");
    desk.sell_rights(a_sale("S-1", 400), "alice");
    EXPECT_FALSE(is_told() || is_exception()) << "1,000 of 1,000";
    desk.sell_rights(a_sale("S-2", 1), "alice");
    EXPECT_TRUE(is_told() && is_exception());
    const Alert& alert = *desk.book().alert(desk.book().open_alert_of("rights_oversold"));
    EXPECT_NE(alert.what.find("401 rights sold and 600 exercised, 1 more than the 1,000 issued"), std::string::npos) << alert.what;
    desk.reverse_sale("S-2", "bob");
    EXPECT_FALSE(is_told() || is_exception()) << "it goes with its cause";
    desk.sell_rights(a_sale("S-3", 2), "alice");
    EXPECT_TRUE(is_told());
    desk.import_register(a_register({{"1001", "Ida M. Holder", "US", 5'000, {"RC-1001"}}}));
    EXPECT_FALSE(is_told()) << "more were issued";
}

TEST(RightsSold, without_a_register_or_sales_nothing_is_beyond) {
    EXPECT_FALSE(beyond_issued({Rights(500), {}, Rights(600), Rights(0)}));
    EXPECT_FALSE(beyond_issued({Rights(0), {}, Rights(1'600), Rights(1'000)})) << "what is exercised beyond is the notices' matter";
    EXPECT_EQ(beyond_issued({Rights(500), {}, Rights(600), Rights(1'000)}), Rights(100));
}

// Two shares for five rights: 601 shares take 1,503 rights.
TEST(RightsSold, the_rights_that_an_exercise_takes_follow_from_the_ratio) {
    Terms terms = sample_terms();
    terms.shares_per_right = Ratio{2, 5};
    Book book = open_book(terms);
    run(book, a_notice().for_shares(601).decided());
    EXPECT_EQ(rights_used(book).exercised, Rights(1'503));
}

}  // namespace
}  // namespace rightsdesk::support
