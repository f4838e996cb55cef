// One line of letters as the line network sees it: of one height, whatever the size of its print. Inside this room.
#pragma once

#include <cstdint>
#include <vector>

#include "reading/picture.h"

namespace rightsdesk::reading {

inline constexpr int kLineRows = 32;
inline constexpr int kWidestLine = 2'400;  // pixels of such a picture: a page's whole line in small print

struct LinePicture {
    int width = 0;                  // 0: nothing to be read
    std::vector<std::uint8_t> ink;  // kLineRows rows of `width`: 0 is paper, 255 ink
};

// `grey` is a cut of a clean page, 8 bits. What is white around the ink is left out; what is lower than kLineRows is not enlarged.
// Without ink, or wider than kWidestLine: no picture.
LinePicture picture_of_line(Pix* grey);

}  // namespace rightsdesk::reading
