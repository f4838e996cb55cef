#include "support/page_painter.h"

#include <fontconfig/fontconfig.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <stdexcept>

#include "support/text_ruler.h"

namespace rightsdesk::support {

namespace {

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;
using FontOptions = std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)>;

// A pen's way, from a seed: nobody draws a straight line.
class Pen {
public:
    Pen(cairo_t* context, const PlacedBox& box) : context_(context), box_(box), random_(box.pen) {}

    void draw() {
        cairo_set_line_cap(context_, CAIRO_LINE_CAP_ROUND);
        cairo_set_line_join(context_, CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_width(context_, box_.side * (0.11 + 0.05 * part()));
        switch (box_.mark) {
            case Mark::kNone: break;
            case Mark::kCross:
                stroke(0.12, 0.12, 0.88, 0.88);
                stroke(0.88, 0.12, 0.12, 0.88);
                break;
            case Mark::kTick:
                stroke(0.12, 0.5, 0.4, 0.9);
                stroke(0.4, 0.9, 0.95, -0.1);
                break;
            case Mark::kBlob: blob(); break;
            case Mark::kStroke: stroke(-0.3, 1.2, 1.35, -0.25); break;
        }
        if (box_.beside) scribble();
        cairo_set_line_width(context_, 0.5);
    }

private:
    double part() { return static_cast<double>(random_.below(1'000)) / 1'000; }
    double shaken(double where) { return where + (part() - 0.5) * 0.16; }
    double across(double where) const { return box_.x + where * box_.side; }
    double down(double where) const { return box_.y + where * box_.side; }

    void stroke(double from_x, double from_y, double to_x, double to_y) {
        cairo_move_to(context_, across(shaken(from_x)), down(shaken(from_y)));
        cairo_curve_to(context_, across(shaken(from_x * 0.6 + to_x * 0.4)), down(shaken(from_y * 0.6 + to_y * 0.4)), across(shaken(from_x * 0.3 + to_x * 0.7)),
                       down(shaken(from_y * 0.3 + to_y * 0.7)), across(shaken(to_x)), down(shaken(to_y)));
        cairo_stroke(context_);
    }
    void blob() {
        for (int turn = 0; turn < 3; ++turn) {
            cairo_arc(context_, across(shaken(0.5)), down(shaken(0.5)), box_.side * (0.24 + 0.1 * part()), 0, 2 * std::numbers::pi);
            cairo_fill(context_);
        }
    }
    // Dust, or the pen set down: left of the box, never in it, and not what a person would take for a mark.
    void scribble() {
        cairo_set_line_width(context_, box_.side * 0.09);
        const double height = part() * 0.8;
        if (random_.one_in(2)) stroke(-1.3, height, -0.5 - part() * 0.3, height + 0.3);
        cairo_new_path(context_);
        cairo_arc(context_, across(-0.6 - part() * 0.6), down(-0.3 + part() * 1.2), box_.side * 0.07, 0, 2 * std::numbers::pi);
        cairo_fill(context_);
    }

    cairo_t* context_;
    const PlacedBox& box_;
    Random random_;
};

}  // namespace

void set_typeface(cairo_t* context, const Typeface& face) {
    const FontOptions options(cairo_font_options_create(), cairo_font_options_destroy);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(context, options.get());
    cairo_select_font_face(context, face.family.c_str(), face.italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL, face.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(context, face.size);
}

double width_of(const std::string& text, const Typeface& face) {
    thread_local const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8), cairo_surface_destroy);
    thread_local const Context context(cairo_create(surface.get()), cairo_destroy);
    set_typeface(context.get(), face);
    cairo_text_extents_t extents;
    cairo_text_extents(context.get(), text.c_str(), &extents);
    return extents.x_advance;
}

bool has_family(const std::string& family) {
    using Pattern = std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)>;
    const Pattern wanted(FcPatternCreate(), FcPatternDestroy);
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family.c_str()));
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    FcResult result = FcResultNoMatch;
    const Pattern found(FcFontMatch(nullptr, wanted.get(), &result), FcPatternDestroy);
    FcChar8* name = nullptr;
    return found && FcPatternGetString(found.get(), FC_FAMILY, 0, &name) == FcResultMatch && family == reinterpret_cast<const char*>(name);
}

void require_families() {
    for (const std::string& family : families_needed()) {
        if (!has_family(family)) throw std::runtime_error("the font \"" + family + "\" is not installed; install the fonts of the group [test] in tools/packages.txt");
    }
}

void paint_page(cairo_t* context, const PrintedPage& page) {
    cairo_set_source_rgb(context, 0, 0, 0);
    cairo_set_line_width(context, 0.5);
    for (const PlacedText& text : page.texts) {
        set_typeface(context, text.face);
        cairo_move_to(context, text.x, text.baseline);
        cairo_show_text(context, text.text.c_str());
    }
    for (const PlacedRule& rule : page.rules) {
        cairo_move_to(context, rule.from, rule.y);
        cairo_line_to(context, rule.to, rule.y);
        cairo_stroke(context);
    }
    for (const PlacedBox& box : page.boxes) {
        cairo_set_line_width(context, 0.7);
        cairo_rectangle(context, box.x, box.y, box.side, box.side);
        cairo_stroke(context);
        Pen(context, box).draw();
    }
}

InkMap scan_page(const PrintedPage& page, const cairo_matrix_t& from_sheet, int width, int height) {
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height), cairo_surface_destroy);
    const Context context(cairo_create(surface.get()), cairo_destroy);
    cairo_set_matrix(context.get(), &from_sheet);
    paint_page(context.get(), page);
    if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("a page cannot be painted: ") + cairo_status_to_string(cairo_status(context.get())));
    cairo_surface_flush(surface.get());
    InkMap map{width, height, {}};
    map.ink.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const unsigned char* row = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < height; ++y, row += stride) map.ink.insert(map.ink.end(), row, row + width);
    return map;
}

}  // namespace rightsdesk::support
