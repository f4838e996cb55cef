#include "reading/field_reading.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>

#include "paper/field_meaning.h"
#include "reading/misreadings.h"

namespace rightsdesk::reading {

namespace {

// Sizes of the further looks: other sizes are other pictures to a recogniser, and its mistakes differ.
constexpr std::array<int, 5> kPercents = {60, 75, 100, 50, 130};
constexpr std::size_t kLeastLooks = 3;    // that agree, where none differs
constexpr int kMarginOfVotes = 2;         // of the value over all others together, where some differ
constexpr int kTitleVotes = 4;            // of the form's title, for the issuer's name
constexpr std::size_t kMostCandidates = 6;
constexpr int kInkPixels = kAcross / 4;  // on an empty blank: less is dirt

Area joined_area(const Area& one, const Area& other) {
    const int left = std::min(one.left, other.left);
    const int top = std::min(one.top, other.top);
    return {left, top, std::max(one.right(), other.right()) - left, std::max(one.bottom(), other.bottom()) - top};
}

void add_candidate(std::vector<std::string>& candidates, const std::string& text) {
    const bool known = std::find(candidates.begin(), candidates.end(), text) != candidates.end();
    if (!known && !text.empty() && candidates.size() < kMostCandidates) candidates.push_back(text);
}

// What a text means for a field, as a text: nothing where it is unclear; empty where it says that there is nothing.
std::optional<std::string> meaning_of(const std::string& field, const std::string& text) {
    domain::NoticeFields fields;
    switch (paper::set_field(fields, field, text)) {
        case paper::Meaning::kValue: return paper::value_text(fields, field);
        case paper::Meaning::kNothing: return std::string();
        case paper::Meaning::kUnclear: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Place place_on(const CleanPage& page, std::uint32_t number, const Area& area) {
    const int width = std::max(1, pixGetWidth(page.grey.get()));
    const int height = std::max(1, pixGetHeight(page.grey.get()));
    const auto part = [](int at, int whole) { return static_cast<std::uint32_t>(std::clamp(at, 0, whole) * 1'000 / whole); };
    return {number, part(area.left, width), part(area.top, height), part(area.width, width), part(area.height, height)};
}

FieldReader::Look FieldReader::first_of(const paper::TemplateReading& form, const paper::FieldPlace& place) const {
    Look look{mended(place.field, place.text), 100};
    for (const std::size_t word : place.words) look.confidence = std::min(look.confidence, pages_.words[form.sheet.words[word].source].confidence);
    return look;
}

std::vector<Area> FieldReader::lines_of(const paper::TemplateReading& form, const paper::FieldPlace& place) const {
    std::vector<Area> lines;
    std::size_t at = 0;
    for (const std::size_t count : place.breaks) {
        std::optional<Area> line;
        for (std::size_t end = at + count; at < end; ++at) {
            const paper::SheetWord& word = form.sheet.words[place.words[at]];
            const Area area{word.left, word.top, word.right - word.left, word.bottom - word.top};
            line = line ? joined_area(*line, area) : area;
        }
        if (line) lines.push_back(*line);
    }
    return lines;
}

FieldReader::Look FieldReader::again(const std::string& field, std::uint32_t page, const std::vector<Area>& lines, int percent) {
    Look look{{}, 100};
    for (const Area& line : lines) {
        Picture cut = cut_out(pages_.clean[page - 1].grey.get(), line, 100);
        // Ragged edges, a fax's own, are smoothed; then it is made as large as this look wants it.
        if (cut) cut.reset(pixBlockconv(cut.get(), 1, 1));
        if (cut && percent != 100) cut.reset(pixScale(cut.get(), static_cast<float>(percent) / 100, static_cast<float>(percent) / 100));
        if (!cut) return {};
        if (!look.text.empty()) look.text += '\n';
        bool first = true;
        for (const SeenWord& word : plain_.words_in(cut.get(), Recogniser::Shape::kLine, kAcross * percent / 100)) {
            look.text += (first ? "" : " ") + word.text;
            look.confidence = std::min(look.confidence, word.confidence);
            first = false;
        }
    }
    look.text = mended(field, look.text);
    return look;
}

// Letters of full height in a number's picture: commas and points are low. Those that touch are as many as their width says.
int FieldReader::tall_letters(std::uint32_t page, const std::vector<Area>& lines) const {
    int count = 0;
    for (const Area& line : lines) {
        Box* box = boxCreate(line.left - 2, line.top - 2, line.width + 4, line.height + 4);
        const Picture cut(pixClipRectangle(pages_.clean[page - 1].letters.get(), box, nullptr));
        boxDestroy(&box);
        const Boxes boxes(cut ? pixConnCompBB(cut.get(), 8) : nullptr);
        std::vector<Area> tall;
        int most = 0;
        for (int index = 0; boxes && index < boxaGetCount(boxes.get()); ++index) {
            Area area;
            boxaGetBoxGeometry(boxes.get(), index, &area.left, &area.top, &area.width, &area.height);
            most = std::max(most, area.height);
            tall.push_back(area);
        }
        std::erase_if(tall, [&](const Area& area) { return area.height * 10 < most * 7; });
        std::vector<int> widths;
        widths.reserve(tall.size());
        for (const Area& area : tall) widths.push_back(area.width);
        if (widths.empty()) continue;
        std::nth_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2), widths.end());
        const int usual = std::max(1, widths[widths.size() / 2]);
        for (const Area& area : tall) count += std::max(1, (area.width + usual / 3) / usual);
    }
    return count;
}

void FieldReader::weigh(const std::string& field, Look& look, std::uint32_t page, const std::vector<Area>& lines) const {
    const auto meaning = meaning_of(field, look.text);
    look.clear = meaning.has_value() && is_well_formed(field, look.text);
    look.value = meaning.value_or("");
    // A comma that was taken for a digit leaves more digits than there are letters of their height.
    const bool figures = kind_of(field) == Kind::kNumber && digits_in(look.text) > 0;
    if (look.clear && figures && static_cast<int>(digits_in(look.text)) > tall_letters(page, lines)) look.clear = false;
}

std::vector<FieldReader::Look> FieldReader::look_at(const paper::TemplateReading& form, const paper::FieldPlace& place) {
    const std::uint32_t page = form.sheet.words[place.words.front()].page;
    const std::vector<Area> lines = lines_of(form, place);
    std::vector<Look> looks = {first_of(form, place)};
    weigh(place.field, looks.front(), page, lines);
    for (const int percent : kPercents) {
        const bool agree = std::all_of(looks.begin(), looks.end(), [&](const Look& look) { return look.clear && look.value == looks.front().value; });
        if (looks.size() >= kLeastLooks && agree) break;
        looks.push_back(again(place.field, page, lines, percent));
        weigh(place.field, looks.back(), page, lines);
    }
    return looks;
}

// The issuer's name is the form's title too, in capitals.
bool FieldReader::stands_as_title(const std::string& issuer) const {
    std::string wanted;
    for (const char letter : issuer) {
        if (letter != ' ') wanted.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(letter))));
    }
    std::string all;
    for (const PageWord& word : pages_.words) all += word.text;
    return wanted.size() >= 6 && all.find(wanted) != std::string::npos;
}

bool FieldReader::has_ink(const paper::SheetArea& blank) const {
    const CleanPage& page = pages_.clean[blank.page - 1];
    // Not up to the ends: labels and brackets reach in there.
    const int inset = kAcross / 30;
    Box* box = boxCreate(blank.left + inset, blank.bottom - kAcross / 12, std::max(1, blank.right - blank.left - 2 * inset), kAcross / 12 - 4);
    const Picture cut(pixClipRectangle(page.letters.get(), box, nullptr));
    boxDestroy(&box);
    l_int32 count = 0;
    return cut && pixCountPixels(cut.get(), &count, nullptr) == 0 && count > kInkPixels;
}

void FieldReader::decide(const paper::TemplateReading& form, const std::vector<const paper::FieldPlace*>& places, PageReading& read) {
    FieldReading field;
    field.field = places.front()->field;
    std::map<std::string, int> votes;
    std::map<std::string, std::string> texts;  // one for each value
    int others = 0;                            // looks that say nothing clear
    bool something = false;
    for (const paper::FieldPlace* place : places) {
        if (place->words.empty()) {
            something = something || std::any_of(place->blanks.begin(), place->blanks.end(), [&](const auto& blank) { return has_ink(blank); });
            if (!field.place && !place->blanks.empty()) {
                const paper::SheetArea& blank = place->blanks.front();
                field.place = place_on(pages_.clean[blank.page - 1], blank.page, {blank.left, blank.top, blank.right - blank.left, blank.bottom - blank.top});
            }
            continue;
        }
        something = true;
        for (const Look& look : look_at(form, *place)) {
            add_candidate(field.candidates, look.text);
            if (look.clear) {
                ++votes[look.value];
                texts.emplace(look.value, look.text);
            } else {
                ++others;
            }
        }
        if (field.text.empty()) {
            const std::uint32_t page = form.sheet.words[place->words.front()].page;
            const std::vector<Area> lines = lines_of(form, *place);
            Area whole = lines.front();
            for (const Area& line : lines) whole = joined_area(whole, line);
            field.text = mended(field.field, place->text);
            field.place = place_on(pages_.clean[page - 1], page, whole);
        }
    }
    if (!something) return;
    if (field.field == "issuer") {
        for (auto& [value, count] : votes) count += stands_as_title(value) ? kTitleVotes : 0;
    }
    const auto best = std::max_element(votes.begin(), votes.end(), [](const auto& one, const auto& other) { return one.second < other.second; });
    int against = others;
    for (const auto& [value, count] : votes) against += count;
    if (best != votes.end()) {
        against -= best->second;
        field.confidence = static_cast<std::uint32_t>(best->second * 1'000 / (best->second + against));
        field.text = texts[best->first];
    }
    const bool certain = best != votes.end() && best->second >= static_cast<int>(kLeastLooks) && best->second >= against + (against > 0 ? kMarginOfVotes : 0);
    if (certain) {
        paper::set_field(read.fields, field.field, field.text);
        field.candidates.clear();
    } else {
        read.missing.push_back(field.field);
    }
    read.readings.push_back(std::move(field));
}

}  // namespace rightsdesk::reading
