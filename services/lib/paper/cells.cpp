#include "paper/cells.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_upper(char letter) { return letter >= 'A' && letter <= 'Z'; }

void add_cell(std::vector<Cell>& cells, std::string_view piece, std::size_t column, std::size_t line) {
    const std::string text = tidy(piece);
    if (says_something(text)) cells.push_back({text, column, line});
}

// A state and a ZIP code, "NY 10005" or "New York 10005-1234": the end of the code, or npos.
std::size_t zip_after(std::string_view text, std::size_t from) {
    for (std::size_t at = from; at + 5 <= text.size(); ++at) {
        const bool starts = at == 0 || text[at - 1] == ' ' || text[at - 1] == ',';
        if (!starts || !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(at + 5), is_digit)) continue;
        std::size_t end = at + 5;
        if (end + 5 <= text.size() && text[end] == '-' && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(end + 1), text.begin() + static_cast<std::ptrdiff_t>(end + 5), is_digit)) end += 5;
        const bool ends = end == text.size() || text[end] == ' ' || text[end] == ',' || text[end] == '.';
        // Two capitals of a state in front, or a comma somewhere before: else it is a house number.
        const bool state = at >= 3 && is_upper(text[at - 2]) && is_upper(text[at - 3]);
        if (ends && at > 0 && (state || text.substr(0, at).find(',') != std::string_view::npos)) return end;
    }
    return std::string_view::npos;
}

}  // namespace

std::vector<Cell> cells_of(std::string_view block, std::size_t first_column) {
    std::vector<Cell> cells;
    std::size_t line = 0;
    std::size_t column = first_column;
    std::size_t begin = 0;
    std::size_t begin_column = column;
    for (std::size_t at = 0; at < block.size(); ++at, ++column) {
        const char letter = block[at];
        const bool gap = letter == ' ' && at + 1 < block.size() && block[at + 1] == ' ';
        const bool rule = letter == '_' && (at + 1 < block.size() && block[at + 1] == '_');
        if (letter != '\n' && !gap && !rule) continue;
        add_cell(cells, block.substr(begin, at - begin), begin_column, line);
        while (at + 1 < block.size() && letter != '\n' && (block[at + 1] == ' ' || block[at + 1] == '_')) ++at, ++column;
        if (letter == '\n') {
            ++line;
            column = static_cast<std::size_t>(-1);
        }
        begin = at + 1;
        begin_column = column + 1;
    }
    add_cell(cells, block.substr(begin), begin_column, line);
    return cells;
}

bool is_address_like(std::string_view text) {
    const std::string small = lower(text);
    if (small.empty()) return false;
    if (is_digit(small.front()) || end_of_zip(text) != std::string_view::npos) return true;
    static constexpr std::array<std::string_view, 12> kStarts = {"p.o.", "po box", "p. o.", "suite ", "floor ", "one ", "two ", "three ", "apt", "room ", "attn", "c/o"};
    return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return small.starts_with(start); });
}

std::size_t end_of_zip(std::string_view text) { return zip_after(text, 0); }

TelephonePlace telephone_in(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        const char first = text[begin];
        if (!is_digit(first) && first != '(' && first != '+') continue;
        if (begin > 0 && is_digit(text[begin - 1])) continue;
        std::size_t digits = 0;
        std::size_t end = begin;
        for (std::size_t at = begin; at < text.size(); ++at) {
            if (is_digit(text[at])) {
                ++digits;
                end = at + 1;
            } else if (std::string_view(" ()+-./").find(text[at]) == std::string_view::npos) {
                break;
            }
            if (digits == 11 || (digits == 10 && text[begin] != '1' && text[begin] != '+')) break;
        }
        if (digits >= 10) return {begin, end - begin};
    }
    return {};
}

}  // namespace rightsdesk::paper
