// Digits in whatever locale, and letters of the program's.
#pragma once

#include <algorithm>
#include <cctype>
#include <string_view>

namespace rightsdesk::paper {

inline bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
inline bool is_letter(char letter) { return std::isalpha(static_cast<unsigned char>(letter)) != 0; }
inline bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }
// Marks alone are what a rule or a speck left, or say that there is nothing.
inline bool has_letter_or_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), [](char letter) { return is_letter(letter) || is_digit(letter); }); }

}  // namespace rightsdesk::paper
