#include "reading/blank_ink.h"

#include <algorithm>
#include <utility>

namespace rightsdesk::reading {

namespace {

constexpr int kAboveRule = 10;               // pixels, where dots of the rule itself may be left
constexpr int kAroundWord = 8;               // pixels
constexpr int kHighestWritten = kAcross / 6;  // over its line
constexpr int kStandingRows = kAcross / 33;  // ink as high as this is a letter's
constexpr int kInkPixels = kAcross / 4;      // on an empty blank: less is dirt

// Pixels of ink that stands: dots of a rule that a standard page lost between its rows lie.
int standing_ink(Picture letters, bool lines_may_be_left) {
    if (letters && lines_may_be_left) letters.reset(pixOpenBrick(nullptr, letters.get(), 1, kStandingRows));
    l_int32 count = 0;
    return letters && pixCountPixels(letters.get(), &count, nullptr) == 0 ? count : 0;
}

// Above a blank's line, and not up to its ends: labels and brackets reach in there.
Area strip_of(const paper::SheetArea& blank) {
    constexpr int kInset = kAcross / 30;
    return {blank.left + kInset, blank.bottom - kAcross / 8, blank.right - blank.left - 2 * kInset, kAcross / 8 - kAboveRule};
}

}  // namespace

bool has_ink(const CleanPage& page, const paper::SheetArea& blank) {
    Area strip = strip_of(blank);
    strip.width = std::max(1, strip.width);
    return standing_ink(clipped(page.letters.get(), strip), is_standard(page)) > kInkPixels;
}

bool has_letters_on(const CleanPage& page, const paper::SheetArea& blank) {
    const Area above{blank.left + kAroundWord, blank.bottom - kHighestWritten, std::max(1, blank.right - blank.left - 2 * kAroundWord), kHighestWritten - kAboveRule};
    return standing_ink(clipped(page.letters.get(), above), true) > kInkPixels;
}

bool has_ink_beside(const std::vector<CleanPage>& pages, const paper::TemplateReading& form, const paper::FieldPlace& place) {
    for (const paper::SheetArea& blank : place.blanks) {
        const Area strip = strip_of(blank);
        if (strip.width <= 0 || strip.top < 0) continue;
        Picture cut = clipped(pages[blank.page - 1].letters.get(), strip);
        if (!cut) continue;
        for (std::size_t index = 0; index < form.sheet.words.size(); ++index) {
            const paper::SheetWord& word = form.sheet.words[index];
            if (word.page != blank.page || word.right < strip.left || word.left > strip.right() || word.bottom < strip.top || word.top > strip.bottom()) continue;
            const bool inside = word.left >= strip.left && word.right <= strip.right() && word.bottom > strip.bottom() - kAcross / 30 && word.bottom < strip.bottom() + kAcross / 15;
            const bool counted = form.own[index] || std::find(place.words.begin(), place.words.end(), index) != place.words.end();
            if (inside && !counted && word.text.size() > 2) return true;
            Box* covered = boxCreate(std::max(0, word.left - strip.left - kAroundWord), 0, word.right - word.left + 2 * kAroundWord, strip.height);
            pixClearInRect(cut.get(), covered);
            boxDestroy(&covered);
        }
        if (standing_ink(std::move(cut), is_standard(pages[blank.page - 1])) > kInkPixels) return true;
    }
    return false;
}

}  // namespace rightsdesk::reading
