#include "support/fax_files.h"

#include <cairo.h>
#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "runtime/json.h"

namespace rightsdesk::support {

namespace {

using Tiff = std::unique_ptr<TIFF, decltype(&TIFFClose)>;
using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;

// A file in memory, as libtiff wants one: it reads back what it has written, to link the directories.
struct Octets {
    std::string held;
    std::size_t at = 0;
};

Octets& octets_of(thandle_t handle) { return *static_cast<Octets*>(handle); }
tmsize_t read_octets(thandle_t handle, void* into, tmsize_t count) {
    Octets& octets = octets_of(handle);
    const std::size_t there = std::min(static_cast<std::size_t>(count), octets.held.size() - std::min(octets.at, octets.held.size()));
    std::memcpy(into, octets.held.data() + std::min(octets.at, octets.held.size()), there);
    octets.at += there;
    return static_cast<tmsize_t>(there);
}
tmsize_t write_octets(thandle_t handle, void* from, tmsize_t count) {
    Octets& octets = octets_of(handle);
    const auto size = static_cast<std::size_t>(count);
    octets.held.resize(std::max(octets.held.size(), octets.at + size));
    std::memcpy(octets.held.data() + octets.at, from, size);
    octets.at += size;
    return count;
}
toff_t seek_octets(thandle_t handle, toff_t to, int whence) {
    Octets& octets = octets_of(handle);
    const std::size_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? octets.at : octets.held.size();
    return octets.at = base + static_cast<std::size_t>(to);
}
int close_octets(thandle_t) { return 0; }
toff_t size_of_octets(thandle_t handle) { return octets_of(handle).held.size(); }

void set_tags(TIFF* file, const Bitmap& page, FaxCoding coding, std::uint16_t number, std::uint16_t count, std::uint16_t fill_order) {
    TIFFSetField(file, TIFFTAG_SUBFILETYPE, FILETYPE_PAGE);
    TIFFSetField(file, TIFFTAG_PAGENUMBER, number, count);
    TIFFSetField(file, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(page.width));
    TIFFSetField(file, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(page.height));
    TIFFSetField(file, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(page.height));
    TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(file, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(file, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    TIFFSetField(file, TIFFTAG_FILLORDER, fill_order);
    TIFFSetField(file, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    TIFFSetField(file, TIFFTAG_XRESOLUTION, page.dots_per_inch);
    TIFFSetField(file, TIFFTAG_YRESOLUTION, page.lines_per_inch);
    if (coding == FaxCoding::kGroup4) {
        TIFFSetField(file, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
    } else {
        TIFFSetField(file, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX3);
        TIFFSetField(file, TIFFTAG_GROUP3OPTIONS, coding == FaxCoding::kGroup3 ? GROUP3OPT_FILLBITS : GROUP3OPT_FILLBITS | GROUP3OPT_2DENCODING);
    }
}

nlohmann::ordered_json place_json(const PagePlace& place) {
    return {{"blank", place.blank}, {"page", place.page + 1}, {"x", place.x}, {"y", place.y}, {"width", place.width}, {"height", place.height}};
}

std::string hand_name(Hand hand) {
    switch (hand) {
        case Hand::kTypewriter: return "typewriter";
        case Hand::kSans: return "sans";
        case Hand::kSerif: return "serif";
        case Hand::kCondensed: return "condensed";
        case Hand::kDkg:
        case Hand::kBreip:
        case Hand::kFemke:
        case Hand::kKristi: return "handwriting " + family_of(hand);
    }
    return {};
}

}  // namespace

FaxCoding coding_of(const FaxedForm& form) {
    return std::array<FaxCoding, 3>{FaxCoding::kGroup3, FaxCoding::kGroup3TwoDimensional, FaxCoding::kGroup4}[form.seed % 3];
}

std::string tiff_of(const FaxedForm& form, FaxCoding coding) {
    Octets octets;
    {
        // "m": no mapping into memory.
        const Tiff file(TIFFClientOpen("fax", "wm", &octets, read_octets, write_octets, seek_octets, close_octets, size_of_octets, nullptr, nullptr), TIFFClose);
        if (!file) throw std::runtime_error("libtiff opens no TIFF to write");
        const auto count = static_cast<std::uint16_t>(form.pages.size());
        const std::uint16_t fill_order = form.seed % 2 == 0 ? FILLORDER_LSB2MSB : FILLORDER_MSB2LSB;
        for (std::uint16_t number = 0; number < count; ++number) {
            const Bitmap& page = form.pages[number].picture;
            set_tags(file.get(), page, coding, number, count, fill_order);
            std::vector<std::uint8_t> row(page.stride());
            for (int y = 0; y < page.height; ++y) {
                // A copy, because the coder is given octets that it may change.
                std::memcpy(row.data(), page.bits.data() + static_cast<std::size_t>(y) * page.stride(), row.size());
                if (TIFFWriteScanline(file.get(), row.data(), static_cast<std::uint32_t>(y), 0) != 1) throw std::runtime_error("libtiff does not write row " + std::to_string(y));
            }
            if (TIFFWriteDirectory(file.get()) != 1) throw std::runtime_error("libtiff does not write page " + std::to_string(number + 1));
        }
    }
    return std::move(octets.held);
}

void write_png(const Bitmap& picture, const std::filesystem::path& path) {
    const double stretch = picture.dots_per_inch / picture.lines_per_inch;
    const int height = static_cast<int>(std::lround(picture.height * stretch));
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, height), cairo_surface_destroy);
    unsigned char* row = cairo_image_surface_get_data(surface.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    for (int y = 0; y < height; ++y) {
        const int from = std::min(picture.height - 1, static_cast<int>(y / stretch));
        for (int x = 0; x < picture.width; ++x) std::memset(row + static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) * 4, picture.black(x, from) ? 0 : 255, 4);
    }
    cairo_surface_mark_dirty(surface.get());
    const cairo_status_t status = cairo_surface_write_to_png(surface.get(), path.c_str());
    if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error("cannot write " + path.string() + ": " + cairo_status_to_string(status));
}

nlohmann::ordered_json truth_of(const FaxedForm& form) {
    nlohmann::ordered_json truth{{"seed", form.seed}, {"layout", form.request.layout}, {"ours", form.ours}, {"quality", base::to_text(form.request.quality)}, {"hand", hand_name(form.style.hand)}};
    auto& pages = truth["pages"] = nlohmann::ordered_json::array();
    for (const FaxedPage& page : form.pages) {
        pages.push_back({{"skew", page.skew_degrees}, {"turn", page.turn}, {"width", page.picture.width}, {"height", page.picture.height},
                         {"dots_per_inch", page.picture.dots_per_inch}, {"lines_per_inch", page.picture.lines_per_inch}});
    }
    truth["fields"] = runtime::to_json(form.meant);
    truth["written"] = form.written;
    truth["boxes"] = form.boxes;
    auto& places = truth["places"] = nlohmann::ordered_json::array();
    for (const PagePlace& place : form.values) {
        auto entry = place_json(place);
        entry["text"] = place.text;
        places.push_back(std::move(entry));
    }
    auto& boxes = truth["box_places"] = nlohmann::ordered_json::array();
    for (const PagePlace& place : form.box_places) {
        auto entry = place_json(place);
        entry["filled"] = place.filled;
        boxes.push_back(std::move(entry));
    }
    return truth;
}

}  // namespace rightsdesk::support
