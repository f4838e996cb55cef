// Our business days against QuantLib's, every day of 46 years. Where the two differ, one of them is wrong: which, and by what
// source, is said in the table below, and a row that is not needed fails as well.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include <ql/time/calendars/unitedstates.hpp>

#include "domain/calendar.h"
#include "domain/civil.h"

namespace rightsdesk::domain {
namespace {

constexpr const char* kFirst = "1985-01-01";
constexpr const char* kLast = "2030-12-31";
constexpr std::int32_t kQuantLibsNumberOf19700101 = 25'569;

// A day on which QuantLib 1.29 is not right.
struct Gap {
    const char* day;
    CalendarKind kind;
    bool open;  // in truth
    const char* why;
};

const Gap kGaps[] = {
    {"1985-01-21", CalendarKind::kFed, true, "QuantLib has King's birthday from 1983, when it became law; Pub. L. 98-144 sec. 2: from 1986"},
    {"2025-01-09", CalendarKind::kNyse, false, "mourning for James E. Carter; the exchange announced it on 2024-12-30, after QuantLib 1.29"},
    {"2027-06-18", CalendarKind::kFed, true,
     "Juneteenth on a Saturday; the Reserve Banks are open on the Friday before every Saturday holiday (their schedule of 2023 to 2027)"},
};

using Open = std::map<std::string, bool>;

Open ours(CalendarKind kind) {
    Open open;
    const CalendarTerms terms{kind, {}};
    for (Date day = parse_date(kFirst).value(); day <= parse_date(kLast).value(); day = next_day(day)) open[to_text(day)] = is_business_day(terms, day);
    return open;
}

Open theirs(QuantLib::UnitedStates::Market market) {
    Open open;
    const QuantLib::UnitedStates calendar(market);
    for (Date day = parse_date(kFirst).value(); day <= parse_date(kLast).value(); day = next_day(day)) {
        open[to_text(day)] = calendar.isBusinessDay(QuantLib::Date(day.value + kQuantLibsNumberOf19700101));
    }
    return open;
}

void agree(CalendarKind kind, QuantLib::UnitedStates::Market market) {
    const Open here = ours(kind);
    Open there = theirs(market);
    ASSERT_EQ(here.size(), 16'801U) << "46 years with eleven leap days";
    for (const Gap& gap : kGaps) {
        if (gap.kind != kind) continue;
        EXPECT_NE(there.at(gap.day), gap.open) << gap.day << " is no gap of this QuantLib: take the row away. " << gap.why;
        there[gap.day] = gap.open;
    }
    for (const auto& [day, open] : here) EXPECT_EQ(open, there.at(day)) << day << ", " << to_text(kind) << ": we say " << (open ? "open" : "closed");
}

TEST(CalendarOracle, the_exchange_is_open_when_quantlib_says_so) { agree(CalendarKind::kNyse, QuantLib::UnitedStates::NYSE); }

TEST(CalendarOracle, the_reserve_banks_are_open_when_quantlib_says_so) { agree(CalendarKind::kFed, QuantLib::UnitedStates::FederalReserve); }

}  // namespace
}  // namespace rightsdesk::domain
