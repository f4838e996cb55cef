// A document's octets to pages of pixels. Everything is bounded before it is decoded. Inside this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "reading/picture.h"
#include "reading/reading.h"

namespace rightsdesk::reading {

// A word of a PDF's own text, in pixels of the page's picture.
struct LayerWord {
    std::string text;
    Area area;
};

struct SourcePage {
    Picture picture;             // as the file has it: 1 bit or 8 bits a pixel
    std::uint32_t across = 0;    // pixels an inch, as the file states them
    std::uint32_t down = 0;
    std::vector<LayerWord> layer = {};
};

// What a document needs to be decoded a page at a time. The octets must outlive it.
class Document {
public:
    virtual ~Document() = default;
    [[nodiscard]] virtual std::uint32_t pages() const = 0;
    // `number` from 0. kInvalid: damaged, or more pixels than the limit.
    virtual base::Result<SourcePage> page(std::uint32_t number) = 0;
};

// kInvalid: neither TIFF nor PDF, damaged, locked, or beyond a limit.
base::Result<std::unique_ptr<Document>> open_document(std::span<const std::byte> octets, const Limits& limits);

// The two kinds.
base::Result<std::unique_ptr<Document>> open_tiff(std::span<const std::byte> octets, const Limits& limits);
base::Result<std::unique_ptr<Document>> open_pdf(std::span<const std::byte> octets, const Limits& limits);

}  // namespace rightsdesk::reading
