// The form's "check appropriate box": several options, one of which may be ticked.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paper/page.h"

namespace rightsdesk::paper {

struct Option {
    std::string_view words;       // of the form, beside its box
    std::size_t value = 0;        // ordinal of what it means
    std::string_view explained_until = {};  // the last of the form's words about it, where others' words stand among them
};

struct Choice {
    std::optional<std::size_t> value;  // exactly one box is ticked, and every box can be read
    std::vector<std::string> texts;    // the ticked and the unclear boxes with their words
};

// Reads the options, which stand in this order between two places of the page. The boxes stand before the words or, on
// other forms, all behind them.
Choice read_options(const Page& page, const std::vector<Option>& options, Span place);

}  // namespace rightsdesk::paper
