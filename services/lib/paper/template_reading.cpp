#include "paper/template_reading.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "paper/letters.h"
#include "paper/page.h"
#include "paper/sheet_columns.h"
#include "paper/template_anchors.h"
#include "paper/word_stream.h"

namespace rightsdesk::paper {

namespace {

// Where words of one line of a blank stand.
struct Band {
    SheetArea area;          // `bottom` is where the letters stand
    bool drawn = false;      // a rule of the form
};

class TemplateReader {
public:
    TemplateReader(const FormTemplate& form, Sheet sheet) : form_(form), sheet_(std::move(sheet)), stream_(sheet_.words) {
        anchors_ = find_anchors(form_, stream_, sheet_.words);
        if (part_words(sheet_.words, stream_, anchors_.own)) {
            stream_ = WordStream(sheet_.words);
            anchors_ = find_anchors(form_, stream_, sheet_.words);
        }
        own_.assign(sheet_.words.size(), false);
        for (const Span& span : anchors_.own) {
            for (std::size_t at = span.begin; at < span.end; ++at) own_[stream_.place_of(at).word] = true;
        }
        letter_ = std::max(1, sheet_.letter);
        number_sections();
        for (std::size_t index = 0; index < form_.fields.size(); ++index) {
            for (const Span& label : anchors_.labels[index]) {
                if (form_.fields[index].stands == Stands::kBehind) starts_.push_back(first_word(label));
            }
        }
    }

    TemplateReading read() {
        TemplateReading reading;
        for (std::size_t index = 0; index < form_.fields.size(); ++index) {
            const FieldRule& rule = form_.fields[index];
            if (anchors_.labels[index].empty()) {
                reading.unfound.push_back(rule.field);
                if (is_in_parts(rule)) reading.torn.push_back(rule.field);
            }
            for (std::size_t found = 0; found < anchors_.labels[index].size(); ++found) {
                add_field(rule, read_field(rule, anchors_.labels[index][found], anchors_.untils[index][found]), reading.fields);
            }
        }
        for (std::size_t index = 0; index < form_.choices.size(); ++index) add_options(form_.choices[index], anchors_.options[index], reading);
        reading.sheet = std::move(sheet_);
        reading.own = own_;
        return reading;
    }

private:
    void number_sections() {
        section_.assign(sheet_.words.size(), 0);
        std::size_t number = 0;
        for (const auto& [name, range] : anchors_.sections) {
            ++number;
            for (std::size_t at = range.begin; at < range.end; ++at) section_[stream_.place_of(at).word] = number;
        }
    }

    [[nodiscard]] std::size_t first_word(Span span) const { return stream_.place_of(span.begin).word; }
    [[nodiscard]] std::size_t last_word(Span span) const { return stream_.place_of(span.end - 1).word; }

    // The last word of a label that says how high it stands: a speck behind it, which passes for its point, does not.
    [[nodiscard]] SheetWord last_lettered(Span label) const {
        const std::size_t end = last_word(label);
        std::size_t word = end;
        while (word > first_word(label) && !has_letter_or_digit(sheet_.words[word].text)) --word;
        SheetWord last = sheet_.words[word];
        last.right = std::max(last.right, sheet_.words[end].right);
        return last;
    }

    void add_options(const ChoiceRule& choice, const std::vector<std::optional<Span>>& found, TemplateReading& reading) {
        bool all = true;
        for (std::size_t index = 0; index < found.size(); ++index) {
            if (!found[index]) {
                all = false;
                continue;
            }
            const SheetWord& word = sheet_.words[first_word(*found[index])];
            reading.options.push_back({choice.field, choice.options[index].value, {word.page, word.left, word.top, word.right, word.bottom}, first_word(*found[index])});
        }
        if (!all) reading.unfound.push_back(choice.field);
    }

    [[nodiscard]] bool is_in_parts(const FieldRule& rule) const {
        return !rule.repeated && std::count_if(form_.fields.begin(), form_.fields.end(), [&](const FieldRule& other) { return other.field == rule.field; }) > 1;
    }

    // A field that two rules read stands in two places of the form, a part in each: a street, and a city below it.
    static void add_field(const FieldRule& rule, FieldPlace place, std::vector<FieldPlace>& fields) {
        const auto other = std::find_if(fields.begin(), fields.end(), [&](const FieldPlace& one) { return one.field == rule.field; });
        if (rule.repeated || other == fields.end()) {
            fields.push_back(std::move(place));
            return;
        }
        if (!other->text.empty() && !place.text.empty()) other->text += '\n';
        other->text += place.text;
        other->words.insert(other->words.end(), place.words.begin(), place.words.end());
        other->breaks.insert(other->breaks.end(), place.breaks.begin(), place.breaks.end());
        other->blanks.insert(other->blanks.end(), place.blanks.begin(), place.blanks.end());
    }

    FieldPlace read_field(const FieldRule& rule, Span label, const std::optional<Span>& until) {
        if (rule.stands == Stands::kBetween) return read_between(rule, label, *until);
        std::vector<Band> bands = rule.stands == Stands::kBehind ? bands_behind(rule, label) : bands_above(rule, label);
        FieldPlace place{rule.field, {}, {}, {}, {}};
        for (const Band& band : bands) {
            place.blanks.push_back(band.area);
            const std::vector<std::size_t> words = words_on(band);
            if (words.empty()) continue;
            add_words(place, words);
        }
        return place;
    }

    void add_words(FieldPlace& place, const std::vector<std::size_t>& words) const {
        if (!place.text.empty()) place.text += '\n';
        bool first = true;
        for (const std::size_t word : words) {
            if (!first) place.text += ' ';
            first = false;
            place.text += sheet_.words[word].text;
            place.words.push_back(word);
        }
        place.breaks.push_back(words.size());
    }

    FieldPlace read_between(const FieldRule& rule, Span label, Span until) const {
        FieldPlace place{rule.field, {}, {}, {}, {}};
        std::vector<std::vector<std::size_t>> lines;
        std::vector<std::size_t> line;
        const std::size_t begin = last_word(label) + 1;
        const std::size_t end = first_word(until);
        for (std::size_t word = begin; word < end; ++word) {
            if (own_[word]) continue;
            if (!line.empty() && sheet_.words[line.back()].line != sheet_.words[word].line) lines.push_back(std::exchange(line, {}));
            line.push_back(word);
        }
        if (!line.empty()) lines.push_back(std::move(line));
        // What is left of the rule is no line of its own.
        const auto has_letters = [&](const std::vector<std::size_t>& words) { return std::any_of(words.begin(), words.end(), [&](std::size_t word) { return has_letter_or_digit(sheet_.words[word].text); }); };
        const bool any = std::any_of(lines.begin(), lines.end(), has_letters);
        for (const std::vector<std::size_t>& words : lines) {
            if (!any || has_letters(words)) add_words(place, words);
        }
        add_blank_between(place, sheet_.words[begin - 1], sheet_.words[std::min(end, sheet_.words.size() - 1)]);
        if (!place.blanks.empty() && !has_letter_or_digit(place.text)) add_raised(place);
        return place;
    }

    // What was written a little above its line was taken for a line of its own, and only remains of the rule stand between the words.
    void add_raised(FieldPlace& place) const {
        std::vector<std::size_t> words = words_on({place.blanks.front(), false});
        std::erase_if(words, [&](std::size_t word) { return !has_letter_or_digit(sheet_.words[word].text); });
        if (words.empty()) return;
        place.text.clear();
        place.words.clear();
        place.breaks.clear();
        add_words(place, words);
    }

    // A prose's blank, where it lies in one line.
    void add_blank_between(FieldPlace& place, const SheetWord& before, const SheetWord& behind) const {
        if (before.line != behind.line || before.page != behind.page || before.right >= behind.left) return;
        // A short word of the label that is very wide has the value's ink in it, which nobody read.
        const std::int32_t right = std::min(before.right, before.left + static_cast<std::int32_t>(before.text.size()) * letter_ * 11 / 10);
        place.blanks.push_back({before.page, right, std::min(before.top, behind.top), behind.left, std::max(before.bottom, behind.bottom)});
    }

    // ---- rules ----

    // Whether a column of the section begins behind a word: at a label. A blank does not reach into the next column.
    [[nodiscard]] bool begins_column_between(const SheetWord& before, std::size_t section, std::int32_t to) const {
        return std::any_of(starts_.begin(), starts_.end(), [&](std::size_t index) {
            const SheetWord& word = sheet_.words[index];
            return section_[index] == section && word.page == before.page && word.left > before.right && word.left <= to;
        });
    }

    // Whether one of the form's own words stands on a page where `stands` says.
    template <class Where>
    [[nodiscard]] bool has_own_word(std::uint32_t page, Where stands) const {
        for (std::size_t index = 0; index < sheet_.words.size(); ++index) {
            if (own_[index] && sheet_.words[index].page == page && stands(sheet_.words[index])) return true;
        }
        return false;
    }

    // Whether one of the form's own words stands in front of a rule, in its column: then the blank is that word's.
    [[nodiscard]] bool is_labelled(const SheetRule& rule) const {
        for (std::size_t index = 0; index < sheet_.words.size(); ++index) {
            const SheetWord& word = sheet_.words[index];
            if (!own_[index] || word.page != rule.page || std::abs(word.bottom - rule.y) > letter_ || word.left >= rule.left || word.right > rule.left + 2 * letter_) continue;
            if (!begins_column_between(word, section_[index], rule.left + letter_)) return true;
        }
        return false;
    }

    // Whether a caption stands under a rule: then the blank is that one's.
    [[nodiscard]] bool is_captioned(const SheetRule& rule) const {
        for (std::size_t index = 0; index < form_.fields.size(); ++index) {
            if (form_.fields[index].stands != Stands::kAbove) continue;
            for (const Span& caption : anchors_.labels[index]) {
                const SheetWord& word = sheet_.words[first_word(caption)];
                if (word.page == rule.page && word.top > rule.y - letter_ / 2 && word.top < rule.y + 2 * letter_ && word.left < rule.right && word.right > rule.left) return true;
            }
        }
        return false;
    }

    [[nodiscard]] Band band_of(const SheetRule& rule) const {
        return {{rule.page, rule.left - letter_ / 3, rule.y - 2 * letter_, rule.right + letter_ / 3, rule.y}, true};
    }

    [[nodiscard]] std::vector<std::size_t> words_on(const Band& band) const {
        std::vector<std::size_t> words;
        for (std::size_t index = 0; index < sheet_.words.size(); ++index) {
            const SheetWord& word = sheet_.words[index];
            if (own_[index] || word.page != band.area.page) continue;
            const std::int32_t middle = (word.left + word.right) / 2;
            if (middle < band.area.left || middle > band.area.right) continue;
            if (word.bottom < band.area.bottom - letter_ || word.bottom > band.area.bottom + letter_ * 3 / 4) continue;
            words.push_back(index);
        }
        std::sort(words.begin(), words.end(), [&](std::size_t one, std::size_t other) { return sheet_.words[one].left < sheet_.words[other].left; });
        return with_neighbours(std::move(words));
    }

    // A word that stands a blank's width beside one of a value is of the value, wherever the fax tore the line under it; columns are
    // further apart.
    [[nodiscard]] std::vector<std::size_t> with_neighbours(std::vector<std::size_t> words) const {
        for (const bool behind : {true, false}) {
            while (!words.empty()) {
                const auto next = word_beside(behind ? words.back() : words.front(), behind);
                // Words without width stand beside each other, both ways.
                if (!next || std::find(words.begin(), words.end(), *next) != words.end()) break;
                words.insert(behind ? words.end() : words.begin(), *next);
            }
        }
        return words;
    }

    // The nearest word of a line behind or before one, where no more than a blank parts them and it is not the form's.
    [[nodiscard]] std::optional<std::size_t> word_beside(std::size_t index, bool behind) const {
        const SheetWord& word = sheet_.words[index];
        std::optional<std::size_t> nearest;
        std::int32_t least = letter_ * 3 / 2 + 1;
        for (std::size_t at = 0; at < sheet_.words.size(); ++at) {
            const SheetWord& other = sheet_.words[at];
            const std::int32_t gap = behind ? other.left - word.right : word.left - other.right;
            if (other.page != word.page || gap < 0 || gap >= least || std::abs(other.bottom - word.bottom) > letter_ / 2) continue;
            least = gap;
            nearest = at;
        }
        return nearest && !own_[*nearest] ? nearest : std::nullopt;
    }

    // The rule behind a label, in its line and column.
    [[nodiscard]] const SheetRule* rule_behind(const SheetWord& word, std::size_t section) const {
        const SheetRule* best = nullptr;
        for (const SheetRule& rule : sheet_.rules) {
            if (rule.page != word.page || std::abs(rule.y - word.bottom) > letter_ || rule.left < word.right - letter_) continue;
            if (begins_column_between(word, section, rule.left + letter_)) continue;
            if (best == nullptr || rule.left < best->left) best = &rule;
        }
        return best;
    }

    // The next rule below, of the same blank. The fax may have lost either end of it.
    [[nodiscard]] const SheetRule* rule_below(std::uint32_t page, std::int32_t y, std::int32_t from, std::int32_t to) const {
        const SheetRule* best = nullptr;
        for (const SheetRule& rule : sheet_.rules) {
            if (rule.page != page || rule.y <= y + letter_ * 3 / 4 || rule.y > y + 6 * letter_) continue;
            if (rule.left < from - 2 * letter_ || rule.left > to || rule.right > to + 3 * letter_) continue;
            if (best == nullptr || rule.y < best->y) best = &rule;
        }
        // Behind another label's line nothing is this one's.
        return best != nullptr && is_labelled(*best) ? nullptr : best;
    }

    // The first rule of the next page, where a blank's lines go on there: under the last words of this one, in its column.
    [[nodiscard]] const SheetRule* rule_overleaf(const SheetArea& band, std::int32_t from) const {
        for (const SheetWord& word : sheet_.words) {
            if (word.page == band.page && word.bottom > band.bottom + 2 * letter_) return nullptr;
        }
        const SheetRule* best = nullptr;
        for (const SheetRule& rule : sheet_.rules) {
            if (rule.page != band.page + 1 || rule.left < from - 2 * letter_ || rule.left > band.right || rule.right > band.right + 3 * letter_) continue;
            if (best == nullptr || rule.y < best->y) best = &rule;
        }
        if (best == nullptr || is_labelled(*best)) return nullptr;
        return has_own_word(best->page, [&](const SheetWord& word) { return word.bottom < best->y - letter_; }) ? nullptr : best;
    }

    [[nodiscard]] static Band widened(Band band, std::int32_t left, std::int32_t right) {
        band.area.left = std::min(band.area.left, left);
        band.area.right = std::max(band.area.right, right);
        return band;
    }

    std::vector<Band> bands_behind(const FieldRule& rule, Span label) const {
        const SheetWord& first = sheet_.words[first_word(label)];
        SheetWord last = last_lettered(label);
        // What is printed behind a label ("(if available)") belongs to it.
        for (std::size_t next = last_word(label) + 1; next < sheet_.words.size() && own_[next] && sheet_.words[next].line == last.line && sheet_.words[next].left - last.right < letter_ * 3 / 2; ++next) {
            if (begins_label(next)) break;
            last = sheet_.words[next];
        }
        std::vector<Band> bands;
        const std::size_t section = section_[first_word(label)];
        const SheetRule* drawn = rule_behind(last, section);
        const std::int32_t stop = stop_behind(last, section);
        if (drawn != nullptr && drawn->left < stop) {
            // A value may begin before its line, right behind the label, and go on where the fax lost the rest of the line.
            bands.push_back(widened(band_of(*drawn), last.right, stop));
        } else {
            const Band open{{last.page, last.right, last.top - letter_ / 2, stop, last.bottom}, false};
            if (!words_on(open).empty()) {
                bands.push_back(open);
            } else if (const SheetRule* below = rule_below(last.page, last.bottom - letter_ / 2, first.left, stop); below != nullptr && !is_captioned(*below)) {
                bands.push_back(widened(band_of(*below), first.left, below->right));
            } else {
                // A value that was too long for its line stands below it; the fax lost that line.
                bands.push_back(line_beside(open.area, first.left, stop, 1).value_or(open));
            }
        }
        add_lower_lines(rule, first.left, bands);
        return bands;
    }

    void add_lower_lines(const FieldRule& rule, std::int32_t label_left, std::vector<Band>& bands) const {
        while (bands.size() < rule.lines) {
            const SheetArea& above = bands.back().area;
            const SheetRule* next = rule_below(above.page, above.bottom, label_left, above.right);
            if (next == nullptr) next = rule_overleaf(above, label_left);
            const std::int32_t left = label_left - letter_ / 3;
            if (next != nullptr && next->page == above.page && has_label_between(above, next->y, left)) return;
            if (next != nullptr) {
                bands.push_back(widened(band_of(*next), left, above.right));
            } else if (const auto unruled = line_beside(above, left, above.right, 1)) {
                bands.push_back(*unruled);
            } else {
                return;
            }
        }
    }

    // The line is another label's, which stands over it.
    [[nodiscard]] bool has_label_between(const SheetArea& band, std::int32_t y, std::int32_t from) const {
        return has_own_word(band.page, [&](const SheetWord& word) {
            return word.bottom > band.bottom + letter_ / 2 && word.bottom < y - letter_ / 2 && word.right >= from && word.left <= band.right;
        });
    }

    // A further line of words close below a band (`way` 1) or above it (-1), under which the fax lost the rule: one that has none of the
    // form's own words.
    [[nodiscard]] std::optional<Band> line_beside(const SheetArea& band, std::int32_t from, std::int32_t to, std::int32_t way) const {
        std::optional<std::int32_t> nearest;
        for (const SheetWord& word : sheet_.words) {
            const std::int32_t apart = (word.bottom - band.bottom) * way;
            const std::int32_t middle = (word.left + word.right) / 2;
            if (word.page != band.page || middle < from || middle > to || apart < letter_ || apart > letter_ * 9 / 4) continue;
            if (word.text.size() > 1 && has_letter_or_digit(word.text) && (!nearest || apart < (*nearest - band.bottom) * way)) nearest = word.bottom;
        }
        if (!nearest) return std::nullopt;
        const auto is_in_line = [&](const SheetWord& word) { return std::abs(word.bottom - *nearest) <= letter_ / 2 && word.right >= from && word.left <= to; };
        if (has_own_word(band.page, is_in_line)) return std::nullopt;
        return Band{{band.page, from, *nearest - 2 * letter_, to, *nearest}, false};
    }

    [[nodiscard]] bool begins_label(std::size_t word) const { return std::find(starts_.begin(), starts_.end(), word) != starts_.end(); }

    // How far what is behind a label may reach, where no rule says it: to the form's next words in the line, or a wide gap.
    [[nodiscard]] std::int32_t stop_behind(const SheetWord& last, std::size_t section) const {
        std::int32_t stop = last.right + 60 * letter_;
        std::int32_t reached = last.right;
        for (std::size_t index = 0; index < sheet_.words.size(); ++index) {
            const SheetWord& word = sheet_.words[index];
            if (word.page != last.page || word.left < last.right || std::abs(word.bottom - last.bottom) > letter_) continue;
            if (own_[index]) stop = std::min(stop, word.left);
        }
        for (const std::size_t start : starts_) {
            const SheetWord& word = sheet_.words[start];
            if (section_[start] == section && word.page == last.page && word.left > last.right) stop = std::min(stop, word.left - letter_ / 3);
        }
        for (std::size_t index = 0; index < sheet_.words.size(); ++index) {
            const SheetWord& word = sheet_.words[index];
            if (own_[index] || word.page != last.page || word.left < last.right || word.left >= stop || std::abs(word.bottom - last.bottom) > letter_) continue;
            if (word.left - reached > 6 * letter_ && reached > last.right) return reached + letter_;
            reached = std::max(reached, word.right);
        }
        return stop;
    }

    // The nearest rule above `y`, in a column.
    [[nodiscard]] const SheetRule* rule_above(std::uint32_t page, std::int32_t y, std::int32_t reach, std::int32_t from, std::int32_t to) const {
        const SheetRule* best = nullptr;
        for (const SheetRule& rule : sheet_.rules) {
            if (rule.page != page || rule.y > y || rule.y < y - reach || is_labelled(rule)) continue;
            const std::int32_t common = std::min(rule.right, to) - std::max(rule.left, from);
            if (common * 3 < std::min(rule.right - rule.left, to - from) * 2) continue;
            if (best == nullptr || rule.y > best->y) best = &rule;
        }
        return best;
    }

    // The rule that a caption stands under. Of a crooked row the next column's may lie nearer, by a hair; one that the fax tore may have
    // nothing left over the caption.
    [[nodiscard]] const SheetRule* rule_over(const SheetWord& first, const SheetWord& last, std::int32_t from, std::int32_t to) const {
        const std::int32_t y = first.top + letter_ / 2;
        const SheetRule* nearest = rule_above(first.page, y, 5 * letter_ / 2, from, to);
        if (nearest == nullptr) return nullptr;
        for (const SheetRule& rule : sheet_.rules) {
            const bool over = rule.left <= last.right && rule.right >= first.left;
            const bool same_row = rule.page == nearest->page && rule.y <= y && std::abs(rule.y - nearest->y) <= letter_ / 2;
            if (over && same_row && !is_labelled(rule)) return &rule;
        }
        return nearest;
    }

    std::vector<Band> bands_above(const FieldRule& rule, Span caption) const {
        const SheetWord& first = sheet_.words[first_word(caption)];
        const SheetWord last = last_lettered(caption);
        Column column = column_of(sheet_, letter_, first, last);
        const Column within = narrow_to_gutters(sheet_, letter_, first, last, column);
        const std::int32_t wide = 40 * letter_;
        std::int32_t from = column.from.value_or(first.left - wide);
        std::int32_t to = column.to.value_or(last.right + wide);
        const SheetRule* lowest = rule_over(first, last, from, std::min(to, std::max(last.right, width_of(sheet_, first.page))));
        std::vector<Band> bands;
        if (lowest == nullptr) {
            bands = open_bands_above(rule, first, from, to);
        } else {
            // Of a line that the fax tore only a piece may be left: the outer columns reach from the page's middle to its edge.
            const std::int32_t middle = width_of(sheet_, first.page) / 2;
            const bool left = (first.left + last.right) / 2 < middle;
            if (!column.from) from = left ? 0 : std::min({lowest->left - letter_ / 3, first.left - letter_ / 3, middle});
            if (!column.to) to = !left ? width_of(sheet_, first.page) : std::max({lowest->right + letter_ / 3, last.right + letter_ / 3, middle});
            bands.push_back(widened(band_of(*lowest), from, to));
            add_upper_lines(rule, from, to, bands);
        }
        for (Band& band : bands) {
            if (within.from) band.area.left = std::max(band.area.left, *within.from);
            if (within.to) band.area.right = std::min(band.area.right, *within.to);
        }
        std::reverse(bands.begin(), bands.end());
        return bands;
    }

    // How high above a band words stand that no rule lies under, between it and the next rule; 0 where none do.
    [[nodiscard]] std::int32_t height_of_words_between(const SheetRule& upper, const SheetArea& band, std::int32_t from, std::int32_t to) const {
        std::int32_t lowest = 0;
        for (std::size_t index = 0; index < sheet_.words.size(); ++index) {
            const SheetWord& word = sheet_.words[index];
            const std::int32_t middle = (word.left + word.right) / 2;
            const bool speck = word.text.size() < 2 || (word.bottom - word.top) * 2 < letter_;
            if (own_[index] || speck || word.page != upper.page || middle < from || middle > to) continue;
            if (word.bottom > upper.y + letter_ && word.bottom < band.bottom - letter_) lowest = std::max(lowest, word.bottom);
        }
        return lowest == 0 ? 0 : band.bottom - lowest;
    }

    // Further lines of a blank, upwards. One whose rule the fax lost lies where its neighbours say.
    void add_upper_lines(const FieldRule& rule, std::int32_t from, std::int32_t to, std::vector<Band>& bands) const {
        std::int32_t pitch = 0;
        while (bands.size() < rule.lines) {
            const Band last = bands.back();
            const SheetRule* next = rule_above(last.area.page, last.area.bottom - letter_ * 3 / 4, 5 * letter_, from, to);
            const std::int32_t apart = next == nullptr ? 0 : last.area.bottom - next->y;
            const std::int32_t skipped = next == nullptr || pitch > 0 ? 0 : height_of_words_between(*next, last.area, from, to);
            if (skipped > 0) pitch = skipped;
            const bool lost = pitch > 0 && (next == nullptr || apart > pitch * 3 / 2);
            if (next == nullptr && !lost) {
                const auto unruled = line_beside(last.area, from, to, -1);
                if (!unruled) return;
                pitch = last.area.bottom - unruled->area.bottom;
                bands.push_back(*unruled);
                continue;
            }
            Band band = lost ? last : band_of(*next);
            if (lost) {
                band.area.bottom -= pitch;
                band.area.top -= pitch;
                band.drawn = false;
                if (words_on(band).empty()) return;
            } else {
                pitch = pitch == 0 ? apart : pitch;
            }
            bands.push_back(widened(band, from, to));
        }
    }

    // Where the fax lost the rules: the lines of words above the caption, in its column.
    std::vector<Band> open_bands_above(const FieldRule& rule, const SheetWord& caption, std::int32_t from, std::int32_t to) const {
        const SheetWord* nearest = nullptr;
        for (std::size_t index = 0; index < sheet_.words.size(); ++index) {
            const SheetWord& word = sheet_.words[index];
            const std::int32_t middle = (word.left + word.right) / 2;
            if (own_[index] || word.page != caption.page || middle < from || middle > to || word.bottom > caption.top || word.bottom < caption.top - 4 * letter_) continue;
            if (nearest == nullptr || word.bottom > nearest->bottom) nearest = &word;
        }
        std::vector<Band> bands;
        if (nearest == nullptr) return bands;
        bands.push_back({{caption.page, from, nearest->top - letter_ / 2, to, nearest->bottom}, false});
        while (bands.size() < rule.lines) {
            const auto next = line_beside(bands.back().area, from, to, -1);
            if (!next) break;
            bands.push_back(*next);
        }
        return bands;
    }

    const FormTemplate& form_;
    Sheet sheet_;
    WordStream stream_;
    Anchors anchors_;
    std::vector<bool> own_;           // by word: the form's
    std::vector<std::size_t> section_;  // by word: which of the sections, from 1; 0: none
    std::vector<std::size_t> starts_;  // words that labels begin with, of blanks behind them
    std::int32_t letter_ = 1;
};

}  // namespace

std::uint32_t evidence_for(const FormTemplate& form, const Sheet& sheet) {
    const WordStream stream(sheet.words);
    const auto stands = [&](const std::string& words) { return stream.find(words, 0, stream.size(), false).has_value(); };
    if (form.evidence.empty() || std::any_of(form.against.begin(), form.against.end(), stands)) return 0;
    const auto found = std::count_if(form.evidence.begin(), form.evidence.end(), stands);
    return static_cast<std::uint32_t>(found * 1'000 / static_cast<std::ptrdiff_t>(form.evidence.size()));
}

TemplateReading read_by_template(const FormTemplate& form, Sheet sheet) { return TemplateReader(form, std::move(sheet)).read(); }

}  // namespace rightsdesk::paper
