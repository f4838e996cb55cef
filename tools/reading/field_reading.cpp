#include "reading/field_reading.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "paper/field_meaning.h"
#include "reading/figures.h"
#include "reading/misreadings.h"

namespace rightsdesk::reading {

namespace {

// Sizes of the further looks: other sizes are other pictures to a recogniser, and its mistakes differ.
constexpr std::array<int, 5> kPercents = {60, 75, 100, 50, 130};
constexpr std::array<int, 2> kDigitPercents = {100, 70};
constexpr int kLeastLooks = 3;            // that agree
constexpr int kForEachAgainst = 4;        // of them for each that contradicts
constexpr int kWhiteAround = 12;          // pixels
constexpr int kBesideLine = 4;
constexpr std::size_t kShortestTitle = 6;  // letters
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

std::string digits_only(const std::string& text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char letter) { return letter >= '0' && letter <= '9'; });
    return digits;
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

FieldReader::Look FieldReader::again(const std::string& field, const std::vector<Picture>& lines, int percent) {
    Look look{{}, 100};
    for (const Picture& line : lines) {
        Picture cut(percent == 100 ? pixClone(line.get()) : pixScale(line.get(), static_cast<float>(percent) / 100, static_cast<float>(percent) / 100));
        if (cut) cut.reset(pixAddBorder(cut.get(), kWhiteAround, 255));
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

void FieldReader::weigh(const std::string& field, Look& look, int tall) {
    const auto meaning = meaning_of(field, look.text);
    look.clear = meaning.has_value() && is_well_formed(field, look.text);
    look.value = meaning.value_or("");
    // A comma that was taken for a digit leaves more digits than there are letters of their height.
    if (look.clear && kind_of(field) == Kind::kNumber && static_cast<int>(digits_in(look.text)) > tall) look.clear = false;
}

// A number read once more from its digits alone: it speaks for the looks that saw the same digits, or, where the number has no
// other signs, for itself.
void FieldReader::add_digits(const std::string& field, const std::vector<Picture>& digits, std::vector<Look>& looks) {
    for (const int percent : kDigitPercents) {
        const Look seen = again(field, digits, percent);
        const std::string only = digits_only(seen.text);
        if (only.empty() || only.size() + 2 < seen.text.size()) return;
        const auto same = std::find_if(looks.begin(), looks.end(), [&](const Look& look) { return look.clear && digits_only(look.text) == only; });
        if (same != looks.end()) {
            looks.push_back(*same);
            continue;
        }
        Look own{only, seen.confidence};
        const bool count = field != "aggregate_cents" && field != "subscription_price";
        own.clear = count && meaning_of(field, only).has_value();
        own.value = own.clear ? *meaning_of(field, only) : "";
        looks.push_back(std::move(own));
    }
}

void FieldReader::add_looks(const std::string& field, std::uint32_t page, const std::vector<Area>& areas, std::vector<Look>& looks) {
    const CleanPage& clean = pages_.clean[page - 1];
    const bool number = kind_of(field) == Kind::kNumber;
    std::vector<Picture> lines;
    std::vector<Picture> digits;
    int tall = 0;
    for (const Area& area : areas) {
        Box* box = boxCreate(area.left - kBesideLine, area.top - kBesideLine, area.width + 2 * kBesideLine, area.height + 2 * kBesideLine);
        Picture cut(pixClipRectangle(clean.grey.get(), box, nullptr));
        const Picture letters(pixClipRectangle(clean.letters.get(), box, nullptr));
        boxDestroy(&box);
        if (!cut || !letters) return;
        Figures figures = number ? figures_of(cut.get(), letters.get()) : Figures{};
        tall += figures.tall;
        if (number) cut = std::move(figures.whole);
        // Ragged edges, a fax's own, are smoothed.
        lines.emplace_back(pixBlockconv(cut.get(), 1, 1));
        if (number) digits.emplace_back(pixBlockconv(figures.digits.get(), 1, 1));
        if (!lines.back() || (number && !digits.back())) return;
    }
    weigh(field, looks.front(), tall);
    const auto add = [&](int percent) {
        looks.push_back(again(field, lines, percent));
        weigh(field, looks.back(), tall);
    };
    const auto agree = [&] { return std::all_of(looks.begin(), looks.end(), [&](const Look& look) { return look.clear && look.value == looks.front().value; }); };
    add(kPercents[0]);
    add(kPercents[1]);
    const bool words = std::any_of(looks.front().text.begin(), looks.front().text.end(), [](char letter) { return letter >= 'a' && letter <= 'z'; });
    if (number && !words) add_digits(field, digits, looks);
    for (std::size_t next = 2; next < kPercents.size() && !agree(); ++next) add(kPercents[next]);
}

std::vector<FieldReader::Look> FieldReader::look_at(const paper::TemplateReading& form, const paper::FieldPlace& place) {
    std::vector<Look> looks = {first_of(form, place)};
    add_looks(place.field, form.sheet.words[place.words.front()].page, lines_of(form, place), looks);
    return looks;
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

// The issuer's name is the form's title too, in capitals, where "rn" is no m.
bool FieldReader::stands_as_title(const std::string& issuer) const {
    std::string wanted;
    for (const char letter : issuer) {
        if (letter != ' ') wanted.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(letter))));
    }
    std::string all;
    for (const PageWord& word : pages_.words) all += word.text;
    return wanted.size() >= kShortestTitle && all.find(wanted) != std::string::npos;
}

std::map<std::string, int> FieldReader::with_title(const std::map<std::string, int>& votes, std::map<std::string, std::string>& texts) const {
    std::map<std::string, int> all = votes;
    for (const auto& [value, count] : votes) {
        for (auto at = value.find('m'); at != std::string::npos; at = value.find('m', at + 1)) {
            std::string other = value;
            other.replace(at, 1, "rn");
            if (!stands_as_title(other)) continue;
            // These looks saw one letter where the title has two.
            all[other] += std::exchange(all[value], 0) + kTitleVotes;
            texts.emplace(other, other);
        }
        if (stands_as_title(value)) all[value] += kTitleVotes;
    }
    std::erase_if(all, [](const auto& one) { return one.second == 0; });
    return all;
}

void FieldReader::decide(const paper::TemplateReading& form, const std::vector<const paper::FieldPlace*>& places, PageReading& read) {
    FieldReading field;
    field.field = places.front()->field;
    std::map<std::string, int> votes;
    std::map<std::string, std::string> texts;  // one for each value
    int unclear = 0;                           // looks that say nothing clear
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
                ++unclear;
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
    if (field.field == "issuer") votes = with_title(votes, texts);
    settle(field, votes, unclear, read, texts);
}

// Certain is what enough looks agree on, and hardly one contradicts. What cannot be understood speaks against no value.
void FieldReader::settle(FieldReading& field, std::map<std::string, int> votes, int unclear, PageReading& read, const std::map<std::string, std::string>& texts) const {
    const auto best = std::max_element(votes.begin(), votes.end(), [](const auto& one, const auto& other) { return one.second < other.second; });
    int against = 0;
    for (const auto& [value, count] : votes) against += count;
    bool certain = false;
    if (best != votes.end()) {
        against -= best->second;
        field.confidence = static_cast<std::uint32_t>(best->second * 1'000 / (best->second + against + unclear));
        if (const auto text = texts.find(best->first); text != texts.end()) field.text = text->second;
        certain = best->second >= kLeastLooks && best->second >= against * kForEachAgainst && best->second + 1 >= unclear;
    }
    if (certain && paper::set_field(read.fields, field.field, field.text) != paper::Meaning::kUnclear) {
        field.candidates.clear();
    } else {
        read.missing.push_back(field.field);
    }
    read.readings.push_back(std::move(field));
}

}  // namespace rightsdesk::reading
