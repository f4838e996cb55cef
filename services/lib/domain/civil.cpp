#include "domain/civil.h"

#include <date/tz.h>

#include <array>
#include <cstdio>
#include <stdexcept>

#include "base/check.h"

namespace rightsdesk::domain {

namespace {

constexpr int kFirstYear = 1700;
constexpr int kLastYear = 2199;
constexpr int kLastLocalYear = 2037;
constexpr std::int64_t kSecondsPerDay = 86'400;

// Reads a text from its front; what does not fit leaves it unmoved.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    // Exactly `digits` decimal digits.
    bool number(std::size_t digits, int& value) {
        if (rest_.size() < digits) return false;
        int read = 0;
        for (const char digit : rest_.substr(0, digits)) {
            if (digit < '0' || digit > '9') return false;
            read = read * 10 + (digit - '0');
        }
        value = read;
        rest_.remove_prefix(digits);
        return true;
    }
    bool skip(char expected) { return skip_any(std::string_view(&expected, 1)); }
    bool skip_any(std::string_view allowed) {
        if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }
    // One to nine digits after the point, as nanoseconds.
    bool fraction(std::int64_t& nanoseconds) {
        std::int64_t value = 0;
        int digits = 0;
        for (int digit = 0; digits < 9 && number(1, digit); ++digits) value = value * 10 + digit;
        if (digits == 0) return false;
        for (; digits < 9; ++digits) value *= 10;
        nanoseconds = value;
        return true;
    }
    [[nodiscard]] char front() const { return rest_.empty() ? '\0' : rest_.front(); }
    [[nodiscard]] bool done() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

struct Civil {
    Date day;
    std::int64_t second = 0;  // of the day
};

bool scan_date(Scanner& scanner, Date& day) {
    int year = 0;
    int month = 0;
    int day_of_month = 0;
    if (!scanner.number(4, year) || !scanner.skip('-') || !scanner.number(2, month) || !scanner.skip('-') || !scanner.number(2, day_of_month)) return false;
    const date::year_month_day made{date::year(year), date::month(static_cast<unsigned>(month)), date::day(static_cast<unsigned>(day_of_month))};
    if (!made.ok() || year < kFirstYear || year > kLastYear) return false;
    day = Date(date::sys_days(made).time_since_epoch().count());
    return true;
}

bool scan_time(Scanner& scanner, std::int64_t& second_of_day) {
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!scanner.number(2, hour) || !scanner.skip(':') || !scanner.number(2, minute)) return false;
    if (scanner.skip(':') && !scanner.number(2, second)) return false;
    if (hour > 23 || minute > 59 || second > 59) return false;
    second_of_day = hour * 3'600 + minute * 60 + second;
    return true;
}

bool scan_civil(Scanner& scanner, Civil& civil) { return scan_date(scanner, civil.day) && scanner.skip_any("T ") && scan_time(scanner, civil.second); }

bool scan_offset(Scanner& scanner, std::int64_t& seconds) {
    if (scanner.skip('Z')) return true;
    const std::int64_t sign = scanner.front() == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;
    if (!scanner.skip_any("+-") || !scanner.number(2, hours) || !scanner.skip(':') || !scanner.number(2, minutes)) return false;
    if (hours > 23 || minutes > 59) return false;
    seconds = sign * (hours * 3'600 + minutes * 60);
    return true;
}

template <class... Numbers>
std::string formatted(const char* format, Numbers... numbers) {
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), format, numbers...);
    CHECK(length > 0 && static_cast<std::size_t>(length) < text.size());
    return std::string(text.data(), static_cast<std::size_t>(length));
}

std::string time_text(std::int64_t second_of_day) {
    return formatted("%02d:%02d:%02d", static_cast<int>(second_of_day / 3'600), static_cast<int>(second_of_day / 60 % 60),
                     static_cast<int>(second_of_day % 60));
}

std::string civil_text_of(std::int64_t second) {
    const auto day = date::floor<date::days>(std::chrono::seconds(second));
    return to_text(Date(day.count())) + "T" + time_text(second - day.count() * kSecondsPerDay);
}

// ".001", or nothing for a whole second.
std::string fraction_text(std::int64_t nanoseconds) {
    if (nanoseconds == 0) return "";
    std::string digits = formatted(".%09d", static_cast<int>(nanoseconds));
    while (digits.ends_with("000")) digits.resize(digits.size() - 3);
    return digits;
}

struct Split {
    std::int64_t second = 0;      // since 1970, rounded down
    std::int64_t nanoseconds = 0;
};

Split split(Instant instant) {
    const std::int64_t rest = instant.value % kNanosecondsPerSecond;
    const std::int64_t below = rest < 0 ? 1 : 0;  // division rounds towards zero, and a second begins at or before its instant
    return Split{instant.value / kNanosecondsPerSecond - below, rest + below * kNanosecondsPerSecond};
}

base::Result<const date::time_zone*> zone_named(const std::string& zone) {
    try {
        return date::locate_zone(zone);
    } catch (const std::exception&) {
        return base::invalid("\"" + zone + "\" is no zone of the system's zone database (/usr/share/zoneinfo, package tzdata); write one like \"America/New_York\"");
    }
}

// The seconds that the zone is ahead of UTC at an instant. The database reads a zone's file on first use.
base::Result<std::int64_t> offset_at(std::int64_t second, const std::string& zone) {
    const auto found = zone_named(zone);
    if (!found) return tl::unexpected(found.error());
    const date::sys_seconds at{std::chrono::seconds(second)};
    if (at >= date::sys_days(date::year(kLastLocalYear + 1) / 1 / 1)) return base::invalid("the zone database does not reach beyond 2037");
    try {
        return (*found)->get_info(at).offset.count();
    } catch (const std::exception& trouble) {
        return base::invalid("zone " + zone + " cannot be read: " + trouble.what());
    }
}

base::Result<std::int64_t> second_of(const date::local_seconds& local, const std::string& zone, const std::string& civil) {
    const auto found = zone_named(zone);
    if (!found) return tl::unexpected(found.error());
    try {
        const date::local_info info = (*found)->get_info(local);
        if (info.result == date::local_info::nonexistent) return base::invalid("the clocks of " + zone + " never show " + civil + ": they go forward there");
        const auto offset = info.result == date::local_info::ambiguous ? info.second.offset : info.first.offset;
        return (local.time_since_epoch() - offset).count();
    } catch (const std::exception& trouble) {
        return base::invalid("zone " + zone + " cannot be read: " + trouble.what());
    }
}

date::year_month_day calendar_date(Date date) { return date::year_month_day(date::sys_days(date::days(date.value))); }

}  // namespace

base::Result<Date> parse_date(std::string_view text) {
    Scanner scanner(text);
    Date day;
    if (scan_date(scanner, day) && scanner.done()) return day;
    return base::invalid("\"" + std::string(text) + "\" is no date from 1700 to 2199; write one like 2002-06-28");
}

std::string to_text(Date date) {
    // A gateway may have keyed any number, and the calendar's arithmetic ends before those of 32 bits do.
    constexpr std::int32_t kFarthest = 200'000;  // days either way: every instant that 64 bits of nanoseconds hold is nearer
    if (date.value < -kFarthest || date.value > kFarthest) return "day " + std::to_string(date.value);
    const auto day = calendar_date(date);
    return formatted("%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

bool is_within_reach(Date date) { return date >= date_of(kFirstYear, 1, 1) && date <= date_of(kLastYear, 12, 31); }

Weekday weekday(Date date) { return static_cast<Weekday>(date::weekday(date::sys_days(date::days(date.value))).iso_encoding() - 1); }

Date next_day(Date date) { return Date(date.value + 1); }

Date date_of(int year, unsigned month, unsigned day) {
    const date::year_month_day made{date::year(year), date::month(month), date::day(day)};
    CHECK(made.ok());
    return Date(date::sys_days(made).time_since_epoch().count());
}

int year_of(Date date) { return static_cast<int>(calendar_date(date).year()); }

base::Result<std::string> parse_time_of_day(std::string_view text) {
    Scanner scanner(text);
    std::int64_t second = 0;
    if (scan_time(scanner, second) && scanner.done()) return time_text(second);
    return base::invalid("\"" + std::string(text) + "\" is no time of day; write one like 17:00:00");
}

base::Result<Instant> parse_instant(std::string_view text) {
    Scanner scanner(text);
    Civil civil;
    std::int64_t nanoseconds = 0;
    std::int64_t offset = 0;
    const bool understood = scan_civil(scanner, civil) && (!scanner.skip('.') || scanner.fraction(nanoseconds)) && scan_offset(scanner, offset);
    if (!understood || !scanner.done()) {
        return base::invalid("\"" + std::string(text) + "\" is no instant; write one like 2002-06-28T21:00:00.000000001Z or 2002-06-28T17:00:00-04:00");
    }
    return Instant((civil.day.value * kSecondsPerDay + civil.second - offset) * kNanosecondsPerSecond + nanoseconds);
}

std::string instant_text(Instant instant) {
    const Split at = split(instant);
    return civil_text_of(at.second) + fraction_text(at.nanoseconds) + "Z";
}

base::Result<Deadline> resolve(std::string_view civil, const std::string& zone) {
    Scanner scanner(civil);
    Civil read;
    if (!scan_civil(scanner, read) || !scanner.done()) {
        return base::invalid("\"" + std::string(civil) + "\" is no civil time; write one like 2002-06-28T17:00:00");
    }
    if (year_of(read.day) > kLastLocalYear) return base::invalid("\"" + std::string(civil) + "\" is too far off: the zone database does not reach beyond 2037");
    Deadline deadline;
    deadline.civil = to_text(read.day) + "T" + time_text(read.second);
    deadline.zone = zone;
    const date::local_seconds local{std::chrono::seconds(read.day.value * kSecondsPerDay + read.second)};
    const auto second = second_of(local, zone, deadline.civil);
    if (!second) return tl::unexpected(second.error());
    deadline.instant = Instant(*second * kNanosecondsPerSecond);
    return deadline;
}

base::Result<Deadline> resolve(Date day, std::string_view time_of_day, const std::string& zone) {
    return resolve(to_text(day) + "T" + std::string(time_of_day), zone);
}

std::string civil_text(Instant instant, const std::string& zone) {
    const Split at = split(instant);
    const auto offset = offset_at(at.second, zone);
    if (!offset) return instant_text(instant);
    return civil_text_of(at.second + *offset) + fraction_text(at.nanoseconds);
}

base::Result<Date> date_in(Instant instant, const std::string& zone) {
    const std::int64_t second = split(instant).second;
    const auto offset = offset_at(second, zone);
    if (!offset) return tl::unexpected(offset.error());
    return Date(date::floor<date::days>(std::chrono::seconds(second + *offset)).count());
}

Date civil_date(const Deadline& deadline) {
    CHECK(deadline.civil.size() == 19);
    const auto day = parse_date(std::string_view(deadline.civil).substr(0, 10));
    CHECK(day.has_value());
    return *day;
}

std::string civil_time_of_day(const Deadline& deadline) {
    CHECK(deadline.civil.size() == 19);
    return deadline.civil.substr(11);
}

}  // namespace rightsdesk::domain
