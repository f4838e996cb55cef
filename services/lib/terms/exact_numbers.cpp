#include "terms/exact_numbers.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace rightsdesk::terms {

namespace {

constexpr std::size_t kMaxDigits = 15;  // fits, whatever the digits are

std::optional<std::int64_t> digits(const std::string& text) {
    const bool decimal = !text.empty() && text.size() <= kMaxDigits && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!decimal) return std::nullopt;
    std::int64_t value = 0;
    for (const char digit : text) value = value * 10 + (digit - '0');
    return value;
}

// A decimal as whole units of 10^-places.
struct Decimal {
    std::int64_t units = 0;
    std::size_t places = 0;
};

std::optional<Decimal> decimal(const std::string& text) {
    const std::size_t point = text.find('.');
    const std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
    if (point != std::string::npos && (fraction.empty() || point == 0)) return std::nullopt;
    const auto units = digits(text.substr(0, point) + fraction);
    return units ? std::optional(Decimal{*units, fraction.size()}) : std::nullopt;
}

std::int64_t power_of_ten(std::size_t places) {
    std::int64_t power = 1;
    for (; places > 0; --places) power *= 10;
    return power;
}

}  // namespace

base::Result<domain::Money> parse_price(const std::string& text) {
    const std::string quoted = "was \"" + text + "\"; ";
    const auto amount = decimal(text);
    if (!amount) return base::invalid(quoted + "must be US dollars as an exact decimal like \"2.00\", without sign or separators");
    if (amount->places > 2) return base::invalid(quoted + "must be in whole cents, two decimals at most: a part of a cent can be neither paid nor returned");
    const std::int64_t cents = amount->units * power_of_ten(2 - amount->places);
    if (cents <= 0 || cents > kMaxPriceCents) return base::invalid(quoted + "must be above 0.00 and at most 1000000.00");
    return domain::Money(cents);
}

base::Result<domain::Ratio> parse_ratio(const std::string& text) {
    const base::Error unusable{base::ErrorKind::kInvalid, "was \"" + text + "\"; must be an exact fraction above zero like \"1/7\", \"0.41155\" or \"1\", each part at most " +
                                                              std::to_string(kMaxRatioPart)};
    const std::size_t slash = text.find('/');
    const auto upper = slash == std::string::npos ? decimal(text) : decimal(text.substr(0, slash));
    const auto lower = slash == std::string::npos ? Decimal{1, 0} : decimal(text.substr(slash + 1));
    if (!upper || !lower || (slash != std::string::npos && (upper->places > 0 || lower->places > 0))) return tl::unexpected(unusable);
    std::int64_t numerator = upper->units;
    std::int64_t denominator = lower->units * power_of_ten(upper->places);
    if (numerator == 0 || denominator == 0) return tl::unexpected(unusable);
    const std::int64_t common = std::gcd(numerator, denominator);
    numerator /= common;
    denominator /= common;
    if (numerator > kMaxRatioPart || denominator > kMaxRatioPart) return tl::unexpected(unusable);
    return domain::Ratio{numerator, denominator};
}

}  // namespace rightsdesk::terms
