#include "domain/calendar.h"

#include <algorithm>

#include "base/check.h"
#include "domain/civil.h"
#include "domain/holidays.h"

namespace rightsdesk::domain {

namespace {

bool open_by_kind(CalendarKind kind, Date date) {
    switch (kind) {
        case CalendarKind::kNyse: return !nyse_holiday(date);
        case CalendarKind::kFed: return !fed_holiday(date);
        case CalendarKind::kBoth: return !nyse_holiday(date) && !fed_holiday(date);
        case CalendarKind::kEither: return !nyse_holiday(date) || !fed_holiday(date);
        case CalendarKind::kCustom: return true;
    }
    return true;
}

}  // namespace

bool is_business_day(const CalendarTerms& calendar, Date date) {
    if (weekday(date) >= Weekday::kSaturday) return false;
    if (std::find(calendar.closings.begin(), calendar.closings.end(), date) != calendar.closings.end()) return false;
    return open_by_kind(calendar.kind, date);
}

Date add_business_days(const CalendarTerms& calendar, Date start, std::int32_t count) {
    CHECK(count >= 0);
    Date day = start;
    while (count > 0) {
        day = next_day(day);
        if (is_business_day(calendar, day)) --count;
    }
    return day;
}

Date subtract_business_days(const CalendarTerms& calendar, Date end, std::int32_t count) {
    CHECK(count >= 0);
    Date day = end;
    while (count > 0) {
        day = Date(day.value - 1);
        if (is_business_day(calendar, day)) --count;
    }
    return day;
}

}  // namespace rightsdesk::domain
