// A filled-in form as it lies on paper: which words, rules and boxes stand where. Typeset from a layout's text (layouts/form_layout.h)
// and the values of one case; painted by page_painter.h. Everything is in points of a sheet of US letter, y growing downwards.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/form_values.h"
#include "support/layouts/form_layout.h"

namespace rightsdesk::support {

inline constexpr double kSheetWidth = 612;   // 8.5 inches
inline constexpr double kSheetHeight = 792;  // 11 inches

// What the filled-in values are written with.
enum class Hand { kTypewriter, kSans, kSerif, kCondensed, kDkg, kBreip, kFemke, kKristi };

// How a person fills a check box.
enum class Mark { kNone, kCross, kTick, kBlob, kStroke };

struct Typeface {
    std::string family;
    bool bold = false;
    double size = 10;  // points
    bool italic = false;
};

struct PlacedText {
    std::string text;
    Typeface face;
    double x = 0;
    double baseline = 0;
    double width = 0;
    std::string blank;     // whose value it is; empty for the form's own words
    bool entered = false;  // by a person, not by the printer
};

struct PlacedRule {
    double from = 0;
    double to = 0;
    double y = 0;
};

struct PlacedBox {
    std::string name;
    double x = 0;
    double y = 0;  // of its upper edge
    double side = 0;
    Mark mark = Mark::kNone;
    bool beside = false;   // something was scribbled near it that is no mark
    std::uint64_t pen = 0;  // the seed of the strokes
};

struct PrintedPage {
    std::vector<PlacedText> texts;
    std::vector<PlacedRule> rules;
    std::vector<PlacedBox> boxes;
};

// How this form was printed, and filled in.
struct PrintStyle {
    Typeface body;
    bool justified = false;
    Hand hand = Hand::kTypewriter;
    double hand_size = 10;
    double rise = 2;   // of a value above its rule, points
    double leading = 1.2;
};

std::string family_of(Hand hand);
// All families that the pages may need. A page in another face than was asked for would be no measure of anything.
std::vector<std::string> families_needed();

// From the seed that `random` stands at. Throws std::runtime_error where a layout's text is not one, with the place.
std::vector<PrintedPage> print_form(const FormLayout& layout, const FormValues& values, const PrintStyle& style, Random& random);

}  // namespace rightsdesk::support
