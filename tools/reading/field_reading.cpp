#include "reading/field_reading.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "paper/field_meaning.h"
#include "paper/page.h"

namespace rightsdesk::reading {

namespace {

// Enlargements of the further readings: other sizes are other pictures to a recogniser, and its mistakes differ.
constexpr std::array<int, 2> kPercents = {75, 140};
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

FieldReader::Reading FieldReader::first_of(const paper::TemplateReading& form, const paper::FieldPlace& place) const {
    Reading reading{place.text, place.words.empty() ? 0 : 100};
    for (const std::size_t word : place.words) reading.confidence = std::min(reading.confidence, pages_.words[form.sheet.words[word].source].confidence);
    return reading;
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

FieldReader::Reading FieldReader::again(std::uint32_t page, const std::vector<Area>& lines, int percent) {
    Reading reading{{}, 100};
    for (const Area& line : lines) {
        const Picture cut = cut_out(pages_.clean[page - 1].grey.get(), line, percent);
        if (!cut) return {};
        if (!reading.text.empty()) reading.text += '\n';
        bool first = true;
        for (const SeenWord& word : plain_.words_in(cut.get(), Recogniser::Shape::kLine, kAcross * percent / 100)) {
            reading.text += (first ? "" : " ") + word.text;
            reading.confidence = std::min(reading.confidence, word.confidence);
            first = false;
        }
    }
    return reading;
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
    int readings = 0;
    int least = 100;
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
        const std::uint32_t page = form.sheet.words[place->words.front()].page;
        const std::vector<Area> lines = lines_of(form, *place);
        std::vector<Reading> all = {first_of(form, *place)};
        for (const int percent : kPercents) all.push_back(again(page, lines, percent));
        if (field.text.empty()) {
            field.text = all.front().text;
            Area whole = lines.front();
            for (const Area& line : lines) whole = joined_area(whole, line);
            field.place = place_on(pages_.clean[page - 1], page, whole);
        }
        for (const Reading& reading : all) {
            add_candidate(field.candidates, reading.text);
            ++readings;
            least = std::min(least, reading.confidence);
            if (const auto meaning = meaning_of(field.field, reading.text)) ++votes[*meaning];
        }
    }
    if (!something) return;
    const auto best = std::max_element(votes.begin(), votes.end(), [](const auto& one, const auto& other) { return one.second < other.second; });
    const bool certain = best != votes.end() && best->second == readings;
    field.confidence = best == votes.end() ? 0 : static_cast<std::uint32_t>(best->second * 1'000 / readings);
    if (certain) {
        if (paper::set_field(read.fields, field.field, field.text) != paper::Meaning::kUnclear) field.candidates.clear();
    } else {
        read.missing.push_back(field.field);
    }
    read.readings.push_back(std::move(field));
}

}  // namespace rightsdesk::reading
