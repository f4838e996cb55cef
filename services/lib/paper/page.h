// A page of text, squeezed: without spaces, line breaks, quotes and hyphens, in small letters, and with one letter for those
// that scans take for each other. The form's own words are found in the squeezed text, however the scan spaced, split or
// joined its lines; what stands between them is taken from the page.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paper/span.h"

namespace rightsdesk::paper {

class Page {
public:
    // Line ends become "\n"; tabs, no-break spaces and form feeds become spaces or line ends; what is no text becomes a space.
    // Leaders ("......", "-----") become underscores, the form's own line. The lines of fax machines are dropped, and what
    // stands above the form's lines is moved onto them.
    explicit Page(std::string_view text);

    // Where the words stand (given as printed; spaces, quotes and hyphens do not matter), beginning at or after `from` and
    // ending at or before `until`, offsets into the page. One letter in eight may be misread, missing or too many where the
    // words have twelve letters and more; words as printed go before. Nothing when they do not stand there.
    [[nodiscard]] std::optional<Span> find(std::string_view words, std::size_t from = 0, std::size_t until = std::string::npos) const;

    // The page between two places, as it is.
    [[nodiscard]] std::string between(std::size_t begin, std::size_t end) const;

    // How far a place is from the beginning of its line.
    [[nodiscard]] std::size_t column_of(std::size_t at) const;

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t size() const { return text_.size(); }

private:
    void drop_furniture();
    void draw_leaders();
    void squeeze();
    [[nodiscard]] Span whole_letters(Span squeezed) const;
    [[nodiscard]] Span misread_words(Span squeezed) const;

    std::string text_;
    std::string squeezed_;
    std::vector<std::size_t> origin_;  // of each squeezed letter, in text_; of "rn", the r's
};

// One space between words, none at the ends; underscores that were the form's own line are dropped.
std::string tidy(std::string_view text);

// Whether a letter or digit is in it.
bool says_something(std::string_view text);

std::string lower(std::string_view text);

}  // namespace rightsdesk::paper
