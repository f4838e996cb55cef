#include "paper/cells.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "paper/letters.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kColumnGap = 5;   // spaces
constexpr std::size_t kInsideLine = 8;  // underscores before a value on the same line: "__John Smith____"
constexpr std::size_t kZipDigits = 5;
constexpr std::size_t kTelephoneDigits = 10;

bool is_upper(char letter) { return letter >= 'A' && letter <= 'Z'; }

bool are_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

// One line of a block into its cells.
class LineCells {
public:
    LineCells(std::vector<Cell>& cells, std::size_t line) : cells_(cells), line_(line) {}

    void read(std::string_view line, std::size_t first_column) {
        std::size_t begin = 0;
        for (std::size_t at = 0; at < line.size();) {
            const std::size_t spaces = run(line, at, ' ');
            const std::size_t lines = run(line, at, '_');
            if (spaces < kColumnGap && lines < 2) {
                at += std::max<std::size_t>({1, spaces, lines});
                continue;
            }
            add(line.substr(begin, at - begin), first_column + begin);
            const std::size_t next = at + spaces + lines;
            const bool inside = lines < kInsideLine && next < line.size() && line[next] != ' ';
            if (lines >= 2 && !(inside && !fresh_)) see_blank();
            at += spaces + lines;
            begin = at;
        }
        add(line.substr(begin), first_column + begin);
    }

private:
    static std::size_t run(std::string_view line, std::size_t at, char letter) {
        const auto end = line.find_first_not_of(letter, at);
        return (end == std::string_view::npos ? line.size() : end) - at;
    }
    void add(std::string_view piece, std::size_t column) {
        std::string text = tidy(piece);
        if (!says_something(text)) return;
        column += piece.find_first_not_of(" _");
        cells_.push_back({std::move(text), std::string(piece), column, line_, blank_, false});
        blank_ = false;
        fresh_ = true;
    }
    // A blank right behind what is written is the rest of its line; one with nothing on it was left empty.
    void see_blank() {
        if (fresh_) {
            cells_.back().before_blank = true;
        } else {
            blank_ = true;
        }
        fresh_ = false;
    }

    std::vector<Cell>& cells_;
    std::size_t line_;
    bool blank_ = false;
    bool fresh_ = false;  // the last thing seen is a cell
};

// A ZIP code, "10005" or "10005-1234", that begins here: its length, or 0.
std::size_t zip_length(std::string_view rest) {
    if (rest.size() < kZipDigits || !are_digits(rest.substr(0, kZipDigits))) return 0;
    std::size_t length = kZipDigits;
    if (rest.size() >= length + kZipDigits && rest[length] == '-' && are_digits(rest.substr(length + 1, kZipDigits - 1))) length += kZipDigits;
    const bool ends = length == rest.size() || std::string_view(" ,.;").find(rest[length]) != std::string_view::npos;
    return ends ? length : 0;
}

std::size_t extension_length(std::string_view rest) {
    std::size_t at = 0;
    while (at < rest.size() && (rest[at] == ' ' || rest[at] == ',')) ++at;
    const std::string small = lower(rest.substr(at, 9));
    for (const std::string_view word : {"extension", "ext.", "ext", "x"}) {
        if (!small.starts_with(word)) continue;
        at += word.size();
        while (at < rest.size() && rest[at] == ' ') ++at;
        const std::size_t digits = at;
        while (at < rest.size() && is_digit(rest[at])) ++at;
        return at > digits ? at : 0;
    }
    return 0;
}

TelephonePlace with_area_code(std::string_view text) {
for (std::size_t begin = 0; begin < text.size(); ++begin) {
        const char first = text[begin];
        if (!is_digit(first) && first != '(' && first != '+') continue;
        if (begin > 0 && (is_digit(text[begin - 1]) || text[begin - 1] == '-')) continue;
        std::size_t digits = 0;
        std::size_t end = begin;
        for (std::size_t at = begin; at < text.size(); ++at) {
            if (is_digit(text[at])) {
                ++digits;
                end = at + 1;
            } else if (std::string_view(" ()+-./").find(text[at]) == std::string_view::npos) {
                break;
            }
            if (digits == kTelephoneDigits + 1 || (digits == kTelephoneDigits && text[begin] != '1' && text[begin] != '+')) break;
        }
        if (digits < kTelephoneDigits) continue;
        if (end < text.size() && is_digit(text[end])) return {};
        return {begin, end - begin + extension_length(text.substr(end))};
    }
    return {};
}

// "555-0100": three digits and four, nothing else beside them.
TelephonePlace without_area_code(std::string_view text) {
    constexpr std::size_t kLength = 8;
    for (std::size_t at = 0; at + kLength <= text.size(); ++at) {
        const bool apart = (at == 0 || text[at - 1] == ' ') && (at + kLength == text.size() || text[at + kLength] == ' ');
        const bool hyphen = text[at + 3] == '-' || text[at + 3] == '.';
        if (apart && hyphen && are_digits(text.substr(at, 3)) && are_digits(text.substr(at + 4, 4))) return {at, kLength + extension_length(text.substr(at + kLength))};
    }
    return {};
}

}  // namespace

std::vector<Cell> cells_of(const Page& page, Span block) {
    std::vector<Cell> cells;
    std::size_t line = 0;
    for (std::size_t begin = block.begin; begin < block.end; ++line) {
        const std::size_t end = std::min(page.text().find('\n', begin), block.end);
        LineCells(cells, line).read(std::string_view(page.text()).substr(begin, end - begin), line == 0 ? page.column_of(begin) : 0);
        begin = end + 1;
    }
    return cells;
}

bool is_address_like(std::string_view text) {
    const std::string small = lower(text);
    if (small.empty()) return false;
    if (is_digit(small.front()) || end_of_zip(text) != std::string_view::npos) return true;
    static constexpr std::array<std::string_view, 12> kStarts = {"p.o.", "po box", "p. o.", "suite ", "floor ", "one ", "two ", "three ", "apt", "room ", "attn", "c/o"};
    return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return small.starts_with(start); });
}

std::size_t end_of_zip(std::string_view text) {
    for (std::size_t at = 1; at + kZipDigits <= text.size(); ++at) {
        if (text[at - 1] != ' ' && text[at - 1] != ',') continue;
        const std::size_t length = zip_length(text.substr(at));
        // Two capitals of a state in front, or a comma somewhere before: else it is a house number.
        const bool state = at >= 3 && is_upper(text[at - 2]) && is_upper(text[at - 3]);
        if (length > 0 && (state || text.substr(0, at).find(',') != std::string_view::npos)) return at + length;
    }
    return std::string_view::npos;
}

std::string address_of(const std::vector<std::string>& lines) {
    std::string address;
    for (std::string line : lines) {
        while (!line.empty() && (line.back() == ',' || line.back() == ';' || line.back() == ' ')) line.pop_back();
        while (!line.empty() && (line.front() == ',' || line.front() == ':' || line.front() == ' ')) line.erase(0, 1);
        if (line.empty()) continue;
        address += (address.empty() ? "" : ", ") + line;
    }
    return address;
}

TelephonePlace telephone_in(std::string_view text) {
    const TelephonePlace whole = with_area_code(text);
    return whole.length > 0 ? whole : without_area_code(text);
}

}  // namespace rightsdesk::paper
