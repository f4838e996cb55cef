// The words of a sheet in the order of reading, squeezed, so that the form's words are found however lines break. Inside this room.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paper/sheet.h"
#include "paper/span.h"

namespace rightsdesk::paper {

// A letter of a word.
struct LetterPlace {
    std::size_t word = 0;
    std::size_t letter = 0;
};

class WordStream {
public:
    explicit WordStream(const std::vector<SheetWord>& words);

    // Squeezed offsets of the first place of `phrase` within [from, until). Exact before misread; a misread letter in eight is
    // forgiven from twelve letters on, one in six of seven and more where the phrase begins a word, of six where
    // it ends with a colon. `whole`: it must begin a word.
    [[nodiscard]] std::optional<Span> find(std::string_view phrase, std::size_t from, std::size_t until, bool whole) const;
    // Letter by letter alone.
    [[nodiscard]] std::optional<Span> find_exact(std::string_view phrase, std::size_t from, std::size_t until, bool whole) const;
    // Of several, the first in the text; the longest of those that begin there.
    [[nodiscard]] std::optional<Span> find_any(const std::vector<std::string>& phrases, std::size_t from, std::size_t until, bool whole) const;

    // The best place of `phrase` within [from, until), misread as it may be: two letters in five, of nine and more.
    [[nodiscard]] std::optional<Span> find_roughly(std::string_view phrase, std::size_t from, std::size_t until) const;

    [[nodiscard]] std::size_t size() const { return squeezed_.size(); }
    [[nodiscard]] char letter(std::size_t at) const { return squeezed_[at]; }
    [[nodiscard]] bool is_figure(std::size_t at) const { return figures_[at]; }  // as it was read: squeezed, a 0 is an o
    [[nodiscard]] LetterPlace place_of(std::size_t at) const { return origin_[at]; }
    // The offset of the first letter of word `word` or of one behind it.
    [[nodiscard]] std::size_t offset_of(std::size_t word) const;
    [[nodiscard]] bool begins_word(std::size_t at) const;

private:
    std::string squeezed_;
    std::vector<bool> figures_;
    std::vector<LetterPlace> origin_;
};

}  // namespace rightsdesk::paper
