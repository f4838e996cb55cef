#include "rightsdesk/letter_pdf.h"

#include <cairo-pdf.h>

#include <memory>

namespace rightsdesk::tools {

namespace {

// In points.
constexpr double kWidth = 612, kHeight = 792, kMargin = 72, kSize = 11, kLeading = 15;

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Pen = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

cairo_status_t append(void* to, const unsigned char* octets, unsigned int length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(octets), length);
    return CAIRO_STATUS_SUCCESS;
}

class Page {
public:
    explicit Page(cairo_t* pen) : pen_(pen) { plain(); }

    void plain() { font("Liberation Serif", CAIRO_FONT_WEIGHT_NORMAL, kSize); }
    void bold() { font("Liberation Serif", CAIRO_FONT_WEIGHT_BOLD, kSize); }
    void columns() { font("Liberation Mono", CAIRO_FONT_WEIGHT_NORMAL, kSize - 1.5); }

    void line(const std::string& text) {
        for (const std::string& piece : telling::broken(text, [this](const std::string& given) { return width_of(given) <= kWidth - 2 * kMargin; })) {
            if (down_ > kHeight - kMargin) {
                cairo_show_page(pen_);
                down_ = kMargin;
            }
            cairo_move_to(pen_, kMargin, down_);
            cairo_show_text(pen_, piece.c_str());
            down_ += kLeading;
        }
    }
    void gap() { down_ += kLeading; }

private:
    void font(const char* family, cairo_font_weight_t weight, double size) {
        cairo_select_font_face(pen_, family, CAIRO_FONT_SLANT_NORMAL, weight);
        cairo_set_font_size(pen_, size);
    }
    double width_of(const std::string& text) {
        cairo_text_extents_t extents;
        cairo_text_extents(pen_, text.c_str(), &extents);
        return extents.x_advance;
    }
    cairo_t* pen_;
    double down_ = kMargin;
};

void draw(Page& page, const telling::WrittenLetter& letter) {
    page.bold();
    page.line(letter.from);
    page.plain();
    page.gap();
    page.line(letter.date);
    page.gap();
    for (const std::string& line : letter.address) page.line(line);
    page.gap();
    page.bold();
    page.line(letter.subject);
    page.plain();
    page.gap();
    for (const std::string& line : letter.lines) {
        // What is indented are columns, or points of a list: aligned as it was written. A list's points are prose.
        if (line.starts_with("  ") && !line.starts_with("  - ")) page.columns();
        else page.plain();
        page.line(line);
    }
}

}  // namespace

base::Result<std::string> pdf_of(const telling::WrittenLetter& letter) {
    std::string octets;
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &octets, kWidth, kHeight), cairo_surface_destroy);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, letter.subject.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR, letter.from.c_str());
    const Pen pen(cairo_create(surface.get()), cairo_destroy);
    Page page(pen.get());
    draw(page, letter);
    cairo_show_page(pen.get());
    const cairo_status_t status = cairo_status(pen.get());
    cairo_surface_finish(surface.get());
    if (status != CAIRO_STATUS_SUCCESS || cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
        return base::failure(base::ErrorKind::kUnavailable, "a letter could not be drawn as PDF: " + std::string(cairo_status_to_string(status)) + "; are Liberation fonts there?");
    }
    return octets;
}

}  // namespace rightsdesk::tools
