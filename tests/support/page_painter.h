// Paints a printed page: words, rules, boxes and what somebody did to them.
#pragma once

#include <cairo.h>
#include <cstdint>
#include <vector>

#include "support/printed_form.h"

namespace rightsdesk::support {

// How much ink lies on each pixel: 0 none, 255 all of it.
struct InkMap {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> ink;  // row by row, `width` each
    std::uint8_t& at(int x, int y) { return ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)]; }
};

// In the context's own coordinates, which are the sheet's points as they stand then.
void paint_page(cairo_t* context, const PrintedPage& page);
// The page as a scanner's line sees it; `from_sheet` carries points into pixels.
InkMap scan_page(const PrintedPage& page, const cairo_matrix_t& from_sheet, int width, int height);

}  // namespace rightsdesk::support
