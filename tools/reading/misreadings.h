// What recognisers take for something else again and again, put right where nothing else can have stood there: a slash on either
// side of an area code was a bracket. Inside this room. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace rightsdesk::reading {

enum class Kind { kNumber, kDate, kTelephone, kName, kAddress, kCode, kWords };

// Of a field of domain::NoticeFields.
Kind kind_of(std::string_view field);

// The text as it must have stood there. Never makes one valid value of another: what is only likely stays, for the votes of further
// readings to decide. Lines stay apart by "\n".
std::string mended(std::string_view field, std::string_view text);

// A heavy H that half the rows tore in two, "Iludson" and "Llarbor", and a typewriter's g whose foot is a q's, "Orteqa", where these are no
// words and "Hudson", "Harbor" and "Ortega" are.
std::string with_known_letters(std::string text, const std::function<bool(const std::string&)>& is_word);

// Whether a text can be the field's by its form alone: a number of a wire has 22 letters and digits, of which some are digits.
bool is_well_formed(std::string_view field, std::string_view text);

// Whether a field is a number of things: neither an amount nor a price.
bool is_count(std::string_view field);

// Digits in a text, and capitals.
std::size_t digits_in(std::string_view text);
std::size_t capitals_in(std::string_view text);

}  // namespace rightsdesk::reading
