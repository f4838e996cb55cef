#include "reading/figures.h"

#include <algorithm>
#include <vector>

namespace rightsdesk::reading {

namespace {

constexpr int kFewestStars = 2;
constexpr int kTornRows = 5;
constexpr int kHanging = 17;      // hundredths of a capital's height, below the line
constexpr int kSmallHead = 88;    // and above it, where small letters end
constexpr std::size_t kFewestStanding = 5;  // letters that show where the line is
constexpr int kOutstanding = 13;  // tenths of a letter's height: no dollar's sign or bracket is as high
constexpr int kSpread = 2;  // pixels around a letter that are its own shade

std::vector<Area> shapes_of(Pix* letters) {
    const Boxes boxes(pixConnCompBB(letters, 8));
    std::vector<Area> shapes;
    const int count = boxes ? boxaGetCount(boxes.get()) : 0;
    shapes.reserve(static_cast<std::size_t>(count));
    for (int index = 0; index < count; ++index) {
        Area area;
        boxaGetBoxGeometry(boxes.get(), index, &area.left, &area.top, &area.width, &area.height);
        shapes.push_back(area);
    }
    return shapes;
}

void whiten(Pix* grey, const Area& area) {
    Box* box = boxCreate(std::max(0, area.left - kSpread), std::max(0, area.top - kSpread), area.width + 2 * kSpread, area.height + 2 * kSpread);
    pixSetInRect(grey, box);
    boxDestroy(&box);
}

// A letter of full height. What reaches down from another line, or up from the form's own, is no letter's height: of all that are half as
// high as the highest the middle one is asked, where that is much lower.
Area usual_tallest(std::vector<Area> shapes) {
    std::sort(shapes.begin(), shapes.end(), [](const Area& one, const Area& other) { return one.height > other.height; });
    const auto half = std::find_if(shapes.begin(), shapes.end(), [&](const Area& shape) { return shape.height * 2 < shapes.front().height; });
    const Area middle = shapes[static_cast<std::size_t>(half - shapes.begin()) / 2];
    return shapes.front().height * 10 > middle.height * kOutstanding ? middle : shapes.front();
}

int count_tall(const std::vector<Area>& tall, int height) {
    std::vector<int> widths;
    widths.reserve(tall.size());
    for (const Area& area : tall) widths.push_back(area.width);
    if (widths.empty()) return 0;
    std::nth_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2), widths.end());
    // No digit is narrower by much than two thirds of its height; most may touch on a standard page, so that none is alone.
    const int usual = std::max(1, std::min(widths[widths.size() / 2], height * 65 / 100));
    int count = 0;
    // Those that touch are as many as their width says.
    for (const int width : widths) count += std::max(1, (width + usual / 3) / usual);
    return count;
}

}  // namespace

Figures figures_of(Pix* grey, Pix* letters) {
    Figures figures;
    // A standard page's digits are torn across.
    const Picture closed(pixCloseSafeBrick(nullptr, letters, 1, kTornRows));
    if (closed) letters = closed.get();
    figures.whole.reset(pixCopy(nullptr, grey));
    figures.digits.reset(pixCopy(nullptr, grey));
    std::vector<Area> shapes = shapes_of(letters);
    if (shapes.empty() || !figures.whole || !figures.digits) return figures;
    const Area tallest = usual_tallest(shapes);
    // Stars end above the line that digits stand on; brackets and a dollar's sign reach a little below it.
    int lowest = 0;
    for (const Area& shape : shapes) {
        if (shape.height * 10 >= tallest.height * 6) lowest = std::max(lowest, shape.bottom());
    }
    const auto is_high = [&](const Area& shape) { return shape.height * 10 < tallest.height * 9 && shape.bottom() * 4 < lowest * 4 - tallest.height; };
    // They stand at the ends; between digits the same is a torn digit's upper half.
    int first = pixGetWidth(letters);
    int last = 0;
    for (const Area& shape : shapes) {
        if (is_high(shape)) continue;
        first = std::min(first, shape.left);
        last = std::max(last, shape.left);
    }
    const auto stars = std::count_if(shapes.begin(), shapes.end(), [&](const Area& shape) { return is_high(shape) && (shape.left < first || shape.left > last); });
    std::vector<Area> tall;
    for (const Area& shape : shapes) {
        if (stars >= kFewestStars && is_high(shape) && (shape.left < first || shape.left > last)) {
            whiten(figures.whole.get(), shape);
            whiten(figures.digits.get(), shape);
        } else if (shape.height * 10 >= tallest.height * 7) {
            tall.push_back(shape);
        } else if (shape.top * 10 >= tallest.top * 10 + tallest.height * 5 && shape.bottom() * 4 >= lowest * 4 - tallest.height) {
            whiten(figures.digits.get(), shape);
            ++figures.low;
        }
    }
    figures.tall = count_tall(tall, tallest.height);
    return figures;
}

int hanging_in(Pix* letters) {
    const Picture closed(pixCloseSafeBrick(nullptr, letters, 1, kTornRows));
    std::vector<Area> shapes = shapes_of(closed ? closed.get() : letters);
    if (shapes.empty()) return 0;
    const int tall = usual_tallest(shapes).height;
    std::erase_if(shapes, [&](const Area& shape) { return shape.height * 10 < tall * 5 || shape.height * 10 > tall * kOutstanding; });
    if (shapes.size() < kFewestStanding) return 0;
    std::vector<int> bottoms;
    bottoms.reserve(shapes.size());
    for (const Area& shape : shapes) bottoms.push_back(shape.bottom());
    std::nth_element(bottoms.begin(), bottoms.begin() + static_cast<std::ptrdiff_t>(bottoms.size() / 2), bottoms.end());
    const int line = bottoms[bottoms.size() / 2];
    return static_cast<int>(std::count_if(shapes.begin(), shapes.end(), [&](const Area& shape) {
        // Its head is that of a small letter: what begins as high as a capital is a bracket, or a letter with the next line's below it.
        return shape.bottom() * 100 > line * 100 + tall * kHanging && shape.top * 100 > line * 100 - tall * kSmallHead && shape.width * 5 > shape.height * 2;
    }));
}

}  // namespace rightsdesk::reading
