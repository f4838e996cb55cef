#include <algorithm>

#include "paper/form.h"
#include "reading/document.h"
#include "reading/reading.h"
#include "reading/recogniser.h"

namespace rightsdesk::reading {

struct Reader::Parts {
    Recogniser recogniser;
    Timings timings = {};
};

Reader::Reader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

const Timings& Reader::timings() const { return parts_->timings; }

base::Result<Reader> Reader::open(const std::string& /*templates_folder*/) {
    auto recogniser = Recogniser::open();
    if (!recogniser) return tl::unexpected(recogniser.error());
    return Reader(std::make_unique<Parts>(Parts{*std::move(recogniser)}));
}

base::Result<PageReading> Reader::read_text(std::string_view text) {
    PageReading read;
    read.text = text;
    const auto form = paper::parse_form(text);
    if (!form) {
        read.reason = form.error().message;
        return read;
    }
    read.fields = form->fields;
    read.missing = form->missing;
    read.layout = "form-itself";
    read.verdict = Verdict::kNeedsKeying;
    read.reason = "not read twice";
    return read;
}

base::Result<PageReading> Reader::read(std::span<const std::byte> octets, const Limits& limits) {
    auto document = open_document(octets, limits);
    if (!document) return tl::unexpected(document.error());
    std::string text;
    for (std::uint32_t number = 0; number < (*document)->pages(); ++number) {
        auto page = (*document)->page(number);
        if (!page) return tl::unexpected(page.error());
        constexpr float kRead = 300;
        const Picture grey(pixConvertTo8(page->picture.get(), 0));
        const Picture square(pixScale(grey.get(), kRead / static_cast<float>(page->across), kRead / static_cast<float>(page->down)));
        int last = 0;
        for (const SeenWord& word : parts_->recogniser.words_in(square.get(), Recogniser::Shape::kPage, static_cast<int>(kRead))) {
            if (!text.empty()) text += word.area.top > last ? "\n" : " ";
            last = std::max(last, word.area.bottom());
            text += word.text;
        }
    }
    return read_text(text);
}

}  // namespace rightsdesk::reading
