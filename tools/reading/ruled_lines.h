// The form's printed lines: found, and taken away from the letters that stand on them. Inside this room.
#pragma once

#include <vector>

#include "reading/clean_page.h"

namespace rightsdesk::reading {

// Horizontal lines of `ink`, of a third of an inch and more, pieces of one line joined.
std::vector<RuledLine> find_lines(Pix* ink);

// Takes them out of `letters` and `grey`, and leaves what crosses them.
void take_away(const std::vector<RuledLine>& lines, Pix* letters, Pix* grey);

// Vertical streaks that a dirty scanner draws through the page, an inch and longer; they are taken out of all three.
void take_streaks_away(Pix* ink, Pix* letters, Pix* grey);

}  // namespace rightsdesk::reading
