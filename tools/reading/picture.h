// Leptonica's pictures, owned. Inside this room.
#pragma once

#include <leptonica/allheaders.h>

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

}  // namespace rightsdesk::reading
