// Numbers as people write them on a form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rightsdesk::paper {

// A whole number: "300,000", "300000", "300 000", "none", "-0-", "one thousand (1,000)". Letters that scanners take for digits (O, l, I, S, B) count
// only inside a number that is well grouped with them. Nothing when it is not certain.
std::optional<std::int64_t> read_count(std::string_view text);

// Cents: "$600,000.00", "600000", "US$ 600,000".
std::optional<std::int64_t> read_cents(std::string_view text);

// A price in dollars as an exact decimal text of at least two places: "$2" is "2.00", "3.0625" stays.
std::optional<std::string> read_price(std::string_view text);

}  // namespace rightsdesk::paper
