#include "domain/ways.h"

#include <algorithm>

namespace rightsdesk::domain {

namespace {

constexpr const char* kWaysZone = "America/New_York";
constexpr std::int32_t kDaysAWeek = 7;

template <class T>
bool has(const std::set<T>& wanted, const T& value) {
    return wanted.empty() || wanted.contains(value);
}

Weekday day_before(Weekday day) { return static_cast<Weekday>((static_cast<std::int32_t>(day) + kDaysAWeek - 1) % kDaysAWeek); }

std::int32_t minute_of_day(const std::string& civil) {  // "2002-06-28T17:05:00"
    const auto digits = [&](std::size_t at) { return (civil.at(at) - '0') * 10 + (civil.at(at + 1) - '0'); };
    return digits(11) * 60 + digits(14);
}

}  // namespace

bool is_within(const WayHours& hours, Instant now) {
    const auto date = date_in(now, kWaysZone);
    if (!date) return true;  // where the zones cannot be read a message too many is better than one too few
    const std::int32_t minute = minute_of_day(civil_text(now, kWaysZone));
    const Weekday today = weekday(*date);
    if (hours.from < hours.to) return has(hours.days, today) && hours.from <= minute && minute < hours.to;
    return (has(hours.days, today) && minute >= hours.from) || (has(hours.days, day_before(today)) && minute < hours.to);
}

bool takes(const Way& way, const std::string& log, const Alert& alert, Instant now) {
    return has(way.kinds, alert.kind) && has(way.severities, alert.severity) && has(way.logs, log) && alert.subject != way_subject(way.name) && is_within(way.hours, now);
}

const Way* find_way(const std::vector<Way>& ways, const std::string& name) {
    const auto found = std::find_if(ways.begin(), ways.end(), [&](const Way& way) { return way.name == name; });
    return found == ways.end() ? nullptr : &*found;
}

std::string way_subject(const std::string& way) { return "way/" + way; }

std::string sending_id(const std::string& log, const std::string& way, std::uint64_t number) { return log + "/" + way + "/" + std::to_string(number); }

std::string sending_id(const std::string& log, const Sending& sending) { return sending.key.empty() ? sending_id(log, sending.way, sending.number) : sending.key; }

}  // namespace rightsdesk::domain
