// Business days: the table of rules.md section 6, published holiday lists, and each rule's first and odd years.
#include "domain/calendar.h"

#include <gtest/gtest.h>

#include "domain/civil.h"
#include "support/dates.h"

namespace rightsdesk::domain {
namespace {

using support::on;
CalendarTerms calendar(CalendarKind kind, std::vector<Date> closings = {}) { return CalendarTerms{kind, std::move(closings)}; }
std::string after(CalendarKind kind, const char* start, int count) { return to_text(add_business_days(calendar(kind), on(start), count)); }

struct CountingRow {
    const char* start;
    const char* nyse[3];
    const char* fed[3];
};

TEST(Calendar, TheTableOfTheRules) {  // rules.md section 6
    const CountingRow rows[] = {
        {"2001-09-10", {"2001-09-17", "2001-09-18", "2001-09-19"}, {"2001-09-11", "2001-09-12", "2001-09-13"}},
        {"2018-12-04", {"2018-12-06", "2018-12-07", "2018-12-10"}, {"2018-12-05", "2018-12-06", "2018-12-07"}},
        {"2025-10-10", {"2025-10-13", "2025-10-14", "2025-10-15"}, {"2025-10-14", "2025-10-15", "2025-10-16"}},
        {"2026-07-01", {"2026-07-02", "2026-07-06", "2026-07-07"}, {"2026-07-02", "2026-07-03", "2026-07-06"}},
        {"2022-02-11", {"2022-02-14", "2022-02-15", "2022-02-16"}, {"2022-02-14", "2022-02-15", "2022-02-16"}},
    };
    for (const CountingRow& row : rows) {
        for (int count = 1; count <= 3; ++count) {
            EXPECT_EQ(after(CalendarKind::kNyse, row.start, count), row.nyse[count - 1]) << row.start << " NYSE +" << count;
            EXPECT_EQ(after(CalendarKind::kFed, row.start, count), row.fed[count - 1]) << row.start << " Fed +" << count;
        }
    }
}

TEST(Calendar, UnscheduledClosingsOfTheExchange) {  // rules.md section 6
    for (const char* day : {"1985-09-27", "1994-04-27", "2001-09-11", "2001-09-12", "2001-09-13", "2001-09-14", "2004-06-11", "2007-01-02", "2012-10-29", "2012-10-30",
                            "2018-12-05", "2025-01-09"}) {
        EXPECT_FALSE(is_business_day(calendar(CalendarKind::kNyse), on(day))) << day;
        EXPECT_TRUE(is_business_day(calendar(CalendarKind::kFed), on(day))) << day;
    }
}

struct DayRow {
    const char* day;
    bool nyse;
    bool fed;
    const char* says;
};

TEST(Calendar, DayByDay) {
    const DayRow rows[] = {
        {"2002-06-28", true, true, "an ordinary Friday"},
        {"2002-06-29", false, false, "a Saturday"},
        {"2002-06-30", false, false, "a Sunday"},
        {"2002-07-04", false, false, "Independence Day"},
        {"2002-07-05", true, true, "the exchange closed early at 1 p.m.: a business day all the same"},
        {"2002-03-29", false, true, "Good Friday is the exchange's alone"},
        {"2002-10-14", true, false, "Columbus Day is the banks' alone"},
        {"2002-11-11", true, false, "Veterans Day is the banks' alone"},
        {"2001-11-12", true, false, "Veterans Day on a Sunday: the banks take Monday"},
        {"2006-11-10", true, true, "Veterans Day on a Saturday: the banks take no Friday"},
        {"2020-07-03", false, true, "the Fourth on a Saturday: the exchange takes Friday, the banks are open"},
        {"2026-07-03", false, true, "and again in 2026"},
        {"2021-07-05", false, false, "the Fourth on a Sunday: both take Monday"},
        {"2010-12-24", false, true, "Christmas on a Saturday"},
        {"2011-12-26", false, false, "Christmas on a Sunday"},
        {"2010-12-31", true, true, "New Year's Day on a Saturday: nobody takes Friday"},
        {"2021-12-31", true, true, "and again in 2021"},
        {"2012-01-02", false, false, "New Year's Day on a Sunday"},
        {"1985-01-21", true, true, "before there was a King holiday"},
        {"1986-01-20", true, false, "the first King holiday: banks from 1986"},
        {"1997-01-20", true, false, "the last King holiday that the exchange traded on"},
        {"1998-01-19", false, false, "the exchange from 1998"},
        {"2021-06-18", true, true, "the day after Juneteenth became law: a Friday, both open"},
        {"2022-06-20", false, false, "Juneteenth on a Sunday: both take Monday"},
        {"2024-06-19", false, false, "Juneteenth"},
        {"2020-06-19", true, true, "before there was a Juneteenth holiday"},
        {"2027-06-18", false, true, "Juneteenth on a Saturday"},
        {"2002-02-18", false, false, "Washington's Birthday"},
        {"2002-05-27", false, false, "Memorial Day, the last Monday"},
        {"2021-05-31", false, false, "Memorial Day on the 31st"},
        {"2022-05-30", false, false, "Memorial Day, not the 23rd"},
        {"2022-05-23", true, true, "the Monday before it"},
        {"2002-09-02", false, false, "Labor Day"},
        {"2002-11-28", false, false, "Thanksgiving"},
        {"2002-11-29", true, true, "the day after, an early close"},
        {"1992-11-03", true, true, "a presidential election day"},
        {"2008-03-21", false, true, "the earliest Good Friday for long, in March"},
        {"2038-04-23", false, true, "the latest, 25 April being Easter"},
    };
    for (const DayRow& row : rows) {
        EXPECT_EQ(is_business_day(calendar(CalendarKind::kNyse), on(row.day)), row.nyse) << row.day << ": " << row.says;
        EXPECT_EQ(is_business_day(calendar(CalendarKind::kFed), on(row.day)), row.fed) << row.day << ": " << row.says;
        EXPECT_EQ(is_business_day(calendar(CalendarKind::kBoth), on(row.day)), row.nyse && row.fed) << row.day << ": " << row.says;
        EXPECT_EQ(is_business_day(calendar(CalendarKind::kEither), on(row.day)), row.nyse || row.fed) << row.day << ": " << row.says;
    }
}

int weekdays_closed(CalendarKind kind, int year) {
    int closed = 0;
    for (Date day = date_of(year, 1, 1); year_of(day) == year; day = next_day(day)) {
        if (weekday(day) < Weekday::kSaturday && !is_business_day(calendar(kind), day)) ++closed;
    }
    return closed;
}

struct YearRow {
    int year;
    int nyse;
    int fed;
    const char* says;
};

TEST(Calendar, WeekdaysClosedInAYear) {
    const YearRow rows[] = {
        {1985, 9, 9, "eight holidays of the exchange and hurricane Gloria"},
        {1990, 8, 10, "eight and ten, all on weekdays"},
        {1998, 9, 9, "King's birthday joins; the Fourth on a Saturday is the banks' loss"},
        {2001, 13, 10, "nine, and four days in September"},
        {2002, 9, 10, "the year of the sample"},
        {2011, 8, 9, "New Year's Day on a Saturday is nobody's; Christmas moves to Monday"},
        {2025, 11, 11, "ten, and 9 January"},
        {2026, 10, 10, "the NYSE's own list for 2026 has ten"},
    };
    for (const YearRow& row : rows) {
        EXPECT_EQ(weekdays_closed(CalendarKind::kNyse, row.year), row.nyse) << row.year << ": " << row.says;
        EXPECT_EQ(weekdays_closed(CalendarKind::kFed, row.year), row.fed) << row.year << ": " << row.says;
    }
}

TEST(Calendar, TheTermsOwnClosings) {
    const Date closed = on("2002-07-01");
    for (const CalendarKind kind : {CalendarKind::kNyse, CalendarKind::kFed, CalendarKind::kBoth, CalendarKind::kEither, CalendarKind::kCustom}) {
        EXPECT_FALSE(is_business_day(calendar(kind, {closed}), closed)) << to_text(kind);
        EXPECT_EQ(to_text(add_business_days(calendar(kind, {closed}), on("2002-06-28"), 1)), "2002-07-02") << to_text(kind);
    }
}

TEST(Calendar, AListOfClosingsIsTheWholeCalendar) {
    EXPECT_TRUE(is_business_day(calendar(CalendarKind::kCustom), on("2002-07-04")));
    EXPECT_FALSE(is_business_day(calendar(CalendarKind::kCustom, {on("2002-07-04")}), on("2002-07-04")));
    EXPECT_FALSE(is_business_day(calendar(CalendarKind::kCustom), on("2002-07-06")));
}

TEST(Calendar, TheStartIsNotCounted) {
    EXPECT_EQ(after(CalendarKind::kNyse, "2002-06-27", 3), "2002-07-02");
    EXPECT_EQ(after(CalendarKind::kNyse, "2002-06-29", 1), "2002-07-01");  // a Saturday start counts no more than a Friday
    EXPECT_EQ(after(CalendarKind::kNyse, "2002-06-28", 1), "2002-07-01");
    EXPECT_EQ(after(CalendarKind::kNyse, "2002-06-29", 0), "2002-06-29");  // zero: the day itself
}

}  // namespace
}  // namespace rightsdesk::domain
