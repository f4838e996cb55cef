// An offering's board on a terminal: the same sections that the console sends to its page, as lines that fit.
#pragma once

#include <string>
#include <vector>

#include "runtime/json.h"

namespace rightsdesk::tools {

struct ScreenSize {
    std::size_t columns = 100;
    std::size_t rows = 40;
};
inline constexpr ScreenSize kSmallestScreen{60, 20};

// `board`: the sections by their names (services/console/README.md). At most as many lines as the screen has, none longer than it is wide;
// the exceptions take what the others leave. With `colour` as ANSI sequences; without, nothing is told by colour alone. What others wrote (names of
// guarantors, file names) cannot move the cursor: control characters are shown as "?".
std::vector<std::string> screen_of(const runtime::Json& board, const ScreenSize& size, bool colour);

// "1 d 02:00:00", "00:13:05", "past".
std::string time_left(std::int64_t nanoseconds);

}  // namespace rightsdesk::tools
