// Text as scanners and word processors hand it over, in plain letters.
#pragma once

#include <string>
#include <string_view>

namespace rightsdesk::paper {

// Line ends become "\n"; tabs, no-break spaces and control characters become spaces; curly quotes, dashes and drawn boxes
// become those of the keyboard ("[X]", "[ ]"). Letters with accents stay, whether UTF-8 or Latin-1.
std::string plain_text(std::string_view text);

}  // namespace rightsdesk::paper
