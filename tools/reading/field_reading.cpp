#include "reading/field_reading.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "paper/field_meaning.h"
#include "paper/letters.h"
#include "reading/blank_ink.h"
#include "reading/concluding.h"
#include "reading/figures.h"
#include "reading/misreadings.h"
#include "reading/well_formed.h"

namespace rightsdesk::reading {

namespace {

// Sizes of the further looks: other sizes are other pictures to a recogniser, and its mistakes differ.
constexpr std::array<int, 5> kPercents = {60, 75, 100, 50, 130};
constexpr std::array<int, 5> kStandardPercents = {75, 100, 60, 130, 50};  // of pages with half the rows
constexpr std::array<int, 3> kDigitPercents = {100, 70, 130};
constexpr std::ptrdiff_t kLettersOfWord = 3;
constexpr std::size_t kShortestKnown = 4;
constexpr int kWhiteAround = 12;          // pixels
constexpr int kBesideLine = 4;
constexpr std::size_t kShortestTitle = 6;  // letters
constexpr int kLooksOfConfirmed = 2;       // at a name that stands elsewhere too
constexpr std::ptrdiff_t kFewestLooks = 3; // of the recogniser's own
constexpr std::ptrdiff_t kLooksOfUnsure = 4;
constexpr double kUnsure = 0.5;            // the network
constexpr int kTitleVotes = 4;            // of the form's title, for the issuer's name
constexpr std::size_t kMostCandidates = 6;
// Letters and signs that a number in digits has none of, and what they are of it.
constexpr std::array<std::pair<char, char>, 4> kInNumbers = {{{'O', '0'}, {'o', '0'}, {'l', '1'}, {'I', '1'}}};
constexpr std::array<std::pair<char, char>, 6> kInTelephones = {{{'O', '0'}, {'o', '0'}, {'l', '1'}, {'I', '1'}, {'S', '5'}, {'$', '5'}}};

Area joined_area(const Area& one, const Area& other) {
    const int left = std::min(one.left, other.left);
    const int top = std::min(one.top, other.top);
    return {left, top, std::max(one.right(), other.right()) - left, std::max(one.bottom(), other.bottom()) - top};
}

void add_candidate(std::vector<std::string>& candidates, const std::string& text) {
    const bool known = std::find(candidates.begin(), candidates.end(), text) != candidates.end();
    if (!known && !text.empty() && candidates.size() < kMostCandidates) candidates.push_back(text);
}

// A telephone's number is parted by points or by dashes; where two low marks stand and two dashes were read, nobody knows.
bool has_points_for_dashes(const std::string& text, int low) {
    return low == 2 && std::count(text.begin(), text.end(), '-') == 2 && std::count(text.begin(), text.end(), '.') == 0;
}

// A g whose foot no look saw, an a: more letters hang below a line than the text has such.
bool lacks_hanging(const std::string& text, const std::vector<int>& hanging) {
    std::size_t begin = 0;
    for (const int count : hanging) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const auto such = std::count_if(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end),
                                        [](char letter) { return std::string_view("gjpqy").find(letter) != std::string_view::npos; });
        if (count > such) return true;
        if (end == text.size()) return false;
        begin = end + 1;
    }
    return false;
}

// "five hundred thousand (500,000)"; a letter or two are misread stars.
bool is_in_words(const std::string& text) {
    int run = 0;
    return std::any_of(text.begin(), text.end(), [&run](char letter) { return (run = std::isalpha(static_cast<unsigned char>(letter)) != 0 ? run + 1 : 0) >= 4; });
}

// As it lay before `turns` quarter turns clockwise.
domain::ReadPlace turned_back(const domain::ReadPlace& upright, int turns) {
    const std::uint32_t right = 1'000 - upright.left - upright.width;
    const std::uint32_t below = 1'000 - upright.top - upright.height;
    switch (turns) {
        case 1: return {upright.page, upright.top, right, upright.height, upright.width};
        case 2: return {upright.page, right, below, upright.width, upright.height};
        case 3: return {upright.page, below, upright.left, upright.height, upright.width};
        default: return upright;
    }
}

bool has_figure(const std::string& text) { return text.find_first_of("0123456789") != std::string::npos; }

// Without what is left of a rule before and behind a line's letters.
std::string_view without_remains(std::string_view line) {
    constexpr std::string_view kRemains = " _-.'`,=~";
    const std::size_t from = line.find_first_not_of(kRemains);
    if (from == std::string_view::npos) return line;
    const std::size_t to = line.find_last_not_of(" _-'`=~");
    // A number's own point, as in .50, is none.
    const std::size_t begin = from > 0 && line[from - 1] == '.' && std::isdigit(static_cast<unsigned char>(line[from])) != 0 ? from - 1 : from;
    return line.substr(begin, to + 1 - begin);
}

// How probable the network holds a text of several lines to be what was read.
double certainty_of(const std::string& text, const std::vector<LineReading>& readings) {
    double certainty = 1;
    std::size_t from = 0;
    for (const LineReading& reading : readings) {
        if (from > text.size()) return 0;
        const std::size_t to = std::min(text.find('\n', from), text.size());
        const std::string_view line = std::string_view(text).substr(from, to - from);
        certainty *= std::max(reading.certainty_of(line), reading.certainty_of(without_remains(line)));
        from = to + 1;
    }
    return from > text.size() ? certainty : 0;
}

// A word that has no figure but zeros has none: "Zer0".
std::string with_letters(std::string text) {
    const auto letters = std::count_if(text.begin(), text.end(), [](unsigned char letter) { return std::isalpha(letter) != 0; });
    if (letters >= kLettersOfWord && text.find_first_of("123456789") == std::string::npos) std::replace(text.begin(), text.end(), '0', 'o');
    return text;
}

// A letter O between figures is a zero where no code stands.
std::string with_zeros(std::string text) {
    const auto is_figure = [&](std::size_t at) { return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0; };
    const auto is_letter = [&](std::size_t at) { return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0; };
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == 'O' && is_figure(at + 1) && (at == 0 || !is_letter(at - 1))) text[at] = '0';
    }
    return text;
}

}  // namespace

// Whoever keys the notice sees the page as it came.
domain::ReadPlace place_on(const CleanPage& page, std::uint32_t number, const Area& area) {
    const int width = std::max(1, pixGetWidth(page.grey.get()));
    const int height = std::max(1, pixGetHeight(page.grey.get()));
    const auto part = [](int at, int whole) { return static_cast<std::uint32_t>(std::clamp(at, 0, whole) * 1'000 / whole); };
    const std::uint32_t left = part(area.left, width);
    const std::uint32_t top = part(area.top, height);
    // Words of a page may reach over its edge: what is cut off there is of no place.
    return turned_back({number, left, top, std::min(part(area.width, width), 1'000 - left), std::min(part(area.height, height), 1'000 - top)}, page.turned);
}

FieldReader::Look FieldReader::first_of(const paper::TemplateReading& form, const paper::FieldPlace& place) const {
    Look look{mended(place.field, place.text), 100};
    for (const std::size_t word : place.words) {
        const PageWord& seen = pages_.words[form.sheet.words[word].source];
        look.confidence = std::min(look.confidence, seen.confidence);
        look.borrowed = look.borrowed || seen.by_network;
    }
    return look;
}

std::vector<FieldReader::LinePlace> FieldReader::lines_of(const paper::TemplateReading& form, const paper::FieldPlace& place) {
    std::vector<LinePlace> lines;
    std::size_t at = 0;
    for (const std::size_t count : place.breaks) {
        std::optional<Area> line;
        std::uint32_t page = 1;
        for (std::size_t end = at + count; at < end; ++at) {
            const paper::SheetWord& word = form.sheet.words[place.words[at]];
            const Area area{word.left, word.top, word.right - word.left, word.bottom - word.top};
            line = line ? joined_area(*line, area) : area;
            page = word.page;
        }
        if (line) lines.push_back({page, *line});
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
    look.raw = look.text;
    look.text = mended(field, look.text);
    return look;
}

std::string FieldReader::with_known(const std::string& field, const std::string& text) const {
    if (kind_of(field) != Kind::kName && kind_of(field) != Kind::kAddress) return text;
    return with_known_letters(text, [&](const std::string& word) { return prose_.knows(word); });
}

void FieldReader::weigh(const std::string& field, Look& look, const Cut& cut) const {
    look.text = with_known(field, look.text);
    const auto meaning = meaning_of(field, look.text);
    look.clear = meaning.has_value() && is_well_formed(field, look.text);
    look.value = meaning.value_or("");
    // A comma that was taken for a digit leaves more digits than there are letters of their height.
    look.shapeless = !cut.digits.empty() && static_cast<int>(digits_in(look.text) + capitals_in(look.text)) > cut.tall;
    const Kind kind = kind_of(field);
    if ((kind == Kind::kName || kind == Kind::kAddress) && lacks_hanging(look.text, cut.hanging) && !is_of_known_words(look.text)) look.clear = false;
    if (look.shapeless || (kind == Kind::kTelephone && has_points_for_dashes(look.text, cut.low))) look.clear = false;
}

// A number read once more from its digits alone: it speaks for the looks that saw the same digits, or, where the number has no
// other signs, for itself.
void FieldReader::add_digits(const std::string& field, const Cut& cut, std::vector<Look>& looks) {
    for (const int percent : kDigitPercents) {
        const Look seen = again(field, cut.digits, percent);
        const std::string only = digits_only(seen.text);
        if (only.empty() || only.size() + 2 < seen.text.size()) return;
        const auto same = std::find_if(looks.begin(), looks.end(), [&](const Look& look) { return look.clear && digits_only(look.text) == only; });
        if (same != looks.end()) {
            looks.push_back(*same);
            continue;
        }
        Look own{only, seen.confidence};
        own.clear = is_count(field) && static_cast<int>(only.size()) == cut.tall && meaning_of(field, only).has_value();
        own.value = own.clear ? *meaning_of(field, only) : "";
        looks.push_back(std::move(own));
    }
}

FieldReader::Cut FieldReader::cut_lines(const std::string& field, const std::vector<LinePlace>& places, bool in_words) const {
    const bool number = kind_of(field) == Kind::kNumber;
    Cut cut;
    for (const auto& [page, area] : places) {
        const CleanPage& clean = pages_.clean[page - 1];
        const Area around{area.left - kBesideLine, area.top - kBesideLine, area.width + 2 * kBesideLine, area.height + 2 * kBesideLine};
        const Picture grey = clipped(clean.grey.get(), around);
        const Picture letters = clipped(clean.letters.get(), around);
        if (!grey || !letters) return {};
        const Figures figures = figures_of(grey.get(), letters.get());
        cut.tall += figures.tall;
        cut.low += figures.low;
        cut.hanging.push_back(hanging_in(letters.get()));
        cut.pictures.push_back(picture_of_line(number && !in_words ? figures.whole.get() : grey.get()));
        // Ragged edges, a fax's own, are smoothed.
        cut.lines.emplace_back(pixBlockconv(number && !in_words ? figures.whole.get() : grey.get(), 1, 1));
        if (number && !in_words) cut.digits.emplace_back(pixBlockconv(figures.digits.get(), 1, 1));
    }
    return cut;
}

void FieldReader::add_looks(const std::string& field, const std::vector<LinePlace>& places, std::vector<Look>& looks, Heard& heard) {
    const bool in_words = is_in_words(looks.front().text);
    const Cut cut = cut_lines(field, places, in_words);
    if (cut.lines.empty()) return;
    heard = {readings_of(field, cut, in_words), in_words ? 0 : cut.tall, cut.low};
    weigh(field, looks.front(), cut);
    const auto add = [&](int percent, const std::vector<Picture>& lines) {
        looks.push_back(again(field, lines, percent));
        weigh(field, looks.back(), cut);
    };
    const bool standard = is_standard(pages_.clean[places.front().page - 1]);
    const auto& percents = standard ? kStandardPercents : kPercents;
    add(percents[0], cut.lines);
    add(percents[1], cut.lines);
    if (!cut.digits.empty()) add_digits(field, cut, looks);
    // A letter more or less of a code makes another one: all looks are taken.
    const bool all = kind_of(field) == Kind::kCode || kind_of(field) == Kind::kTelephone || standard;
    const auto agree = [&] { return std::all_of(looks.begin(), looks.end(), [&](const Look& look) { return look.clear && look.value == looks.front().value; }); };
    // The network speaks for none of its own readings, and where it is not sure of theirs more looks are needed than three.
    const auto are_few = [&] {
        const auto own = std::count_if(looks.begin(), looks.end(), [](const Look& look) { return !look.borrowed; });
        return own < (certainty_of(looks.front().text, heard.readings) < kUnsure ? kLooksOfUnsure : kFewestLooks);
    };
    for (std::size_t next = 2; next < percents.size() && (all || !agree() || are_few()); ++next) add(percents[next], cut.lines);
}

// What the network reads, line by line.
std::vector<LineReading> FieldReader::readings_of(const std::string& field, const Cut& cut, bool in_words) const {
    std::vector<LineReading> readings;
    readings.reserve(cut.pictures.size());
    for (const LinePicture& picture : cut.pictures) {
        const LineReading reading = network_.read(picture);
        // "none" and "nil" are words, and so is "zero" with a round o.
        const bool words = !has_figure(reading.text()) || (kind_of(field) == Kind::kNumber && with_letters(reading.text()) != reading.text());
        const Kind kind = words ? Kind::kWords : kind_of(field);
        if (kind == Kind::kTelephone) readings.push_back(reading.with_signs_as(kInTelephones));
        else readings.push_back(kind == Kind::kNumber && !in_words ? reading.with_signs_as(kInNumbers) : reading);
    }
    return readings;
}

// What no recogniser's opinion is: how many letters of full height stand there, and how many low ones.
bool FieldReader::fits(const std::string& field, const std::string& text, const Heard& heard) {
    const auto count = [&](std::string_view signs) { return static_cast<int>(std::count_if(text.begin(), text.end(), [&](char letter) { return signs.find(letter) != std::string_view::npos; })); };
    const int digits = static_cast<int>(digits_in(text));
    switch (kind_of(field)) {
        case Kind::kNumber: return heard.tall > 0 && digits + count("$()") + static_cast<int>(capitals_in(text)) == heard.tall;
        case Kind::kTelephone: return digits == heard.tall && count(".,") == heard.low && count("()/+") == 0;
        case Kind::kCode: return heard.tall == digits + count("#") + static_cast<int>(capitals_in(text));
        default: return false;
    }
}

// Of the same place as the looks, which are all there.
Witness FieldReader::witness_of(const std::string& field, const Heard& heard, const std::vector<Look>& looks) const {
    const std::vector<LineReading>& readings = heard.readings;
    Witness witness{{}, 1};
    const bool code = kind_of(field) == Kind::kCode;
    const bool number = kind_of(field) == Kind::kNumber;
    for (const LineReading& reading : readings) {
        const std::string text = code ? reading.text() : number ? with_letters(reading.text()) : with_zeros(reading.text());
        witness.certainty *= reading.certainty() + (text == reading.text() ? 0 : reading.certainty_of(text));
        // What is left of a rule below the last line is no line.
        if (paper::has_letter_or_digit(text) || readings.size() == 1) witness.text += (witness.text.empty() ? "" : "\n") + std::string(without_remains(text));
    }
    witness.text = with_known(field, mended(field, witness.text));
    witness.fits = fits(field, witness.text, heard);
    for (const Look& look : looks) {
        if (!look.clear) continue;
        double& held = witness.holds[look.value];
        held = std::max({held, certainty_of(look.text, readings), certainty_of(look.raw, readings)});
    }
    return witness;
}

std::vector<FieldReader::Look> FieldReader::look_at(const paper::TemplateReading& form, const paper::FieldPlace& place, Ballot& ballot) {
    std::vector<Look> looks = {first_of(form, place)};
    Heard heard;
    add_looks(place.field, lines_of(form, place), looks, heard);
    settle_low_letters(place.field, looks);
    settle_end_figures(place.field, looks);
    if (!heard.readings.empty()) ballot.witnesses.push_back(witness_of(place.field, heard, looks));
    return looks;
}

// A comma that was taken for a figure stands between figures. A look that has one more at either end than another look saw the whole
// number, and what stands there is a figure whose shape the fax tore.
void FieldReader::settle_end_figures(const std::string& field, std::vector<Look>& looks) {
    for (Look& look : looks) {
        const std::string digits = digits_only(look.text);
        const bool longer = look.shapeless && std::any_of(looks.begin(), looks.end(), [&](const Look& other) {
            const std::string fewer = digits_only(other.text);
            return other.clear && !fewer.empty() && fewer.size() < digits.size() && (digits.starts_with(fewer) || digits.ends_with(fewer));
        });
        if (!longer) continue;
        look.shapeless = false;
        look.clear = meaning_of(field, look.text).has_value();
    }
}

// A typewriter's g is read as a q. Where one look saw the g, the others did too.
void FieldReader::settle_low_letters(const std::string& field, std::vector<Look>& looks) {
    for (Look& look : looks) {
        if (look.clear) continue;
        std::string other = look.text;
        for (std::size_t at = 0; at < other.size(); ++at) {
            if (other[at] == 'q' && (at + 1 == other.size() || other[at + 1] != 'u')) other[at] = 'g';
        }
        const auto seen = std::find_if(looks.begin(), looks.end(), [&](const Look& one) { return one.clear && one.text == other; });
        if (other != look.text && seen != looks.end() && is_well_formed(field, other)) look = *seen;
    }
}

// Whether the dictionary has every longer word, as it stands or in small letters.
bool FieldReader::is_of_known_words(const std::string& text) const {
    std::string word;
    for (const char letter : text + " ") {
        if (std::isalpha(static_cast<unsigned char>(letter)) != 0) {
            word.push_back(letter);
            continue;
        }
        std::string small = word;
        std::transform(small.begin(), small.end(), small.begin(), [](unsigned char one) { return static_cast<char>(std::tolower(one)); });
        if (word.size() >= kShortestKnown && !prose_.knows(word) && !prose_.knows(small)) return false;
        word.clear();
    }
    return true;
}

// The issuer's name is the form's title too, in capitals, where "rn" is no m.
bool FieldReader::stands_as_title(const std::string& issuer) const {
    std::string wanted;
    for (const char letter : issuer) {
        if (letter != ' ') wanted.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(letter))));
    }
    std::string all;
    // Not as the network read it: it errs in the title as it does in the field.
    for (const PageWord& word : pages_.words) all += word.by_network ? std::string(" ") : word.text;
    return wanted.size() >= kShortestTitle && all.find(wanted) != std::string::npos;
}

std::map<std::string, int> FieldReader::with_title(const std::map<std::string, int>& votes, std::map<std::string, std::string>& texts) const {
    std::map<std::string, int> all = votes;
    for (const auto& vote : votes) {
        const std::string& value = vote.first;
        for (auto at = value.find('m'); at != std::string::npos; at = value.find('m', at + 1)) {
            std::string other = value;
            other.replace(at, 1, "rn");
            if (!stands_as_title(other)) continue;
            // These looks saw one letter where the title has two.
            all[other] += std::exchange(all[value], 0) + kTitleVotes;
            texts.emplace(other, other);
        }
        // The title has the point of "CORP." that the looks lost.
        static constexpr std::array<std::string_view, 4> kPointed = {" Corp", " Inc", " Co", " Ltd"};
        const bool pointed = std::any_of(kPointed.begin(), kPointed.end(), [&](std::string_view end) { return value.ends_with(end); });
        if (pointed && stands_as_title(value + ".")) {
            all[value + "."] += std::exchange(all[value], 0) + kTitleVotes;
            texts.emplace(value + ".", texts.at(value) + ".");
            continue;
        }
        // "Acme Corp" stands in "ACME CORP.": the longer one is the title, and looks that lost its point alone saw the same.
        const auto longer = std::find_if(votes.begin(), votes.end(), [&](const auto& other) { return other.first.size() > value.size() && other.first.starts_with(value) && stands_as_title(other.first); });
        if (longer == votes.end()) all[value] += stands_as_title(value) ? kTitleVotes : 0;
        else if (longer->first == value + ".") all[longer->first] += std::exchange(all[value], 0);
    }
    std::erase_if(all, [](const auto& one) { return one.second == 0; });
    return all;
}

void FieldReader::count_looks(const paper::TemplateReading& form, const paper::FieldPlace& place, domain::ReadField& field, Ballot& ballot) {
    for (const Look& look : look_at(form, place, ballot)) {
        add_candidate(field.candidates, look.text);
        if (look.shapeless || look.borrowed) continue;
        ballot.looks.push_back(look.text);
        if (look.clear) {
            ++ballot.votes[look.value];
            ballot.texts.emplace(look.value, look.text);
        } else {
            ++ballot.unclear;
        }
    }
    if (!field.text.empty()) return;
    const std::vector<LinePlace> lines = lines_of(form, place);
    const std::uint32_t page = lines.front().page;
    Area whole = lines.front().area;
    // Where a value goes on overleaf its place is where it begins.
    for (const LinePlace& line : lines) whole = line.page == page ? joined_area(whole, line.area) : whole;
    field.text = mended(field.field, place.text);
    field.place = place_on(pages_.clean[page - 1], page, whole);
}

void FieldReader::decide(const paper::TemplateReading& form, const std::vector<const paper::FieldPlace*>& places, PageReading& read) {
    domain::ReadField field;
    field.field = places.front()->field;
    Ballot ballot;
    bool something = false;
    // Part of it was not read.
    bool torn = std::find(form.torn.begin(), form.torn.end(), field.field) != form.torn.end();
    for (const paper::FieldPlace* place : places) {
        if (place->words.empty()) {
            // A blank that nobody can look at is not known to be empty.
            something = something || place->blanks.empty() || std::any_of(place->blanks.begin(), place->blanks.end(), [&](const auto& blank) { return has_ink(pages_.clean[blank.page - 1], blank); });
            if (!field.place && !place->blanks.empty()) {
                const paper::SheetArea& blank = place->blanks.front();
                field.place = place_on(pages_.clean[blank.page - 1], blank.page, {blank.left, blank.top, blank.right - blank.left, blank.bottom - blank.top});
            }
            continue;
        }
        something = true;
        const auto letters_on = [&](const paper::SheetArea& blank) { return has_letters_on(pages_.clean[blank.page - 1], blank); };
        torn = torn || has_ink_beside(pages_.clean, form, *place) || (!paper::has_letter_or_digit(place->text) && std::any_of(place->blanks.begin(), place->blanks.end(), letters_on));
        count_looks(form, *place, field, ballot);
    }
    if (!something) return;
    if (field.field == "issuer") {
        ballot.votes = with_title(ballot.votes, ballot.texts);
        const auto titled = std::find_if(ballot.votes.begin(), ballot.votes.end(), [&](const auto& vote) { return stands_as_title(vote.first); });
        if (titled != ballot.votes.end()) ballot.title = titled->first;
    }
    if (torn) ballot = {};  // nothing that a look saw is all of it
    ballot.standard = field.place && is_standard(pages_.clean[field.place->page - 1]);
    settle(field, ballot, read);
}

void FieldReader::settle(domain::ReadField& field, const Ballot& ballot, PageReading& read) {
    Judgement judgement = judge(field.field, ballot, [&](const std::string& text) {
        return is_of_known_words(text) || (field.field == "issuer" && stands_as_title(meaning_of(field.field, text).value_or("")));
    });
    if (kind_of(field.field) == Kind::kNumber) numbers_[field.field] = ballot;
    field.confidence = judgement.confidence;
    if (!judgement.text.empty()) field.text = std::move(judgement.text);
    if (judgement.certain && paper::set_field(read.fields, field.field, field.text) != paper::Meaning::kUnclear) {
        field.candidates.clear();
    } else {
        read.missing.push_back(field.field);
        if (kind_of(field.field) == Kind::kName) doubted_[field.field] = ballot;
    }
    read.readings.push_back(std::move(field));
}

// Whether another field that is certain has the same value, or the sending machine's line names the guarantor.
bool FieldReader::stands_elsewhere(const std::string& field, const std::string& value, const PageReading& read) const {
    const auto plain = [](const std::string& text) {
        std::string letters;
        for (const char letter : text) {
            if (letter != ' ' && letter != '\n') letters.push_back(letter);
        }
        return letters;
    };
    const std::string wanted = plain(value);
    if (wanted.size() < kShortestTitle) return false;
    bool stands = field == "guarantor_name" && plain(pages_.machine_lines).find(wanted) != std::string::npos;
    domain::NoticeFields::visit_members(read.fields, [&](std::string_view name, const auto& /*member*/) {
        if (name == field || kind_of(name) != Kind::kName) return;
        const auto other = paper::value_text(read.fields, name);
        stands = stands || (other && plain(*other) == wanted);
    });
    return stands;
}

void FieldReader::confirm_names(PageReading& read) const {
    for (const auto& [name, ballot] : doubted_) {
        const auto best = std::max_element(ballot.votes.begin(), ballot.votes.end(), [](const auto& one, const auto& other) { return one.second < other.second; });
        if (best == ballot.votes.end() || best->second < kLooksOfConfirmed || !stands_elsewhere(name, best->first, read)) continue;
        const std::string& text = ballot.texts.at(best->first);
        make_certain(name, text, read);
    }
}

}  // namespace rightsdesk::reading
