// When the New York Stock Exchange and the Federal Reserve Banks are closed on a weekday: rules with the years they hold
// for, and single closings, as data. Known from 1985.
#pragma once

#include "domain/types.h"

namespace rightsdesk::domain {

// A holiday by rule, as observed, or an unscheduled closing. Weekends are not asked about here.
bool nyse_holiday(Date date);

// A holiday by rule, as observed. The Reserve Banks had no unscheduled closing.
bool fed_holiday(Date date);

}  // namespace rightsdesk::domain
