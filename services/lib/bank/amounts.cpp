#include "bank/amounts.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "domain/civil.h"

namespace rightsdesk::bank {

namespace {

constexpr std::array<std::string_view, 17> kWithoutDecimals{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                            "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kWithThree{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> kWithFour{"CLF", "UYW"};

template <class Codes>
bool is_one_of(const Codes& codes, std::string_view code) { return std::find(codes.begin(), codes.end(), code) != codes.end(); }

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char sign) { return sign >= '0' && sign <= '9'; });
}

int number_of(std::string_view digits) {
    int number = 0;
    for (const char digit : digits) number = number * 10 + (digit - '0');
    return number;
}

std::string quoted(std::string_view text) { return "'" + std::string(text.substr(0, 40)) + "'"; }

unsigned days_in(int year, unsigned month) {
    constexpr std::array<unsigned, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : kDays.at(month - 1);
}

base::Result<ReadDay> day_of(int year, int month, int day, std::string_view written) {
    constexpr int kLongestMonthOfAccountants = 30;
    if (month < 1 || month > 12 || day < 1) return base::invalid(quoted(written) + " is no day");
    const int last = static_cast<int>(days_in(year, static_cast<unsigned>(month)));
    if (day <= last) return ReadDay{domain::date_of(year, static_cast<unsigned>(month), static_cast<unsigned>(day)), false};
    if (month != 2 || day > kLongestMonthOfAccountants) return base::invalid(quoted(written) + " is no day: that month has " + std::to_string(last));
    return ReadDay{domain::date_of(year, 2, static_cast<unsigned>(last)), true};
}

bool is_zone(std::string_view text) {
    constexpr std::size_t kLength = 6;
    constexpr int kMostHours = 14;
    constexpr int kMostMinutes = 59;
    if (text == "Z") return true;
    if (text.size() != kLength || (text.front() != '+' && text.front() != '-') || text[3] != ':' || !all_digits(text.substr(1, 2)) || !all_digits(text.substr(4))) return false;
    return number_of(text.substr(1, 2)) <= kMostHours && number_of(text.substr(4)) <= kMostMinutes;
}

}  // namespace

std::optional<int> decimals_of(std::string_view currency) {
    if (currency.size() != 3 || !std::all_of(currency.begin(), currency.end(), [](char sign) { return sign >= 'A' && sign <= 'Z'; })) return std::nullopt;
    if (is_one_of(kWithoutDecimals, currency)) return 0;
    if (is_one_of(kWithThree, currency)) return 3;
    if (is_one_of(kWithFour, currency)) return 4;
    return 2;
}

base::Result<std::int64_t> parse_amount(std::string_view text, char point, std::string_view currency) {
    const auto decimals = decimals_of(currency);
    if (!decimals) return base::invalid(quoted(currency) + " is no currency (three capital letters)");
    const std::size_t at = text.find(point);
    const std::string_view whole = text.substr(0, at);
    std::string_view part = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    if ((whole.empty() && part.empty()) || (!whole.empty() && !all_digits(whole)) || (!part.empty() && !all_digits(part))) {
        return base::invalid(quoted(text) + " is no amount: digits, with one '" + std::string(1, point) + "' at most");
    }
    while (part.size() > static_cast<std::size_t>(*decimals)) {
        if (part.back() != '0') return base::invalid(quoted(text) + " is finer than " + std::string(currency) + " has decimals (" + std::to_string(*decimals) + ")");
        part.remove_suffix(1);
    }
    std::string digits = std::string(whole) + std::string(part);
    digits.append(static_cast<std::size_t>(*decimals) - part.size(), '0');
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.size() > kMostAmountDigits) return base::invalid(quoted(text) + " is larger than any amount taken");
    std::int64_t amount = 0;
    for (const char digit : digits) amount = amount * 10 + (digit - '0');
    return amount;
}

base::Result<std::int64_t> parse_signed_minor(std::string_view text) {
    std::string_view digits = text;
    const bool negative = !digits.empty() && digits.front() == '-';
    if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
    if (!all_digits(digits)) return base::invalid(quoted(text) + " is no amount: digits, with a sign in front at most");
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.size() > kMostAmountDigits) return base::invalid(quoted(text) + " is larger than any amount taken");
    std::int64_t amount = 0;
    for (const char digit : digits) amount = amount * 10 + (digit - '0');
    return negative ? -amount : amount;
}

bool is_number(std::string_view digits, std::size_t number) {
    if (digits.empty()) return false;
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1)) == std::to_string(number);
}

bool add_up(std::int64_t& sum, std::int64_t amount) {
    std::int64_t next = 0;
    if (__builtin_add_overflow(sum, amount, &next)) return false;
    sum = next;
    return true;
}

base::Result<ReadDay> parse_compact_day(std::string_view text) {
    constexpr int kFirstOfTwoDigits = 80;
    if ((text.size() != 6 && text.size() != 8) || !all_digits(text)) return base::invalid(quoted(text) + " is no day: YYMMDD or YYYYMMDD");
    const std::size_t year_digits = text.size() - 4;
    int year = number_of(text.substr(0, year_digits));
    if (year_digits == 2) year += year >= kFirstOfTwoDigits ? 1900 : 2000;
    if (year < 1900 || year > 2199) return base::invalid(quoted(text) + " is no day of 1900 to 2199");
    return day_of(year, number_of(text.substr(year_digits, 2)), number_of(text.substr(year_digits + 2, 2)), text);
}

base::Result<ReadDay> parse_month_day(std::string_view text, domain::Date near) {
    if (text.size() != 4 || !all_digits(text)) return base::invalid(quoted(text) + " is no day: MMDD");
    const int month = number_of(text.substr(0, 2));
    const int day = number_of(text.substr(2, 2));
    std::optional<ReadDay> nearest;
    const int middle = domain::year_of(near);
    base::Error why{};
    for (const int year : {middle, middle - 1, middle + 1}) {
        const auto read = day_of(year, month, day, text);
        if (!read) {
            why = read.error();
            continue;
        }
        const auto distance = [near](const ReadDay& of) { return std::abs(of.date.value - near.value); };
        if (!nearest || (nearest->put_right && !read->put_right) || (nearest->put_right == read->put_right && distance(*read) < distance(*nearest))) nearest = *read;
    }
    if (!nearest) return tl::unexpected(why);
    return *nearest;
}

base::Result<IsoTime> parse_iso_time(std::string_view text) {
    constexpr std::size_t kDate = 10;
    constexpr std::string_view kEndOfDay = "T24:00:00";
    constexpr std::int64_t kNanoseconds = 1'000'000'000;
    constexpr std::int64_t kDaySeconds = 86'400;
    const auto date = domain::parse_date(text.substr(0, std::min(text.size(), kDate)));
    if (!date) return base::invalid(quoted(text) + " is no ISO 8601 date: " + date.error().message);
    std::string_view rest = text.substr(kDate);
    IsoTime time{*date, std::nullopt};
    if (rest.empty() || rest.front() != 'T') {
        if (!rest.empty() && !is_zone(rest)) return base::invalid(quoted(text) + " is no ISO 8601 date");
        return time;
    }
    const bool offset = rest.back() == 'Z' || rest.find('+') != std::string_view::npos || rest.find('-') != std::string_view::npos;
    // The end of a day, which XML Schema writes so: the first instant of the next one, and still of this day to the bank.
    const bool ends_day = rest.substr(0, kEndOfDay.size()) == kEndOfDay;
    std::string written = std::string(text) + (offset ? "" : "Z");
    if (ends_day) written.replace(kDate + 1, 2, "00");
    auto instant = domain::parse_instant(written);
    if (instant && ends_day) {
        if (instant->value % kNanoseconds != 0) return base::invalid(quoted(text) + " is no ISO 8601 time: a day ends at 24:00:00");
        *instant += domain::Instant(kDaySeconds * kNanoseconds);
    }
    if (!instant) return base::invalid(quoted(text) + " is no ISO 8601 time: " + instant.error().message);
    if (offset) time.instant = *instant;
    return time;
}

}  // namespace rightsdesk::bank
