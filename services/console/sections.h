// The sections of a board as JSON (README.md, "Sections"), but for `head`, which is the follower's.
#pragma once

#include <vector>

#include "console/board.h"

namespace rightsdesk::console {

// What is the same for all boards.
struct DeskView {
    const domain::Book& desk;
    const AlertList& alerts;                          // of the desk's log
    const std::vector<domain::Alert>& health;         // of the desk itself, heard a moment ago: number 0
    const std::vector<Json>& offerings;               // a line each
};

Json section_json(Section section, const Board& board, const DeskView& desk, domain::Instant now);

}  // namespace rightsdesk::console
