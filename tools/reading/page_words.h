// A clean page's words, line by line. Inside this room.
#pragma once

#include <vector>

#include "reading/clean_page.h"
#include "reading/line_network.h"
#include "reading/recogniser.h"

namespace rightsdesk::reading {

struct PageWord {
    std::string text;
    Area area;
    int confidence = 0;  // 0 to 100
    int line = 0;        // of the page, from 0
    bool by_network = false;  // read by the line network, where tesseract was not sure
};

// Letters that stand in one line without a wide gap: what is read one at a time.
struct Piece {
    Area area;
    Picture shape;     // 1 bit: where its letters are, closed up; none of a piece that was parted
    Area shape_area;
};

// From the top, then from the left.
std::vector<Piece> find_pieces(const CleanPage& page);

// In the order of reading: by line, then from the left. A PDF's own words are taken as they are.
std::vector<PageWord> read_words(const CleanPage& page, Recogniser& recogniser, const LineNetwork& network);

// `area` of the grey page with white around it, enlarged by `percent`.
Picture cut_out(Pix* grey, const Area& area, int percent);

}  // namespace rightsdesk::reading
