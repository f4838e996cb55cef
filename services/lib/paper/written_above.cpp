#include "paper/written_above.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kShortestLine = 6;  // underscores; the form's shortest has nine
constexpr std::size_t kWidestLine = 240;  // columns of a printed line; longer ones are no page's
constexpr std::size_t kPieceGap = 5;      // spaces
constexpr std::size_t kBeside = 2;        // columns that a value may begin before its line

// The parts of a line that the letters (or underscores) of `is_part` make, apart by `gap` others and more.
template <class Part>
std::vector<Span> parts_of(std::string_view line, std::size_t gap, Part is_part) {
    std::vector<Span> parts;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (!is_part(line[at])) continue;
        if (!parts.empty() && at - parts.back().end < gap) {
            parts.back().end = at + 1;
        } else {
            parts.push_back({at, at + 1});
        }
    }
    return parts;
}

// Whether a label ends right before the line that begins at `begin`, or nothing does: "John Smith_____" is not empty.
bool is_empty_before(std::string_view line, std::size_t begin) {
    const auto last = begin == 0 ? std::string_view::npos : line.find_last_not_of(' ', begin - 1);
    if (last == std::string_view::npos || begin - last > kBeside || line[last] == ':' || line[last] == ')') return true;
    return lower(line.substr(0, last + 1)).ends_with("address");
}

std::vector<Span> empty_lines_of(std::string_view line) {
    auto runs = parts_of(line, 1, [](char letter) { return letter == '_'; });
    std::erase_if(runs, [&](const Span& run) { return run.end - run.begin < kShortestLine || !is_empty_before(line, run.begin); });
    return runs;
}

// Whether a line is the form's own, or has a value behind a label: then it stays where it is.
bool is_labelled(std::string_view line) {
    if (line.find_first_of("_:|[") != std::string_view::npos) return true;
    const std::string small = lower(line);
    static constexpr std::array<std::string_view, 9> kLabels = {"(s)", "address", "area code", "name of", "dated", "type or print", "certificate", "authorized", "money order"};
    return std::any_of(kLabels.begin(), kLabels.end(), [&](std::string_view label) { return small.find(label) != std::string::npos; });
}

// Whether what follows `line` cannot be the rest of a value in it: neither a label that ends in a colon nor a line of the
// form has anything behind it.
bool is_finished(std::string_view line) {
    auto runs = parts_of(line, 1, [](char letter) { return letter == '_'; });
    std::erase_if(runs, [](const Span& run) { return run.end - run.begin < kShortestLine; });  // boxes
    const bool all_empty = std::all_of(runs.begin(), runs.end(), [&](const Span& run) { return is_empty_before(line, run.begin); });
    return all_empty && (!runs.empty() || line.find(':') == std::string_view::npos);
}

// Where each piece of the upper line belongs, by index into `runs`. Empty when one belongs nowhere, or two to one line.
std::vector<std::size_t> places_of(const std::vector<Span>& pieces, const std::vector<Span>& runs) {
    std::vector<std::size_t> places;
    for (const Span& piece : pieces) {
        const auto over = std::find_if(runs.begin(), runs.end(), [&](const Span& run) { return piece.begin + kBeside >= run.begin && piece.begin < run.end; });
        const auto place = static_cast<std::size_t>(over - runs.begin());
        if (over == runs.end() || (!places.empty() && places.back() >= place)) return {};
        if (place + 1 < runs.size() && piece.end > runs[place + 1].begin) return {};
        places.push_back(place);
    }
    return places;
}

// Whether nothing of the lower line's own would be written over.
bool has_room(std::string_view lower_line, const std::vector<Span>& pieces) {
    return std::all_of(pieces.begin(), pieces.end(), [&](const Span& piece) {
        const std::size_t begin = lower_line.find('_', piece.begin);
        const std::size_t own = lower_line.find_first_not_of("_ ", begin);
        return own == std::string_view::npos || own >= begin + (piece.end - piece.begin);
    });
}

// The lines of a text, each with the two before it.
class Lines {
public:
    explicit Lines(std::string_view text) {
        for (std::size_t begin = 0; begin <= text.size();) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            lines_.emplace_back(text.substr(begin, end - begin));
            begin = end + 1;
        }
    }

    void move_down() {
        bool moved = false;  // onto the line before the two
        bool last_moved = false;
        for (std::size_t at = 1; at < lines_.size(); ++at) {
            const bool free = at == 1 || moved || is_finished(lines_[at - 2]);
            moved = std::exchange(last_moved, free && move_down(lines_[at - 1], lines_[at]));
        }
    }

    [[nodiscard]] std::string joined() const {
        std::string text;
        for (const std::string& line : lines_) text += line + "\n";
        text.pop_back();
        return text;
    }

private:
    static bool move_down(std::string& upper, std::string& lower_line) {
        if (upper.size() > kWidestLine || lower_line.size() > kWidestLine || is_labelled(upper)) return false;
        const auto runs = empty_lines_of(lower_line);
        if (runs.empty() || !says_something(upper)) return false;
        const auto pieces = parts_of(upper, kPieceGap, [](char letter) { return letter != ' '; });
        if (places_of(pieces, runs).empty() || !has_room(lower_line, pieces)) return false;
        // From the right, so that columns stay where they are for the next piece.
        for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
            if (lower_line.size() < piece->end) lower_line.resize(piece->end, ' ');
            // A value may begin a little before its line; what stands there is a label's end.
            const std::size_t begin = lower_line.find('_', piece->begin);
            const std::size_t length = piece->end - piece->begin;
            lower_line.replace(begin, std::min(length, lower_line.size() - begin), upper, piece->begin, length);
        }
        upper.assign(upper.size(), ' ');
        return true;
    }

    std::vector<std::string> lines_;
};

}  // namespace

void move_onto_lines(std::string& text) {
    Lines lines(text);
    lines.move_down();
    text = lines.joined();
}

}  // namespace rightsdesk::paper
