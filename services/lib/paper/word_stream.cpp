#include "paper/word_stream.h"

#include <algorithm>
#include <cctype>

#include "paper/misread.h"
#include "paper/squeezed.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kShortestMisread = 12;  // letters, anywhere
constexpr std::size_t kShortestWhole = 7;     // where it begins a word
constexpr std::size_t kShortestClosed = 6;    // and ends with a colon: "Dated:"
constexpr std::size_t kShortestRough = 9;     // where little of it need be left
constexpr std::size_t kLettersForOne = 8;
constexpr std::size_t kLettersForOneOfWhole = 6;

std::string squeezed(std::string_view phrase) {
    std::string letters;
    letters.reserve(phrase.size());
    each_letter(phrase, [&](char letter, std::size_t /*at*/) { letters.push_back(letter); });
    return letters;
}

}  // namespace

WordStream::WordStream(const std::vector<SheetWord>& words) {
    for (std::size_t word = 0; word < words.size(); ++word) {
        each_letter(words[word].text, [&](char letter, std::size_t at) {
            squeezed_.push_back(letter);
            figures_.push_back(std::isdigit(static_cast<unsigned char>(words[word].text[at])) != 0);
            origin_.push_back({word, at});
        });
    }
}

bool WordStream::begins_word(std::size_t at) const {
    if (at == 0 || origin_[at].word != origin_[at - 1].word) return true;
    const char before = squeezed_[at - 1];
    return std::isalnum(static_cast<unsigned char>(before)) == 0;
}

std::size_t WordStream::offset_of(std::size_t word) const {
    const auto found = std::lower_bound(origin_.begin(), origin_.end(), word, [](const LetterPlace& place, std::size_t wanted) { return place.word < wanted; });
    return static_cast<std::size_t>(found - origin_.begin());
}

std::optional<Span> WordStream::find(std::string_view phrase, std::size_t from, std::size_t until, bool whole) const {
    const std::string wanted = squeezed(phrase);
    until = std::min(until, squeezed_.size());
    if (wanted.empty() || from >= until) return std::nullopt;
    if (const auto exact = find_exact(phrase, from, until, whole)) return exact;
    const std::string_view searched = std::string_view(squeezed_).substr(0, until);
    const std::size_t shortest = !whole ? kShortestMisread : phrase.ends_with(':') ? kShortestClosed : kShortestWhole;
    if (wanted.size() < shortest || wanted.size() > kLongestMisread) return std::nullopt;
    const std::size_t mistakes = std::max<std::size_t>(1, wanted.size() / (whole ? kLettersForOneOfWhole : kLettersForOne));
    for (std::size_t at = from; at < until;) {
        const auto misread = find_misread(searched.substr(at), wanted, mistakes);
        if (!misread) return std::nullopt;
        Span found{at + misread->begin, at + misread->end};
        // Figures in front are a value's, "497,000 an aggregate", whatever they are taken for: "for an aggregate".
        while (found.begin < found.end && is_figure(found.begin) && std::isdigit(static_cast<unsigned char>(phrase.front())) == 0) ++found.begin;
        if (found.begin < found.end && (!whole || begins_word(found.begin))) return found;
        at = std::min(found.begin + 1, found.end);
    }
    return std::nullopt;
}

std::optional<Span> WordStream::find_exact(std::string_view phrase, std::size_t from, std::size_t until, bool whole) const {
    const std::string wanted = squeezed(phrase);
    const std::string_view searched = std::string_view(squeezed_).substr(0, until);
    for (auto at = searched.find(wanted, from); at != std::string_view::npos; at = searched.find(wanted, at + 1)) {
        if (!whole || begins_word(at)) return Span{at, at + wanted.size()};
    }
    return std::nullopt;
}

std::optional<Span> WordStream::find_roughly(std::string_view phrase, std::size_t from, std::size_t until) const {
    const std::string wanted = squeezed(phrase);
    if (wanted.size() < kShortestRough) return std::nullopt;
    const auto found = find_misread(std::string_view(squeezed_).substr(from, until - from), wanted, wanted.size() * 2 / 5);
    if (!found) return std::nullopt;
    return Span{from + found->begin, from + found->end};
}

std::optional<Span> WordStream::find_any(const std::vector<std::string>& phrases, std::size_t from, std::size_t until, bool whole) const {
    std::optional<Span> best;
    for (const std::string& phrase : phrases) {
        const auto found = find(phrase, from, until, whole);
        if (found && (!best || found->begin < best->begin || (found->begin == best->begin && found->end > best->end))) best = found;
    }
    return best;
}

}  // namespace rightsdesk::paper
