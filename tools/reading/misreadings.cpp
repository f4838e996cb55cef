#include "reading/misreadings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "paper/page.h"
#include "reading/well_formed.h"

namespace rightsdesk::reading {

namespace {

constexpr std::size_t kTornH = 5;  // letters of a word: shorter ones may be others

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_letter(char letter) { return std::isalpha(static_cast<unsigned char>(letter)) != 0; }

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

// A dash that was seen as two and more is one.
void join_dashes(std::string& text) {
    text.erase(std::unique(text.begin(), text.end(), [](char one, char other) { return one == '-' && other == '-'; }), text.end());
}

// Quotes and dashes of the keyboard; signs that no form has.
std::string plain(std::string_view raw) {
    std::string text(raw);
    static const std::vector<std::pair<std::string_view, std::string_view>> kPlain = {
        {"\u2019", "'"}, {"\u2018", "'"}, {"`", "'"}, {"\u201c", "\""}, {"\u201d", "\""}, {"\u2014", "-"}, {"\u2013", "-"}, {"\u00b0", ""}, {"\u00ab", ""}, {"\u00bb", ""},
        {"\u00ae", "*"}, {"\u00a9", ""}, {"\u2022", ""}, {"~", "-"}, {"{", "("}, {"}", ")"}};
    for (const auto& [what, with] : kPlain) replace_all(text, what, with);
    return text;
}

char digit_for(char letter) {
    switch (letter) {
        case 'O':
        case 'o':
        case 'Q':
        case 'D': return '0';
        case 'l':
        case 'L':
        case 'I':
        case 'i':
        case '|': return '1';
        case 'S':
        case 's': return '5';
        case 'B': return '8';
        default: return letter;
    }
}

std::string number(std::string text) {
    static const std::regex kSlashes(R"(/([0-9][0-9,]*)/)");
    text = std::regex_replace(text, kSlashes, "($1)");
    static const std::regex kWordsInSlashes(R"(/([A-Za-z]+( [A-Za-z]+)*)/)");
    text = std::regex_replace(text, kWordsInSlashes, "($1)");
    replace_all(text, ";", ",");
    replace_all(text, " ,", ",");
    // A typewriter's comma is read as other signs; three figures, and three, stand behind it.
    static const std::regex kSignForComma(R"(([0-9]) ?[+%*s:'] ?(?=[0-9]{3}([,. )]|$)))");
    text = std::regex_replace(text, kSignForComma, "$1,");
    replace_all(text, "U8$", "US$");
    // Dots of the rule behind it.
    static const std::regex kDots(R"( [ ._-]+$)");
    text = std::regex_replace(text, kDots, "");
    if (text.starts_with('%') || (text.size() > 1 && text[0] == 'S' && is_digit(text[1]))) text[0] = '$';
    if (text == "O" || text == "o") return "0";
    // Stars around a number are misread as anything; where one of them is a star, all before the first digit are.
    const auto first = text.find_first_of("0123456789(");
    const auto last = text.find_last_of("0123456789)");
    if (first == std::string::npos) return text;
    const std::string_view marks = "*%#\"'";
    const bool stars_before = text.substr(0, first).find_first_of(marks) != std::string::npos;
    const bool stars_behind = text.find_first_of(marks, last + 1) != std::string::npos;
    if (stars_behind) text.resize(last + 1);
    // The beginning of the form's next word.
    static const std::regex kBegun(R"(([0-9]) [A-Za-z]{1,2}$)");
    text = std::regex_replace(text, kBegun, "$1");
    if (stars_before) text.erase(0, first);
    // Groups of three that gaps part, of which the first gap was not seen, or dust in it: "1820 000", "1.820 000".
    static const std::regex kGroups(R"([0-9]{1,6}([ .,][0-9]{3})* [0-9]{3}([ .,][0-9]{3})*)");
    static const std::regex kPointed(R"([0-9]{1,3}([.][0-9]{3}){2,})");
    if (std::regex_match(text, kGroups) || std::regex_match(text, kPointed)) std::erase_if(text, [](char letter) { return !is_digit(letter); });
    return text;
}

// Of money: what ends the form's sentence behind it, and marks of which it is known by the figures behind them that they part thousands:
// "5.520,.398.00 .".
std::string amount(std::string text) {
    while (!text.empty() && std::string_view(" .,").find(text.back()) != std::string_view::npos) text.pop_back();
    static const std::regex kThousands(R"(([0-9])[.,]{1,2}(?=[0-9]{3}[.,]))");
    text = std::regex_replace(text, kThousands, "$1,");
    // Cents are two figures.
    static const std::regex kLastThousand(R"((,[0-9]{3})[.]([0-9]{3})$)");
    return std::regex_replace(text, kLastThousand, "$1,$2");
}

std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t at = 0; at < row.size(); ++at) row[at] = at;
    for (std::size_t from = 1; from <= one.size(); ++from) {
        std::size_t diagonal = row[0];
        row[0] = from;
        for (std::size_t to = 1; to <= other.size(); ++to) {
            const std::size_t above = row[to];
            row[to] = std::min({diagonal + (one[from - 1] == other[to - 1] ? 0U : 1U), above + 1, row[to - 1] + 1});
            diagonal = above;
        }
    }
    return row.back();
}

// "Jume" can only be June: one letter away from it, and two and more from every other word of a date.
std::string date_word(const std::string& word) {
    static constexpr std::array<std::string_view, 22> kWords = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
                                                                "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "the", "day", "of"};
    const std::string small = paper::lower(word);
    if (word.size() < 4) return word;
    std::string_view nearest;
    std::size_t least = 3;
    bool alone = true;
    for (const std::string_view known : kWords) {
        const std::size_t apart = distance(small, known);
        if (apart < least) {
            least = apart;
            nearest = known;
            alone = true;
        } else if (apart == least) {
            alone = false;
        }
    }
    return least == 1 && alone ? std::string(nearest) : word;
}

std::string date(std::string text) {
    while (!text.empty() && std::string_view("\"'., _|*").find(text.front()) != std::string_view::npos) text.erase(0, 1);
    replace_all(text, ";", ",");
    replace_all(text, "=", "-");
    join_dashes(text);
    static const std::regex kDayOf(R"((st|nd|rd|th) [a-z]{3} of )");
    text = std::regex_replace(text, kDayOf, "$1 day of ");
    static const std::regex kComma(R"(([0-9]|th|st|nd|rd)[s:] ([0-9]{4}))");
    text = std::regex_replace(text, kComma, "$1, $2");
    std::string read;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) ++end;
        if (end == at) {
            read.push_back(text[at++]);
            continue;
        }
        std::string word = text.substr(at, end - at);
        static const std::regex kDay(R"([0-9OoliILSQ]{1,2}(st|nd|rd|th))");
        const bool has_digit = std::any_of(word.begin(), word.end(), is_digit);
        if (std::regex_match(word, kDay)) {
            for (std::size_t letter = 0; letter + 2 < word.size(); ++letter) word[letter] = digit_for(word[letter]);
        } else if (has_digit && word.size() <= 4) {
            std::transform(word.begin(), word.end(), word.begin(), digit_for);
        } else if (!has_digit) {
            word = date_word(word);
        }
        read += word;
        at = end;
    }
    return read;
}

std::string telephone(std::string text) {
    // Dots of the line below, or of a rule.
    text.erase(0, std::min(text.find_first_not_of(".-_,:;' "), text.size()));
    static const std::regex kSlashes(R"(^[/|1Il47f(]([0-9]{3})[/|)(](?=[ 0-9]))");
    join_dashes(text);
    replace_all(text, "\u00a3", "/");
    // A plus is read as another stroke, and the country's 1 hangs on it: no number has twelve figures.
    static const std::regex kStrokes(R"(^[1|!l4][.]?[1lI|][ .]?([0-9]{3} [0-9]{3}-[0-9]{4}))");
    text = std::regex_replace(text, kStrokes, "+1 $1");
    static const std::regex kCountry(R"(^[+#*]\s*[1lI\]] ?([0-9]{3} ))");
    static const std::regex kExtension(R"(ext[,;]? ?(?=[0-9]))");
    text = std::regex_replace(text, kSlashes, "($1)");
    text = std::regex_replace(text, kCountry, "+1 $1");
    text = std::regex_replace(text, kExtension, "ext. ");
    replace_all(text, "=", "-");
    replace_all(text, " -", "-");
    replace_all(text, " .", ".");
    while (!text.empty() && std::string_view(",.;:'\"_ ").find(text.back()) != std::string_view::npos) text.pop_back();
    return text;
}

// A word of a line, by itself, of nothing but strokes: an ampersand that the recogniser has no letter for.
bool is_ampersand(std::string_view word) {
    // An initial whose point was lost is none.
    if (word.empty() || word.size() > 3 || word == "I" || word == "II" || word == "III" || word == "J" || word == "l") return false;
    return std::all_of(word.begin(), word.end(), [](char letter) { return std::string_view("[]|()J10lI{}&").find(letter) != std::string_view::npos; });
}

bool is_signing_mark(std::string_view word) {
    static const std::regex kMark(R"([/\\|Il1!(]?[s8S5]{1,2}[/\\|fIl18!)]{1,2}|/[A-Za-z0-9]/)");
    return word.size() >= 2 && word.size() <= 4 && std::regex_match(word.begin(), word.end(), kMark);
}

// A mark with the name close behind it: "Is/Ann-Marie".
std::string with_signing_mark(const std::string& text) {
    static const std::regex kGlued(R"(^([/\\|IlJf1!(][sS58][/\\]|/[sS58][/\\|fIl1!i)(]|/[A-Za-z0-9]/)(?=[A-Z)]))");
    return std::regex_replace(text, kGlued, "/s/");
}

// Zeros and ones within a name's words are letters.
void letters_for_digits(std::string& word) {
    const bool letters = std::any_of(word.begin(), word.end(), is_letter);
    if (word == "0f") word[0] = 'o';
    for (std::size_t at = 0; letters && at < word.size(); ++at) {
        const bool between = at > 0 && is_letter(word[at - 1]);
        const bool before_quote = at + 1 < word.size() && word[at + 1] == '\'';
        if (word[at] == '0' && (between || before_quote)) word[at] = between && std::islower(static_cast<unsigned char>(word[at - 1])) != 0 ? 'o' : 'O';
        if (word[at] == '1' && between && std::islower(static_cast<unsigned char>(word[at - 1])) != 0) word[at] = 'l';
    }
}

// Dust beside a line is read as a mark of its own, before or behind it.
std::string without_dust(std::string_view text) {
    std::string clean;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string line(text.substr(begin, end - begin));
        const auto is_dust = [](std::string_view word) {
            return !word.empty() && std::all_of(word.begin(), word.end(), [](char letter) { return std::string_view(".,-_'\":;|!*^~ ").find(letter) != std::string_view::npos; });
        };
        for (auto space = line.find(' '); space != std::string::npos && is_dust(line.substr(0, space)); space = line.find(' ')) line.erase(0, space + 1);
        for (auto space = line.rfind(' '); space != std::string::npos && is_dust(line.substr(space + 1)); space = line.rfind(' ')) line.resize(space);
        while (!line.empty() && std::string_view("\"'*_|^~-").find(line.front()) != std::string_view::npos) line.erase(0, 1);
        while (line.ends_with("..")) line.pop_back();
        while (!line.empty() && std::string_view("\"*_|^~").find(line.back()) != std::string_view::npos) line.pop_back();
        clean += line + (end < text.size() ? "\n" : "");
        begin = end + 1;
    }
    return clean;
}

std::string name(std::string text, bool signature) {
    // A J whose foot was all that was seen of it; a bracket opens before it closes.
    static const std::regex kFoot(R"((^|[ \n]|/s/)\)\. )");
    text = std::regex_replace(text, kFoot, "$1J. ");
    // A typewriter's is read as a figure, which no initial is.
    static const std::regex kThree(R"((^|[ \n]|/s/)(3d?|J?d)\. (?=[A-Z]))");
    text = std::regex_replace(text, kThree, "$1J. ");
    // The point of the first of two initials.
    static const std::regex kInitials(R"((^|[ \n/])([A-Z]), (?=[A-Z]\. ))");
    text = std::regex_replace(text, kInitials, "$1$2. ");
    std::string read;
    std::string word;
    std::size_t words = 0;  // of the line
    const auto end_word = [&](bool last) {
        if (word.empty()) return;
        if (signature && words == 0 && !last && word.size() == 3 && word.starts_with("By")) word[2] = ':';
        const bool at_mark = words == 0 || (words == 1 && read.ends_with("By: "));
        // A speck behind it.
        if (at_mark && signature && !last && word.size() == 4 && word.starts_with("/s/") && std::ispunct(static_cast<unsigned char>(word[3])) != 0) word.pop_back();
        if (at_mark && signature && is_signing_mark(word) && !last) word = "/s/";
        if (words == 0 && (word == "ist" || word == "lst" || word == "Ist")) word = "1st";
        if (words > 0 && !last && word.ends_with(',') && is_ampersand(std::string_view(word).substr(0, word.size() - 1))) word.pop_back();
        if (words > 0 && !last && is_ampersand(word)) word = "&";
        if (word == "inc." || word == "inc") word[0] = 'I';
        if (words > 0 && (word == "Ine." || word == "Ino." || word == "Ine," || word == "1nc.")) word = word.back() == ',' ? "Inc.," : "Inc.";
        if (word.starts_with("Inc") && words > 0 && read.size() > 4 && read.ends_with(". ") && read[read.size() - 4] != '.') read[read.size() - 2] = ',';
        letters_for_digits(word);
        read += word;
        word.clear();
        ++words;
    };
    for (const char letter : text) {
        if (letter != ' ' && letter != '\n') {
            word.push_back(letter);
            continue;
        }
        end_word(letter == '\n');
        read.push_back(letter);
        if (letter == '\n') words = 0;
    }
    end_word(true);
    return read;
}

std::string address(std::string text) {
    static const std::regex kCompass(R"((^|\n)([0-9]+)([NSEW])\. )");
    // "400 W, 12th St.": behind a number and a compass's letter stands a point.
    static const std::regex kCommaForPoint(R"((^|\n)([0-9]+ [NSEW]), )");
    text = std::regex_replace(text, kCommaForPoint, "$1$2. ");
    // Behind a house's number and before its street a letter with a point is the compass's.
    static const std::regex kSouth(R"((^|\n)([0-9]+) (8S|S8|8|5|3)\. (?=[A-Z]))");
    text = std::regex_replace(text, kSouth, "$1$2 S. ");
    static const std::regex kOrdinal(R"(\b[ilI]([0-9](st|nd|rd|th))\b)");
    static const std::regex kCareOf(R"((^|\n)c[l1I|]o )");
    text = std::regex_replace(text, kCareOf, "$1c/o ");
    // A small letter between capitals: London's SW1A.
    static const std::regex kDistrict(R"(\b([A-Z]{1,2})[il]([A-Z]?)\b)");
    text = std::regex_replace(text, kDistrict, "$011$2");
    static const std::regex kPoint(R"(([A-Z0-9]{2})\.($|\n))");
    text = std::regex_replace(text, kPoint, "$1$2");
    static const std::regex kAmpersand(R"((^|\n)(c/o [A-Za-z.,' -]+) [\[\]|()J1lI]{1,2} (?=[A-Z]))");
    text = std::regex_replace(text, kAmpersand, "$1$2 & ");
    // A speck between a state and its ZIP code.
    static const std::regex kState(R"((^|[ ,\n])([A-Z]{2})[.,] ([0-9]{5}))");
    text = std::regex_replace(text, kState, "$1$2 $3");
    text = std::regex_replace(text, kCompass, "$1$2 $3. ");
    // No address is parted by semicolons.
    replace_all(text, "; ", ", ");
    // A state's I in small print.
    static const std::regex kSmallI(R"(, [il]([A-Z]) ([0-9]{5}))");
    text = std::regex_replace(text, kSmallI, ", I$1 $2");
    replace_all(text, ", tL ", ", IL ");
    // A d whose bowl stands apart is read twice; a house's number stands by itself.
    static const std::regex kRoad(R"(R(ad|a)\.)");
    text = std::regex_replace(text, kRoad, "Rd.");
    static const std::regex kNumbered(R"((^|\n)([0-9]{1,5})([A-Z][a-z]))");
    text = std::regex_replace(text, kNumbered, "$1$2 $3");
    return std::regex_replace(text, kOrdinal, "1$1");
}

bool is_round(char letter) { return std::string_view("0OQD").find(letter) != std::string_view::npos; }

// A reference with a letter too many, of which one was seen as two: "QO" where a Q stands, "O0" where a 0 does. As it is where there
// is more than one such pair.
std::string without_doubled(const std::string& text) {
    std::string single;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (!is_round(text[at]) || !is_round(text[at + 1]) || text[at] == text[at + 1]) continue;
        // The Q, which has the more strokes; else the figure.
        const bool first = text[at] == 'Q' || (text[at + 1] != 'Q' && text[at] == '0');
        std::string one = text;
        one.erase(first ? at + 1 : at, 1);
        if (!single.empty() && one != single) return text;
        single = std::move(one);
    }
    return single.empty() ? text : single;
}

// Small letters in front of a number's figures: "Rc-1001".
void raise_prefixes(std::string& text) {
    static const std::regex kPrefix(R"(\b[A-Z][a-z]{1,3}-?[0-9])");
    std::smatch found;
    while (std::regex_search(text, found, kPrefix)) {
        const auto begin = text.begin() + found.position();
        std::transform(begin, begin + found.length(), begin, [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    }
}

std::string code(std::string_view field, std::string text) {
    replace_all(text, "=", "-");
    join_dashes(text);
    // Dust in front of it and behind it.
    while (!text.empty() && std::isalnum(static_cast<unsigned char>(text.front())) == 0 && text.front() != '#') text.erase(0, 1);
    while (!text.empty() && std::string_view(" |-.,:;_'\"").find(text.back()) != std::string_view::npos) text.pop_back();
    if (field == "certificate_numbers") {
        replace_all(text, "- ", "-");
        replace_all(text, ":", ";");
        raise_prefixes(text);
        // A comma, or a speck beside it, that was read as a point; a gap behind the letters of one number that the others have not.
        static const std::regex kComma(R"(([0-9])[.,]+ ?([A-Z]))");
        text = std::regex_replace(text, kComma, "$1,$2");
        static const std::regex kPrefixed(R"(\b([A-Z]{1,4})[0-9].*\b(\1 )[0-9])");
        std::smatch found;
        if (std::regex_search(text, found, kPrefixed)) text.erase(static_cast<std::size_t>(found.position(2)) + static_cast<std::size_t>(found.length(2)) - 1, 1);
        static const std::regex kAmpersand(R"(([0-9]) [\[\]|()J10lI]{1,2} ([0-9A-Z]))");
        text = std::regex_replace(text, kAmpersand, "$1 & $2");
        return text;
    }
    if (field == "instrument_number") {
        static const std::regex kGap(R"(([0-9]) ([0-9]))");
        return std::regex_replace(text, kGap, "$1$2");
    }
    std::string whole = text;
    std::erase(whole, ' ');
    static const std::regex kNothing(R"([nN][/il1|Il][aA]\.?)");
    if (std::regex_match(whole, kNothing)) return "n/a";
    if (whole.size() == kReferenceLength + 1) whole = without_doubled(whole);
    if (whole.size() != kReferenceLength) return text;
    for (std::size_t at = 0; at < kReferenceDate; ++at) whole[at] = digit_for(whole[at]);
    for (std::size_t at = kReferenceLength - kReferenceNumber; at < kReferenceLength; ++at) whole[at] = digit_for(whole[at]);
    return whole;
}

std::string with_whole_h(const std::string& word) {
    const bool torn = word.size() > kTornH && (word[0] == 'I' || word[0] == 'L' || word[0] == 'T') && word[1] == 'l';
    return torn ? "H" + word.substr(2) : word;
}

std::string with_low_g(std::string word) {
    for (std::size_t at = 0; at < word.size(); ++at) {
        if (word[at] == 'q' && (at + 1 == word.size() || word[at + 1] != 'u')) word[at] = 'g';
    }
    return word;
}

}  // namespace

std::string mended(std::string_view field, std::string_view raw) {
    std::string text = plain(raw);
    switch (kind_of(field)) {
        case Kind::kNumber: return is_count(field) ? number(std::move(text)) : amount(number(std::move(text)));
        case Kind::kDate: return date(std::move(text));
        case Kind::kTelephone: return telephone(std::move(text));
        case Kind::kName: {
            const bool signature = field == "signatures" || field == "signatory";
            std::string clean = without_dust(text);
            // The form's own words go on in small letters: what parts them from the name is a comma.
            static const std::regex kPoint(R"(\. (an? [A-Z]))");
            if (field == "issuer") clean = std::regex_replace(clean, kPoint, ", $1");
            // Nobody writes a company's kind small behind its comma: a torn I is read as an i.
            static const std::regex kKind(R"(, inc\.)");
            clean = std::regex_replace(clean, kKind, ", Inc.");
            return name(signature ? with_signing_mark(clean) : clean, signature);
        }
        case Kind::kAddress: return address(without_dust(text));
        case Kind::kCode: return code(field, std::move(text));
        case Kind::kWords: return text;
    }
    return text;
}

std::string with_known_letters(std::string text, const std::function<bool(const std::string&)>& is_word) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_letter(text[at])) continue;
        std::size_t end = at;
        while (end < text.size() && is_letter(text[end])) ++end;
        const std::string word = text.substr(at, end - at);
        for (const std::string& other : {with_whole_h(word), with_low_g(word)}) {
            if (other == word || is_word(word) || !is_word(other)) continue;
            text.replace(at, word.size(), other);
            end = at + other.size();
            break;
        }
        at = end;
    }
    return text;
}

}  // namespace rightsdesk::reading
