#include "support/line_texts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <stdexcept>

namespace rightsdesk::support {

namespace {

using Several = std::vector<std::string_view>;

constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kFigures = "0123456789";
constexpr std::string_view kSigns = "()/-.,$&#*:;'\"+@%_=[]{}!?<>~|\\^`";
constexpr std::size_t kLongestLine = 60;

std::string one_of(Random& random, const Several& choices) { return std::string(random.of(choices)); }

std::string letters(Random& random, std::string_view of, std::size_t count) {
    std::string text;
    while (text.size() < count) text.push_back(of[random.below(of.size())]);
    return text;
}

std::string figures(Random& random, std::size_t least, std::size_t most) { return letters(random, kFigures, least + random.below(most - least + 1)); }

std::string in_capitals(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return text;
}

// A number of any length, as many short ones as long ones.
std::int64_t any_number(Random& random) {
    std::int64_t most = 1;
    for (std::size_t figure = 1 + random.below(9); figure > 0; --figure) most *= 10;
    return static_cast<std::int64_t>(random.below(static_cast<std::size_t>(most)));
}

std::string count(Random& random) {
    const std::int64_t number = any_number(random);
    switch (random.below(9)) {
        case 0: return std::to_string(number);
        case 1: return grouped(number, " ");
        case 2: return "**" + grouped(number, ",") + "**";
        case 3: return letters(random, "*", 1 + random.below(5)) + grouped(number, ",") + letters(random, "*", random.below(6));
        case 4: return one_of(random, {"none", "NONE", "-0-", "None", "zero", "nil", "n/a", "N/A", "0", "--", "-", "none.", "see attached"});
        case 5: return std::to_string(number) + " " + one_of(random, {"shares", "Rights", "rights", "sh.", "Shares", "shs"});
        default: return grouped(number, ",");
    }
}

std::string small_number_in_words(Random& random) {
    static const Several kTens = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
    static const Several kOnes = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fifteen", "nineteen"};
    if (random.one_in(2)) return one_of(random, kOnes);
    return one_of(random, kTens) + (random.one_in(2) ? "" : (random.one_in(3) ? " " : "-") + one_of(random, kOnes));
}

std::string number_in_words(Random& random) {
    std::string text = small_number_in_words(random) + " " + one_of(random, {"hundred", "thousand", "million", "hundred thousand"});
    if (random.one_in(2)) text += (random.one_in(2) ? " and " : " ") + small_number_in_words(random);
    const std::size_t how = random.below(4);
    if (how == 0) text = in_capitals(text);
    if (how == 1) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    const std::string number = grouped(any_number(random), ",");
    switch (random.below(3)) {
        case 0: return text + " (" + number + ")";
        case 1: return number + " (" + text + ")";
        default: return text;
    }
}

std::string money(Random& random) {
    const std::int64_t whole = any_number(random);
    const std::string cents = random.one_in(4) ? "" : "." + letters(random, kFigures, random.one_in(8) ? 4 : 2);
    const std::string amount = (random.one_in(3) ? std::to_string(whole) : grouped(whole, ",")) + cents;
    const std::string stars = random.one_in(10) ? "**" : "";
    return stars + one_of(random, {"$", "$", "$ ", "", "USD ", "US$", "U.S. $", "$**"}) + amount + stars;
}

std::string date(Random& random) {
    const auto month = static_cast<unsigned>(1 + random.below(12));
    const auto day = static_cast<unsigned>(1 + random.below(31));
    const std::string text = date_written(random, static_cast<int>(1'950 + random.below(100)), month, day);
    const std::size_t how = random.below(12);
    if (how == 0) return in_capitals(text);
    if (how == 1) return text + one_of(random, {" at 5:00 p.m.", ", 10:30 AM", ".", ",", " (ET)"});
    return text;
}

std::string telephone(Random& random) {
    const std::string area = figures(random, 3, 3);
    const std::string exchange = figures(random, 3, 3);
    const std::string line = figures(random, 4, 4);
    switch (random.below(9)) {
        case 0: return "(" + area + ") " + exchange + "-" + line;
        case 1: return "(" + area + ")" + exchange + "-" + line;
        case 2: return area + "." + exchange + "." + line;
        case 3: return "+1 " + area + " " + exchange + "-" + line;
        case 4: return area + "/" + exchange + "-" + line;
        case 5: return exchange + "-" + line;
        case 6: return area + "-" + exchange + "-" + line + one_of(random, {" ext. ", " x", " Ext "}) + figures(random, 1, 4);
        default: return area + "-" + exchange + "-" + line;
    }
}

std::string certificate(Random& random) {
    const std::string prefix = random.one_in(4) ? "" : letters(random, kCapitals, 1 + random.below(3)) + one_of(random, {"-", "", " "});
    return prefix + figures(random, 3, 8);
}

std::string certificates(Random& random) {
    std::string text = random.one_in(5) ? one_of(random, {"Nos. ", "No. ", "#", "Certificate No. ", "Cert. ", "nos. "}) : "";
    const std::string between = one_of(random, {", ", "; ", " and ", " & ", ",", " through ", " - ", " to ", "/"});
    text += certificate(random);
    for (std::size_t more = random.below(3); more > 0; --more) text += between + certificate(random);
    return text;
}

// As a Fedwire's is built: a day, a sender of letters and figures, a count.
std::string wire_reference(Random& random) {
    static const std::string kEither = std::string(kCapitals) + std::string(kFigures);
    return std::to_string(1'990 + random.below(40)) + two_digits(static_cast<unsigned>(1 + random.below(12))) + two_digits(static_cast<unsigned>(1 + random.below(31))) +
           letters(random, kEither, 8) + figures(random, 6, 6);
}

std::string code(Random& random) {
    static const std::string kEither = std::string(kCapitals) + std::string(kFigures);
    switch (random.below(7)) {
        case 0: return letters(random, kFigures, 6) + letters(random, kEither, 2) + letters(random, kFigures, 1);  // a CUSIP
        case 1: return letters(random, kCapitals, 2) + letters(random, kEither, 9) + letters(random, kFigures, 1);
        case 2: return letters(random, kEither, 3 + random.below(20));
        case 3: return figures(random, 3, 10);
        case 4: return letters(random, kCapitals, 2) + one_of(random, {" ", "-"}) + figures(random, 4, 9);
        case 5: return one_of(random, {"#", "No. ", "Check ", "Ref. ", "Ref: ", "IMAD ", "OMAD ", "Fed Ref "}) + letters(random, kEither, 4 + random.below(12));
        default: return wire_reference(random);
    }
}

// Every sign there is, so that none is unknown.
std::string anything(Random& random) {
    static const std::string kAll = std::string(kCapitals) + std::string(kSmall) + std::string(kFigures) + std::string(kSigns) + "   ";
    std::string text = letters(random, kAll, 3 + random.below(22));
    while (text.back() == ' ') text.pop_back();
    while (!text.empty() && text.front() == ' ') text.erase(0, 1);
    return text.empty() ? "x" : text;
}

// Letters that no dictionary puts together, so that none is read because it is expected.
std::string syllables(Random& random) {
    std::string text;
    for (std::size_t count = 1 + random.below(4); count > 0; --count) {
        text += letters(random, "bcdfghjklmnpqrstvwxyz", random.below(3)) + letters(random, "aeiouy", 1);
        if (random.one_in(3)) text += letters(random, "lmnrstgdkp", 1);
    }
    return text;
}

}  // namespace

std::vector<std::string> words_of_dictionary(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path + " (Debian: wamerican)");
    std::vector<std::string> words;
    for (std::string line; std::getline(file, line);) {
        const bool plain = std::all_of(line.begin(), line.end(), [](unsigned char letter) { return letter < 128 && (std::isalpha(letter) != 0 || letter == '\''); });
        if (plain && !line.empty() && line.size() < 16) words.push_back(line);
    }
    if (words.empty()) throw std::runtime_error("no words are in " + path);
    return words;
}

std::string LineTexts::word(Random& random) const { return random.one_in(4) ? syllables(random) : random.of(words_); }

std::string LineTexts::proper(Random& random) const {
    std::string text = word(random);
    if (text.ends_with("'s")) text.resize(text.size() - 2);
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    switch (random.below(30)) {
        case 0: return "Mc" + text;
        case 1: return "O'" + text;
        case 2: return text + "-" + proper(random);
        default: return text;
    }
}

std::string LineTexts::person(Random& random) const {
    std::string text = random.one_in(5) ? letters(random, kCapitals, 1) + "." : proper(random);
    for (std::size_t more = random.below(3); more > 0; --more) text += " " + letters(random, kCapitals, 1) + (random.one_in(6) ? "" : ".");
    if (random.one_in(12)) text += one_of(random, {" van der", " de la", " von", " de", " St."});
    text += " " + proper(random);
    if (random.one_in(8)) text += one_of(random, {", Jr.", " Jr.", ", Esq.", ", Trustee", ", as trustee", ", Vice President", ", M.D.", " III", ", Executor", ", as custodian", ", JTWROS"});
    if (random.one_in(6)) text += one_of(random, {" and ", " & ", "; ", " / ", ", "}) + proper(random) + " " + proper(random);
    return text;
}

std::string LineTexts::firm(Random& random) const {
    std::string text = random.one_in(8) ? letters(random, kCapitals, 1) + "." + letters(random, kCapitals, 1) + ". " + proper(random) : proper(random);
    for (std::size_t more = random.below(3); more > 0; --more) text += one_of(random, {" ", " ", " & ", " and ", " of "}) + proper(random);
    if (random.one_in(2)) text += " " + one_of(random, {"Bank", "Trust", "Securities", "Partners", "Group", "Holdings", "Fund", "Capital", "Savings Bank", "Brokerage", "Company", "Credit Union", "Investments", "Associates"});
    return text + one_of(random, {"", ", Inc.", " Inc.", ", N.A.", " Corp.", " Co.", ", L.P.", " LLC", ", Ltd.", " & Co.", " & Sons", " & Trust", " Corporation", " plc", " S.A."});
}

std::string LineTexts::street(Random& random) const {
    const std::string kind = one_of(random, {"Street", "St.", "Avenue", "Ave", "Ave.", "Road", "Rd.", "Drive", "Dr.", "Lane", "Blvd.", "Plaza", "Square", "Court", "Terrace", "Center", "Way", "Hwy"});
    switch (random.below(7)) {
        case 0: return "P.O. Box " + figures(random, 2, 5);
        case 1: return "c/o " + (random.one_in(2) ? person(random) : firm(random));
        case 2: return one_of(random, {"Suite ", "Apt. ", "Floor ", "Room ", "Unit "}) + figures(random, 1, 4) + (random.one_in(3) ? letters(random, kCapitals, 1) : "");
        case 3: return std::to_string(1 + random.below(60)) + one_of(random, {"th", "st", "nd", "rd"}) + " Floor";
        case 4: return figures(random, 1, 4) + " " + one_of(random, {"N.", "S.", "E.", "W.", "West", "North"}) + " " + std::to_string(1 + random.below(150)) + "th " + kind;
        default: {
            std::string text = figures(random, 1, 5) + " " + proper(random) + " " + kind;
            if (random.one_in(4)) text += one_of(random, {", Apt. ", ", Suite ", ", #", " Apt "}) + figures(random, 1, 4) + (random.one_in(2) ? letters(random, kCapitals, 1) : "");
            return text;
        }
    }
}

std::string LineTexts::town(Random& random) const {
    static const Several kStates = {"AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE",
                                    "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "Ohio", "Texas",
                                    "Maine", "Vermont", "Georgia", "Utah", "Iowa", "Oregon", "Nevada"};
    std::string text = proper(random);
    if (random.one_in(4)) text = one_of(random, {"New ", "San ", "St. ", "Fort ", "North ", "West ", "Los ", "El "}) + text;
    if (random.one_in(8)) return text + " " + letters(random, kCapitals, 2) + figures(random, 1, 2) + " " + figures(random, 1, 1) + letters(random, kCapitals, 2);
    if (random.one_in(10)) return figures(random, 5, 5) + " " + text;
    return text + ", " + one_of(random, kStates) + (random.one_in(5) ? "  " : " ") + figures(random, 5, 5) + (random.one_in(5) ? "-" + figures(random, 4, 4) : "");
}

std::string LineTexts::prose(Random& random) const {
    std::string text = random.one_in(2) ? proper(random) : word(random);
    for (std::size_t more = random.below(8); more > 0; --more) {
        if (random.one_in(8)) text += one_of(random, {",", ";", ".", ":", " --", " (s)", "\""});
        text += " " + (random.one_in(12) ? count(random) : random.one_in(10) ? "(" + word(random) + ")" : random.one_in(8) ? proper(random) : word(random));
    }
    return text;
}

std::string LineTexts::signature(Random& random) const { return one_of(random, {"/s/ ", "/s/", "By: ", "By: /s/ ", "By ", "(signed) "}) + person(random); }

std::string LineTexts::any(Random& random) const {
    std::string text;
    switch (random.below(20)) {
        case 0:
        case 1:
        case 2: text = person(random); break;
        case 3:
        case 4: text = firm(random); break;
        case 5: text = street(random); break;
        case 6: text = town(random); break;
        case 7: text = random.one_in(3) ? street(random) + ", " + town(random) : street(random); break;
        case 8:
        case 9:
        case 10: text = date(random); break;
        case 11: text = money(random); break;
        case 12: text = count(random); break;
        case 13: text = number_in_words(random); break;
        case 14: text = telephone(random); break;
        case 15: text = certificates(random); break;
        case 16: text = code(random); break;
        case 17: text = random.one_in(2) ? signature(random) : anything(random); break;
        default: text = prose(random); break;
    }
    if (random.one_in(12)) text = in_capitals(text);
    if (text.size() > kLongestLine) text.resize(kLongestLine);
    // A line's white is one blank wide: how wide it was printed is not read.
    text.erase(std::unique(text.begin(), text.end(), [](char one, char other) { return one == ' ' && other == ' '; }), text.end());
    while (!text.empty() && text.back() == ' ') text.pop_back();
    while (!text.empty() && text.front() == ' ') text.erase(0, 1);
    return text.empty() ? "x" : text;
}

}  // namespace rightsdesk::support
