// Amounts and days as banks write them, exactly. No floating point comes near them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::bank {

// Digits of the largest amount read, of whatever currency, in its smallest unit: ISO 20022's bound. Nine of them fit in 64 bits, so sums are made
// with add_up.
inline constexpr std::size_t kMostAmountDigits = 18;

// How many decimals a currency has (ISO 4217): 2 for USD, 0 for JPY, 3 for KWD. Nothing for what is no code of three capital letters; 2 for
// one that the list does not know.
std::optional<int> decimals_of(std::string_view currency);

// "200000", "8.850", "3700," as smallest units: digits with at most one `point`, at most kMostAmountDigits. Decimals beyond the
// currency's must be zeros. Invalid otherwise, saying why.
base::Result<std::int64_t> parse_amount(std::string_view text, char point, std::string_view currency);
// "+000000000208500", "-3500": a whole number of smallest units, as BAI2 has it.
base::Result<std::int64_t> parse_signed_minor(std::string_view text);

// Whether `digits` are this number, with zeros in front or not: "0002" is 2.
bool is_number(std::string_view digits, std::size_t number);

// Adds; false, and `sum` as it was, where 64 bits do not hold it.
bool add_up(std::int64_t& sum, std::int64_t amount);

// A day that was read, and whether it had to be put right (30 February is the month's last day to banks that count 30 days a month).
struct ReadDay {
    domain::Date date;
    bool put_right = false;
};
// "110524" or "20110524". Years of two digits are of 1980 to 2079 (SWIFT's rule for 6!n). Invalid when it is no such day.
base::Result<ReadDay> parse_compact_day(std::string_view text);
// "0524", in the year that brings it nearest to `near`.
base::Result<ReadDay> parse_month_day(std::string_view text, domain::Date near);

// "2007-10-18", "2007-10-18T13:15:00+01:00", "2007-10-18Z", "2016-04-10T22:04:06": the day as written, and the instant where an offset says which.
struct IsoTime {
    domain::Date date;
    std::optional<domain::Instant> instant;
};
base::Result<IsoTime> parse_iso_time(std::string_view text);

}  // namespace rightsdesk::bank
