// Business days (rules.md section 6): which days count is named in the terms. The rules and closings themselves are dated
// data, in holidays.cpp; an offering's terms add closings of their own.
//
// Known from 1985-01-01. Early closes are not closings: they move no deadline.
#pragma once

#include "domain/terms.h"

namespace rightsdesk::domain {

inline constexpr const char* kCalendarKnownFrom = "1985-01-01";

// kNyse and kFed: not a Saturday, Sunday, holiday or closing of that institution. kBoth: both are open. kEither: at least
// one is open. kCustom: not a Saturday or Sunday. And in each case none of the terms' closings.
bool is_business_day(const CalendarTerms& calendar, Date date);

// The `count`th business day after `start`; `start` is not counted, whether a business day or not (rules.md section 5).
// For a count of 0 it is `start` itself, even where that is no business day. A negative count is a bug.
Date add_business_days(const CalendarTerms& calendar, Date start, std::int32_t count);

// The `count`th business day before `end`; `end` is not counted, whether a business day or not. A negative count is a bug.
Date subtract_business_days(const CalendarTerms& calendar, Date end, std::int32_t count);

}  // namespace rightsdesk::domain
