#include "paper/page.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "paper/furniture.h"
#include "paper/letters.h"
#include "paper/misread.h"
#include "paper/plain_text.h"
#include "paper/squeezed.h"
#include "paper/written_above.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kShortestFuzzy = 12;  // letters
constexpr std::size_t kLettersPerMistake = 8;
constexpr std::size_t kShortestDots = 4;    // "Inc..." is no leader
constexpr std::size_t kShortestDashes = 4;  // nor is " -- "

// "Corp......": the first point is the word's own.
bool is_abbreviation_before(std::string_view text, std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 && (is_letter(text[begin - 1]) || text[begin - 1] == '.')) --begin;
    const std::string word = lower(text.substr(begin, at - begin));
    static constexpr std::array<std::string_view, 16> kShort = {"inc", "corp", "co", "ltd", "jr", "sr", "st", "dr", "ave", "rd", "blvd", "ste", "bros", "esq", "fl", "apt"};
    return word.find('.') != std::string::npos || std::find(kShort.begin(), kShort.end(), word) != kShort.end();
}

}  // namespace

Page::Page(std::string_view text) : text_(plain_text(text)) {
    drop_furniture();
    draw_leaders();
    move_onto_lines(text_);
    squeeze();
}

// With it goes the empty line that the page's end left before it: a value may go on from one page to the next.
void Page::drop_furniture() {
    std::string kept;
    kept.reserve(text_.size());
    for (std::size_t begin = 0; begin < text_.size();) {
        const std::size_t end = std::min(text_.find('\n', begin), text_.size() - 1) + 1;
        const std::string_view line = std::string_view(text_).substr(begin, end - begin);
        if (!is_page_furniture(line)) {
            kept += line;
        } else if (kept.ends_with("\n\n")) {
            kept.pop_back();
        }
        begin = end;
    }
    text_ = std::move(kept);
}

void Page::draw_leaders() {
    for (std::size_t begin = 0; begin < text_.size();) {
        const char letter = text_[begin];
        std::size_t end = begin + 1;
        while (end < text_.size() && text_[end] == letter) ++end;
        const bool leader = (letter == '.' && end - begin >= kShortestDots) || (letter == '-' && end - begin >= kShortestDashes);
        if (leader && letter == '.' && is_abbreviation_before(text_, begin)) ++begin;
        if (leader) std::fill(text_.begin() + static_cast<std::ptrdiff_t>(begin), text_.begin() + static_cast<std::ptrdiff_t>(end), '_');
        begin = end;
    }
}

void Page::squeeze() {
    squeezed_.reserve(text_.size());
    origin_.reserve(text_.size());
    each_letter(text_, [this](char letter, std::size_t at) {
        squeezed_.push_back(letter);
        origin_.push_back(at);
    });
}

std::optional<Span> Page::find(std::string_view words, std::size_t from, std::size_t until) const {
    std::string wanted;
    wanted.reserve(words.size());
    each_letter(words, [&](char letter, std::size_t /*at*/) { wanted.push_back(letter); });
    const auto first = static_cast<std::size_t>(std::lower_bound(origin_.begin(), origin_.end(), from) - origin_.begin());
    const auto last = static_cast<std::size_t>(std::lower_bound(origin_.begin(), origin_.end(), until) - origin_.begin());
    if (wanted.empty() || first >= last) return std::nullopt;
    const std::string_view searched = std::string_view(squeezed_).substr(first, last - first);
    if (const auto found = searched.find(wanted); found != std::string_view::npos) {
        return whole_letters({first + found, first + found + wanted.size()});
    }
    if (wanted.size() < kShortestFuzzy) return std::nullopt;
    const auto misread = find_misread(searched, wanted, wanted.size() / kLettersPerMistake);
    if (!misread) return std::nullopt;
    return misread_words({first + misread->begin, first + misread->end});
}

// The place on the page; an m that was "rn" has two letters there.
Span Page::whole_letters(Span squeezed) const {
    const std::size_t last = origin_[squeezed.end - 1];
    const bool pair = squeezed_[squeezed.end - 1] == 'm' && folded(text_[last]) == 'r';
    return {origin_[squeezed.begin], last + (pair ? 2 : 1)};
}

// The rest of a word at either end is the misread word's, and nobody's value.
Span Page::misread_words(Span squeezed) const {
    Span span = whole_letters(squeezed);
    while (span.begin > 0 && is_letter(text_[span.begin - 1]) && is_letter(text_[span.begin])) --span.begin;
    while (span.end < text_.size() && is_letter(text_[span.end]) && is_letter(text_[span.end - 1])) ++span.end;
    return span;
}

std::string Page::between(std::size_t begin, std::size_t end) const { return begin >= end ? std::string() : text_.substr(begin, end - begin); }

std::size_t Page::column_of(std::size_t at) const {
    if (at == 0) return 0;
    const auto line = text_.rfind('\n', at - 1);
    return line == std::string::npos ? at : at - line - 1;
}

std::string tidy(std::string_view text) {
    std::string tidied;
    tidied.reserve(text.size());
    bool gap = false;
    for (const char letter : text) {
        if (std::isspace(static_cast<unsigned char>(letter)) != 0 || letter == '_') {
            gap = !tidied.empty();
            continue;
        }
        if (gap) tidied.push_back(' ');
        gap = false;
        tidied.push_back(letter);
    }
    return tidied;
}

bool says_something(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char letter) { return std::isalnum(letter) != 0 || letter >= 0x80; });
}

std::string lower(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return small;
}

}  // namespace rightsdesk::paper
