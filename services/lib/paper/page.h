// A page of text, squeezed: without spaces, line breaks and quotes, in small letters. The form's own words are found in the
// squeezed text, however the scan spaced, split or joined its lines; what stands between them is taken from the page.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::paper {

// Part of the page, as offsets into its text.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

class Page {
public:
    // Line ends become "\n"; tabs, no-break spaces and form feeds become spaces or line ends; what is no text becomes a space.
    explicit Page(std::string_view text);

    // Where the words stand (given as printed; spaces do not matter) at or after `from`, an offset into the page. One letter
    // in eight may be misread where the words are longer than twelve letters. Nothing when they do not stand there.
    [[nodiscard]] std::optional<Span> find(std::string_view words, std::size_t from = 0) const;

    // The page between two places, as it is.
    [[nodiscard]] std::string between(std::size_t begin, std::size_t end) const;

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t size() const { return text_.size(); }

private:
    std::string text_;
    std::string squeezed_;
    std::vector<std::size_t> origin_;  // of each squeezed letter, in text_
};

// One space between words, none at the ends; underscores that were the form's own line are dropped.
std::string tidy(std::string_view text);

// Whether a letter or digit is in it.
bool says_something(std::string_view text);

std::string lower(std::string_view text);

}  // namespace rightsdesk::paper
