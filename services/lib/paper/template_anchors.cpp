#include "paper/template_anchors.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string_view>
#include <utility>

#include "paper/letters.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kWidestBetween = 400;  // squeezed letters between two pieces of the form's words
constexpr std::size_t kWidestBackwards = 100;  // the same, from the words that end the blank
constexpr std::size_t kMostRepeats = 4;
constexpr std::int32_t kWidestGap = 3;       // heights of a word of small letters, between two words of a typewriter's
constexpr std::size_t kMostLeft = 2;         // letters of a word that the form's own words all but fill

class AnchorFinder {
public:
    AnchorFinder(const FormTemplate& form, const WordStream& stream, const std::vector<SheetWord>& words) : form_(form), stream_(stream), words_(words) {}

    Anchors find() {
        find_sections();
        for (const FieldRule& rule : form_.fields) find_field(rule);
        for (const ChoiceRule& choice : form_.choices) find_choice(choice);
        for (const std::string& words : form_.printed) {
            std::size_t from = 0;
            while (const auto found = stream_.find(words, from, stream_.size(), true)) {
                anchors_.own.push_back(*found);
                from = found->end;
            }
        }
        for (std::size_t index = 0; index < form_.fields.size(); ++index) find_beside_others(index);
        return std::move(anchors_);
    }

private:
    void find_sections() {
        std::size_t from = 0;
        std::vector<std::string> open;  // the last one found, and those behind it that were not
        for (const SectionRule& section : form_.sections) {
            const auto found = stream_.find_any(section.from, from, stream_.size(), true);
            if (!found) {
                // It begins somewhere behind the last one's first words, and ends where the next one begins.
                anchors_.sections[section.name] = {from, stream_.size()};
                open.push_back(section.name);
                continue;
            }
            const std::size_t begin = std::max(from, begin_of_row(found->begin));
            for (const std::string& last : open) anchors_.sections[last].end = begin;
            anchors_.sections[section.name] = {begin, stream_.size()};
            open = {section.name};
            from = found->end;
        }
    }

    // A section's first words may come behind others of their row, where something hangs on them that reaches in under these.
    [[nodiscard]] std::size_t begin_of_row(std::size_t at) const {
        std::size_t word = stream_.place_of(at).word;
        const SheetWord& first = words_[word];
        for (std::size_t before = word; before-- > 0;) {
            if (stands_beside(words_[before], first)) word = before;
            else if (has_letter_or_digit(words_[before].text)) break;  // and no speck
        }
        return std::min(at, stream_.offset_of(word));
    }

    [[nodiscard]] static bool stands_beside(const SheetWord& word, const SheetWord& other) {
        const std::int32_t middle = (word.top + word.bottom) / 2;
        return word.page == other.page && middle >= other.top && middle <= other.bottom;
    }

    // Where a rule looks; empty where its section is not on the form.
    [[nodiscard]] Span range_of(const std::string& section) const {
        if (section.empty()) return {0, stream_.size()};
        const auto found = anchors_.sections.find(section);
        return found == anchors_.sections.end() ? Span{} : found->second;
    }

    void find_field(const FieldRule& rule) {
        const Span range = range_of(rule.section);
        std::vector<Span> labels;
        std::vector<std::optional<Span>> untils;
        std::size_t from = range.begin;
        while (labels.size() < (rule.repeated ? kMostRepeats : 1)) {
            const auto label = stream_.find_any(rule.words, from, range.end, rule.stands != Stands::kBetween);
            if (!label) break;
            from = label->end;
            if (is_of_another(rule, *label)) continue;
            std::optional<Span> until;
            if (rule.stands == Stands::kBetween) {
                until = stream_.find_any(rule.until, label->end, std::min(range.end, label->end + kWidestBetween), false);
                if (!until || has_no_room(*label, *until)) continue;
                until = with_begun_word(*until);
                anchors_.own.push_back(*until);
            }
            const Span whole = with_marks(rule, *label);
            anchors_.own.push_back(whole);
            labels.push_back(whole);
            untils.push_back(until);
        }
        if (labels.empty() && rule.stands == Stands::kBetween) find_backwards(rule, range, labels, untils);
        anchors_.labels.push_back(std::move(labels));
        anchors_.untils.push_back(std::move(untils));
    }

    // Words that follow each other as in any sentence have no blank between them: the form says so again without one.
    [[nodiscard]] bool has_no_room(Span label, Span until) const {
        if (until.begin != label.end) return false;
        const SheetWord& before = words_[stream_.place_of(label.end - 1).word];
        const SheetWord& behind = words_[stream_.place_of(until.begin).word];
        return before.line == behind.line && behind.left - before.right <= (before.bottom - before.top) * kWidestGap;
    }

    // "Date of transfer" is, misread, in "Name of transferor" too: what another rule has word for word, and
    // no less of it, is that one's.
    [[nodiscard]] bool is_of_another(const FieldRule& rule, Span label) const {
        const auto is_exact_there = [&](const std::string& words) {
            const std::size_t from = label.begin - std::min(label.begin, words.size());
            const auto found = stream_.find_exact(words, from, std::min(stream_.size(), label.end + words.size()), true);
            return found && found->begin < label.end && label.begin < found->end && found->end - found->begin >= label.end - label.begin;
        };
        if (std::any_of(rule.words.begin(), rule.words.end(), is_exact_there)) return false;
        return std::any_of(form_.fields.begin(), form_.fields.end(), [&](const FieldRule& other) {
            return other.field != rule.field && std::any_of(other.words.begin(), other.words.end(), is_exact_there);
        });
    }

    // The words before a blank may stand on the form again, read better there, with nothing of this blank behind them. Then what ends
    // the blank says where it is.
    void find_backwards(const FieldRule& rule, Span range, std::vector<Span>& labels, std::vector<std::optional<Span>>& untils) {
        const auto until = stream_.find_any(rule.until, range.begin, range.end, true);
        if (!until) return;
        const std::size_t from = until->begin - std::min(until->begin - range.begin, kWidestBackwards);
        const auto label = stream_.find_any(rule.words, from, until->begin, true);
        if (!label) return;
        labels.push_back(with_marks(rule, *label));
        untils.emplace_back(with_begun_word(*until));
        anchors_.own.insert(anchors_.own.end(), {labels.back(), *untils.back()});
    }

    // A label's colon is the label's; and so are the one or two letters that are left of its last word, misread: "No.(s}".
    [[nodiscard]] Span with_marks(const FieldRule& rule, Span span) const {
        if (!ends_with_figure(rule)) span = without_begun_figures(span);
        if (span.end < stream_.size()) {
            const std::size_t next = stream_.offset_of(stream_.place_of(span.end - 1).word + 1);
            // Figures are no letters of a label: "representing26" is the form's word and a value's first two.
            if (next - span.end <= kMostLeft && !has_figure({span.end, next})) span.end = next;
        }
        const auto is_mark_behind = [&](std::size_t at) {
            const SheetWord& before = words_[stream_.place_of(at - 1).word];
            const SheetWord& word = words_[stream_.place_of(at).word];
            // Specks stand further off; what is read as a mark and is as wide as a word is one that was not read.
            const std::int32_t high = before.bottom - before.top;
            const bool alone = stream_.place_of(at).letter == 0 && word.text.size() == 1;
            const bool near = word.line == before.line && word.left - before.right <= high * 3 / 2 && (!alone || word.right - word.left <= high);
            return near && std::string_view(":.)").find(stream_.letter(at)) != std::string_view::npos;
        };
        while (span.end < stream_.size() && is_mark_behind(span.end)) ++span.end;
        return span;
    }

    // A label that lost its last letter is found with the value's first figure for it: the figure is the value's.
    [[nodiscard]] Span without_begun_figures(Span span) const {
        const std::size_t word = stream_.place_of(span.end - 1).word;
        const std::size_t begin = stream_.offset_of(word);
        const bool begun = begin > span.begin && span.end - begin <= kMostLeft && span.end < stream_.offset_of(word + 1);
        if (begun && has_figure({begin, span.end})) span.end = begin;
        return span;
    }

    // "Price for lines 2 and 3:" has a figure of its own.
    [[nodiscard]] static bool ends_with_figure(const FieldRule& rule) {
        return std::any_of(rule.words.begin(), rule.words.end(), [](const std::string& words) {
            const std::size_t last = words.find_last_not_of(" :.");
            return last != std::string::npos && std::isdigit(static_cast<unsigned char>(words[last])) != 0;
        });
    }

    // The same in front of the words that end a blank.
    [[nodiscard]] Span with_begun_word(Span span) const {
        const std::size_t begin = stream_.offset_of(stream_.place_of(span.begin).word);
        if (span.begin - begin <= kMostLeft && !has_figure({begin, span.begin})) span.begin = begin;
        return span;
    }

    [[nodiscard]] bool has_figure(Span span) const {
        for (std::size_t at = span.begin; at < span.end; ++at) {
            if (stream_.is_figure(at)) return true;
        }
        return false;
    }

    // Captions stand in rows. Of a short one a bad line may leave too little for it to be known anywhere, "(Nanie of Fim)", but enough
    // beside another of its section.
    void find_beside_others(std::size_t index) {
        const FieldRule& rule = form_.fields[index];
        if (rule.stands != Stands::kAbove || !anchors_.labels[index].empty()) return;
        for (std::size_t other = 0; other < form_.fields.size(); ++other) {
            if (form_.fields[other].stands != Stands::kAbove || form_.fields[other].section != rule.section) continue;
            for (const Span& label : anchors_.labels[other]) {
                const auto found = find_in_row(rule.words, words_[stream_.place_of(label.begin).word]);
                if (!found) continue;
                anchors_.labels[index].push_back(with_marks(rule, *found));
                anchors_.untils[index].emplace_back();
                anchors_.own.push_back(anchors_.labels[index].back());
                return;
            }
        }
    }

    // Any of the phrases, more or less, among the words at the height of one that are not the form's already.
    [[nodiscard]] std::optional<Span> find_in_row(const std::vector<std::string>& phrases, const SheetWord& beside) const {
        for (std::size_t first = 0; first < words_.size();) {
            std::size_t next = first;
            while (next < words_.size() && stands_beside(words_[next], beside) && !is_own(next)) ++next;
            const Span run{stream_.offset_of(first), stream_.offset_of(next)};
            for (const std::string& phrase : phrases) {
                if (run.begin == run.end) break;
                if (const auto found = stream_.find_roughly(phrase, run.begin, run.end)) return found;
            }
            first = std::max(next, first + 1);
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is_own(std::size_t word) const {
        const Span place{stream_.offset_of(word), stream_.offset_of(word + 1)};
        return std::any_of(anchors_.own.begin(), anchors_.own.end(), [&](const Span& own) { return own.begin < place.end && place.begin < own.end; });
    }

    void find_choice(const ChoiceRule& choice) {
        const Span range = range_of(choice.section);
        std::vector<std::optional<Span>> options;
        options.reserve(choice.options.size());
        std::size_t from = range.begin;
        for (const OptionRule& option : choice.options) {
            const auto found = stream_.find_any(option.words, from, range.end, true);
            options.push_back(found);
            if (!found) continue;
            anchors_.own.push_back(*found);
            from = found->end;
        }
        find_between_others(choice, range, options);
        anchors_.options.push_back(std::move(options));
    }

    // Of an option that is not known anywhere enough may be left to be known between its neighbours; where one of these is missing too
    // nothing says which of them it is.
    void find_between_others(const ChoiceRule& choice, Span range, std::vector<std::optional<Span>>& options) {
        for (std::size_t index = 0; index < options.size(); ++index) {
            const bool is_first = index == 0;
            const bool is_last = index + 1 == options.size();
            if (options[index] || (is_first && is_last) || (!is_first && !options[index - 1]) || (!is_last && !options[index + 1])) continue;
            const std::size_t from = !is_first ? options[index - 1]->end : std::max(range.begin, options[1]->begin - std::min(options[1]->begin, kWidestBackwards));
            const std::size_t until = !is_last ? options[index + 1]->begin : std::min(range.end, from + kWidestBackwards);
            for (const std::string& words : choice.options[index].words) {
                options[index] = stream_.find_roughly(words, from, until);
                if (options[index]) break;
            }
            if (options[index]) anchors_.own.push_back(*options[index]);
        }
    }

    const FormTemplate& form_;
    const WordStream& stream_;
    const std::vector<SheetWord>& words_;
    Anchors anchors_;
};

}  // namespace

Anchors find_anchors(const FormTemplate& form, const WordStream& stream, const std::vector<SheetWord>& words) { return AnchorFinder(form, stream, words).find(); }

bool part_words(std::vector<SheetWord>& words, const WordStream& stream, const std::vector<Span>& own) {
    std::map<std::size_t, std::vector<std::size_t>> cuts;  // letters, by word
    const auto cut_before = [&](std::size_t at) {
        if (at >= stream.size()) return;
        const LetterPlace place = stream.place_of(at);
        if (place.letter > 0) cuts[place.word].push_back(place.letter);
    };
    for (const Span& span : own) {
        cut_before(span.begin);
        cut_before(span.end);
    }
    bool parted = false;
    std::vector<SheetWord> all;
    all.reserve(words.size() + own.size());
    for (std::size_t index = 0; index < words.size(); ++index) {
        const SheetWord& word = words[index];
        const auto found = cuts.find(index);
        if (found == cuts.end() || word.text.empty()) {
            all.push_back(word);
            continue;
        }
        std::vector<std::size_t> at = found->second;
        at.push_back(0);
        at.push_back(word.text.size());
        std::sort(at.begin(), at.end());
        at.erase(std::unique(at.begin(), at.end()), at.end());
        const auto width = word.right - word.left;
        const auto letters = static_cast<std::int32_t>(word.text.size());
        for (std::size_t piece = 0; piece + 1 < at.size(); ++piece) {
            SheetWord part = word;
            part.text = word.text.substr(at[piece], at[piece + 1] - at[piece]);
            part.left = word.left + width * static_cast<std::int32_t>(at[piece]) / letters;
            part.right = word.left + width * static_cast<std::int32_t>(at[piece + 1]) / letters;
            all.push_back(std::move(part));
        }
        parted = true;
    }
    words = std::move(all);
    return parted;
}

}  // namespace rightsdesk::paper
