#include "paper/boxes.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kWidestBox = 9;      // inside of it, spaces and underscores counted
constexpr std::size_t kMostMarks = 3;
constexpr std::size_t kLongestDebris = 3;  // letters that may be a scribbled box; longer ones are a word

bool is_space(char letter) { return std::isspace(static_cast<unsigned char>(letter)) != 0; }
bool is_mark(char letter) { return std::string_view("xX*+vV").find(letter) != std::string_view::npos; }
bool is_frame(char letter) { return std::string_view("|[](){}/\\!").find(letter) != std::string_view::npos; }
bool is_upright(char letter) { return std::string_view("Il1!|").find(letter) != std::string_view::npos; }  // what "|" is read as

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

BoxState state_of(std::size_t marks, std::size_t others) {
    if (others > 0 || marks > kMostMarks) return BoxState::kUnclear;
    return marks > 0 ? BoxState::kTicked : BoxState::kEmpty;
}

// "|X|": from the closing side back to the opening one. Nothing where words stand between: then it is no box.
Box framed_box(std::string_view text) {
    const char opener = opener_of(text.back());
    if (opener == '\0') return {};
    std::size_t marks = 0;
    std::size_t others = 0;
    for (std::size_t back = 1; back <= kWidestBox && back < text.size(); ++back) {
        const std::size_t at = text.size() - 1 - back;
        const char letter = text[at];
        if (letter == opener) return others < 2 ? Box{state_of(marks, others), at, text.size()} : Box{};
        if (is_mark(letter)) {
            ++marks;
        } else if (letter != '_' && !is_space(letter)) {
            ++others;
        }
    }
    return {};
}

// One word that is a box: "_X_", "___", "X", "IXI", "l_l", and halves of boxes, "X]", "[X".
BoxState state_of_word(std::string_view word) {
    const auto count = [&](auto&& is_wanted) { return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_wanted)); };
    const std::size_t marks = count(is_mark);
    const std::size_t lines = count([](char letter) { return letter == '_'; });
    if (marks + lines + count(is_frame) == word.size()) return state_of(marks, 0);
    const bool upright = word.size() >= 3 && word.size() <= 5 && is_upright(word.front()) && is_upright(word.back());
    const std::string_view inner = upright ? word.substr(1, word.size() - 2) : std::string_view();
    const bool marked = std::all_of(inner.begin(), inner.end(), [](char letter) { return is_mark(letter) || letter == '_'; });
    if (upright && marked) return state_of(marks, 0);
    // "or" is the form's own word between two boxes.
    return word.size() <= kLongestDebris && word != "or" ? BoxState::kUnclear : BoxState::kNone;
}

// The last word, where it is a box in the label's line or alone in its own.
Box word_box(std::string_view text, bool same_line) {
    std::size_t begin = text.size();
    while (begin > 0 && !is_space(text[begin - 1]) && text.size() - begin <= kWidestBox) --begin;
    const bool whole = begin == 0 || is_space(text[begin - 1]);
    std::size_t line = begin;
    while (line > 0 && text[line - 1] == ' ') --line;
    const bool alone = line == 0 || text[line - 1] == '\n';
    if (!same_line && !(alone && whole)) return {};
    if (!whole) {
        // The form's own line in front of the label, after something written: "____" of "Smith____ Wire transfer".
        std::size_t at = text.size();
        while (at > 0 && text[at - 1] == '_') --at;
        return at < text.size() ? Box{BoxState::kEmpty, at, text.size()} : Box{};
    }
    const BoxState state = state_of_word(text.substr(begin));
    if (state == BoxState::kNone || (state == BoxState::kUnclear && !same_line)) {
        std::size_t at = text.size();
        while (at > begin && text[at - 1] == '_') --at;
        return at < text.size() && same_line ? Box{BoxState::kEmpty, at, text.size()} : Box{};
    }
    return {state, begin, text.size()};
}

// "X |_|": the tick stands beside its box, before it and first in its line.
Box with_mark_before(std::string_view text, Box box) {
    std::size_t end = box.begin;
    while (end > 0 && text[end - 1] == ' ') --end;
    std::size_t begin = end;
    while (begin > 0 && is_mark(text[begin - 1]) && end - begin < kMostMarks) --begin;
    std::size_t line = begin;
    while (line > 0 && text[line - 1] == ' ') --line;
    const bool first = line == 0 || text[line - 1] == '\n';
    return first && end > begin ? Box{BoxState::kTicked, begin, box.end} : box;
}

}  // namespace

Box last_box(std::string_view text) {
    bool same_line = true;
    while (!text.empty() && is_space(text.back())) {
        same_line = same_line && text.back() != '\n';
        text.remove_suffix(1);
    }
    if (text.empty()) return {};
    const Box framed = framed_box(text);
    if (framed.state == BoxState::kEmpty) return with_mark_before(text, framed);
    return framed.state != BoxState::kNone ? framed : word_box(text, same_line);
}

// As the last box of the text read backwards.
Box first_box(std::string_view text) {
    std::string mirrored(text.rbegin(), text.rend());
    for (char& letter : mirrored) {
        constexpr std::string_view kSides = "[](){}";
        if (const auto side = kSides.find(letter); side != std::string_view::npos) letter = kSides[side ^ 1U];
    }
    const Box box = last_box(mirrored);
    return {box.state, text.size() - box.end, text.size() - box.begin};
}

std::string_view without_last_box(std::string_view text) {
    const Box box = last_box(text);
    if (box.state == BoxState::kEmpty || box.state == BoxState::kTicked) text = text.substr(0, box.begin);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace rightsdesk::paper
