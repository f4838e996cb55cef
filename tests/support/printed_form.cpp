#include "support/printed_form.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "support/text_ruler.h"

namespace rightsdesk::support {

namespace {

constexpr double kLeft = 50;
constexpr double kRight = kSheetWidth - 50;
constexpr double kTop = 54;
constexpr double kBottom = kSheetHeight - 48;
constexpr double kBoxIndent = 30;
constexpr double kUnderBox = 58;
constexpr double kGutter = 22;  // between columns

// A word, a value or a blank on its rule, a box: what a line does not break.
struct Piece {
    std::string text = {};
    std::string blank = {};
    bool entered = false;
    bool box = false;
    bool fills = false;    // its rule takes the room that is left
    bool glued = false;    // nothing between it and what is before
    double least = 0;      // of its rule, points; 0 without a rule
    double width = 0;
};

std::vector<std::string> parted(std::string_view text, std::string_view by) {
    std::vector<std::string> parts;
    for (std::size_t from = 0;;) {
        const std::size_t to = text.find(by, from);
        parts.emplace_back(text.substr(from, to - from));
        if (to == std::string_view::npos) return parts;
        from = to + by.size();
    }
}

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(' ');
    return from == std::string_view::npos ? "" : std::string(text.substr(from, text.find_last_not_of(' ') + 1 - from));
}

class Printer {
public:
    Printer(const FormLayout& layout, const FormValues& values, const PrintStyle& style, Random& random)
        : layout_(layout), values_(values), style_(style), random_(random), favourite_(random.of(kMarks)) {}

    std::vector<PrintedPage> print() {
        turn_sheet();
        for (const std::string& line : parted(layout_.text, "\n")) take(line);
        end_paragraph();
        return std::move(pages_);
    }

private:
    static constexpr std::array<Mark, 5> kMarks = {Mark::kCross, Mark::kCross, Mark::kTick, Mark::kBlob, Mark::kStroke};

    void take(const std::string& line) {
        const char mark = line.empty() ? ' ' : line.front();
        if (std::string_view(" !^=~-%@>:;.").find(mark) == std::string_view::npos || (mark == '-' && line != "---")) {
            paragraph_ += (paragraph_.empty() ? "" : " ") + line;
            return;
        }
        end_paragraph();
        const std::string rest = line.empty() ? "" : line.substr(1);
        switch (mark) {
            case '!': centred(rest, true); break;
            case '^': centred(rest, false); break;
            case '=': row(rest, kLeft, true); break;
            case '~': y_ += points(rest); break;
            case '-': turn_sheet(); break;
            case '@':
                box_ = rest.substr(0, rest.find(' '));
                paragraph_ = rest.substr(rest.find(' ') + 1);
                break;
            case '>': row(rest, kLeft + kUnderBox, false); break;
            case ':': row(rest, kLeft, false); break;
            case ';': captions(rest); break;
            case '.':
                flush_ = true;
                paragraph_ = rest;
                break;
            default: break;
        }
    }

    double points(const std::string& text) const {
        int number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size()) throw std::runtime_error("layout " + std::string(layout_.name) + ": \"" + text + "\" is no number of points or letters");
        return number;
    }

    // ---- words ----

    double line_height() const { return style_.body.size * style_.leading; }
    PrintedPage& page() { return pages_.back(); }
    Typeface body(bool bold) const { return {style_.body.family, bold, style_.body.size}; }
    Typeface hand(double scale) const { return {family_of(style_.hand), false, style_.hand_size * scale}; }

    void turn_sheet() {
        pages_.emplace_back();
        y_ = kTop + style_.body.size;
    }
    void new_line(double height) {
        y_ += height;
        if (y_ > kBottom) turn_sheet();
    }

    std::string written(const std::string& blank) const {
        const auto found = values_.written.find(blank);
        return found == values_.written.end() ? "" : found->second;
    }

    std::vector<Piece> pieces_of(std::string_view text, bool bold, bool in_row) {
        std::vector<Piece> pieces;
        bool glued = true;
        for (std::size_t at = 0; at < text.size();) {
            if (text[at] == ' ') {
                glued = false;
                ++at;
                continue;
            }
            const bool is_mark = text[at] == '{';
            const std::size_t end = is_mark ? text.find('}', at) : std::min(text.find_first_of(" {", at), text.size());
            if (end == std::string_view::npos) throw std::runtime_error("layout " + std::string(layout_.name) + ": a blank without its end in \"" + std::string(text) + "\"");
            if (is_mark) {
                add_mark(pieces, std::string(text.substr(at + 1, end - at - 1)), glued, bold, in_row);
            } else {
                add_word(pieces, std::string(text.substr(at, end - at)), "", glued, bold);
            }
            glued = true;
            at = is_mark ? end + 1 : end;
        }
        return pieces;
    }

    void add_word(std::vector<Piece>& pieces, const std::string& word, const std::string& blank, bool glued, bool bold) {
        pieces.push_back({.text = word, .blank = blank, .glued = glued, .width = width_of(word, body(bold))});
    }

    void add_mark(std::vector<Piece>& pieces, const std::string& mark, bool glued, bool bold, bool in_row) {
        if (mark.starts_with("box:")) {
            pieces.push_back({.blank = mark.substr(4), .box = true, .glued = glued, .width = style_.body.size});
            return;
        }
        const auto bar = mark.find('|');
        const std::string blank = mark.substr(0, bar);
        const std::string value = written(blank);
        if (bar == std::string::npos && !in_row) {
            // The company's own print: its words wrap as the others do. One that is missing is a gap.
            if (value.empty()) pieces.push_back({.blank = blank, .glued = glued, .width = 3 * style_.body.size});
            const auto words = parted(value, " ");
            for (std::size_t word = 0; word < words.size() && !value.empty(); ++word) add_word(pieces, words[word], blank, word == 0 && glued, bold);
            return;
        }
        const bool fills = bar == std::string::npos || mark.substr(bar + 1) == "*";
        Piece piece{.text = value, .blank = blank, .entered = true, .fills = fills, .glued = glued};
        piece.least = fills ? 30 : points(mark.substr(bar + 1)) * style_.body.size * 0.5;
        double widest = 0;
        for (const std::string& line : parted(value, "\n")) widest = std::max(widest, width_of(line, hand(1)));
        piece.width = std::max(piece.least, widest + 10);
        pieces.push_back(std::move(piece));
    }

    double gap_before(const Piece& piece) const { return piece.glued ? 0 : width_of(" ", body(false)); }

    // ---- lines ----

    void put(const Piece& piece, double x, double width, bool bold) {
        if (piece.box) {
            put_box(piece.blank, x, style_.body.size * 0.85);
        } else if (piece.entered) {
            put_value(piece, x, width);
        } else if (!piece.text.empty()) {
            page().texts.push_back({piece.text, body(bold), x, y_, piece.width, piece.blank, false});
        }
    }

    void put_value(const Piece& piece, double x, double width) {
        const double rule = y_ + 1.5;
        page().rules.push_back({x, x + width, rule});
        if (piece.text.empty()) return;
        const auto lines = parted(piece.text, "\n");
        for (std::size_t line = 0; line < lines.size(); ++line) {
            const double whole = width_of(lines[line], hand(1));
            // Who has little room writes smaller.
            const double scale = whole + 4 > width ? std::max(0.62, (width - 4) / whole) : 1;
            const double free = std::max(1.0, width - whole * scale);
            const double x_of_value = x + 1 + static_cast<double>(random_.below(static_cast<std::size_t>(std::min(free, 14.0)) + 1)) * 0.8;
            const double down = static_cast<double>(line) * line_height() * 1.15;
            if (line > 0) page().rules.push_back({x, x + width, rule + down});
            page().texts.push_back({lines[line], hand(scale), x_of_value, rule + down - style_.rise, whole * scale, piece.blank, true});
            below_ = std::max(below_, down);
        }
    }

    void put_box(const std::string& name, double x, double side) {
        const auto ticked = values_.ticked.find(name);
        const bool filled = ticked != values_.ticked.end() && ticked->second;
        const Mark mark = filled ? (random_.one_in(4) ? random_.of(kMarks) : favourite_) : Mark::kNone;
        page().boxes.push_back({name, x, y_ - side, side, mark, !filled && random_.one_in(8), random_.below(1'000'000)});
    }

    void centred(const std::string& text, bool bold) {
        const auto pieces = pieces_of(text, bold, false);
        double whole = 0;
        for (const Piece& piece : pieces) whole += piece.width + gap_before(piece);
        if (!pieces.empty() && !pieces.front().glued) whole -= gap_before(pieces.front());
        double x = (kLeft + kRight - whole) / 2;
        for (const Piece& piece : pieces) {
            if (&piece != &pieces.front()) x += gap_before(piece);
            put(piece, x, piece.width, bold);
            x += piece.width;
        }
        new_line(line_height());
    }

    void end_paragraph() {
        if (paragraph_.empty()) return;
        const std::string text = std::exchange(paragraph_, {});
        const std::string box = std::exchange(box_, {});
        const bool flush = std::exchange(flush_, false);
        if (!box.empty()) put_box(box, kLeft + kBoxIndent, style_.body.size * 0.85);
        const double left = box.empty() ? kLeft : kLeft + kUnderBox;
        flow(pieces_of(text, false, false), left, box.empty() && !flush ? 26 : 0);
        if (box.empty()) y_ += line_height() * 0.4;
    }

    void flow(const std::vector<Piece>& pieces, double left, double indent) {
        std::size_t from = 0;
        while (from < pieces.size()) {
            const double start = left + (from == 0 ? indent : 0);
            double x = start + pieces[from].width;
            std::size_t to = from + 1;
            while (to < pieces.size()) {
                // Glued pieces stay with the one before, so the room for all of them is asked for.
                double more = gap_before(pieces[to]) + pieces[to].width;
                std::size_t end = to + 1;
                for (; end < pieces.size() && pieces[end].glued; ++end) more += pieces[end].width;
                if (x + more > kRight) break;
                x += more;
                to = end;
            }
            put_line(pieces, from, to, start, kRight - x);
            from = to;
        }
    }

    void put_line(const std::vector<Piece>& pieces, std::size_t from, std::size_t to, double x, double left_over) {
        std::size_t gaps = 0;
        for (std::size_t at = from + 1; at < to; ++at) gaps += pieces[at].glued ? 0 : 1;
        const bool spread = style_.justified && to < pieces.size() && gaps > 0 && left_over < 60;
        for (std::size_t at = from; at < to; ++at) {
            if (at > from) x += gap_before(pieces[at]) + (spread && !pieces[at].glued ? left_over / static_cast<double>(gaps) : 0);
            put(pieces[at], x, pieces[at].width, false);
            x += pieces[at].width;
        }
        new_line(line_height());
    }

    // ---- rows and columns ----

    void row(const std::string& text, double left, bool bold) {
        const auto cells = parted(text, "||");
        const double width = (kRight - left - kGutter * static_cast<double>(cells.size() - 1)) / static_cast<double>(cells.size());
        if (y_ + 2 * line_height() > kBottom && text.find('{') != std::string::npos) turn_sheet();
        const double top = y_;
        double lowest = y_;
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            y_ = top;
            below_ = 0;
            put_cell(pieces_of(trimmed(cells[cell]), bold, true), left + static_cast<double>(cell) * (width + kGutter), width, bold);
            lowest = std::max(lowest, y_ + below_);
        }
        y_ = lowest;
        new_line(line_height() * (text.find('{') == std::string::npos ? 1 : 1.25));
    }

    void put_cell(const std::vector<Piece>& pieces, double left, double width, bool bold) {
        double fixed = 0;
        std::size_t filling = 0;
        for (const Piece& piece : pieces) {
            fixed += (&piece == &pieces.front() ? 0 : gap_before(piece)) + (piece.fills ? 0 : piece.width);
            filling += piece.fills ? 1 : 0;
        }
        double room = filling == 0 ? 0 : (width - fixed) / static_cast<double>(filling);
        double x = left;
        for (const Piece& piece : pieces) {
            if (&piece != &pieces.front()) x += gap_before(piece);
            // A value that would have to be written too small beside its label goes below it.
            const bool too_long = piece.fills && filling == 1 && &piece == &pieces.back() && x > left && piece.width * 0.7 > room;
            const bool off_the_end = !piece.fills && x + piece.width > left + width + 1 && x > left;
            if (too_long || off_the_end) {
                y_ += line_height() * 1.2;
                x = left;
                room = width;
            }
            const double taken = piece.fills ? room : piece.width;
            put(piece, x, taken, bold);
            x += taken;
        }
    }

    void captions(const std::string& text) {
        const auto cells = parted(text, "||");
        const double width = (kRight - kLeft - kGutter * static_cast<double>(cells.size() - 1)) / static_cast<double>(cells.size());
        y_ -= line_height() * 0.2;
        const Typeface small{style_.body.family, false, style_.body.size * 0.82};
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            const std::string caption = trimmed(cells[cell]);
            const double wide = width_of(caption, small);
            const double left = kLeft + static_cast<double>(cell) * (width + kGutter);
            if (!caption.empty()) page().texts.push_back({caption, small, left + (width - wide) / 2, y_, wide, "", false});
        }
        new_line(line_height() * 1.4);
    }

    const FormLayout& layout_;
    const FormValues& values_;
    const PrintStyle& style_;
    Random& random_;
    Mark favourite_;  // a person marks most boxes alike
    std::vector<PrintedPage> pages_;
    double y_ = 0;
    double below_ = 0;  // how far a value's second line reaches below its row
    std::string paragraph_;
    std::string box_;
    bool flush_ = false;
};

}  // namespace

std::vector<PrintedPage> print_form(const FormLayout& layout, const FormValues& values, const PrintStyle& style, Random& random) {
    return Printer(layout, values, style, random).print();
}

std::string family_of(Hand hand) {
    switch (hand) {
        case Hand::kTypewriter: return "GNUTypewriter";
        case Hand::kSans: return "Liberation Sans";
        case Hand::kSerif: return "Liberation Serif";
        case Hand::kCondensed: return "Liberation Sans Narrow";
        case Hand::kDkg: return "DkgHandwriting";
        case Hand::kBreip: return "Breip";
        case Hand::kFemke: return "femkeklaver";
        case Hand::kKristi: return "Kristi";
    }
    return {};
}

std::vector<std::string> families_needed() {
    return {"GNUTypewriter", "Liberation Sans", "Liberation Serif", "Liberation Sans Narrow", "Liberation Mono", "DkgHandwriting", "Breip", "femkeklaver", "Kristi"};
}

}  // namespace rightsdesk::support
