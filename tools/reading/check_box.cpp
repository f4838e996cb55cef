#include "reading/check_box.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace rightsdesk::reading {

namespace {

constexpr int kSmallestSide = kAcross / 16;  // 0.06 inches
constexpr int kLargestSide = kAcross / 5;
constexpr int kReach = kAcross * 3 / 4;      // in front of the words
constexpr int kRise = kAcross / 14;          // above and below them
constexpr int kOblong = 6;                   // pixels between width and height
constexpr int kInset = 5;                    // the frame's own line
constexpr int kInsetStandard = 7;            // of a page with half the rows
constexpr int kInsetOfRows = 10;
constexpr int kIntoWords = kAcross / 7;      // how far the box may reach into the words' area
constexpr int kTickedShare = 65;             // thousandths, and more: a mark
constexpr int kEmptyShare = 25;              // and less: nothing but noise
constexpr int kNearWords = kAcross / 6;      // a line to tick on ends there

// Ink of a part of the page, and how much of any horizontal or vertical stretch of it is ink, a pixel beside it counted in.
class Inked {
public:
    Inked(Pix* ink, const Area& area) : area_(area), across_(table()), down_(table()), all_(table()) {
        l_uint32* data = pixGetData(ink);
        const int words = pixGetWpl(ink);
        const auto dark = [&](int x, int y) {
            x += area.left;
            y += area.top;
            return x >= 0 && y >= 0 && x < pixGetWidth(ink) && y < pixGetHeight(ink) && GET_DATA_BIT(data + static_cast<std::ptrdiff_t>(y) * words, x) != 0;
        };
        for (int y = 0; y < area.height; ++y) {
            for (int x = 0; x < area.width; ++x) {
                across_[index(x + 1, y)] = across_[index(x, y)] + (dark(x, y) || dark(x, y - 1) || dark(x, y + 1) ? 1 : 0);
                down_[index(x, y + 1)] = down_[index(x, y)] + (dark(x, y) || dark(x - 1, y) || dark(x + 1, y) ? 1 : 0);
                all_[index(x + 1, y + 1)] = all_[index(x, y + 1)] + all_[index(x + 1, y)] - all_[index(x, y)] + (dark(x, y) ? 1 : 0);
            }
        }
    }
    // Thousandths.
    [[nodiscard]] int across(int x, int y, int length) const { return (across_[index(x + length, y)] - across_[index(x, y)]) * 1'000 / length; }
    [[nodiscard]] int down(int x, int y, int length) const { return (down_[index(x, y + length)] - down_[index(x, y)]) * 1'000 / length; }
    [[nodiscard]] int share(const Area& part) const {
        if (part.width <= 0 || part.height <= 0) return 0;
        const int dark = all_[index(part.right(), part.bottom())] - all_[index(part.left, part.bottom())] - all_[index(part.right(), part.top)] + all_[index(part.left, part.top)];
        return dark * 1'000 / (part.width * part.height);
    }

private:
    [[nodiscard]] std::vector<int> table() const { return std::vector<int>(static_cast<std::size_t>(area_.width + 1) * static_cast<std::size_t>(area_.height + 1)); }
    [[nodiscard]] std::size_t index(int x, int y) const { return static_cast<std::size_t>(y) * static_cast<std::size_t>(area_.width + 1) + static_cast<std::size_t>(x); }

    Area area_;
    std::vector<int> across_;
    std::vector<int> down_;
    std::vector<int> all_;
};

struct Frame {
    Area area;
    int score = 0;
};

// How well a square's four sides are drawn; 0 where it is none. A standard fax loses one of the horizontal ones now and then.
int score_of(const Inked& ink, const Area& square) {
    const int left = ink.down(square.left, square.top, square.height);
    const int right = ink.down(square.right() - 1, square.top, square.height);
    if (left < 750 || right < 750) return 0;
    const int top = ink.across(square.left, square.top, square.width);
    const int bottom = ink.across(square.left, square.bottom() - 1, square.width);
    if (std::max(top, bottom) < 750) return 0;
    // Of two that are drawn as well the larger one: a blob is full of smaller ones.
    // And the one that is nearest to the words: before it may stand another option's.
    return left + right + top + bottom + 12 * square.width + 4 * square.right();
}

Frame best_frame(const Inked& ink, int width, int height) {
    Frame best;
    for (int side = kSmallestSide; side <= kLargestSide; ++side) {
        for (int tall = std::max(kSmallestSide, side - kOblong); tall <= side + kOblong; tall += 2) {
            for (int y = 0; y + tall <= height; ++y) {
                for (int x = 0; x + side <= width; ++x) {
                    if (ink.down(x, y, tall) < 750) continue;
                    const int score = score_of(ink, {x, y, side, tall});
                    if (score > best.score) best = {{x, y, side, tall}, score};
                }
            }
        }
    }
    return best;
}

// On the page.
Frame frame_in(const CleanPage& page, const Area& region) {
    Frame frame = best_frame(Inked(page.ink.get(), region), region.width, region.height);
    frame.area.left += region.left;
    frame.area.top += region.top;
    return frame;
}

Filled filled_of(int share) { return share >= kTickedShare ? Filled::kTicked : share <= kEmptyShare ? Filled::kEmpty : Filled::kUnclear; }

// "____ Wire transfer": what is written above the line.
CheckBox on_line(const CleanPage& page, const Area& words) {
    CheckBox box;
    for (const RuledLine& line : page.lines) {
        if (std::abs(line.y - words.bottom()) > kRise || line.right > words.left || words.left - line.right > kNearWords) continue;
        const Area above{line.left, line.y - 4 - kAcross / 10, line.right - line.left, kAcross / 10};
        const Inked letters(page.letters.get(), above);
        box.area = above;
        box.share = letters.share({0, 0, above.width, above.height});
        box.filled = filled_of(box.share);
    }
    return box;
}

}  // namespace

CheckBox find_check_box(const CleanPage& page, const Area& words) {
    const Area region{std::max(0, words.left - kReach), std::max(0, words.top - kRise), std::min(words.left, kReach), words.height + 2 * kRise};
    if (region.width < kSmallestSide) return {};
    Frame frame = frame_in(page, region);
    if (frame.score == 0) {
        CheckBox box = on_line(page, words);
        if (box.filled != Filled::kNoBox) return box;
        // Tesseract now and then begins a word with the box in front of it. A letter is none: it begins where the words do.
        frame = frame_in(page, {region.left, region.top, region.width + kIntoWords, region.height});
        if (frame.score == 0 || frame.area.left >= words.left) return {};
    }
    // A standard page's rows are three pixels high, and a line may fall on two of them.
    // Of a small box a third is left.
    const int across = std::min(is_standard(page) ? kInsetStandard : kInset, frame.area.width / 3);
    const int down = std::min(is_standard(page) ? kInsetOfRows : kInset, frame.area.height / 3);
    const Area inside{frame.area.left + across, frame.area.top + down, frame.area.width - 2 * across, frame.area.height - 2 * down};
    CheckBox box;
    box.area = frame.area;
    box.share = std::max(0, Inked(page.ink.get(), inside).share({0, 0, inside.width, inside.height}) - page.noise / 100);
    box.filled = filled_of(box.share);
    return box;
}

}  // namespace rightsdesk::reading
