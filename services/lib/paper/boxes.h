// Check boxes: |X|, [x], (X), _X_, a bare X; and the empty ones |_|, [ ], ( ), ___.
#pragma once

#include <string_view>

namespace rightsdesk::paper {

// Whether the text ends in a ticked box (spaces after it do not matter). An empty box, or none, is not ticked.
bool ends_in_ticked_box(std::string_view text);

// The text without the box, ticked or empty, that it ends in.
std::string_view without_last_box(std::string_view text);

}  // namespace rightsdesk::paper
