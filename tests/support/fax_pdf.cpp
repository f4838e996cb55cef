// A faxed form as PDF, by cairo.
#include <cairo-pdf.h>

#include <bit>
#include <memory>
#include <stdexcept>

#include "support/fax_files.h"
#include "support/page_painter.h"
#include "support/text_ruler.h"

namespace rightsdesk::support {

namespace {

using PdfSurface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using PdfContext = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

cairo_status_t append(void* text, const unsigned char* octets, unsigned int count) {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(octets), count);
    return CAIRO_STATUS_SUCCESS;
}

// A mask of one bit a dot: cairo keeps those bits in the machine's order, the leftmost dot lowest on a little-endian one.
PdfSurface mask_of(const Bitmap& picture) {
    PdfSurface mask(cairo_image_surface_create(CAIRO_FORMAT_A1, picture.width, picture.height), cairo_surface_destroy);
    static constexpr std::endian kOrder = std::endian::native;
    unsigned char* octets = cairo_image_surface_get_data(mask.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(mask.get()));
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            if (!picture.black(x, y)) continue;
            const int bit = kOrder == std::endian::little ? x % 8 : 7 - x % 8;
            unsigned char& octet = octets[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) / 8];
            octet = static_cast<unsigned char>(octet | 1U << bit);
        }
    }
    cairo_surface_mark_dirty(mask.get());
    return mask;
}

// The words where they stand on the picture, then the sheet's white over them: found by whoever looks for text, and never seen.
// (Painted with nothing, or covered by cairo_paint, cairo would leave them out.)
void lay_words(cairo_t* context, const FaxedPage& page) {
    cairo_matrix_t way = page.from_sheet;
    cairo_matrix_t to_points;
    cairo_matrix_init_scale(&to_points, 72 / page.picture.dots_per_inch, 72 / page.picture.lines_per_inch);
    cairo_matrix_multiply(&way, &way, &to_points);
    cairo_save(context);
    cairo_transform(context, &way);
    cairo_set_source_rgb(context, 0, 0, 0);
    for (const PlacedText& text : page.printed.texts) {
        set_typeface(context, text.face);
        cairo_move_to(context, text.x, text.baseline);
        cairo_show_text(context, text.text.c_str());
    }
    cairo_restore(context);
    cairo_set_source_rgb(context, 1, 1, 1);
    cairo_rectangle(context, 0, 0, page.picture.width * 72 / page.picture.dots_per_inch, page.picture.height * 72 / page.picture.lines_per_inch);
    cairo_fill(context);
}

void paint_picture(cairo_t* context, const Bitmap& picture) {
    const PdfSurface mask = mask_of(picture);
    cairo_save(context);
    cairo_scale(context, 72 / picture.dots_per_inch, 72 / picture.lines_per_inch);
    cairo_set_source_rgb(context, 0, 0, 0);
    cairo_mask_surface(context, mask.get(), 0, 0);
    cairo_restore(context);
}

}  // namespace

std::string pdf_of(const FaxedForm& form, PdfKind kind) {
    std::string octets;
    const PdfSurface surface(cairo_pdf_surface_create_for_stream(append, &octets, kSheetWidth, kSheetHeight), cairo_surface_destroy);
    // The clock has no part in it: the same form is the same octets.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2002-06-26T12:00:00Z");
    {
        const PdfContext context(cairo_create(surface.get()), cairo_destroy);
        for (const FaxedPage& page : form.pages) {
            const bool printed = kind == PdfKind::kPrinted;
            cairo_pdf_surface_set_size(surface.get(), printed ? kSheetWidth : page.picture.width * 72 / page.picture.dots_per_inch,
                                       printed ? kSheetHeight : page.picture.height * 72 / page.picture.lines_per_inch);
            if (printed) {
                paint_page(context.get(), page.printed);
            } else {
                if (kind == PdfKind::kPicturesWithText) lay_words(context.get(), page);
                paint_picture(context.get(), page.picture);
            }
            cairo_show_page(context.get());
        }
    }
    cairo_surface_finish(surface.get());
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("cairo does not write the PDF: ") + cairo_status_to_string(cairo_surface_status(surface.get())));
    return octets;
}

}  // namespace rightsdesk::support
