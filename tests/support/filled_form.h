// The form as somebody filled it in, and what they meant: from a seed, and from what the typist, the scanner and the fax did
// to the page. What is meant comes from the values before they are written, never from the page.
//
//     const FilledForm form = fill_form(7, {.ragged = true, .blank = Blank::kBare});
//     parse_form(form.text)->fields against form.meant
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "support/blank_form.h"
#include "support/form_values.h"

namespace rightsdesk::support {

// How a value stands on its line of underscores.
enum class Blank {
    kOverwritten,  // "Name of maker:John Smith_____"
    kBare,         // "Name of maker:John Smith": nothing is left of the line
    kExtended,     // "Name of maker: John Smith______________": the line moved behind it whole
    kInside,       // "Name of maker:__John Smith___"
    kAbove,        // above its line, which is whole
};

struct Scan {
    bool ragged = false;             // one to three further spaces between words of the prose
    bool ragged_everywhere = false;  // and in the blocks
    bool rewrapped = false;          // the prose's paragraphs have other line ends
    bool joined = false;             // one line in twelve runs on from the one before, anywhere
    bool split = false;              // one line in twelve is broken at a space, anywhere
    bool double_spaced = false;      // an empty line after each
    bool close_set = false;          // no empty lines
    bool narrow = false;             // one space wherever there were more
    bool one_line = false;           // no line ends at all
    bool dotted = false;             // "......" for the form's lines
    bool torn = false;               // the form's lines have gaps
    bool indented = false;
    bool trimmed = false;            // every line begins at the margin
    bool tabs = false;               // eight spaces are a tab
    bool crlf = false;
    bool faxed = false;              // form feeds, and the sender's line on top of each page
    bool misread = false;            // one word in fifteen of the form's own has O for 0, l for I, rn for m
    bool lower_case = false;         // the form's own words
    bool upper_case = false;
    bool without_title = false;      // no "Exhibit 99.2"
    bool without_table = false;
    bool without_last = false;       // no last paragraph
    bool odd_boxes = false;          // the tick beside its box, drawn boxes, spaces within
    Blank blank = Blank::kOverwritten;
};

struct FilledForm {
    std::string text;
    domain::NoticeFields meant;
};

// Whatever may befall a page that a person still reads with ease, from a seed.
inline Scan any_mild_scan(std::uint64_t seed) {
    Random random(seed * 2 + 1);
    Scan scan;
    for (bool* flag : {&scan.ragged, &scan.rewrapped, &scan.indented, &scan.tabs, &scan.crlf, &scan.faxed, &scan.misread, &scan.without_title, &scan.without_table, &scan.without_last,
                       &scan.odd_boxes, &scan.close_set, &scan.torn}) {
        *flag = random.one_in(3);
    }
    scan.lower_case = random.one_in(6);
    scan.upper_case = !scan.lower_case && random.one_in(6);
    scan.blank = random.of(std::array<Blank, 4>{Blank::kOverwritten, Blank::kBare, Blank::kExtended, Blank::kInside});
    return scan;
}

// ---- the form's own words ----

inline bool is_space(char letter) { return std::isspace(static_cast<unsigned char>(letter)) != 0; }

inline std::vector<std::string> lines_in(std::string_view text) {
    std::vector<std::string> lines(1);
    for (const char letter : text) {
        if (letter == '\n') {
            lines.emplace_back();
        } else {
            lines.back().push_back(letter);
        }
    }
    return lines;
}

inline std::string joined_lines(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    if (!text.empty()) text.pop_back();
    return text;
}

// Calls `change` with each word of the form's own, the marks of its blanks left alone.
template <class Change>
std::string with_own_words(std::string_view text, Change change) {
    std::string changed;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (text[at] == '{') {
            end = text.find('}', at) + 1;
            changed += text.substr(at, end - at);
        } else if (is_space(text[at])) {
            changed.push_back(text[at]);
        } else {
            while (end < text.size() && !is_space(text[end]) && text[end] != '{') ++end;
            changed += change(std::string(text.substr(at, end - at)));
        }
        at = end;
    }
    return changed;
}

inline std::string misread_word(Random& random, std::string word) {
    static const std::vector<std::pair<std::string, std::string>> kConfusions = {{"o", "0"}, {"O", "0"}, {"l", "1"}, {"l", "I"}, {"i", "l"}, {"I", "l"}, {"m", "rn"}, {"rn", "m"}, {"S", "5"}};
    const auto [right, wrong] = random.of(kConfusions);
    if (const auto at = word.find(right); at != std::string::npos) word.replace(at, right.size(), wrong);
    return word;
}

// ---- filling in ----

// The two looks of a box: empty, ticked.
using BoxLook = std::pair<std::string, std::string>;

inline BoxLook box_look(Random& random, bool odd) {
    static const std::vector<BoxLook> kPlain = {{"|_|", "|X|"}, {"|_|", "|x|"}, {"[ ]", "[x]"}, {"[ ]", "[X]"}, {"( )", "(X)"}, {"( )", "(x)"}, {"___", "_X_"}, {"___", "_x_"}};
    static const std::vector<BoxLook> kOdd = {{"|_|", "X |_|"}, {"|_|", "|_X_|"}, {"|_|", "|X |"}, {"[ ]", "[ X ]"}, {"( )", "( x )"}, {"\u2610", "\u2612"},
                                              {"\u2610", "\u2611"}, {"[ ]", "[\u2713]"}, {"|_|", "|\u221a|"}, {"|_|", "X"}, {"[]", "[X]"}, {"___", "X"}};
    return random.of(odd ? kOdd : kPlain);
}

class FormFiller {
public:
    FormFiller(Random& random, const Scan& scan, const FormValues& values) : random_(random), scan_(scan), values_(values), box_(box_look(random, scan.odd_boxes)) {}

    // One line of the form; a value above its line makes it two.
    std::string fill(const std::string& line) {
        std::string filled;
        std::string above;
        for (std::size_t at = 0; at < line.size();) {
            if (line[at] != '{') {
                filled.push_back(line[at++]);
                continue;
            }
            const std::size_t end = line.find('}', at);
            fill_blank(line.substr(at + 1, end - at - 1), filled, above);
            at = end + 1;
        }
        const std::string below = std::exchange(below_, {});
        return (above.empty() ? "" : above + "\n") + filled + (below.empty() ? "" : "\n" + below);
    }

private:
    void fill_blank(const std::string& mark, std::string& line, std::string& above) {
        if (mark.starts_with("box:")) {
            line += values_.ticked.contains(mark.substr(4)) ? box_.second : box_.first;
            return;
        }
        const auto bar = mark.find('|');
        const auto found = values_.written.find(mark.substr(0, bar));
        const std::string value = found == values_.written.end() ? "" : found->second;
        if (bar == std::string::npos) {
            line += value;
            return;
        }
        const auto width = static_cast<std::size_t>(std::stoul(mark.substr(bar + 1)));
        const auto second = value.find('\n');
        if (second != std::string::npos) below_ = std::string(line.size() + 1, ' ') + value.substr(second + 1);
        write_on_line(value.substr(0, second), width, line, above);
    }

    void write_on_line(const std::string& value, std::size_t width, std::string& line, std::string& above) {
        const std::size_t left = width > value.size() ? width - value.size() : 0;
        if (!line.empty() && is_letter_or_bracket(line.back()) && !value.empty()) line.push_back(' ');
        switch (value.empty() && scan_.blank != Blank::kBare ? Blank::kAbove : scan_.blank) {
            case Blank::kOverwritten: line += value + std::string(left, '_'); return;
            case Blank::kBare: line += value + std::string(left, ' '); return;
            case Blank::kExtended: line += value + std::string(width, '_'); return;
            case Blank::kInside: line += "__" + value + std::string(left > 2 ? left - 2 : 0, '_'); return;
            case Blank::kAbove: break;
        }
        if (!value.empty() && above.size() < line.size()) above.append(line.size() - above.size(), ' ');
        above += value;
        line += std::string(width, '_');
    }
    static bool is_letter_or_bracket(char letter) { return std::isalpha(static_cast<unsigned char>(letter)) != 0 || letter == ')'; }

    Random& random_;
    const Scan& scan_;
    const FormValues& values_;
    BoxLook box_;
    std::string below_;  // the second line of a value
};

// ---- what became of the page ----

inline std::string ragged(Random& random, const std::string& line) {
    std::string wide;
    for (std::size_t at = 0; at < line.size(); ++at) {
        wide.push_back(line[at]);
        const bool between_words = line[at] == ' ' && at > 0 && line[at - 1] != ' ' && at + 1 < line.size() && line[at + 1] != ' ';
        if (between_words && random.one_in(3)) wide.append(1 + random.below(3), ' ');
    }
    return wide;
}

inline std::vector<std::string> rewrapped(Random& random, const std::vector<std::string>& lines) {
    std::vector<std::string> wrapped;
    const std::size_t width = 30 + random.below(80);
    std::string line;
    const auto end_line = [&] {
        if (!line.empty()) wrapped.push_back(std::move(line));
        line.clear();
    };
    for (const std::string& from : lines) {
        if (from.find_first_not_of(' ') == std::string::npos) {
            end_line();
            wrapped.emplace_back();
        }
        std::string word;
        for (const char letter : from + " ") {
            if (letter != ' ') {
                word.push_back(letter);
            } else if (!word.empty()) {
                if (line.size() + word.size() > width) end_line();
                line += (line.empty() ? "" : " ") + std::exchange(word, {});
            }
        }
    }
    end_line();
    return wrapped;
}

inline std::vector<std::string> broken_otherwise(Random& random, const Scan& scan, const std::vector<std::string>& lines) {
    std::vector<std::string> broken;
    for (const std::string& line : lines) {
        if (scan.joined && !broken.empty() && random.one_in(12)) {
            broken.back() += " " + line;
        } else if (const auto space = line.find(' ', line.size() / 2); scan.split && space != std::string::npos && random.one_in(12)) {
            broken.push_back(line.substr(0, space));
            broken.push_back(line.substr(space + 1));
        } else {
            broken.push_back(line);
        }
    }
    return broken;
}

inline void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

inline std::string one_space_between(const std::string& line) {
    std::string narrow;
    for (const char letter : line) {
        if (letter != ' ' || narrow.empty() || narrow.back() != ' ') narrow.push_back(letter);
    }
    return narrow;
}

inline std::string torn_lines(Random& random, std::string line) {
    for (std::size_t at = 2; at + 2 < line.size(); ++at) {
        if (line.compare(at - 2, 5, "_____") == 0 && random.one_in(8)) line[at] = ' ';
    }
    return line;
}

// Boxes are left as they are.
inline void dot_lines(std::string& line) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        const std::size_t end = std::min(line.find_first_not_of('_', at), line.size());
        if (end - at > 4) line.replace(at, end - at, end - at, '.');
        at = std::max(at, end);
    }
}

inline std::string printed(Random& random, const Scan& scan, std::vector<std::string> lines) {
    if (scan.joined || scan.split) lines = broken_otherwise(random, scan, lines);
    if (scan.close_set) std::erase_if(lines, [](const std::string& line) { return line.find_first_not_of(' ') == std::string::npos; });
    for (std::string& line : lines) {
        if (scan.narrow) line = one_space_between(line);
        if (scan.dotted) dot_lines(line);
        if (scan.torn) line = torn_lines(random, line);
        if (scan.double_spaced) line += "\n";
    }
    const std::string margin(scan.indented ? 1 + random.below(12) : 0, ' ');
    for (std::string& line : lines) {
        if (scan.trimmed) line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
        if (!line.empty()) line.insert(0, margin);
    }
    if (scan.faxed) {
        std::size_t page = 1;
        for (std::size_t at = 0; at < lines.size(); at += 50 + random.below(20)) {
            lines[at] = (page == 1 ? "" : "\f") + std::string("06/26/2002 15:31 FAX 212 555 0199      HARBOR SECURITIES      P.00") + std::to_string(page) + "/003\n" + lines[at];
            ++page;
        }
    }
    std::string text = joined_lines(lines);
    if (scan.one_line) replace_all(text, "\n", " ");
    if (scan.tabs) replace_all(text, "        ", "\t");
    if (scan.crlf) replace_all(text, "\n", "\r\n");
    return text;
}

inline std::string own_words(Random& random, const Scan& scan) {
    return with_own_words(kBlankForm, [&](std::string word) {
        if (word.front() == '%') return word;
        if (scan.misread && random.one_in(15)) word = misread_word(random, word);
        if (scan.lower_case) std::transform(word.begin(), word.end(), word.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
        if (scan.upper_case) std::transform(word.begin(), word.end(), word.begin(), [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
        return word;
    });
}

inline FilledForm fill_form(std::uint64_t seed, const Scan& scan = {}) {
    Random random(seed);
    const FormValues values = FormWriter(random).write();
    FormFiller filler(random, scan, values);
    std::vector<std::string> page;
    std::string part;
    std::vector<std::string> lines;
    const auto end_part = [&] {
        const bool left_out = (scan.without_title && part == "%exhibit") || (scan.without_table && part == "%table") || (scan.without_last && part == "%last");
        if (!left_out) {
            if (scan.rewrapped && part == "%prose") lines = rewrapped(random, lines);
            for (std::string& line : lines) {
                const bool wide = (scan.ragged && part == "%prose") || scan.ragged_everywhere;
                page.push_back(wide ? ragged(random, line) : line);
            }
        }
        lines.clear();
    };
    for (const std::string& line : lines_in(own_words(random, scan))) {
        if (line.starts_with("%")) {
            end_part();
            part = line;
            continue;
        }
        for (std::string& one : lines_in(filler.fill(line))) lines.push_back(std::move(one));
    }
    end_part();
    return {printed(random, scan, std::move(page)), values.meant};
}

}  // namespace rightsdesk::support
