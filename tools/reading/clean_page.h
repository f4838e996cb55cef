// A page made fit to be read: upright, straight, square pixels, without specks and streaks, its ruled lines known and taken
// away. Inside this room.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "reading/document.h"
#include "reading/picture.h"

namespace rightsdesk::reading {

inline constexpr int kAcross = 300;  // pixels an inch of a clean page, both ways

// A printed line that something may be written on.
struct RuledLine {
    int left = 0;
    int right = 0;
    int y = 0;  // its middle
};

struct CleanPage {
    Picture grey;                  // 8 bits, without ruled lines: what letters are read from
    Picture ink;                   // 1 bit, with the lines: boxes are found in it
    Picture letters;               // 1 bit, without the lines
    std::vector<RuledLine> lines;  // from the top
    int noise = 0;                 // how much of the empty page is ink, in thousandths of a percent
    int turned = 0;                // quarter turns that made it upright
    int skew = 0;                  // that it was straightened by, hundredths of a degree
    int rows_per_inch = 0;         // that the page was sent with: 98 is a standard fax
    std::vector<LayerWord> layer = {};  // a PDF's own words, where its page was upright as it came
};

// A fax of half the rows.
inline constexpr int kStandardRows = 150;  // an inch, and fewer
inline bool is_standard(const CleanPage& page) { return page.rows_per_inch < kStandardRows; }

// kInvalid: a page too small to hold a form, or not to be worked on. `turns`: quarter turns clockwise that make it upright, where somebody
// knows better than the shapes of its letters say.
base::Result<CleanPage> clean_page(SourcePage page, std::optional<int> turns = std::nullopt);

}  // namespace rightsdesk::reading
