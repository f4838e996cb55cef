#include "reading/clean_page.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "reading/ruled_lines.h"

namespace rightsdesk::reading {

namespace {

constexpr int kLeastInches = 2;          // of either side
constexpr int kTurningWidth = 1'275;     // pixels of the picture that orientation is seen in: 150 an inch of letter paper
constexpr float kMostSkew = 6.0F;        // degrees
constexpr float kSureTurn = 4.0F;        // of leptonica's confidence
constexpr float kSureLines = 3.0F;       // of leptonica's confidence in their angle
constexpr float kStraight = 0.5F;        // degrees
constexpr float kPlainRows = 2.0F;       // times as much ink comes and goes from row to row as from column to column
constexpr float kLeastSkew = 0.03F;
constexpr int kWhite = 255;
constexpr int kMiddle = 128;

// Scans and photographs become black and white by the shade around each pixel; a dark corner stays paper.
Picture black_and_white(Pix* source) {
    if (pixGetDepth(source) == 1 && pixGetColormap(source) == nullptr) return Picture(pixClone(source));
    const Picture grey(pixConvertTo8(source, 0));
    if (!grey) return {};
    Pix* made = nullptr;
    const int tile = std::clamp(std::min(pixGetWidth(grey.get()), pixGetHeight(grey.get())) / 2, 16, 400);
    if (pixOtsuAdaptiveThreshold(grey.get(), tile, tile, 1, 1, 0.1F, nullptr, &made) != 0) return {};
    return Picture(made);
}

// Specks that are smaller than any point of the form's print, and holes as small in its letters.
Picture without_specks(Pix* ink, int rows_per_inch, int across) {
    // A full stop is an inch's fiftieth in each direction; on a standard page two rows high at most.
    const int widest = across / 90;
    const int highest = std::max(1, rows_per_inch / 90);
    Picture kept(pixSelectBySize(ink, widest, highest, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GT, nullptr));
    if (!kept) return {};
    const Picture paper(pixInvert(nullptr, kept.get()));
    const Picture filled(pixSelectBySize(paper.get(), 1, 1, 4, L_SELECT_IF_EITHER, L_SELECT_IF_GT, nullptr));
    if (!filled) return kept;
    pixInvert(filled.get(), filled.get());
    return Picture(pixClone(filled.get()));
}

// Ink that despeckling took, of all pixels, in thousandths of a percent.
int noise_of(Pix* before, Pix* after) {
    const Picture gone(pixSubtract(nullptr, before, after));
    l_int32 count = 0;
    if (!gone || pixCountPixels(gone.get(), &count, nullptr) != 0) return 0;
    const std::int64_t all = std::int64_t{pixGetWidth(before)} * pixGetHeight(before);
    return static_cast<int>(std::int64_t{count} * 100'000 / std::max<std::int64_t>(1, all));
}

Picture scaled(Pix* ink, float across, float down) {
    const Picture grey(pixConvert1To8(nullptr, ink, kWhite, 0));
    return grey ? Picture(pixScaleGrayLI(grey.get(), across, down)) : Picture();
}

// One bit, 150 pixels an inch both ways: to see how the page lies.
Picture glance_at(Pix* ink, float across, float down) {
    const Picture small(pixScale(ink, across, down));
    return small ? Picture(pixConvertTo1(small.get(), kMiddle)) : Picture();
}

// In degrees, and leptonica's confidence in that; 0 and 0 where it sees none.
struct Skew {
    l_float32 angle = 0;
    l_float32 sure = 0;
};
Skew skew_seen(Pix* glance) {
    Skew skew;
    return pixFindSkewSweepAndSearch(glance, &skew.angle, &skew.sure, 2, 1, kMostSkew, 0.5F, 0.01F) == 0 ? skew : Skew{};
}

// Whether the page's lines of text are rows for certain: straight ones, between which more ink comes and goes than between columns.
// Of a crooked page neither says anything.
bool has_plain_rows(Pix* glance) {
    const Skew skew = skew_seen(glance);
    if (skew.sure < kSureLines || std::abs(skew.angle) > kStraight) return false;
    const Picture aside(pixRotateOrth(glance, 1));
    l_float32 rows = 0;
    l_float32 columns = 0;
    const bool seen = aside && pixFindDifferentialSquareSum(glance, &rows) == 0 && pixFindDifferentialSquareSum(aside.get(), &columns) == 0;
    return seen && rows > kPlainRows * columns;
}

// How many quarter turns clockwise make the page upright. By the shapes of its letters, of which a typewriter's in standard mode are
// taken for others that lie: where the rows are plain they are asked only which of two ways.
int turns_of(Pix* glance) {
    l_float32 upright = 0;
    l_float32 lying = 0;
    if (pixOrientDetect(glance, &upright, &lying, 0, 0) != 0) return 0;
    if (std::abs(lying) >= kSureTurn && has_plain_rows(glance)) lying = 0;
    const float most = std::max(std::abs(upright), std::abs(lying));
    if (most < kSureTurn) return 0;
    if (std::abs(upright) >= std::abs(lying)) return upright > 0 ? 0 : 2;
    return lying > 0 ? 1 : 3;
}

// The words of a PDF's own text, turned with their page.
void turn(std::vector<LayerWord>& layer, float radians, Pix* page) {
    const float middle_x = static_cast<float>(pixGetWidth(page)) / 2;
    const float middle_y = static_cast<float>(pixGetHeight(page)) / 2;
    for (LayerWord& word : layer) {
        const float x = static_cast<float>(word.area.left) + static_cast<float>(word.area.width) / 2 - middle_x;
        const float y = static_cast<float>(word.area.top) + static_cast<float>(word.area.height) / 2 - middle_y;
        word.area.left += static_cast<int>(std::lround(x * std::cos(radians) - y * std::sin(radians) - x));
        word.area.top += static_cast<int>(std::lround(x * std::sin(radians) + y * std::cos(radians) - y));
    }
}

float skew_of(Pix* glance) {
    const Skew skew = skew_seen(glance);
    return skew.sure >= 2.5F && std::abs(skew.angle) >= kLeastSkew ? skew.angle : 0;
}

}  // namespace

base::Result<CleanPage> clean_page(SourcePage page, std::optional<int> turns) {
    const Picture raw = black_and_white(page.picture.get());
    if (!raw) return base::invalid("a page cannot be made black and white");
    const auto across = static_cast<int>(page.across);
    const auto down = static_cast<int>(page.down);
    if (pixGetWidth(raw.get()) < kLeastInches * across || pixGetHeight(raw.get()) < kLeastInches * down) {
        return base::invalid("a page is smaller than " + std::to_string(kLeastInches) + " inches: no form is on it");
    }
    Picture ink = without_specks(raw.get(), down, across);
    if (!ink) return base::invalid("a page cannot be worked on");
    CleanPage clean;
    clean.rows_per_inch = down;
    clean.noise = noise_of(raw.get(), ink.get());
    float wide = static_cast<float>(kAcross) / static_cast<float>(across);
    float high = static_cast<float>(kAcross) / static_cast<float>(down);
    Picture glance = glance_at(ink.get(), wide / 2, high / 2);
    if (!glance) return base::invalid("a page cannot be worked on");
    clean.turned = turns ? *turns : turns_of(glance.get());
    if (clean.turned != 0) {
        // The machine prints its line at the top of the page as it was sent: beside or below an upright form, across its lines.
        Box* edge = boxCreate(0, 0, pixGetWidth(ink.get()), down * 3 / 10);
        pixClearInRect(ink.get(), edge);
        boxDestroy(&edge);
        ink.reset(pixRotateOrth(ink.get(), clean.turned));
        glance.reset(pixRotateOrth(glance.get(), clean.turned));
        if (clean.turned % 2 == 1) std::swap(wide, high);
    } else {
        clean.layer = std::move(page.layer);
    }
    const float skew = skew_of(glance.get());
    clean.skew = static_cast<int>(std::lround(skew * 100));
    Picture grey = scaled(ink.get(), wide, high);
    if (!grey) return base::invalid("a page cannot be worked on");
    if (skew != 0) {
        const float radians = skew * std::numbers::pi_v<float> / 180;
        grey.reset(pixRotate(grey.get(), radians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
        turn(clean.layer, radians, grey.get());
    }
    clean.ink.reset(pixThresholdToBinary(grey.get(), kMiddle));
    clean.letters.reset(pixCopy(nullptr, clean.ink.get()));
    clean.grey = std::move(grey);
    if (!clean.ink || !clean.letters || !clean.grey) return base::invalid("a page cannot be worked on");
    take_streaks_away(clean.ink.get(), clean.letters.get(), clean.grey.get());
    clean.lines = find_lines(clean.ink.get());
    take_away(clean.lines, clean.letters.get(), clean.grey.get());
    return clean;
}

}  // namespace rightsdesk::reading
