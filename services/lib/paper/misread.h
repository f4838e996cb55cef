// Words that a scan misread, dropped a letter of, or put one into.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "paper/span.h"

namespace rightsdesk::paper {

inline constexpr std::size_t kLongestMisread = 64;  // letters of the words sought: one bit each

// The first place in `text` that differs from `words` by at most `mistakes` letters changed, missing or added; there the
// best fit. Nothing when there is none, or `words` is empty or longer than kLongestMisread. Takes time linear in the text.
std::optional<Span> find_misread(std::string_view text, std::string_view words, std::size_t mistakes);

}  // namespace rightsdesk::paper
