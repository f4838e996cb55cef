#include "reading/line_picture.h"

#include <algorithm>
#include <cmath>

namespace rightsdesk::reading {

namespace {

constexpr int kPaperAround = 2;     // rows above and below the ink
constexpr int kPaperBeside = 6;     // columns at either end
constexpr float kCoarse = 0.71F;    // what is made smaller than this is averaged
constexpr int kInkShade = 128;
constexpr int kPaper = 255;

// Where ink is; of no width where there is none.
Area inked(Pix* grey) {
    const Picture ink(pixThresholdToBinary(grey, kInkShade));
    Box* box = nullptr;
    Area area;
    if (ink && pixClipToForeground(ink.get(), nullptr, &box) == 0 && box != nullptr) boxGetGeometry(box, &area.left, &area.top, &area.width, &area.height);
    boxDestroy(&box);
    return area;
}

Picture scaled_cut(Pix* grey, const Area& area) {
    Box* box = boxCreate(area.left, area.top, area.width, area.height);
    Picture cut(pixClipRectangle(grey, box, nullptr));
    boxDestroy(&box);
    constexpr int kMostInk = kLineRows - 2 * kPaperAround;
    if (!cut || area.height <= kMostInk) return cut;
    const float scale = static_cast<float>(kMostInk) / static_cast<float>(area.height);
    return Picture(scale < kCoarse ? pixScaleAreaMap(cut.get(), scale, scale) : pixScaleGrayLI(cut.get(), scale, scale));
}

}  // namespace

LinePicture picture_of_line(Pix* grey) {
    const Area area = inked(grey);
    if (area.width == 0) return {};
    const Picture cut = scaled_cut(grey, area);
    if (!cut || pixGetDepth(cut.get()) != 8) return {};
    const int width = pixGetWidth(cut.get());
    const int height = std::min(pixGetHeight(cut.get()), kLineRows);
    if (width + 2 * kPaperBeside > kWidestLine) return {};
    LinePicture line;
    line.width = width + 2 * kPaperBeside;
    line.ink.resize(static_cast<std::size_t>(line.width) * kLineRows);
    const int top = (kLineRows - height) / 2;
    for (int y = 0; y < height; ++y) {
        const l_uint32* row = pixGetData(cut.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(cut.get());
        std::uint8_t* into = line.ink.data() + static_cast<std::ptrdiff_t>(top + y) * line.width + kPaperBeside;
        for (int x = 0; x < width; ++x) into[x] = static_cast<std::uint8_t>(kPaper - static_cast<int>(GET_DATA_BYTE(row, x)));
    }
    return line;
}

}  // namespace rightsdesk::reading
