// The letters of a number, by their shape: full digits, the low points and commas, the high stars around it. Inside this room.
#pragma once

#include "reading/picture.h"

namespace rightsdesk::reading {

struct Figures {
    int tall = 0;         // letters of full height: digits, brackets, a currency's sign
    Picture whole;        // without stars
    Picture digits;       // without commas and points either
    int low = 0;          // of these, and of semicolons; dashes are none
};

// `grey` is one line of letters, 8 bits, `letters` the same in 1 bit, as the same size. Both are left as they are.
Figures figures_of(Pix* grey, Pix* letters);

// How many letters of one line hang below the line they stand on, as g, j, p, q and y do; commas, brackets and capitals are none. Letters
// that touch count once.
int hanging_in(Pix* letters);

}  // namespace rightsdesk::reading
