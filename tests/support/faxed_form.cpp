#include "support/faxed_form.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "support/text_ruler.h"

namespace rightsdesk::support {

namespace {

double between(Random& random, double least, double most) { return least + (most - least) * static_cast<double>(random.below(10'001)) / 10'000; }

struct QualitySettings {
    double lines_per_inch = kFineLinesPerInch;
    double skew = 0.25;  // degrees at most, either way; a feeder is never quite straight
    double speckle = 0.00005;
    bool streaks = false;
    bool cuts = false;
    bool coffee = false;
    bool by_hand = false;
};

QualitySettings settings_of(Quality quality) {
    switch (quality) {
        case Quality::kCleanFine: return {};
        case Quality::kSkewedSpeckledFine: return {.skew = 3, .speckle = 0.005};
        case Quality::kCleanStandard: return {.lines_per_inch = kStandardLinesPerInch};
        case Quality::kWornFine: return {.skew = 3, .speckle = 0.003, .streaks = true, .cuts = true};
        case Quality::kDarkPage: return {.skew = 1, .speckle = 0.002, .coffee = true};
        case Quality::kHandwriting: return {.skew = 1, .by_hand = true};
    }
    return {};
}

PrintStyle any_style(const QualitySettings& settings, Random& random) {
    PrintStyle style;
    const std::size_t body = random.below(10);
    style.body = body < 6 ? Typeface{"Liberation Serif", false, 10.5} : body < 9 ? Typeface{"Liberation Sans", false, 9.5} : Typeface{"Liberation Mono", false, 9};
    style.justified = random.one_in(2);
    style.rise = between(random, 1.2, 2.4);
    style.leading = between(random, 1.15, 1.25);
    style.hand = settings.by_hand ? random.of(std::array<Hand, 4>{Hand::kDkg, Hand::kBreip, Hand::kFemke, Hand::kKristi})
                                  : random.of(std::array<Hand, 5>{Hand::kTypewriter, Hand::kTypewriter, Hand::kSans, Hand::kSerif, Hand::kCondensed});
    switch (style.hand) {
        case Hand::kTypewriter: style.hand_size = 10; break;
        case Hand::kCondensed: style.hand_size = 11.5; break;
        case Hand::kKristi: style.hand_size = 19; break;
        case Hand::kDkg: style.hand_size = 13; break;
        case Hand::kBreip: style.hand_size = 13; break;
        case Hand::kFemke: style.hand_size = 12; break;
        case Hand::kSans:
        case Hand::kSerif: style.hand_size = 11; break;
    }
    return style;
}

Damage any_damage(const QualitySettings& settings, Random& random) {
    Damage damage;
    damage.darkness = between(random, 0.34, 0.5);
    damage.noise = between(random, 0.02, 0.06);
    damage.speckle = settings.speckle;
    damage.streaks = settings.streaks ? static_cast<int>(random.below(4)) : 0;
    damage.streaks_anywhere = true;
    if (settings.cuts && random.one_in(2)) damage.cut_left = between(random, 5, 30);
    if (settings.cuts && random.one_in(2)) damage.cut_right = between(random, 5, 30);
    if (settings.cuts && random.one_in(3)) damage.shadow = between(random, 3, 12);
    damage.coffee = settings.coffee;
    if (settings.coffee) damage.noise = 0.3;
    return damage;
}

std::string any_header(const std::string& sender, Random& random) {
    return "06/" + two_digits(static_cast<unsigned>(24 + random.below(5))) + "/2002 " + two_digits(static_cast<unsigned>(8 + random.below(9))) + ":" +
           two_digits(static_cast<unsigned>(random.below(60))) + "  FAX 212 555 0" + std::to_string(100 + random.below(900)) + "   " + sender;
}

// One fax in eight has pages that lie otherwise: all of them, or one that was laid in the other way round.
std::vector<int> any_turns(std::size_t pages, Random& random) {
    std::vector<int> turns(pages, 0);
    if (!random.one_in(8)) return turns;
    const int turn = random.of(std::array<int, 4>{180, 180, 90, 270});
    if (random.one_in(3)) {
        turns[random.below(pages)] = turn;
    } else {
        std::fill(turns.begin(), turns.end(), turn);
    }
    return turns;
}

FaxedPage fax_page(PrintedPage printed, const QualitySettings& settings, const Damage& damage, int turn, Random& random) {
    FaxedPage page;
    page.skew_degrees = between(random, -settings.skew, settings.skew);
    page.turn = turn;
    const bool sideways = turn % 180 != 0;
    page.from_sheet = way_of_page(page.skew_degrees, turn, settings.lines_per_inch, between(random, -4, 4));
    const int height = static_cast<int>(std::lround((sideways ? kSheetWidth : kSheetHeight) * settings.lines_per_inch / 72));
    InkMap scanned = scan_page(printed, page.from_sheet, sideways ? kWideLineDots : kLineDots, height);
    page.picture = transmit(std::move(scanned), settings.lines_per_inch, damage, random);
    page.printed = std::move(printed);
    return page;
}

PagePlace place_of(const FaxedPage& page, std::size_t number, const std::string& blank, double x, double y, double width, double height) {
    double least_x = page.picture.width;
    double least_y = page.picture.height;
    double most_x = 0;
    double most_y = 0;
    for (const double corner_x : {x, x + width}) {
        for (const double corner_y : {y, y + height}) {
            double dot = corner_x;
            double line = corner_y;
            cairo_matrix_transform_point(&page.from_sheet, &dot, &line);
            least_x = std::min(least_x, dot);
            least_y = std::min(least_y, line);
            most_x = std::max(most_x, dot);
            most_y = std::max(most_y, line);
        }
    }
    const int left = std::max(0, static_cast<int>(std::floor(least_x)));
    const int top = std::max(0, static_cast<int>(std::floor(least_y)));
    return {.blank = blank, .page = number, .x = left, .y = top, .width = static_cast<int>(std::ceil(most_x)) - left, .height = static_cast<int>(std::ceil(most_y)) - top};
}

void note_places(FaxedForm& form) {
    for (std::size_t number = 0; number < form.pages.size(); ++number) {
        const FaxedPage& page = form.pages[number];
        for (const PlacedText& text : page.printed.texts) {
            if (text.blank.empty()) continue;
            PagePlace place = place_of(page, number, text.blank, text.x, text.baseline - text.face.size * 0.8, text.width, text.face.size * 1.05);
            place.text = text.text;
            form.values.push_back(std::move(place));
        }
        for (const PlacedBox& box : page.printed.boxes) {
            PagePlace place = place_of(page, number, box.name, box.x, box.y, box.side, box.side);
            place.filled = box.mark != Mark::kNone;
            form.box_places.push_back(std::move(place));
        }
    }
}

PrintedPage cover_sheet(const FormValues& values, const PrintStyle& style, std::uint64_t seed, std::size_t pages) {
    static constexpr FormLayout kCover = {.name = "cover", .what = "a cover sheet", .text = R"form(
!FACSIMILE TRANSMITTAL
~40
:TO: Subscription Agent, Reorganization Department || FROM: {sender|*}
~12
:RE: rights offering || NUMBER OF PAGES (with this one): {pages|*}
~30
.Please find the notice that follows. Kindly call us to confirm that all pages have come through clearly, and hold the original of
this transmission for your records.
~60
.This facsimile is intended for the addressee alone. If it has reached you by mistake, please destroy it and tell the sender by
telephone.
)form"};
    Random random(seed);
    FormValues own;
    const auto firm = values.written.find("firm");
    own.written["sender"] = firm == values.written.end() ? "Reorganization Department" : firm->second;
    own.written["pages"] = std::to_string(pages);
    PrintedPage page = print_form(kCover, own, style, random).front();
    for (PlacedText& text : page.texts) text.blank.clear();
    return page;
}

}  // namespace

cairo_matrix_t way_of_page(double skew_degrees, int turn, double lines_per_inch, double shift) {
    const bool sideways = turn % 180 != 0;
    const double down = sideways ? kSheetWidth : kSheetHeight;
    const double wide = (sideways ? kWideLineDots : kLineDots) * 72 / kDotsPerInch;
    cairo_matrix_t way;
    cairo_matrix_init_scale(&way, kDotsPerInch / 72, lines_per_inch / 72);
    cairo_matrix_translate(&way, wide / 2 + shift, down / 2);
    cairo_matrix_rotate(&way, (skew_degrees + turn) * std::numbers::pi / 180);
    cairo_matrix_translate(&way, -kSheetWidth / 2, -kSheetHeight / 2);
    return way;
}

FaxedForm fax_form(std::uint64_t seed, const FaxRequest& request) {
    [[maybe_unused]] static const bool there = (require_families(), true);
    const FormLayout* layout = layout_named(request.layout);
    if (layout == nullptr) throw std::runtime_error("there is no layout \"" + request.layout + "\"; tests/support/layouts has them");
    FormValues values = case_on_layout(seed, *layout);
    // Apart from the case's own choices: the same case may be faxed in each quality.
    Random random(seed * 8 + static_cast<std::uint64_t>(request.quality) + 0x5eed);
    const QualitySettings settings = settings_of(request.quality);
    FaxedForm form{.seed = seed, .request = request, .style = any_style(settings, random), .ours = layout->ours, .written = values.written, .boxes = {}, .meant = values.meant, .pages = {}, .values = {}, .box_places = {}};
    auto printed = print_form(*layout, values, form.style, random);
    // By a seed of its own, so that the form behind it is filled in the same with it and without.
    if (request.cover) printed.insert(printed.begin(), cover_sheet(values, form.style, seed, printed.size() + 1));
    const Damage damage = any_damage(settings, random);
    const auto sender = values.written.find("firm");
    const std::string header = any_header(sender == values.written.end() ? "TRUST DEPT" : sender->second, random);
    const std::size_t count = printed.size();
    const std::vector<int> turns = request.turned ? any_turns(count, random) : std::vector<int>(count, 0);
    form.pages.reserve(count);
    for (std::size_t number = 0; number < count; ++number) {
        Damage here = damage;
        here.header = header + "   P." + std::to_string(1'001 + number).substr(1) + "/" + std::to_string(1'000 + count).substr(1);
        form.pages.push_back(fax_page(std::move(printed[number]), settings, here, turns[number], random));
    }
    note_places(form);
    for (const PagePlace& box : form.box_places) form.boxes[box.blank] = box.filled;
    return form;
}

}  // namespace rightsdesk::support
