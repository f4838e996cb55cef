#include "paper/page.h"

#include <algorithm>
#include <cctype>

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kShortestFuzzy = 13;  // letters
constexpr std::size_t kLettersPerMistake = 8;

bool is_quote(char letter) { return letter == '"' || letter == '\'' || letter == '`'; }

// Quotes and spaces that are more than one octet in UTF-8: their length, and what they become.
std::pair<std::size_t, std::string> plain_of(std::string_view rest) {
    const auto starts = [&](std::string_view octets) { return rest.substr(0, octets.size()) == octets; };
    if (starts("\xC2\xA0")) return {2, " "};
    for (const char* quote : {"\xE2\x80\x98", "\xE2\x80\x99"}) {
        if (starts(quote)) return {3, "'"};
    }
    for (const char* quote : {"\xE2\x80\x9C", "\xE2\x80\x9D"}) {
        if (starts(quote)) return {3, "\""};
    }
    for (const char* dash : {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"}) {
        if (starts(dash)) return {3, "-"};
    }
    for (const char* ticked : {"\xE2\x98\x91", "\xE2\x98\x92", "\xE2\x9C\x93", "\xE2\x9C\x94", "\xE2\x96\xA0"}) {
        if (starts(ticked)) return {3, "[X]"};
    }
    for (const char* empty : {"\xE2\x98\x90", "\xE2\x96\xA1"}) {
        if (starts(empty)) return {3, "[ ]"};
    }
    return {0, ""};
}

}  // namespace

Page::Page(std::string_view text) {
    text_.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [octets, plain] = plain_of(text.substr(at));
        if (octets > 0) {
            text_ += plain;
            at += octets;
            continue;
        }
        const char letter = text[at++];
        const auto octet = static_cast<unsigned char>(letter);
        if (letter == '\r' && at < text.size() && text[at] == '\n') continue;
        if (letter == '\n' || letter == '\r' || letter == '\f' || letter == '\v') {
            text_.push_back('\n');
        } else {
            text_.push_back(octet < 0x20 || octet == 0x7F || octet == 0xA0 ? ' ' : letter);
        }
    }
    squeezed_.reserve(text_.size());
    origin_.reserve(text_.size());
    for (std::size_t at = 0; at < text_.size(); ++at) {
        const auto octet = static_cast<unsigned char>(text_[at]);
        if (std::isspace(octet) != 0 || is_quote(text_[at])) continue;
        squeezed_.push_back(static_cast<char>(std::tolower(octet)));
        origin_.push_back(at);
    }
}

std::optional<Span> Page::find(std::string_view words, std::size_t from) const {
    std::string wanted;
    for (const char letter : words) {
        if (letter != ' ' && !is_quote(letter)) wanted.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
    }
    const auto first = static_cast<std::size_t>(std::lower_bound(origin_.begin(), origin_.end(), from) - origin_.begin());
    std::size_t found = squeezed_.find(wanted, first);
    if (found == std::string::npos && wanted.size() >= kShortestFuzzy) {
        const std::size_t allowed = wanted.size() / kLettersPerMistake;
        for (std::size_t at = first; found == std::string::npos && at + wanted.size() <= squeezed_.size(); ++at) {
            std::size_t mistakes = 0;
            for (std::size_t letter = 0; letter < wanted.size() && mistakes <= allowed; ++letter) {
                if (squeezed_[at + letter] != wanted[letter]) ++mistakes;
            }
            if (mistakes <= allowed) found = at;
        }
    }
    if (found == std::string::npos) return std::nullopt;
    return Span{origin_[found], origin_[found + wanted.size() - 1] + 1};
}

std::string Page::between(std::size_t begin, std::size_t end) const { return begin >= end ? std::string() : text_.substr(begin, end - begin); }

std::string tidy(std::string_view text) {
    std::string tidied;
    bool gap = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
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
