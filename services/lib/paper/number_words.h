// Numbers in words, as people write them beside the digits: "one thousand (1,000)".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rightsdesk::paper {

// "one thousand two hundred and five", "Twenty-five Thousand"; units behind it ("shares", "dollars", "only") do not matter.
// Nothing where there is any other word, or the words are no number.
std::optional<std::int64_t> read_number_words(std::string_view text);

}  // namespace rightsdesk::paper
