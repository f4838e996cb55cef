// Leptonica's pictures, owned. Inside this room.
#pragma once

#include <leptonica/allheaders.h>

#include <algorithm>
#include <memory>

namespace rightsdesk::reading {

struct FreePix {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};
struct FreeBoxes {
    void operator()(Boxa* boxes) const { boxaDestroy(&boxes); }
};
using Picture = std::unique_ptr<Pix, FreePix>;
using Boxes = std::unique_ptr<Boxa, FreeBoxes>;

// Pixels, of a page or a part of it.
struct Area {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    [[nodiscard]] int right() const { return left + width; }
    [[nodiscard]] int bottom() const { return top + height; }
};

// What of an area reaches over one that begins behind it is the other's.
inline void end_before(Area& area, const Area& next) {
    if (next.left > area.left) area.width = std::min(area.width, next.left - area.left);
}

// A part of a picture, as far as it lies within; none where it lies outside.
inline Picture clipped(Pix* picture, const Area& area) {
    Box* box = boxCreate(area.left, area.top, area.width, area.height);
    Picture cut(pixClipRectangle(picture, box, nullptr));
    boxDestroy(&box);
    return cut;
}

}  // namespace rightsdesk::reading
