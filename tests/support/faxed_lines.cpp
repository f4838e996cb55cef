#include "support/faxed_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>

#include "reading/clean_page.h"
#include "support/fax_line.h"
#include "support/faxed_form.h"
#include "support/text_ruler.h"

namespace rightsdesk::support {

namespace {

constexpr double kTop = 30;  // points of the sheet that are written on
constexpr double kBottom = 770;
constexpr double kLeft = 36;
constexpr double kRight = 580;
constexpr int kJitter = 8;  // pixels of a clean page that a cut may be wider at each side

struct Line {
    PlacedText text;
    std::array<double, 4> ink{};  // left, top, right, bottom, in points of the sheet
};

struct LinesPage {
    PrintedPage printed;
    std::vector<Line> lines;  // those that are learnt
    std::uint8_t quality = 0;
    cairo_matrix_t from_sheet{};
    Bitmap picture;
};

double between(Random& random, double least, double most) { return least + (most - least) * static_cast<double>(random.below(10'001)) / 10'000; }

// Those that forms are printed and filled in with come often; of the others, whichever are installed.
const std::vector<std::string>& families() {
    static const std::vector<std::string> there = [] {
        static constexpr std::array<std::string_view, 31> kWanted = {
            "Liberation Mono", "DejaVu Sans", "DejaVu Sans Mono", "DejaVu Serif", "Lato", "FreeMono", "FreeSans", "FreeSerif", "Courier Prime", "Nimbus Mono PS", "Nimbus Roman", "Nimbus Sans", "Nimbus Sans Narrow",
            "C059", "P052", "URW Bookman", "URW Gothic", "Open Sans", "Open Sans Condensed", "Roboto", "Noto Mono", "Linux Libertine O", "Linux Biolinum O", "Linux Libertine Mono O", "Carlito", "Caladea",
            "Inconsolata", "Cantarell", "Tlwg Typo", "Anonymous Pro", "Hack"};
        std::vector<std::string> found;
        found.reserve(kWanted.size());
        for (const std::string_view family : kWanted) {
            if (has_family(std::string(family))) found.emplace_back(family);
        }
        return found;
    }();
    return there;
}

Typeface any_face(Random& random) {
    static constexpr std::array<std::string_view, 6> kOften = {"GNUTypewriter", "GNUTypewriter", "Liberation Sans", "Liberation Serif", "Liberation Sans Narrow", "Liberation Mono"};
    Typeface face;
    face.family = random.below(100) < 55 || families().empty() ? std::string(random.of(kOften)) : random.of(families());
    face.size = random.one_in(3) ? between(random, 8, 14) : between(random, 9, 12);
    face.bold = random.one_in(10);
    face.italic = random.one_in(25);
    return face;
}

cairo_t* measuring() {
    static const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8), cairo_surface_destroy);
    static const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context(cairo_create(surface.get()), cairo_destroy);
    return context.get();
}

std::array<double, 4> ink_of(const PlacedText& text) {
    cairo_t* context = measuring();
    set_typeface(context, text.face);
    cairo_text_extents_t extents;
    cairo_text_extents(context, text.text.c_str(), &extents);
    const double left = text.x + extents.x_bearing;
    const double top = text.baseline + extents.y_bearing;
    return {left, top, left + extents.width, top + extents.height};
}

// Whether the face has all of its letters. The typewriter's has no ampersand and prints a box instead, as it does on the forms: that one
// is learnt.
bool can_print(const PlacedText& text) {
    cairo_t* context = measuring();
    set_typeface(context, text.face);
    cairo_glyph_t* glyphs = nullptr;
    int count = 0;
    const bool told = cairo_scaled_font_text_to_glyphs(cairo_get_scaled_font(context), 0, 0, text.text.c_str(), -1, &glyphs, &count, nullptr, nullptr, nullptr) == CAIRO_STATUS_SUCCESS;
    bool all = told;
    for (int at = 0; told && at < count; ++at) all = all && (glyphs[at].index != 0 || (text.text[static_cast<std::size_t>(at)] == '&' && text.face.family == "GNUTypewriter"));
    cairo_glyph_free(glyphs);
    return all;
}

class PageWriter {
public:
    PageWriter(const LineTexts& texts, Random& random) : texts_(texts), random_(random) {}

    PrintedPage write(std::vector<Line>& lines) {
        Typeface face = any_face(random_);
        double y = kTop + between(random_, 0, 10);
        while (true) {
            const double pitch = face.size * (random_.one_in(3) ? between(random_, 1.1, 1.3) : between(random_, 1.25, 1.9));
            if ((y += pitch) > kBottom) return std::move(page_);
            row(face, y, lines);
            if (random_.one_in(3)) face = any_face(random_);
        }
    }

private:
    void row(const Typeface& face, double y, std::vector<Line>& lines) {
        double x = kLeft + between(random_, 0, 20);
        while (true) {
            PlacedText text{texts_.any(random_), face, x, y, 0, "", true};
            // The form's own words stand close beside what is filled in.
            const bool labelled = random_.one_in(4);
            if (labelled) text.x = label(x, y);
            text.width = width_of(text.text, face);
            if (text.x + text.width > kRight) return;
            page_.texts.push_back(text);
            if (can_print(text)) lines.push_back({text, ink_of(text)});
            double end = text.x + text.width;
            if (random_.one_in(2)) {
                const double rule = y + between(random_, 0.8, 3.2);
                const double to = end + between(random_, 0, 30);
                page_.rules.push_back({text.x - between(random_, 0, 12), to, rule});
                end = std::max(end, to);
            }
            x = end + between(random_, 18, 60);
        }
    }

    // Returns where what follows it begins.
    double label(double x, double y) {
        PlacedText text{std::string(random_.of(std::array<std::string_view, 6>{"Name:", "(i)", "of", "No.", "dated", "Telephone"})), {"Liberation Serif", false, 10}, x, y, 0, "", false};
        text.width = width_of(text.text, text.face);
        page_.texts.push_back(text);
        return x + text.width + between(random_, 2.6, 6);
    }

    const LineTexts& texts_;
    Random& random_;
    PrintedPage page_;
};

LinesPage fax_page(std::uint64_t seed, const LineTexts& texts) {
    Random random(seed);
    LinesPage page;
    page.printed = PageWriter(texts, random).write(page.lines);
    static constexpr std::array<std::uint8_t, 8> kQualities = {2, 2, 2, 2, 1, 1, 0, 0};
    page.quality = random.of(kQualities);
    Damage damage;
    damage.darkness = between(random, 0.3, 0.54);
    damage.noise = between(random, 0.01, 0.08);
    damage.speckle = page.quality == 1 ? between(random, 0, 0.006) : random.one_in(4) ? between(random, 0, 0.002) : 0.00005;
    const double most_skew = page.quality == 1 ? 3 : random.one_in(4) ? 2 : 0.3;
    const double lines_per_inch = page.quality == 2 ? kStandardLinesPerInch : kFineLinesPerInch;
    page.from_sheet = way_of_page(between(random, -most_skew, most_skew), 0, lines_per_inch, between(random, -4, 4));
    // Where a line falls between the scanner's rows is as much chance as how crooked it lies.
    page.from_sheet.y0 += between(random, 0, 1);
    InkMap scanned = scan_page(page.printed, page.from_sheet, kLineDots, static_cast<int>(std::lround(kSheetHeight * lines_per_inch / 72)));
    page.picture = transmit(std::move(scanned), lines_per_inch, damage, random);
    return page;
}

reading::SourcePage source_of(const Bitmap& picture) {
    reading::SourcePage source;
    source.picture.reset(pixCreate(picture.width, picture.height, 1));
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            if (picture.black(x, y)) pixSetPixel(source.picture.get(), x, y, 1);
        }
    }
    source.across = static_cast<std::uint32_t>(picture.dots_per_inch);
    source.down = static_cast<std::uint32_t>(picture.lines_per_inch);
    return source;
}

// Where a line's ink lies on the clean page.
reading::Area area_of(const Line& line, const LinesPage& page, const reading::CleanPage& clean) {
    const double middle_x = pixGetWidth(clean.grey.get()) / 2.0;
    const double middle_y = pixGetHeight(clean.grey.get()) / 2.0;
    const double turn = clean.skew / 100.0 * std::numbers::pi / 180;
    std::array<double, 4> most = {1e9, 1e9, -1e9, -1e9};
    for (const std::size_t across : {0U, 2U}) {
        for (const std::size_t down : {1U, 3U}) {
            double x = line.ink[across];
            double y = line.ink[down];
            cairo_matrix_transform_point(&page.from_sheet, &x, &y);
            x = x * reading::kAcross / page.picture.dots_per_inch - middle_x;
            y = y * reading::kAcross / page.picture.lines_per_inch - middle_y;
            const double turned_x = middle_x + x * std::cos(turn) - y * std::sin(turn);
            const double turned_y = middle_y + x * std::sin(turn) + y * std::cos(turn);
            most = {std::min(most[0], turned_x), std::min(most[1], turned_y), std::max(most[2], turned_x), std::max(most[3], turned_y)};
        }
    }
    const int left = static_cast<int>(std::floor(most[0]));
    const int top = static_cast<int>(std::floor(most[1]));
    return {left, top, static_cast<int>(std::ceil(most[2])) - left, static_cast<int>(std::ceil(most[3])) - top};
}

// As the reader cuts one, whose words' places are never quite the ink's.
reading::LinePicture cut_of(const reading::Area& ink, const reading::CleanPage& clean, Random& random) {
    const auto more = [&] { return static_cast<int>(random.below(kJitter + 1)) - 1; };
    const int left = std::max(0, ink.left - more());
    const int top = std::max(0, ink.top - more());
    Box* box = boxCreate(left, top, ink.right() + more() - left, ink.bottom() + more() - top);
    const reading::Picture cut(pixClipRectangle(clean.grey.get(), box, nullptr));
    boxDestroy(&box);
    return cut ? reading::picture_of_line(cut.get()) : reading::LinePicture();
}

}  // namespace

std::vector<FaxedLine> fax_lines(std::uint64_t seed, const LineTexts& texts) {
    const LinesPage page = fax_page(seed, texts);
    std::vector<FaxedLine> lines;
    const auto clean = reading::clean_page(source_of(page.picture));
    if (!clean || clean->turned != 0) return lines;
    Random random(seed + 1'000'000'000);
    lines.reserve(page.lines.size());
    for (const Line& line : page.lines) {
        reading::LinePicture picture = cut_of(area_of(line, page, *clean), *clean, random);
        if (picture.width > 0) lines.push_back({line.text.text, std::move(picture), page.quality});
    }
    return lines;
}

}  // namespace rightsdesk::support
