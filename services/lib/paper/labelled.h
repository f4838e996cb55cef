// Blanks behind labels, one below the other: "Name of transferor institution:____", "Date of transfer:____" ...
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "paper/page.h"

namespace rightsdesk::paper {

struct LabelledBlank {
    std::string text;     // as on the page, spaces and underscores included
    bool certain = true;  // that it is this label's; else it may be a neighbour's
};

// What stands behind each label, in the order of the form. A blank goes from its label to the next one, which must be there
// (the last one's to the end of `place`): without it nobody knows where the blank ends. What follows in further lines is the
// blank's own where its first line leaves it room to; `place` begins where the words before the first label end.
std::vector<std::optional<LabelledBlank>> read_labelled(const Page& page, const std::vector<std::optional<Span>>& labels, Span place);

}  // namespace rightsdesk::paper
