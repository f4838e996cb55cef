// TIFF by libtiff, from memory: its directories are looked at before a pixel of them is decoded.
#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "reading/document.h"

namespace rightsdesk::reading {

namespace {

constexpr std::uint32_t kLeastResolution = 50;    // pixels an inch; below it the file's word is not believed
constexpr std::uint32_t kMostResolution = 1'200;
constexpr std::uint32_t kFaxResolution = 204;     // of fax pages that state none (ITU-T T.4)
constexpr std::uint32_t kStandardFaxHeight = 1'400;  // rows; a standard page of 98 an inch has fewer, a fine one more
constexpr int kMostSamples = 4;
constexpr int kMostBits = 8;

// The octets as libtiff reads them.
struct Source {
    std::span<const std::byte> octets;
    std::uint64_t at = 0;
};

tmsize_t read_octets(thandle_t handle, void* into, tmsize_t size) {
    auto& source = *static_cast<Source*>(handle);
    const std::uint64_t left = source.at < source.octets.size() ? source.octets.size() - source.at : 0;
    const std::uint64_t count = std::min<std::uint64_t>(left, static_cast<std::uint64_t>(size));
    if (count > 0) std::memcpy(into, source.octets.data() + source.at, count);
    source.at += count;
    return static_cast<tmsize_t>(count);
}
tmsize_t write_nothing(thandle_t, void*, tmsize_t) { return 0; }
toff_t seek_to(thandle_t handle, toff_t offset, int whence) {
    auto& source = *static_cast<Source*>(handle);
    const std::uint64_t from = whence == SEEK_CUR ? source.at : whence == SEEK_END ? source.octets.size() : 0;
    source.at = from + offset;
    return source.at;
}
int close_nothing(thandle_t) { return 0; }
toff_t size_of_source(thandle_t handle) { return static_cast<Source*>(handle)->octets.size(); }

struct CloseTiff {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};

class TiffDocument : public Document {
public:
    TiffDocument(std::span<const std::byte> octets, const Limits& limits) : source_{octets}, limits_(limits) {}

    base::Result<> open() {
        // Its complaints are about lines that a telephone line spoiled; what cannot be decoded is told by page().
        TIFFSetErrorHandler(nullptr);
        TIFFSetWarningHandler(nullptr);
        setMsgSeverity(L_SEVERITY_NONE);
        tiff_.reset(TIFFClientOpen("document", "rm", &source_, read_octets, write_nothing, seek_to, close_nothing, size_of_source, nullptr, nullptr));
        if (!tiff_) return base::invalid("the TIFF is damaged: its first page's directory cannot be read");
        do {
            ++pages_;
            if (pages_ > limits_.pages) return base::invalid("the TIFF has more than " + std::to_string(limits_.pages) + " pages");
        } while (TIFFReadDirectory(tiff_.get()) == 1);
        return {};
    }

    [[nodiscard]] std::uint32_t pages() const override { return pages_; }

    base::Result<SourcePage> page(std::uint32_t number) override {
        const std::string which = "page " + std::to_string(number + 1) + " of the TIFF ";
        if (TIFFSetDirectory(tiff_.get(), static_cast<tdir_t>(number)) != 1) return base::invalid(which + "has a damaged directory");
        std::uint32_t width = 0;
        std::uint32_t height = 0;
        std::uint16_t samples = 1;
        std::uint16_t bits = 1;
        TIFFGetField(tiff_.get(), TIFFTAG_IMAGEWIDTH, &width);
        TIFFGetField(tiff_.get(), TIFFTAG_IMAGELENGTH, &height);
        TIFFGetFieldDefaulted(tiff_.get(), TIFFTAG_SAMPLESPERPIXEL, &samples);
        TIFFGetFieldDefaulted(tiff_.get(), TIFFTAG_BITSPERSAMPLE, &bits);
        if (width == 0 || height == 0) return base::invalid(which + "has no pixels");
        if (std::uint64_t{width} * height > limits_.pixels_per_page) {
            return base::invalid(which + "has " + std::to_string(width) + " by " + std::to_string(height) + " pixels; at most " + std::to_string(limits_.pixels_per_page) + " are read");
        }
        if (samples > kMostSamples || bits > kMostBits) return base::invalid(which + "has " + std::to_string(samples) + " samples of " + std::to_string(bits) + " bits: faxes and scans have fewer");
        SourcePage page;
        state_resolution(page, height);
        const auto* octets = reinterpret_cast<const l_uint8*>(source_.octets.data());
        page.picture.reset(pixReadMemTiff(octets, source_.octets.size(), static_cast<l_int32>(number)));
        if (!page.picture) return base::invalid(which + "cannot be decoded: it is cut short or damaged");
        return page;
    }

private:
    void state_resolution(SourcePage& page, std::uint32_t height) {
        float across = 0;
        float down = 0;
        std::uint16_t unit = RESUNIT_INCH;
        TIFFGetField(tiff_.get(), TIFFTAG_XRESOLUTION, &across);
        TIFFGetField(tiff_.get(), TIFFTAG_YRESOLUTION, &down);
        TIFFGetFieldDefaulted(tiff_.get(), TIFFTAG_RESOLUTIONUNIT, &unit);
        const float inch = unit == RESUNIT_CENTIMETER ? 2.54F : 1.0F;
        page.across = believed(across * inch);
        page.down = believed(down * inch);
        if (page.across == 0 || page.down == 0) {
            page.across = kFaxResolution;
            page.down = height < kStandardFaxHeight ? kFaxResolution * 98 / 204 : kFaxResolution;
        }
    }
    static std::uint32_t believed(float resolution) {
        if (!(resolution >= static_cast<float>(kLeastResolution)) || resolution > static_cast<float>(kMostResolution)) return 0;
        return static_cast<std::uint32_t>(std::lround(resolution));
    }

    Source source_;
    Limits limits_;
    std::unique_ptr<TIFF, CloseTiff> tiff_;
    std::uint32_t pages_ = 0;
};

}  // namespace

base::Result<std::unique_ptr<Document>> open_tiff(std::span<const std::byte> octets, const Limits& limits) {
    auto document = std::make_unique<TiffDocument>(octets, limits);
    if (auto opened = document->open(); !opened) return tl::unexpected(opened.error());
    return document;
}

}  // namespace rightsdesk::reading
