// How much of a drawn box is ink, whatever its size.
#include <gtest/gtest.h>

#include "reading/check_box.h"

namespace rightsdesk::reading {

namespace {

constexpr int kBoxLeft = 100;
constexpr int kBoxTop = 100;

// A page with one square, four pixels thick, before words.
CleanPage page_with(int side, bool marked, int rows_per_inch) {
    CleanPage page;
    page.rows_per_inch = rows_per_inch;
    page.ink.reset(pixCreate(600, 300, 1));
    pixRasterop(page.ink.get(), kBoxLeft, kBoxTop, side, side, PIX_SET, nullptr, 0, 0);
    constexpr int kThick = 4;
    pixRasterop(page.ink.get(), kBoxLeft + kThick, kBoxTop + kThick, side - 2 * kThick, side - 2 * kThick, PIX_CLR, nullptr, 0, 0);
    const int middle = side / 3;
    if (marked) pixRasterop(page.ink.get(), kBoxLeft + middle, kBoxTop + middle, side - 2 * middle, side - 2 * middle, PIX_SET, nullptr, 0, 0);
    page.letters.reset(pixCopy(nullptr, page.ink.get()));
    page.grey.reset(pixConvert1To8(nullptr, page.ink.get(), 255, 0));
    return page;
}

}  // namespace

TEST(CheckBox, OfAnySizeIsEmptyOrTicked) {
    for (const int rows : {98, 196}) {
        for (int side = 20; side <= 56; side += 2) {
            const Area words{kBoxLeft + side + 20, kBoxTop + side / 2 - 15, 200, 30};
            EXPECT_EQ(find_check_box(page_with(side, false, rows), words).filled, Filled::kEmpty) << side << " of " << rows << " rows";
            EXPECT_EQ(find_check_box(page_with(side, true, rows), words).filled, Filled::kTicked) << side << " of " << rows << " rows";
        }
    }
}

}  // namespace rightsdesk::reading
