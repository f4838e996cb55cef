#include "reading/drawing.h"

#include <cstdlib>
#include <limits>
#include <memory>

#include "reading/document.h"

namespace rightsdesk::reading {

namespace {

constexpr int kGreyBits = 8;

struct FreeOctets {
    void operator()(l_uint8* octets) const { std::free(octets); }  // NOLINT(cppcoreguidelines-no-malloc): leptonica's own are malloc's
};

base::Result<std::string> png_of(Picture drawn) {
    const auto across = static_cast<std::uint32_t>(pixGetWidth(drawn.get()));
    if (across > kMostDrawnAcross) {
        const float smaller = static_cast<float>(kMostDrawnAcross) / static_cast<float>(across);
        drawn.reset(pixScaleAreaMap(drawn.get(), smaller, smaller));
    }
    l_uint8* octets = nullptr;
    std::size_t size = 0;
    if (!drawn || pixWriteMemPng(&octets, &size, drawn.get(), 0) != 0) return base::invalid("the page's picture cannot be written");
    const std::unique_ptr<l_uint8, FreeOctets> kept(octets);
    return std::string(reinterpret_cast<const char*>(octets), size);
}

}  // namespace

Limits limits_of_drawing() {
    Limits limits;
    limits.pages = std::numeric_limits<std::uint32_t>::max();
    return limits;
}

base::Result<std::uint32_t> count_pages(std::span<const std::byte> document, const Limits& limits) {
    const auto opened = open_document(document, limits);
    if (!opened) return tl::unexpected(opened.error());
    return (*opened)->pages();
}

base::Result<std::string> draw_page(std::span<const std::byte> document, std::uint32_t number, const Limits& limits) {
    const auto opened = open_document(document, limits);
    if (!opened) return tl::unexpected(opened.error());
    const std::uint32_t pages = (*opened)->pages();
    if (number < 1 || number > pages) return base::invalid("there is no page " + std::to_string(number) + ": the document has " + std::to_string(pages));
    const auto page = (*opened)->page(number - 1);
    if (!page) return tl::unexpected(page.error());
    Picture grey(pixConvertTo8(page->picture.get(), 0));
    if (!grey || pixGetDepth(grey.get()) != kGreyBits) return base::invalid("a page cannot be made grey");
    return png_of(std::move(grey));
}

}  // namespace rightsdesk::reading
