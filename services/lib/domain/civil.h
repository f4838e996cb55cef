// Dates, civil times and zones. Deadlines are civil times in a named zone (rules.md section 2); stamps are UTC nanoseconds.
//
// Everything here is a function of its arguments and of the system's zone database (package tzdata), which is read once;
// no network, no clock. Safe from every thread. Reaches from 1700-01-01 to 2199-12-31; local times only to the end of
// 2037, because compiled zone files list their changes no further.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::domain {

RIGHTSDESK_ENUM(Weekday, kMonday, kTuesday, kWednesday, kThursday, kFriday, kSaturday, kSunday)

inline constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
inline constexpr std::int64_t kNanosecondsPerMinute = 60 * kNanosecondsPerSecond;

// "2002-06-28", exactly that form. Invalid when it is another form or no such day.
base::Result<Date> parse_date(std::string_view text);

// "2002-06-28".
std::string to_text(Date date);

// Whether a date lies within the reach named above; one that a gateway keyed may be any number.
bool is_within_reach(Date date);

Weekday weekday(Date date);
Date next_day(Date date);

// Day of a year, month (1 to 12) and day that exist. A day that does not exist is a bug.
Date date_of(int year, unsigned month, unsigned day);
int year_of(Date date);

// A time of day, "17:00:00" or "17:00", as "17:00:00". Invalid when it is none.
base::Result<std::string> parse_time_of_day(std::string_view text);

// ISO 8601 with date, time, up to nine digits of the second, and "Z" or "+hh:mm" or "-hh:mm":
// "2002-06-28T17:00:00.001-04:00". Seconds may be left out. Invalid when it is another form or no such instant.
base::Result<Instant> parse_instant(std::string_view text);

// "2002-06-28T21:00:00Z"; with 3, 6 or 9 digits of the second where they are not zero.
std::string instant_text(Instant instant);

// The instant of a civil time ("2002-06-28T17:00:00", or without seconds, or with a space for the "T") in a zone
// ("America/New_York"); the deadline's civil text is of the first form. A time that the clocks show twice (the hour before
// 2 a.m. when summer time ends) is the later of the two: a deadline is never acted on early. Invalid when the zone is
// unknown or the clocks never show that time.
base::Result<Deadline> resolve(std::string_view civil, const std::string& zone);

// The same for a day and a time of day, "17:00:00".
base::Result<Deadline> resolve(Date day, std::string_view time_of_day, const std::string& zone);

// What the clocks in `zone` show: "2002-06-28T17:00:00.001", with 3, 6 or 9 digits of the second where they are not zero.
// Where the zone database cannot say, UTC with its "Z": never a wrong local time.
std::string civil_text(Instant instant, const std::string& zone);

// The civil date in `zone` at an instant. Invalid where the zone database cannot say.
base::Result<Date> date_in(Instant instant, const std::string& zone);

// Of a deadline's civil text. A deadline that `resolve` did not make is a bug.
Date civil_date(const Deadline& deadline);
std::string civil_time_of_day(const Deadline& deadline);  // "17:00:00"

}  // namespace rightsdesk::domain
