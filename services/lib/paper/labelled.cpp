#include "paper/labelled.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "paper/form_words.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kLeadingBlank = 8;  // underscores before a value on its line

// A blank's text in its label's line, and in the lines below it up to an empty one.
struct Lines {
    std::string own;
    std::string below;

    [[nodiscard]] bool own_said() const { return says_something(own); }
    [[nodiscard]] bool below_said() const { return says_something(below); }
};

bool has_line(std::string_view text) { return text.find("__") != std::string_view::npos; }

bool ends_in_line(std::string_view text) {
    const auto last = text.find_last_not_of(" \n");
    return last != std::string_view::npos && last > 0 && text[last] == '_' && text[last - 1] == '_';
}

// Something behind the form's line: "John Smith____ 6/26/2002" or "______________ 6/26/2002". What stands there was joined on
// from another line; only a value that begins a little inside its line is its own ("__John Smith____").
bool has_joined_on(std::string_view own) {
    bool said = false;
    std::size_t run = 0;
    std::size_t longest = 0;  // run of underscores before the letter
    for (const char letter : own) {
        run = letter == '_' ? run + 1 : 0;
        longest = std::max(longest, run);
        if (std::isalnum(static_cast<unsigned char>(letter)) == 0 && static_cast<unsigned char>(letter) < 0x80) continue;
        if (longest >= (said ? 2U : kLeadingBlank)) return true;
        said = true;
        longest = 0;
    }
    return false;
}

Lines lines_of(std::string_view text) {
    Lines lines;
    const auto end = text.find('\n');
    lines.own = text.substr(0, end);
    std::size_t gap = 0;
    while (end != std::string_view::npos && !text.empty()) {
        const auto begin = text.find('\n');
        if (begin == std::string_view::npos) break;
        text.remove_prefix(begin + 1);
        const std::string_view line = text.substr(0, text.find('\n'));
        const bool empty = line.find_first_not_of(' ') == std::string_view::npos;
        gap = empty ? gap + 1 : 0;
        if (empty && (gap > 1 || lines.own_said() || lines.below_said())) break;
        if (!empty) (lines.below += line) += '\n';
    }
    return lines;
}

bool stands_below(const Lines& lines) { return lines.below_said() && !lines.own_said() && !has_line(lines.own); }

// Text below a label with nothing in its own line: this label's, or the next one's with the values above the labels.
bool is_below_certain(const Lines& lines, const std::vector<std::optional<Lines>>& all) {
    if (has_line(lines.own)) return false;
    // The scan broke the line, "Name of maker:" from "John Smith_____"; or all values stand below, the last one's too.
    if (ends_in_line(lines.below)) return true;
    const auto below = std::count_if(all.begin(), all.end(), [](const auto& one) { return one && stands_below(*one); });
    return below > 1 && all.back() && stands_below(*all.back());
}

}  // namespace

std::vector<std::optional<LabelledBlank>> read_labelled(const Page& page, const std::vector<std::optional<Span>>& labels, Span place) {
    std::vector<std::optional<Lines>> all(labels.size());
    for (std::size_t at = 0; at < labels.size(); ++at) {
        if (!labels[at]) continue;
        const bool last = at + 1 == labels.size();
        if (!last && !labels[at + 1]) continue;
        const std::size_t end = last ? place.end : labels[at + 1]->begin;
        if (end < labels[at]->end || end - labels[at]->end > kWidestBlank) continue;
        all[at] = lines_of(page.between(labels[at]->end, end));
    }
    const bool above = labels.front() && says_something(page.between(place.begin, labels.front()->begin));
    std::vector<std::optional<LabelledBlank>> blanks(labels.size());
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (!all[at]) continue;
        const Lines& lines = *all[at];
        LabelledBlank blank{lines.own, !has_joined_on(lines.own)};
        if (lines.below_said()) {
            blank.text += "\n" + lines.below;
            const bool next_is_empty = at + 1 < all.size() && !(all[at + 1] && all[at + 1]->own_said());
            const bool goes_on = lines.own_said() && !ends_in_line(lines.own) && !next_is_empty;
            blank.certain = (goes_on && blank.certain) || (!lines.own_said() && !above && is_below_certain(lines, all));
        }
        blanks[at] = std::move(blank);
    }
    return blanks;
}

}  // namespace rightsdesk::paper
