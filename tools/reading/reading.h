// Reading: the pages of a fax or a scan to the fields of a notice. Nothing is guessed: a field that is not certain is left
// out, and what may stand there is told beside it, with its place on the page, for the person who keys it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "reading/page_reading.h"

namespace rightsdesk::reading {

struct Limits {
    std::uint32_t pages = 20;
    std::uint64_t octets = 32U << 20U;
    std::uint64_t pixels_per_page = 40'000'000;
};

// What a document's reading took, in microseconds of its thread's processor time.
struct Timings {
    std::uint64_t decode = 0;     // octets to pixels
    std::uint64_t clean = 0;      // upright, straight, without noise, lines found
    std::uint64_t recognise = 0;  // the pages' words
    std::uint64_t fields = 0;     // layout, boxes, and the second readings of fields
    std::uint32_t pages = 0;
};

// Reads documents, one at a time: one thread at a time may call it. Tesseract takes a tenth of a second to start, so a reader
// is kept. Owns its recogniser and templates; opens no file after `open`, waits for nothing, and takes some seconds a page.
class Reader {
public:
    // `templates_folder` holds the layouts, a TOML file each (deploy/templates). kInvalid: a template is mistaken, with file
    // and line, or there is none; kUnavailable: tesseract or its English model is not installed.
    static base::Result<Reader> open(const std::string& templates_folder);

    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    // TIFF (G3 and G4, several pages, any resolution that it states) or PDF. kInvalid: no such file, damaged, or beyond a limit,
    // saying which. A document that can be read and is no notice is no error but a verdict.
    base::Result<PageReading> read(std::span<const std::byte> document, const Limits& limits = {});

    // What the last `read` took.
    [[nodiscard]] const Timings& timings() const;

private:
    struct Parts;
    explicit Reader(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace rightsdesk::reading
