#include "paper/boxes.h"

#include <cctype>
#include <cstddef>

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kWidestBox = 9;  // inside of it, spaces and underscores counted

struct Box {
    bool there = false;
    bool ticked = false;
    std::size_t begin = 0;
};

bool is_space(char letter) { return std::isspace(static_cast<unsigned char>(letter)) != 0; }
bool is_mark(char letter) { return letter == 'x' || letter == 'X' || letter == '*' || letter == '+' || letter == 'v' || letter == 'V'; }

char opener_of(char closer) {
    switch (closer) {
        case '|': return '|';
        case ']': return '[';
        case ')': return '(';
        case '}': return '{';
        case '/': return '/';
        default: return '\0';
    }
}

// "|X|": from the closing side back to the opening one, with spaces, underscores and at most one mark (or "XX") between.
Box framed_box(std::string_view text) {
    const char opener = opener_of(text.back());
    if (opener == '\0') return {};
    bool ticked = false;
    for (std::size_t back = 1; back <= kWidestBox && back < text.size(); ++back) {
        const std::size_t at = text.size() - 1 - back;
        const char letter = text[at];
        if (letter == opener) return {true, ticked, at};
        if (is_mark(letter)) {
            ticked = true;
        } else if (letter != '_' && !is_space(letter)) {
            return {};
        }
    }
    return {};
}

// "_X_" and "___"; and "X" alone, as a word of its own.
Box open_box(std::string_view text) {
    std::size_t at = text.size();
    std::size_t lines = 0;
    while (at > 0 && text[at - 1] == '_') --at, ++lines;
    std::size_t marks = 0;
    while (at > 0 && is_mark(text[at - 1]) && marks < 2) --at, ++marks;
    if (marks == 0) return {lines > 0, false, at};
    std::size_t before = at;
    while (before > 0 && text[before - 1] == '_') --before;
    const bool own_word = before == 0 || is_space(text[before - 1]);
    return {own_word, own_word, before};
}

Box last_box(std::string_view text) {
    if (text.empty()) return {};
    const Box framed = framed_box(text);
    return framed.there ? framed : open_box(text);
}

std::string_view without_last_space(std::string_view text) {
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

bool ends_in_ticked_box(std::string_view text) { return last_box(without_last_space(text)).ticked; }

std::string_view without_last_box(std::string_view text) {
    const std::string_view trimmed = without_last_space(text);
    const Box box = last_box(trimmed);
    return box.there ? trimmed.substr(0, box.begin) : trimmed;
}

}  // namespace rightsdesk::paper
