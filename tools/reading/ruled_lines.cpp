#include "reading/ruled_lines.h"

#include <algorithm>
#include <cstdlib>

namespace rightsdesk::reading {

namespace {

constexpr int kShortest = kAcross / 4;      // a piece of a line
constexpr int kStroke = kAcross / 11;
constexpr int kTorn = kAcross / 20;
constexpr int kShortestWhole = kAcross / 3;
constexpr int kThickest = kAcross / 30;     // 0.8 mm
constexpr int kGap = kAcross / 6;           // within a line that the fax tore
constexpr int kDots = kAcross / 6;          // between dots that are left of a line
constexpr int kLetters = kAcross / 15;      // above and below it, where dots have no ink and letters have
constexpr int kThinnest = 6;                // pixels of such a dot
constexpr int kDrift = 4;                   // pixels, from one piece to the next
constexpr int kCrossing = 4;                // pixels of ink below a line: a letter goes through it
constexpr int kShortestStreak = kAcross;
constexpr int kWidestStreak = kAcross / 40;

int box_count(const Boxes& boxes) { return boxes ? boxaGetCount(boxes.get()) : 0; }

Area area_of(const Boxes& boxes, int index) {
    Area area;
    boxaGetBoxGeometry(boxes.get(), index, &area.left, &area.top, &area.width, &area.height);
    return area;
}

bool is_ink(l_uint32* data, int words, int x, int y) { return GET_DATA_BIT(data + static_cast<std::ptrdiff_t>(y) * words, x) != 0; }

// A picture's rows, to be read and cleared.
struct Rows {
    explicit Rows(Pix* pix) : data(pixGetData(pix)), words(pixGetWpl(pix)), width(pixGetWidth(pix)), height(pixGetHeight(pix)) {}
    [[nodiscard]] bool ink(int x, int y) const { return y >= 0 && y < height && is_ink(data, words, x, y); }
    void clear(int x, int y) const { CLEAR_DATA_BIT(data + static_cast<std::ptrdiff_t>(y) * words, x); }
    void whiten(int x, int y) const { SET_DATA_BYTE(data + static_cast<std::ptrdiff_t>(y) * words, x, 255); }
    l_uint32* data;
    int words;
    int width;
    int height;
};

void clear_run(const Rows& letters, const Rows& grey, int x, int from, int to) {
    for (int y = std::max(0, from); y <= std::min(letters.height - 1, to); ++y) {
        letters.clear(x, y);
        grey.whiten(x, y);
    }
}

// One column of a line: the run of ink through it. What is no thicker than the line is the line; what hangs above it alone is
// a letter that stands on it; what goes through it is a letter that crosses it.
void clear_column(const Rows& letters, const Rows& grey, int x, int y, int thickness) {
    int at = y;
    for (int off = 0; off <= kDrift && !letters.ink(x, at); ++off) at = letters.ink(x, y - off) ? y - off : y + off;
    if (!letters.ink(x, at)) return;
    int top = at;
    int bottom = at;
    while (letters.ink(x, top - 1) && at - top < kAcross / 8) --top;
    while (letters.ink(x, bottom + 1) && bottom - at < kAcross / 8) ++bottom;
    const bool below = bottom > y + thickness / 2 + kCrossing;
    const bool above = top < y - thickness / 2 - kCrossing;
    if (!above && !below) {
        clear_run(letters, grey, x, top - 1, bottom + 1);
    } else if (above && !below) {
        clear_run(letters, grey, x, y - thickness / 2, bottom + 1);
    } else if (below && !above) {
        clear_run(letters, grey, x, top - 1, y + thickness / 2);
    }
}

// Where a line's last dots are that the fax left of it, from one end on.
int end_of_dots(const Rows& ink, int from, int y, int step) {
    int end = from;
    for (int x = from; x > 0 && x < ink.width && std::abs(x - end) <= kDots; x += step) {
        int run = 0;
        for (int row = y - kDrift; row <= y + kDrift; ++row) run += ink.ink(x, row) ? 1 : 0;
        if (run == 0 || run > kThinnest) continue;
        // The feet of letters beside the line are none of it.
        int letters = 0;
        for (int row = y - kLetters; row < y - kDrift; ++row) letters += ink.ink(x, row) ? 1 : 0;
        for (int row = y + kDrift + 1; row < y + kLetters; ++row) letters += ink.ink(x, row) ? 1 : 0;
        if (letters == 0) end = x;
    }
    return end;
}

struct LinePiece {
    Area area;
    bool taken = false;
};

}  // namespace

std::vector<RuledLine> find_lines(Pix* ink) {
    // Strokes that no letter has, then what the fax tore between them: the feet of letters must not become a line.
    const Picture strokes(pixOpenBrick(nullptr, ink, kStroke, 1));
    const Picture closed(pixCloseSafeBrick(nullptr, strokes.get(), kTorn, 1));
    const Picture opened(pixOpenBrick(nullptr, closed.get(), kShortest, 1));
    const Picture joined(pixCloseSafeBrick(nullptr, opened.get(), 1, 5));
    const Boxes boxes(pixConnCompBB(joined.get(), 8));
    std::vector<LinePiece> pieces;
    pieces.reserve(static_cast<std::size_t>(box_count(boxes)));
    for (int index = 0; index < box_count(boxes); ++index) {
        const Area area = area_of(boxes, index);
        if (area.height <= kThickest) pieces.push_back({area});
    }
    std::sort(pieces.begin(), pieces.end(), [](const LinePiece& one, const LinePiece& other) { return one.area.left < other.area.left; });
    const Rows rows(ink);
    std::vector<RuledLine> lines;
    lines.reserve(pieces.size());
    for (LinePiece& first : pieces) {
        if (first.taken) continue;
        RuledLine line{first.area.left, first.area.right(), first.area.top + first.area.height / 2};
        int last = line.y;
        for (LinePiece& next : pieces) {
            const int y = next.area.top + next.area.height / 2;
            if (next.taken || &next == &first || next.area.left < line.left || next.area.left > line.right + kGap || std::abs(y - last) > kDrift) continue;
            next.taken = true;
            line.right = std::max(line.right, next.area.right());
            last = y;
        }
        first.taken = true;
        line.y = (line.y + last) / 2;
        line.left = end_of_dots(rows, line.left, line.y, -1);
        line.right = end_of_dots(rows, line.right, line.y, 1);
        if (line.right - line.left >= kShortestWhole) lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end(), [](const RuledLine& one, const RuledLine& other) { return one.y != other.y ? one.y < other.y : one.left < other.left; });
    return lines;
}

void take_away(const std::vector<RuledLine>& lines, Pix* letters, Pix* grey) {
    const Rows ink(letters);
    const Rows shades(grey);
    for (const RuledLine& line : lines) {
        // Its thickness is that of most of its columns.
        std::vector<int> runs;
        runs.reserve(static_cast<std::size_t>(line.right - line.left));
        for (int x = line.left; x < line.right; ++x) {
            int run = 0;
            for (int y = line.y - kDrift - 4; y <= line.y + kDrift + 4; ++y) run += ink.ink(x, y) ? 1 : 0;
            runs.push_back(run);
        }
        std::nth_element(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(runs.size() / 2), runs.end());
        const int thickness = std::clamp(runs[runs.size() / 2], 2, kThickest);
        for (int x = std::max(0, line.left - 3); x < std::min(ink.width, line.right + 3); ++x) clear_column(ink, shades, x, line.y, thickness);
    }
}

void take_streaks_away(Pix* ink, Pix* letters, Pix* grey) {
    const Picture closed(pixCloseSafeBrick(nullptr, ink, 1, 7));
    const Picture opened(pixOpenBrick(nullptr, closed.get(), 1, kShortestStreak));
    const Boxes boxes(pixConnCompBB(opened.get(), 8));
    const Rows all(ink);
    const Rows own(letters);
    const Rows shades(grey);
    for (int index = 0; index < box_count(boxes); ++index) {
        const Area area = area_of(boxes, index);
        if (area.width > kWidestStreak) continue;
        for (int y = area.top; y < area.bottom(); ++y) {
            // A letter that the streak goes through is wider than it on this row; it keeps its ink.
            int left = area.left;
            int right = area.right() - 1;
            while (left > 0 && all.ink(left - 1, y) && area.left - left < 8) --left;
            while (right + 1 < all.width && all.ink(right + 1, y) && right - area.right() < 8) ++right;
            if (right - left + 1 > area.width + 6) continue;
            for (int x = std::max(0, left - 1); x <= std::min(all.width - 1, right + 1); ++x) {
                all.clear(x, y);
                own.clear(x, y);
                shades.whiten(x, y);
            }
        }
    }
}

}  // namespace rightsdesk::reading
