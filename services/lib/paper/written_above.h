// Values that somebody wrote above the form's lines instead of on them.
#pragma once

#include <string>

namespace rightsdesk::paper {

// Moves what stands above the form's own lines, with nothing on them, down onto them:
//
//                    Hudson Valley Savings
//     Name of maker:_______________________     ->   Name of maker: Hudson Valley Savings_
//
// Only where every piece of the upper line begins over a line of its own, and where the upper line cannot be what the line
// before it goes on with. The text's columns stay. Takes time linear in the text.
void move_onto_lines(std::string& text);

}  // namespace rightsdesk::paper
