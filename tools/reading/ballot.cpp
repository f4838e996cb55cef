#include "reading/ballot.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <string_view>
#include <utility>

#include "paper/field_meaning.h"
#include "paper/page.h"
#include "reading/letter_votes.h"
#include "reading/well_formed.h"

namespace rightsdesk::reading {

namespace {

constexpr int kLeastLooks = 3;            // that agree
constexpr int kForEachAgainst = 4;        // of them for each that contradicts
constexpr int kForEachUnclear = 2;        // and for each that says nothing; of a date no look may say another
constexpr int kMarginOfWords = 2;         // over the next reading of a name
constexpr int kMarginOfStandardWords = 4;
constexpr int kManyLooks = 4;              // that say what a witness says
constexpr int kSomeLooks = 2;
constexpr double kHardlySure = 0.05;       // a witness beside many looks
constexpr double kRatherSure = 0.5;        // beside some
constexpr double kSure = 0.9;
constexpr double kNegligible = 0.02;       // as probable as that beside what a witness reads: it is another value
constexpr double kVerySure = 0.98;
constexpr double kSureAlone = 0.5;         // where no look has all of it, and the words are known
constexpr double kUnlikely = 0.1;

// O, Q, D and 0 in the middle of a wire's number differ in a stroke: there no look may fail.
bool has_round_letters(const std::string& field, const std::string& text) {
    return field == "confirmation_number" && text.find_first_of("OQD", text.size() > 8 ? 8 : 0) != std::string::npos;
}

// Whether a letter of a value has enough looks for it.
bool is_clear(const LetterPlace& place, const std::string& field, bool standard) {
    const Kind kind = kind_of(field);
    // A check's number is of figures: there it is not a Q that lost its stroke, but a 0 that has one.
    const bool strokes = field == "confirmation_number" && place.stroke_lost && place.agree > place.against;
    if (place.agree < kLeastLooks) return false;
    switch (kind) {
        case Kind::kName:
        case Kind::kAddress: return place.agree >= place.second + (standard ? kMarginOfStandardWords : kMarginOfWords);
        case Kind::kNumber: return (standard ? place.against == 0 : place.agree >= place.against * kForEachAgainst) && place.agree >= place.strange * kForEachUnclear;
        // A gap or a dash more makes another number.
        case Kind::kCode: return (place.against == 0 || strokes) && place.agree >= place.strange * kForEachAgainst;
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
    const bool clear = std::all_of(votes.places.begin(), votes.places.end(), [&](const LetterPlace& place) { return is_clear(place, field, ballot.standard); });
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

namespace {

using IsKnown = std::function<bool(const std::string&)>;

Judgement judged_by_looks(const std::string& field, const Ballot& ballot, const IsKnown& is_of_known_words) {
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

// What the witnesses of all of a field's places say, and what it means.
struct Testimony {
    std::string text;
    std::string value;
    double certainty = 0;
    std::map<std::string, double> holds;
    bool fits = false;
};

// Nothing where one says nothing clear, or they differ.
std::optional<Testimony> testimony_of(const std::string& field, const Ballot& ballot) {
    std::optional<Testimony> all;
    for (const Witness& witness : ballot.witnesses) {
        const auto meaning = meaning_of(field, witness.text);
        if (!meaning || !is_well_formed(field, witness.text)) {
            // Of a field that stands in several places one that is read well is enough.
            if (ballot.witnesses.size() > 1) continue;
            return std::nullopt;
        }
        if (all && all->value != *meaning) return std::nullopt;
        if (!all || all->certainty < witness.certainty) all = Testimony{witness.text, *meaning, witness.certainty, witness.holds, witness.fits};
    }
    return all;
}

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}

// How many looks say what a witness says. Which letters stand apart is theirs to say, where they are as good as one: the witness is weak in that.
int looks_for(Testimony& testimony, const Ballot& ballot) {
    const std::string wanted = without_blanks(testimony.value);
    std::string best;
    int most = 0;
    int others = 0;
    for (const auto& [value, count] : ballot.votes) {
        if (without_blanks(value) != wanted) continue;
        others += count > most ? most : count;
        if (count <= most) continue;
        most = count;
        best = value;
    }
    if (most <= others) return 0;
    // Where looks differ in blanks, one of them and a sure witness are right: "R.J." in three looks is "R. J.".
    const auto same = ballot.votes.find(testimony.value);
    if (others > 0 && same != ballot.votes.end() && testimony.certainty >= kSure) return same->second;
    if (most > 0 && best != testimony.value) {
        testimony.value = best;
        testimony.text = ballot.texts.at(best);
    }
    return most;
}

// How probable a witness holds a value: less than anything where the value is not among those that it was asked about.
double held_for(const std::string& value, const std::map<std::string, double>& holds) {
    const auto held = holds.find(value);
    return held == holds.end() ? -1 : held->second;
}

// Whether the witness, sure of its own reading, holds a value of the looks for as good as impossible.
bool is_ruled_out(const std::string& value, const Testimony& testimony, double share) {
    return held_for(value, testimony.holds) < testimony.certainty * share;
}

// As many looks at least say another value, and it is not ruled out.
bool is_outvoted(const Testimony& testimony, int looks, const Ballot& ballot, bool words) {
    return std::any_of(ballot.votes.begin(), ballot.votes.end(), [&](const auto& vote) {
        if (vote.first == testimony.value || vote.second < looks) return false;
        if (vote.second >= looks + kLeastLooks) return true;
        return testimony.certainty < (words ? kSure : kVerySure) || !is_ruled_out(vote.first, testimony, kNegligible);
    });
}

// A point or a comma more that a look saw, and that is no speck to the witness.
bool may_lack_mark(const Testimony& testimony, const Ballot& ballot) {
    return std::any_of(ballot.votes.begin(), ballot.votes.end(), [&](const auto& vote) {
        return vote.first.size() > testimony.value.size() && without_points(vote.first) == without_points(testimony.value) && !is_ruled_out(vote.first, testimony, kUnlikely);
    });
}

// Short words in small letters, which no dictionary is asked about, are few.
bool has_strange_short_word(const std::string& text) {
    static constexpr std::array<std::string_view, 22> kShort = {"of", "the", "and", "as", "for", "van", "der", "von", "den", "de", "la", "le", "du", "di", "da", "del", "to", "in", "on", "at", "by", "or"};
    std::string word;
    bool begins = true;
    for (const char letter : text + " ") {
        if (std::islower(static_cast<unsigned char>(letter)) != 0 && begins) {
            word.push_back(letter);
            continue;
        }
        if ((word.size() == 2 || word.size() == 3) && letter != '/' && std::find(kShort.begin(), kShort.end(), word) == kShort.end()) return true;
        word.clear();
        begins = letter == ' ' || letter == '\n';
    }
    return false;
}

// O, 0 and D are what a recogniser that lost its stroke makes of a Q.
std::string without_strokes(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char letter) { return letter == 'Q' || letter == '0' || letter == 'D'; }, 'O');
    return text;
}

// A code in which the looks lost a letter's stroke, and the witness saw it.
bool differs_in_strokes(const Testimony& testimony, const Ballot& ballot) {
    if (testimony.certainty < (ballot.standard ? kSure : kRatherSure) || testimony.text.find('Q') == std::string::npos) return false;
    const std::string wanted = without_strokes(testimony.text);
    return std::count_if(ballot.looks.begin(), ballot.looks.end(), [&](const std::string& look) { return without_strokes(look) == wanted; }) >= kLeastLooks;
}

// "561-555-4617" for "561.555.4617", where two low marks stand.
bool differs_in_points(const std::string& wanted, const std::string& look) { return digits_only(look) == digits_only(wanted); }

// "10013 1002" for "1001; 1002", where no further figure stands.
bool differs_in_semicolons(const std::string& wanted, const std::string& look) {
    return look.size() == wanted.size() && std::equal(look.begin(), look.end(), wanted.begin(), [](char seen, char meant) { return seen == meant || meant == ';'; });
}

// A mark that the looks took for another, and the witness knows, of whose figures and marks there are as many as stand there.
bool differs_in_marks(const std::string& field, const Testimony& testimony, const Ballot& ballot) {
    if (testimony.certainty < kVerySure) return false;
    const bool telephone = kind_of(field) == Kind::kTelephone;
    // Of both kinds that read the same dashes neither errs: what stands low is a piece of a torn figure.
    if (telephone && std::count(ballot.looks.begin(), ballot.looks.end(), testimony.text) >= kLeastLooks) return true;
    if (!testimony.fits || (!telephone && field != "certificate_numbers")) return false;
    return std::count_if(ballot.looks.begin(), ballot.looks.end(), [&](const std::string& look) {
               return telephone ? differs_in_points(testimony.text, look) : differs_in_semicolons(testimony.text, look);
           }) >= kLeastLooks;
}

// All looks lost the gap behind an initial, and the witness saw one.
bool may_lack_blank(const std::string& field, const std::string& text, const Ballot& ballot) {
    const std::string value = meaning_of(field, text).value_or("");
    return std::any_of(ballot.witnesses.begin(), ballot.witnesses.end(), [&](const Witness& witness) {
        const std::string seen = meaning_of(field, witness.text).value_or("");
        return seen != value && without_blanks(seen) == without_blanks(value) && witness.certainty >= kSure && held_for(value, witness.holds) < witness.certainty * kUnlikely;
    });
}

std::ptrdiff_t words_in(const std::string& text) { return std::count_if(text.begin(), text.end(), [](char letter) { return letter == ' ' || letter == '\n'; }) + 1; }

// The looks saw another number of words, an ampersand that they had no letter for: the witness passed over one.
bool has_other_words(const std::string& text, const Ballot& ballot) {
    const auto same = std::count_if(ballot.looks.begin(), ballot.looks.end(), [&](const std::string& look) { return words_in(look) == words_in(text); });
    return same * 2 < static_cast<std::ptrdiff_t>(ballot.looks.size());
}

// Whether looks and witness, who err each in ways of their own, say the same.
bool is_supported(const std::string& field, Testimony& testimony, const Ballot& ballot, const IsKnown& is_of_known_words) {
    const int looks = looks_for(testimony, ballot);
    const bool words = is_of_words(kind_of(field));
    if (field == "confirmation_number" && differs_in_strokes(testimony, ballot)) return true;
    if (differs_in_marks(field, testimony, ballot)) return true;
    if (looks > 0 && is_outvoted(testimony, looks, ballot, words)) return false;
    if (words && (may_lack_mark(testimony, ballot) || may_lack_blank(field, testimony.text, ballot))) return false;
    if (words && (has_strange_short_word(testimony.text) || !is_of_known_words(testimony.text))) return looks >= kManyLooks && testimony.certainty >= kSure;
    if (looks >= kManyLooks) return testimony.certainty >= kHardlySure;
    if (looks >= kSomeLooks) return testimony.certainty >= kRatherSure;
    if (looks == 1) return testimony.certainty >= (words ? kSure : kVerySure);
    // Its digits are as many as letters of full height stand there: that is no recogniser's opinion. Of a price's point it says nothing.
    if (is_count(field)) return testimony.fits && testimony.certainty >= kVerySure;
    if (!words || testimony.certainty < kSureAlone || has_other_words(testimony.text, ballot)) return false;
    // No look has it all: then none may say another that could be meant as well.
    return std::none_of(ballot.votes.begin(), ballot.votes.end(), [&](const auto& vote) {
        const auto text = ballot.texts.find(vote.first);
        return vote.second >= kSomeLooks && text != ballot.texts.end() && is_of_known_words(text->second);
    });
}

// A date of which the witness saw the figures and not what parts them, "622002", is no other date.
bool lost_marks_alone(const std::string& field, const std::string& seen, const std::map<std::string, std::string>& texts, const std::string& value) {
    if (kind_of(field) != Kind::kDate || meaning_of(field, seen)) return false;
    const auto text = texts.find(value);
    return text != texts.end() && !digits_only(seen).empty() && digits_only(seen) == digits_only(text->second);
}

// Whether some witness reads the value, or holds it for possible at least.
bool is_possible(const std::string& field, const std::string& value, const Ballot& ballot) {
    return std::any_of(ballot.witnesses.begin(), ballot.witnesses.end(), [&](const Witness& witness) {
        return meaning_of(field, witness.text) == value || lost_marks_alone(field, witness.text, ballot.texts, value) || held_for(value, witness.holds) >= witness.certainty * kNegligible;
    });
}

// All looks lost points that the witness saw, and thinks likelier than none: "J P Dunmore".
bool lost_marks(const std::string& field, const std::string& text, const Ballot& ballot) {
    const std::string value = meaning_of(field, text).value_or("");
    return std::any_of(ballot.witnesses.begin(), ballot.witnesses.end(), [&](const Witness& witness) {
        const std::string seen = meaning_of(field, witness.text).value_or("");
        return seen.size() > value.size() && without_points(seen) == without_points(value) && without_blanks(seen) != without_blanks(value) && held_for(value, witness.holds) < witness.certainty;
    });
}

// How sure the witnesses that read a value are of it.
double certainty_of_agreeing(const std::string& field, const std::string& value, const Ballot& ballot) {
    double certainty = 0;
    for (const Witness& witness : ballot.witnesses) {
        if (without_blanks(meaning_of(field, witness.text).value_or("")) == without_blanks(value)) certainty = std::max(certainty, witness.certainty);
    }
    return certainty;
}

// Letters that all looks took for the same others, "Aibany", are seen by the witness, or by the dictionary where it is not sure itself.
bool is_contradicted(const std::string& field, const std::string& text, const Ballot& ballot, const IsKnown& is_of_known_words) {
    if (!is_of_words(kind_of(field))) return false;
    if (lost_marks(field, text, ballot)) return true;
    const std::string value = without_blanks(meaning_of(field, text).value_or(""));
    const double agree = certainty_of_agreeing(field, value, ballot);
    double differ = 0;
    for (const Witness& witness : ballot.witnesses) {
        if (without_blanks(meaning_of(field, witness.text).value_or("")) != value) differ = std::max(differ, witness.certainty);
    }
    if (agree >= kSure) return may_lack_blank(field, text, ballot);
    if (differ >= kRatherSure || !is_of_known_words(text)) return true;
    // Of a short word, "de Ja", the dictionary says nothing.
    return agree + differ < kRatherSure && tally_of(ballot).agree < kManyLooks;
}

// "12th St": half the rows lose the point behind a word cut short, to all looks alike. Some write none.
bool may_lack_point(const std::string& field, const std::string& text, const Ballot& ballot) {
    static const std::regex kUnpointed(R"(\b(St|Rd|Dr|Blvd|Ln|Inc|Corp|Co|Ltd|Jr)(?![.A-Za-z]))");
    if (!ballot.standard || !is_of_words(kind_of(field)) || !std::regex_search(text, kUnpointed)) return false;
    return certainty_of_agreeing(field, meaning_of(field, text).value_or(""), ballot) < kSure;
}

bool is_titled(const std::string& field, const std::string& text, const Ballot& ballot) { return !ballot.title.empty() && meaning_of(field, text) == ballot.title; }

Judgement judged(const std::string& field, const Ballot& ballot, const IsKnown& is_of_known_words) {
    Judgement judgement = judged_by_looks(field, ballot, is_of_known_words);
    if (ballot.witnesses.empty()) return judgement;
    // The issuer's name is held against the form's title, which is read apart from it.
    const bool confirmed = field == "issuer" && is_of_known_words(judgement.text);
    if (judgement.certain && !confirmed && !is_possible(field, meaning_of(field, judgement.text).value_or(""), ballot)) judgement.certain = false;
    if (judgement.certain && !is_titled(field, judgement.text, ballot) && is_contradicted(field, judgement.text, ballot, is_of_known_words)) judgement.certain = false;
    if (judgement.certain) return judgement;
    auto testimony = testimony_of(field, ballot);
    if (testimony && is_supported(field, *testimony, ballot, is_of_known_words)) {
        judgement.text = testimony->text;
        judgement.certain = true;
    }
    return judgement;
}

}  // namespace

Judgement judge(const std::string& field, const Ballot& ballot, const IsKnown& is_of_known_words) {
    Judgement judgement = judged(field, ballot, is_of_known_words);
    if (judgement.certain && !is_titled(field, judgement.text, ballot) && may_lack_point(field, judgement.text, ballot)) judgement.certain = false;
    return judgement;
}

}  // namespace rightsdesk::reading
