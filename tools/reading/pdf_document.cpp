// PDF by poppler: its pages drawn, and its own text with the place of each word.
#include <poppler-document.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <cmath>
#include <limits>

#include "reading/document.h"

namespace rightsdesk::reading {

namespace {

constexpr std::uint32_t kDrawn = 300;           // pixels an inch
constexpr double kPointsPerInch = 72.0;
constexpr std::size_t kMostLayerWords = 20'000;  // a page

std::string utf8(const poppler::ustring& text) {
    const poppler::byte_array octets = text.to_utf8();
    return std::string(octets.begin(), octets.end());
}

// Its own scale, because poppler draws a page in whole pixels.
int scaled(double points) { return static_cast<int>(std::lround(points * kDrawn / kPointsPerInch)); }

class PdfDocument : public Document {
public:
    PdfDocument(std::unique_ptr<poppler::document> document, const Limits& limits) : document_(std::move(document)), limits_(limits) {}

    [[nodiscard]] std::uint32_t pages() const override { return static_cast<std::uint32_t>(document_->pages()); }

    base::Result<SourcePage> page(std::uint32_t number) override {
        const std::string which = "page " + std::to_string(number + 1) + " of the PDF ";
        const std::unique_ptr<poppler::page> source(document_->create_page(static_cast<int>(number)));
        if (!source) return base::invalid(which + "cannot be read: the file is damaged");
        const poppler::rectf size = source->page_rect();
        if (!(size.width() >= 1) || !(size.height() >= 1)) return base::invalid(which + "has no size");
        const double pixels = size.width() * size.height() * (kDrawn / kPointsPerInch) * (kDrawn / kPointsPerInch);
        if (pixels > static_cast<double>(limits_.pixels_per_page)) {
            return base::invalid(which + "is " + std::to_string(std::lround(size.width())) + " by " + std::to_string(std::lround(size.height())) + " points: drawn, it has more than " +
                                 std::to_string(limits_.pixels_per_page) + " pixels");
        }
        poppler::page_renderer renderer;
        renderer.set_render_hints(poppler::page_renderer::antialiasing | poppler::page_renderer::text_antialiasing);
        renderer.set_image_format(poppler::image::format_gray8);
        const poppler::image drawn = renderer.render_page(source.get(), kDrawn, kDrawn);
        if (!drawn.is_valid()) return base::invalid(which + "cannot be drawn: the file is damaged");
        SourcePage page;
        page.across = kDrawn;
        page.down = kDrawn;
        page.picture.reset(pixCreate(drawn.width(), drawn.height(), 8));
        if (!page.picture) return base::invalid(which + "has no pixels");
        copy(drawn, page.picture.get());
        add_layer(*source, page);
        return page;
    }

private:
    static void copy(const poppler::image& drawn, Pix* into) {
        l_uint32* rows = pixGetData(into);
        const int words = pixGetWpl(into);
        for (int row = 0; row < drawn.height(); ++row) {
            const char* from = drawn.const_data() + static_cast<std::ptrdiff_t>(row) * drawn.bytes_per_row();
            l_uint32* to = rows + static_cast<std::ptrdiff_t>(row) * words;
            for (int column = 0; column < drawn.width(); ++column) SET_DATA_BYTE(to, column, static_cast<unsigned char>(from[column]));
        }
    }

    static void add_layer(const poppler::page& source, SourcePage& page) {
        for (const poppler::text_box& box : source.text_list()) {
            if (page.layer.size() >= kMostLayerWords) break;
            const poppler::rectf at = box.bbox();
            page.layer.push_back({utf8(box.text()), {scaled(at.left()), scaled(at.top()), scaled(at.width()), scaled(at.height())}});
        }
    }

    std::unique_ptr<poppler::document> document_;
    Limits limits_;
};

}  // namespace

base::Result<std::unique_ptr<Document>> open_pdf(std::span<const std::byte> octets, const Limits& limits) {
    setMsgSeverity(L_SEVERITY_NONE);
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    if (octets.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return base::invalid("the PDF has more octets than can be read");
    std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(reinterpret_cast<const char*>(octets.data()), static_cast<int>(octets.size())));
    if (!document) return base::invalid("the PDF is damaged: it cannot be opened");
    if (document->is_locked()) return base::invalid("the PDF is locked by a password: ask its sender for one that is not");
    if (document->pages() < 1) return base::invalid("the PDF has no pages");
    if (static_cast<std::uint32_t>(document->pages()) > limits.pages) {
        return base::invalid("the PDF has " + std::to_string(document->pages()) + " pages; at most " + std::to_string(limits.pages) + " are read");
    }
    return std::make_unique<PdfDocument>(std::move(document), limits);
}

}  // namespace rightsdesk::reading
