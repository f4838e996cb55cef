// A check box on the page: how much of it is ink. Inside this room.
#pragma once

#include "reading/clean_page.h"

namespace rightsdesk::reading {

enum class Filled {
    kNoBox,    // none is drawn there
    kEmpty,
    kUnclear,  // some ink, and too little for a mark
    kTicked,
};

struct CheckBox {
    Filled filled = Filled::kNoBox;
    Area area;      // of its frame
    int share = 0;  // of its inside that is ink, beyond the page's own noise, in thousandths
};

// The box in front of `words`, the first of an option's: a drawn square, or a short line to tick on.
CheckBox find_check_box(const CleanPage& page, const Area& words);

}  // namespace rightsdesk::reading
