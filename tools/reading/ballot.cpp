#include "reading/ballot.h"

#include <algorithm>
#include <utility>

#include "paper/field_meaning.h"
#include "paper/page.h"
#include "reading/letter_votes.h"
#include "reading/misreadings.h"

namespace rightsdesk::reading {

namespace {

constexpr int kLeastLooks = 3;            // that agree
constexpr int kForEachAgainst = 4;        // of them for each that contradicts
constexpr int kForEachUnclear = 2;        // and for each that says nothing; of a date no look may say another
constexpr int kMarginOfWords = 2;         // over the next reading of a name
constexpr int kMarginOfStandardWords = 4;

// O, Q, D and 0 in the middle of a wire's number differ in a stroke: there no look may fail.
bool has_round_letters(const std::string& field, const std::string& text) {
    return field == "confirmation_number" && text.find_first_of("OQD", text.size() > 8 ? 8 : 0) != std::string::npos;
}

// Whether a letter of a value has enough looks for it.
bool is_clear(const LetterPlace& place, Kind kind, bool standard) {
    if (place.agree < kLeastLooks) return false;
    switch (kind) {
        case Kind::kName:
        case Kind::kAddress: return place.agree >= place.second + (standard ? kMarginOfStandardWords : kMarginOfWords);
        case Kind::kNumber: return (standard ? place.against == 0 : place.agree >= place.against * kForEachAgainst) && place.agree >= place.strange * kForEachUnclear;
        // A gap or a dash more makes another number.
        case Kind::kCode: return (place.against == 0 || (place.stroke_lost && place.agree > place.against)) && place.agree >= place.strange * kForEachAgainst;
        case Kind::kTelephone: return place.against == 0 && place.agree >= place.strange * kForEachAgainst;
        case Kind::kDate:
        case Kind::kWords: return place.against == 0 && place.agree >= place.strange * kForEachUnclear;
    }
    return false;
}

// How the votes of whole looks stand.
struct Tally {
    std::string best;
    int agree = 0;
    int against = 0;
    int second = 0;
    int unclear = 0;
};

Tally tally_of(const Ballot& ballot) {
    const auto best = std::max_element(ballot.votes.begin(), ballot.votes.end(), [](const auto& one, const auto& other) { return one.second < other.second; });
    Tally tally{best->first, best->second, 0, 0, ballot.unclear};
    for (const auto& [value, count] : ballot.votes) {
        if (value == best->first) continue;
        tally.against += count;
        tally.second = std::max(tally.second, count);
    }
    return tally;
}

bool is_of_words(Kind kind) { return kind == Kind::kName || kind == Kind::kAddress; }

// Certain is what enough looks agree on, and hardly one contradicts. What cannot be understood speaks against no value. What moves
// shares, money or a date is held to more than a name, in which looks differ in a letter here and there; with half the rows of a
// page every look must say the same.
bool is_carried(const std::string& field, const std::string& text, const Tally& tally, bool standard) {
    if (tally.agree < kLeastLooks || tally.agree + 1 < tally.unclear) return false;
    switch (kind_of(field)) {
        case Kind::kName:
        case Kind::kAddress: return tally.agree >= tally.second + (standard ? kMarginOfStandardWords : kMarginOfWords) && tally.agree > tally.against + tally.unclear;
        case Kind::kCode:
        case Kind::kTelephone: return tally.against == 0 && tally.agree >= tally.unclear * kForEachUnclear && (tally.unclear == 0 || !has_round_letters(field, text));
        case Kind::kDate:
            if (!standard) return tally.against == 0 && tally.agree >= tally.unclear * kForEachUnclear;
            break;
        case Kind::kWords: return tally.against == 0 && tally.agree >= tally.unclear * kForEachUnclear;
        case Kind::kNumber:
            if (!standard) return tally.agree >= tally.against * kForEachAgainst && tally.agree >= tally.unclear * kForEachUnclear;
            break;
    }
    return tally.against == 0 && tally.unclear == 0;
}

// A g is read as a q again and again. Where another look saw a g at that place, give or take one, it was one.
std::vector<std::string> with_low_letters(const std::vector<std::string>& looks) {
    std::vector<std::string> all = looks;
    for (std::string& look : all) {
        for (std::size_t at = 0; at < look.size(); ++at) {
            if (look[at] != 'q' || (at + 1 < look.size() && look[at + 1] == 'u')) continue;
            const std::size_t from = at == 0 ? 0 : at - 1;
            const bool seen = std::any_of(looks.begin(), looks.end(), [&](const std::string& other) { return other.size() > from && other.substr(from, at + 2 - from).find('g') != std::string::npos; });
            if (seen) look[at] = 'g';
        }
    }
    return all;
}

// Looks err in other letters each: what every letter has enough looks for is certain, even where hardly one look has all of them.
std::optional<std::string> carried_by_letter(const std::string& field, const Ballot& ballot) {
    const Kind kind = kind_of(field);
    std::vector<std::string> looks = is_of_words(kind) ? with_low_letters(ballot.looks) : ballot.looks;
    // Months are months in capitals too.
    if (kind == Kind::kDate) std::transform(looks.begin(), looks.end(), looks.begin(), [](const std::string& look) { return paper::lower(look); });
    LetterVotes votes = vote_by_letter(looks);
    const bool clear = std::all_of(votes.places.begin(), votes.places.end(), [&](const LetterPlace& place) { return is_clear(place, kind, ballot.standard); });
    if (votes.text.empty() || !clear || !is_well_formed(field, votes.text)) return std::nullopt;
    const auto meaning = meaning_of(field, votes.text);
    // Of a number or a code one look at least must have all of it.
    if (!meaning || (!is_of_words(kind) && !ballot.votes.contains(*meaning))) return std::nullopt;
    return std::move(votes.text);
}

std::string without_points(std::string text) {
    std::erase_if(text, [](char letter) { return letter == '.' || letter == ',' || letter == ';' || letter == ' '; });
    return text;
}

// A point or a comma that some look saw and the others did not: close beside another one it is lost, in most looks alike.
bool lacks_mark(const std::string& field, const std::string& text, const Ballot& ballot) {
    const std::string value = meaning_of(field, text).value_or("");
    return std::any_of(ballot.votes.begin(), ballot.votes.end(), [&](const auto& vote) { return vote.first.size() > value.size() && without_points(vote.first) == without_points(value); });
}

}  // namespace

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

Judgement judge(const std::string& field, const Ballot& ballot, const std::function<bool(const std::string&)>& is_of_known_words) {
    Judgement judgement;
    const bool words = is_of_words(kind_of(field));
    if (!ballot.votes.empty()) {
        const Tally tally = tally_of(ballot);
        judgement.confidence = static_cast<std::uint32_t>(tally.agree * 1'000 / (tally.agree + tally.against + tally.unclear));
        if (const auto text = ballot.texts.find(tally.best); text != ballot.texts.end()) judgement.text = text->second;
        // Half the rows make other letters of some, the same in every look: Savinas, Orteqa. There, and where looks differ, a name
        // must be of words.
        const bool disputed = ballot.standard || tally.second > 0 || tally.unclear > 0;
        judgement.certain = is_carried(field, judgement.text, tally, ballot.standard) && (!words || !disputed || is_of_known_words(judgement.text));
    }
    if (words && judgement.certain && lacks_mark(field, judgement.text, ballot)) judgement.certain = false;
    if (judgement.certain) return judgement;
    auto text = carried_by_letter(field, ballot);
    if (!text || (words && (!is_of_known_words(*text) || lacks_mark(field, *text, ballot)))) return judgement;
    judgement.text = *std::move(text);
    judgement.certain = true;
    return judgement;
}

}  // namespace rightsdesk::reading
