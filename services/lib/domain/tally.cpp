#include "domain/tally.h"

#include <algorithm>

#include "domain/books.h"
#include "domain/calendar.h"
#include "domain/civil.h"
#include "domain/keying.h"
#include "domain/rights_sales.h"
#include "domain/standing.h"

namespace rightsdesk::domain {

namespace {

void add_notice(TallyFigures& figures, const Book& book, const Notice& notice) {
    ++figures.notices;
    figures.awaiting_keying += awaits_keying(notice) ? 1 : 0;
    const Standing standing = standing_of(book, notice);
    if (!standing.accepted) return;
    const Exercise& exercise = standing.exercise;
    switch (notice.form) {
        case NoticeForm::kGuaranteedDelivery: ++figures.guaranteed; break;
        case NoticeForm::kDirectExercise: ++figures.direct_exercises; break;
    }
    figures.partial += standing.funding.asked_basic < notice.basic_entitlement ? 1 : 0;
    figures.basic_requested += standing.funding.asked_basic;
    figures.over_requested += standing.funding.asked_over;
    figures.basic_paid += exercise.basic;
    figures.over_paid += exercise.over;
    figures.deficient += std::max(standing.funding.due - standing.funding.good_in_time, Money(0));
    ++(standing.covered ? figures.covered : figures.uncovered);
    (standing.covered ? figures.covered_basic : figures.uncovered_basic) += exercise.basic;
    (standing.covered ? figures.covered_over : figures.uncovered_over) += exercise.over;
}

TableCell difference(const TableCell& later, const TableCell& earlier) { return std::get<std::int64_t>(later) - std::get<std::int64_t>(earlier); }

TableRow day_row(Date date, const TableRow& to_date, const TableRow& before) {
    TableRow row{to_text(date)};
    for (std::size_t at = 0; at < to_date.size(); ++at) {
        row.push_back(difference(to_date[at], before[at]));
        row.push_back(to_date[at]);
    }
    return row;
}

}  // namespace

TallyFigures tally_of(const Book& book) {
    TallyFigures figures;
    for (const NoticeId& id : book.notice_ids()) add_notice(figures, book, *book.notice(id));
    const MoneyBooks books = books_of(book);
    figures.received = books.advised;
    figures.good = books.good;
    figures.uncleared = books.uncollected;
    figures.returned = books.bounced;
    figures.rights_sold = rights_sold(book);
    figures.sale_proceeds = sale_proceeds(book);
    const Allocation* allocation = book.allocation(AllocationKind::kFinal);
    const Shares basic = allocation == nullptr ? figures.basic_paid : allocation->basic_allotted;
    const Shares over = allocation == nullptr ? figures.over_paid : allocation->over_allotted;
    figures.left_by_basic = std::max(book.life()->terms.shares_offered - basic, Shares(0));
    figures.unsubscribed = std::max(figures.left_by_basic - over, Shares(0));
    return figures;
}

Date business_date(const Life& life, Instant at) {
    const auto day = date_in(at, life.expiration.zone);
    const Date date = day ? *day : Date(static_cast<std::int32_t>(at.value / (86'400 * kNanosecondsPerSecond)));
    return is_business_day(life.terms.calendar, date) ? date : add_business_days(life.terms.calendar, date, 1);
}

void TallyKeeper::before(const Book& book, Instant at) {
    if (book.life() == nullptr) {
        before_opening_ = at;
        return;
    }
    if (!open_) open_ = business_date(*book.life(), before_opening_.value_or(at));
    const Date date = business_date(*book.life(), at);
    if (date <= *open_) return;  // the same day, or the clock of another service, a little behind
    days_.push_back({*open_, tally_of(book)});
    open_ = date;
}

std::vector<TallyDay> TallyKeeper::finish(const Book& book) && {
    if (book.life() == nullptr) return std::move(days_);
    if (!open_ && before_opening_) open_ = business_date(*book.life(), *before_opening_);
    if (open_) days_.push_back({*open_, tally_of(book)});
    return std::move(days_);
}

Table tally_table(const Book& book, const std::vector<TallyDay>& days) {
    const Life& life = *book.life();
    Table table;
    table.name = "tally";
    table.title = "Daily tally of " + life.terms.id + " by business dates in " + life.expiration.zone;
    table.columns.push_back({"business_date", ColumnUnit::kText, false});
    for (const TableColumn& column : columns_of<TallyFigures>()) {
        table.columns.push_back(column);
        table.columns.push_back({column.name + "_to_date", column.unit, true});
    }
    TallyFigures nothing;
    nothing.left_by_basic = nothing.unsubscribed = life.terms.shares_offered;
    TableRow before = row_of(nothing);
    for (std::size_t at = 0; at < days.size(); ++at) {
        for (Date quiet = at == 0 ? days[at].date : add_business_days(life.terms.calendar, days[at - 1].date, 1); quiet < days[at].date;
             quiet = add_business_days(life.terms.calendar, quiet, 1)) {
            table.rows.push_back(day_row(quiet, before, before));
        }
        const TableRow to_date = row_of(days[at].to_date);
        table.rows.push_back(day_row(days[at].date, to_date, before));
        before = to_date;
    }
    table.notes = {"a day closes at midnight in the offering's zone; what is recorded on a day that is no business day counts with the next business day",
                   "basic_requested and over_requested are as accepted notices ask; basic_paid and over_paid as good money in time makes them",
                   "left_by_basic and unsubscribed start from the shares offered; once there is a final allocation, subscribed is what it allots",
                   "rights_sold are those that holders had the agent sell; a reversal, like money taken back to the desk, counts against the day on which it is made"};
    if (!days.empty()) {
        const TallyFigures& last = days.back().to_date;
        if (!(last == tally_of(book))) table.does_not_tie.push_back("the last day's figures are not the book's");
        if (last.received != last.good + last.uncleared + last.returned) table.does_not_tie.push_back("funds received are not good + uncleared + returned");
    }
    return table;
}

}  // namespace rightsdesk::domain
