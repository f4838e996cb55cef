// What can stand for a field by its form alone: what a recogniser cannot have seen is no reading. Inside this room. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rightsdesk::reading {

enum class Kind { kNumber, kDate, kTelephone, kName, kAddress, kCode, kWords };

// Of a field of domain::NoticeFields.
Kind kind_of(std::string_view field);

// A Fedwire reference (IMAD): a day, eight letters and digits of its sender, six digits.
inline constexpr std::size_t kReferenceLength = 22;
inline constexpr std::size_t kReferenceDate = 8;
inline constexpr std::size_t kReferenceNumber = 6;

// Whether a text can be the field's by its form alone: a number of a wire has 22 letters and digits, of which some are digits.
bool is_well_formed(std::string_view field, std::string_view text);

// Whether a field is a number of things: neither an amount nor a price.
bool is_count(std::string_view field);

// A text's digits, and how many there are of them and of capitals.
std::string digits_only(std::string_view text);
std::size_t digits_in(std::string_view text);
std::size_t capitals_in(std::string_view text);

}  // namespace rightsdesk::reading
