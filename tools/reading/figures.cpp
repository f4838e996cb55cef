#include "reading/figures.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

namespace rightsdesk::reading {

namespace {

constexpr int kFewestStars = 2;
constexpr int kTornRows = 5;
constexpr int kHanging = 17;      // hundredths of a capital's height, below the line
constexpr int kSmallHead = 88;    // and above it, where small letters end
constexpr std::size_t kFewestStanding = 5;  // letters that show where the line is
constexpr int kOutstanding = 13;  // tenths of a letter's height: no dollar's sign or bracket is as high
constexpr int kLowered = 10;  // a tenth of the height: a digit is no lower than the others
constexpr int kAlike = 10;  // a tenth of the height apart
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

// Of a number between stars, which may be more than its digits: the highest of which there are two alike on one line; of others as above.
Area tallest_figure(const std::vector<Area>& shapes) {
    const Area* best = nullptr;
    for (const Area& shape : shapes) {
        const bool twice = std::any_of(shapes.begin(), shapes.end(), [&](const Area& other) {
            return &other != &shape && std::abs(other.height - shape.height) * kAlike <= shape.height && std::abs(other.bottom() - shape.bottom()) * kAlike <= shape.height;
        });
        if (twice && (best == nullptr || shape.height > best->height)) best = &shape;
    }
    const Area usual = usual_tallest(shapes);
    return best != nullptr && best->height > usual.height ? *best : usual;
}

int middle_of(std::vector<int> all) {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
    return all[all.size() / 2];
}

// How wide a digit is. None is narrower by much than two thirds of its height; most may touch on a standard page, so that none is alone.
int usual_width(const std::vector<Area>& tall, int height) {
    std::vector<int> widths;
    widths.reserve(tall.size());
    for (const Area& area : tall) widths.push_back(area.width);
    if (widths.empty()) return std::max(1, height);
    return std::max(1, std::min(middle_of(std::move(widths)), height * 65 / 100));
}

int count_tall(const std::vector<Area>& tall, int height) {
    const int usual = usual_width(tall, height);
    int count = 0;
    // Those that touch are as many as their width says.
    for (const Area& area : tall) count += std::max(1, (area.width + usual / 3) / usual);
    return count;
}

bool has_ink_below(Pix* letters, int column, int from, int to) {
    for (int row = from; row < to; ++row) {
        l_uint32 ink = 0;
        if (pixGetPixel(letters, column, row, &ink) == 0 && ink != 0) return true;
    }
    return false;
}

// A star that touches the digit beside it is cut off: columns at that end that have ink high up alone, as long as a digit is left.
Area star_on(Pix* letters, const Area& shape, bool before, int usual, int low) {
    int columns = 0;
    while (columns < shape.width - usual && !has_ink_below(letters, before ? shape.left + columns : shape.right() - 1 - columns, low, shape.bottom())) ++columns;
    return {before ? shape.left : shape.right() - columns, shape.top, columns, shape.height};
}

// Whether a torn digit's lower half stands under a shape: then it is the upper one, and no star.
bool has_foot(const Area& shape, const std::vector<Area>& shapes, int lowest) {
    return std::any_of(shapes.begin(), shapes.end(), [&](const Area& other) {
        const int common = std::min(shape.right(), other.right()) - std::max(shape.left, other.left);
        // What is left of a rule lies lower.
        return other.top >= shape.bottom() - kSpread && other.bottom() <= lowest + kSpread && common * 2 >= std::min(shape.width, other.width);
    });
}

// Whether a shape is the lower half of a torn digit.
bool has_head(const Area& shape, const std::vector<Area>& shapes, const Area& tallest) {
    return std::any_of(shapes.begin(), shapes.end(), [&](const Area& other) {
        const int common = std::min(shape.right(), other.right()) - std::max(shape.left, other.left);
        return other.bottom() <= shape.top + kSpread && other.top * 4 <= tallest.top * 4 + tallest.height && common * 2 >= std::min(shape.width, other.width);
    });
}

// Which of a number's shapes are stars: high ones at its ends, several or none; between digits the same is a torn digit's upper half.
std::vector<bool> stars_among(const std::vector<Area>& shapes, const Area& tallest, int lowest, int width) {
    const auto is_high = [&](const Area& shape) { return shape.height * 10 < tallest.height * 9 && shape.bottom() * 4 < lowest * 4 - tallest.height && !has_foot(shape, shapes, lowest); };
    int first = width;
    int last = 0;
    for (const Area& shape : shapes) {
        // Nor do specks, or what is left of a rule, say where the number ends.
        if (is_high(shape) || shape.height * 2 < tallest.height) continue;
        first = std::min(first, shape.left);
        last = std::max(last, shape.left);
    }
    std::vector<bool> stars(shapes.size(), false);
    std::transform(shapes.begin(), shapes.end(), stars.begin(), [&](const Area& shape) { return is_high(shape) && (shape.left < first || shape.left > last); });
    if (std::count(stars.begin(), stars.end(), true) < kFewestStars) stars.assign(shapes.size(), false);
    return stars;
}

// A semicolon is as high as a digit, narrow, and begins and ends lower.
int drop_semicolons(std::vector<Area>& tall) {
    if (tall.empty()) return 0;
    std::vector<int> tops;
    std::vector<int> bottoms;
    tops.reserve(tall.size());
    bottoms.reserve(tall.size());
    for (const Area& shape : tall) {
        tops.push_back(shape.top);
        bottoms.push_back(shape.bottom());
    }
    const int top = middle_of(std::move(tops));
    const int bottom = middle_of(std::move(bottoms));
    return static_cast<int>(std::erase_if(tall, [&](const Area& shape) {
        return shape.width * 2 < shape.height && (shape.top - top) * kLowered >= shape.height && (shape.bottom() - bottom) * kLowered >= shape.height;
    }));
}

// Stars that touch the first digit or the last one.
void cut_stars(Figures& figures, Pix* letters, std::vector<Area>& tall, int low) {
    if (tall.empty()) return;
    const auto [first, last] = std::minmax_element(tall.begin(), tall.end(), [](const Area& one, const Area& other) { return one.left < other.left; });
    const int usual = usual_width(tall, first->height);
    for (const bool before : {true, false}) {
        Area& shape = before ? *first : *last;
        const Area star = star_on(letters, shape, before, usual, low);
        if (star.width * 3 < usual) continue;
        // No further: what is around it is the digit's.
        Box* box = boxCreate(star.left - (before ? kSpread : 0), star.top - kSpread, star.width + kSpread, star.height + kSpread);
        pixSetInRect(figures.whole.get(), box);
        pixSetInRect(figures.digits.get(), box);
        boxDestroy(&box);
        shape.width -= star.width;
        if (before) shape.left += star.width;
    }
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
    const Area tallest = tallest_figure(shapes);
    // Stars end above the line that digits stand on; brackets and a dollar's sign reach a little below it.
    int lowest = 0;
    for (const Area& shape : shapes) {
        if (shape.height * 10 >= tallest.height * 6) lowest = std::max(lowest, shape.bottom());
    }
    const std::vector<bool> stars = stars_among(shapes, tallest, lowest, pixGetWidth(letters));
    std::vector<Area> tall;
    tall.reserve(shapes.size());
    for (std::size_t index = 0; index < shapes.size(); ++index) {
        const Area& shape = shapes[index];
        if (stars[index]) {
            whiten(figures.whole.get(), shape);
            whiten(figures.digits.get(), shape);
        } else if (shape.height * 10 >= tallest.height * 7) {
            tall.push_back(shape);
        } else if (shape.bottom() <= lowest && has_head(shape, shapes, tallest)) {
            tall.push_back({shape.left, tallest.top, shape.width, tallest.height});
        } else if (shape.top * 10 >= tallest.top * 10 + tallest.height * 5 && shape.bottom() * 4 >= lowest * 4 - tallest.height) {
            whiten(figures.digits.get(), shape);
            ++figures.low;
        }
    }
    figures.low += drop_semicolons(tall);
    if (std::find(stars.begin(), stars.end(), true) != stars.end()) cut_stars(figures, letters, tall, lowest - tallest.height / 4);
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
    const int line = middle_of(std::move(bottoms));
    return static_cast<int>(std::count_if(shapes.begin(), shapes.end(), [&](const Area& shape) {
        // Its head is that of a small letter: what begins as high as a capital is a bracket, or a letter with the next line's below it.
        return shape.bottom() * 100 > line * 100 + tall * kHanging && shape.top * 100 > line * 100 - tall * kSmallHead && shape.width * 5 > shape.height * 2;
    }));
}

}  // namespace rightsdesk::reading
