#include "domain/holidays.h"

#include <array>
#include <cstdint>

#include "domain/civil.h"

namespace rightsdesk::domain {

namespace {

constexpr int kAlways = 0;       // in force in 1985, where the data begins
constexpr int kNoYear = 9'999;

// One holiday: which day it is, and from which year each institution keeps it.
struct Holiday {
    const char* name;
    unsigned month;
    unsigned day;                // of the month; 0: by weekday, or by Easter
    Weekday weekday;             // with `nth`
    int nth;                     // 1 to 4; -1: the last of the month; 0: not by weekday
    int days_from_easter;        // when neither a day nor a weekday is given
    int nyse_from;
    int fed_from;
};

// NYSE Rule 7.2 (formerly 51) and the exchange's list of holidays since 1885; Fed: 12 CFR and the Federal Reserve Banks'
// holiday schedules, after 5 U.S.C. 6103.
constexpr std::array kHolidays = {
    Holiday{"New Year's Day", 1, 1, Weekday::kMonday, 0, 0, kAlways, kAlways},
    Holiday{"Birthday of Martin Luther King, Jr.", 1, 0, Weekday::kMonday, 3, 0, 1998, 1986},  // Pub. L. 98-144; NYSE followed in 1998
    Holiday{"Washington's Birthday", 2, 0, Weekday::kMonday, 3, 0, kAlways, kAlways},
    Holiday{"Good Friday", 0, 0, Weekday::kFriday, 0, -2, kAlways, kNoYear},                    // no federal holiday
    Holiday{"Memorial Day", 5, 0, Weekday::kMonday, -1, 0, kAlways, kAlways},
    Holiday{"Juneteenth", 6, 19, Weekday::kMonday, 0, 0, 2022, 2021},  // Pub. L. 117-17, 2021-06-17; a Saturday that year, so no weekday was closed
    Holiday{"Independence Day", 7, 4, Weekday::kMonday, 0, 0, kAlways, kAlways},
    Holiday{"Labor Day", 9, 0, Weekday::kMonday, 1, 0, kAlways, kAlways},
    Holiday{"Columbus Day", 10, 0, Weekday::kMonday, 2, 0, kNoYear, kAlways},                   // rules.md section 6
    Holiday{"Veterans Day", 11, 11, Weekday::kMonday, 0, 0, kNoYear, kAlways},                  // rules.md section 6
    Holiday{"Thanksgiving Day", 11, 0, Weekday::kThursday, 4, 0, kAlways, kAlways},
    Holiday{"Christmas Day", 12, 25, Weekday::kMonday, 0, 0, kAlways, kAlways},
};

struct Closing {
    int year;
    unsigned month;
    unsigned day;
    const char* why;
};

// Whole days on which the exchange did not open though no rule says so (rules.md section 6). Closings to come are entered
// in an offering's calendar.closings at once, and here with the next release.
constexpr std::array kNyseClosings = {
    Closing{1985, 9, 27, "hurricane Gloria"},
    Closing{1994, 4, 27, "funeral of Richard M. Nixon"},
    Closing{2001, 9, 11, "attack on the World Trade Center"},
    Closing{2001, 9, 12, "attack on the World Trade Center"},
    Closing{2001, 9, 13, "attack on the World Trade Center"},
    Closing{2001, 9, 14, "attack on the World Trade Center"},
    Closing{2004, 6, 11, "mourning for Ronald W. Reagan"},
    Closing{2007, 1, 2, "mourning for Gerald R. Ford"},
    Closing{2012, 10, 29, "hurricane Sandy"},
    Closing{2012, 10, 30, "hurricane Sandy"},
    Closing{2018, 12, 5, "mourning for George H. W. Bush"},
    Closing{2025, 1, 9, "mourning for James E. Carter"},
};

// Gregorian Easter Sunday (Meeus, Jones and Butcher).
Date easter(int year) {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int day = h + l - 7 * m + 114;
    return date_of(year, static_cast<unsigned>(day / 31), static_cast<unsigned>(day % 31 + 1));
}

Date nth_weekday(int year, unsigned month, Weekday wanted, int nth) {
    const Date first = nth > 0 ? date_of(year, month, 1) : Date(date_of(year, month + 1, 1).value - 7);  // no rule asks December's last
    const int ahead = (static_cast<int>(wanted) - static_cast<int>(weekday(first)) + 7) % 7;
    return Date(first.value + ahead + (nth > 0 ? 7 * (nth - 1) : 0));
}

Date day_of(const Holiday& holiday, int year) {
    if (holiday.nth != 0) return nth_weekday(year, holiday.month, holiday.weekday, holiday.nth);
    if (holiday.day != 0) return date_of(year, holiday.month, holiday.day);
    return Date(easter(year).value + holiday.days_from_easter);
}

// On a Sunday both take the Monday. On a Saturday the exchange takes the Friday, except for New Year's Day (the Friday
// would end the year's accounts); the Reserve Banks are open on the Friday.
bool kept_on(const Holiday& holiday, Date date, bool saturday_moves_to_friday) {
    const int year = year_of(date);
    const Date day = day_of(holiday, year);
    if (weekday(day) == Weekday::kSunday) return date == next_day(day);
    if (weekday(day) != Weekday::kSaturday) return date == day;
    const bool new_year = holiday.month == 1 && holiday.day == 1;
    return saturday_moves_to_friday && !new_year && date == Date(day.value - 1);
}

}  // namespace

bool nyse_holiday(Date date) {
    const int year = year_of(date);
    for (const Closing& closing : kNyseClosings) {
        if (closing.year == year && date == date_of(closing.year, closing.month, closing.day)) return true;
    }
    for (const Holiday& holiday : kHolidays) {
        if (year >= holiday.nyse_from && kept_on(holiday, date, true)) return true;
    }
    return false;
}

bool fed_holiday(Date date) {
    const int year = year_of(date);
    for (const Holiday& holiday : kHolidays) {
        if (year >= holiday.fed_from && kept_on(holiday, date, false)) return true;
    }
    return false;
}

}  // namespace rightsdesk::domain
