// Reading: the pages of a fax or a scan to the fields of a notice. Nothing is guessed: a field that is not certain is left
// out, and what may stand there is told beside it, with its place on the page, for the person who keys it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::reading {

// Part of a page that is upright and straight, in thousandths of its width and height.
struct Place {
    std::uint32_t page = 0;  // from 1
    std::uint32_t left = 0;
    std::uint32_t top = 0;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};

struct FieldReading {
    std::string field;                         // as domain::NoticeFields names it, "basic_shares"
    std::string text;                          // what stands there; empty where nothing could be read
    std::uint32_t confidence = 0;              // 0 to 1000
    std::optional<Place> place = {};
    std::vector<std::string> candidates = {};  // best first, where it is not certain
};

enum class Verdict {
    kRead,         // every field that was filled in is certain
    kNeedsKeying,  // a notice of ours, and something on it is not certain
    kNotOurs,      // a notice, but of another kind: a tender offer's
    kNotANotice,   // something else
};

struct PageReading {
    Verdict verdict = Verdict::kNotANotice;
    std::string reason = {};                    // for a person: why it needs keying, or is not ours; empty when read
    std::string layout = {};                    // the template chosen; empty when none
    domain::NoticeFields fields = {};           // only what is above its field's threshold
    std::vector<FieldReading> readings = {};    // of every field that something stands for, in the order of NoticeFields
    std::vector<std::string> missing = {};      // fields of this layout that are below the threshold or were not found
    std::string text = {};                      // the text layer of all pages
};

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

    // A notice that came as text, by mail: the same layouts, without pixels. kInvalid: no text, or too large.
    base::Result<PageReading> read_text(std::string_view text);

    // What the last `read` took.
    [[nodiscard]] const Timings& timings() const;

private:
    struct Parts;
    explicit Reader(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace rightsdesk::reading
