#include "reading/well_formed.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <regex>
#include <string>

namespace rightsdesk::reading {

namespace {

bool is_figure(char letter) { return letter >= '0' && letter <= '9'; }

// Ten digits, or eleven with the country's 1 (a plus before it is read as a 4), and one way of parting them.
bool is_whole_telephone(std::string_view text) {
    static const std::regex kOffice(R"(( |, ?)?(ext\.?|extension|x) ?[0-9]{1,6}$)");
    std::cmatch office;
    if (std::regex_search(text.data(), text.data() + text.size(), office, kOffice)) text.remove_suffix(static_cast<std::size_t>(office.length()));
    // In the subscription agent's own town nobody writes the area's code; the dash stands where it must.
    static const std::regex kLocal(R"([0-9]{3}[-.][0-9]{4})");
    if (std::regex_match(text.begin(), text.end(), kLocal)) return true;
    // Five or six figures that nothing parts are two groups whose blank was lost.
    static const std::regex kGrown(R"((^|[^0-9])[0-9]{5,6}([^0-9]|$))");
    if (std::regex_search(text.begin(), text.end(), kGrown)) return false;
    // A bracket that closes and none that opens: what stood in front was lost.
    if (std::count(text.begin(), text.end(), '(') != std::count(text.begin(), text.end(), ')')) return false;
    const std::string digits = digits_only(text);
    if (text.find('.') != std::string_view::npos && text.find_first_of("-/( ") != std::string_view::npos) return false;
    // Where a blank parts the country's 1 its plus was lost.
    return digits.size() == 10 || (digits.size() == 11 && digits.front() == '1' && !text.starts_with("1 "));
}

// A point stands behind an initial or a word cut short, not behind a whole one: elsewhere it is a speck. What is cut short otherwise
// is a person's to read.
bool has_stray_point(std::string_view text) {
    static constexpr std::array<std::string_view, 64> kShort = {
        "ste", "apt", "bldg", "blvd", "ave", "av", "st", "rd", "dr", "ln", "ct", "pl", "sq", "ter", "cir", "hwy", "pkwy", "pky", "tpke", "fl", "rm", "mt", "ft", "no", "nos", "attn",
        "inc", "corp", "co", "cos", "ltd", "bros", "assoc", "assn", "mgmt", "natl", "intl", "secs", "sec", "inv", "invs", "mfg", "bk", "jr", "sr", "mr", "mrs", "ms", "esq", "ph", "phd",
        "md", "wm", "chas", "geo", "jos", "thos", "robt", "edw", "ttee", "cust", "trs", "pres", "treas"};
    std::string word;
    for (const char letter : text) {
        if (std::isalpha(static_cast<unsigned char>(letter)) != 0) {
            word.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
            continue;
        }
        if (letter == '.' && word.size() > 1 && std::find(kShort.begin(), kShort.end(), word) == kShort.end()) return true;
        word.clear();
    }
    return false;
}

// Every line of it begins with a capital or a figure, and no initial is a figure: "d. P. Dunmore", "9 8. Wacker Dr." were misread.
bool begins_well(Kind kind, std::string_view text) {
    static const std::regex kFigureForInitial(R"((^|[ \n])[0-9]\. )");
    if (std::regex_search(text.begin(), text.end(), kFigureForInitial)) return false;
    // A g that ends low is read as a q; names with a q and no u behind it are a person's to read.
    static const std::regex kLoneQ(R"(q([^u]|$))");
    if (std::regex_search(text.begin(), text.end(), kLoneQ)) return false;
    // Signs that no name and no address has, and a dash before a word: dust.
    if (kind == Kind::kName && text.starts_with("By: ")) text.remove_prefix(4);
    static const std::regex kStrange(R"([^A-Za-z0-9 .,;'&/#()\n-]|(^|[ \n])-|;[^ ])");
    if (std::regex_search(text.begin(), text.end(), kStrange)) return false;
    // A letter by itself, without a point, between whole words: an initial has one, and an ampersand that a recogniser has no letter for is
    // read as any: "National Bank E Trust".
    static const std::regex kLoneLetter(R"( [il1I] |[A-Za-z]{2} [A-Z] )");
    if (kind == Kind::kName && std::regex_search(text.begin(), text.end(), kLoneLetter)) return false;
    // An initial read as a sign or a small letter, or its point as a comma: "R. & Appleby", "R. J, Appleby", "Citibank, N.a."
    static const std::regex kSignForInitial(R"((^|[ \n])[A-Za-z](\. ?&|,)|\.[a-z]\.)");
    if (kind == Kind::kName && std::regex_search(text.begin(), text.end(), kSignForInitial)) return false;
    // A ZIP code, or London's, ends an address and shows that it is whole; the continent's stands before the town, in the last line.
    static const std::regex kZip(R"(( |\n)([0-9]{5}(-[0-9]{4})?|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2})$|(\n|, )([A-Z]{1,2}-)?[0-9]{4,6} [A-Z][A-Za-z -]+$)");
    if (kind == Kind::kAddress && !std::regex_search(text.begin(), text.end(), kZip)) return false;
    // A comma behind a house's number, and one before a street's kind, is dust.
    static const std::regex kCommaBehindNumber(R"(^(One|Two|Three|[0-9]{1,5}), [A-Z])");
    if (kind == Kind::kAddress && std::regex_search(text.begin(), text.end(), kCommaBehindNumber)) return false;
    static const std::regex kCommaBeforeKind(R"(, (Dr|St|Ave?|Rd|Blvd|Ln|Ct|Pl|Sq|Street|Avenue|Road|Drive|Lane)\b)");
    if (kind == Kind::kAddress && std::regex_search(text.begin(), text.end(), kCommaBeforeKind)) return false;
    // A town alone is what is left of one.
    static const std::regex kTownAlone(R"([A-Za-z .'-]+,? [A-Za-z.]+ [0-9]{5}(-[0-9]{4})?|[A-Za-z .'-]+ [A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}|([A-Z]{1,2}-)?[0-9]{4,6} [A-Za-z -]+)");
    if (kind == Kind::kAddress && std::regex_match(text.begin(), text.end(), kTownAlone)) return false;
    // One of two points is a speck, or a comma.
    if (text.find("..") != std::string_view::npos || text.find(",.") != std::string_view::npos || has_stray_point(text)) return false;
    // The next label, misread: "Name(s)" is nobody's.
    if (text.find("(s") != std::string_view::npos) return false;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        if (line.starts_with("/s/")) line.remove_prefix(3);
        while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
        const bool small = !line.empty() && std::islower(static_cast<unsigned char>(line.front())) != 0;
        if (small && !(kind == Kind::kAddress && line.starts_with("c/o"))) return false;
        begin = end + 1;
    }
    return true;
}

}  // namespace

Kind kind_of(std::string_view field) {
    static constexpr std::array<std::string_view, 5> kNumbers = {"rights_held", "basic_shares", "excess_shares", "subscription_price", "aggregate_cents"};
    static constexpr std::array<std::string_view, 3> kCodes = {"confirmation_number", "instrument_number", "certificate_numbers"};
    if (std::find(kNumbers.begin(), kNumbers.end(), field) != kNumbers.end()) return Kind::kNumber;
    if (std::find(kCodes.begin(), kCodes.end(), field) != kCodes.end()) return Kind::kCode;
    if (field.ends_with("_date") || field == "dated") return Kind::kDate;
    if (field.ends_with("telephone")) return Kind::kTelephone;
    if (field.ends_with("address")) return Kind::kAddress;
    return field == "guarantee_days" ? Kind::kWords : Kind::kName;
}

bool is_count(std::string_view field) { return kind_of(field) == Kind::kNumber && field != "aggregate_cents" && field != "subscription_price"; }

bool is_well_formed(std::string_view field, std::string_view text) {
    const Kind kind = kind_of(field);
    // The issuer's name is held against the form's title instead.
    if ((kind == Kind::kName || kind == Kind::kAddress) && field != "issuer" && !begins_well(kind, text)) return false;
    if (field == "issuer" && (text.find_first_of(";:|<>~") != std::string_view::npos || text.find(",.") != std::string_view::npos)) return false;
    // "dated June 5, 2002 of Acme Corp.": the date was lost, and the form's word is left.
    if (field == "issuer" && text.starts_with("of ")) return false;
    // Two letters on an empty blank are what a rule left there.
    if (kind == Kind::kName && std::count_if(text.begin(), text.end(), [](unsigned char letter) { return std::isalnum(letter) != 0; }) <= 2) return false;
    if (kind == Kind::kTelephone && !is_whole_telephone(text)) return false;
    // Nobody writes a count with a nought in front: its first figure was lost.
    if (is_count(field) && text.size() > 1 && text.front() == '0' && is_figure(text[1])) return false;
    // A count that ends with a comma, its only one, goes on: "497,". Behind an amount the comma may be the sentence's.
    if (is_count(field) && text.ends_with(',') && std::count(text.begin(), text.end(), ',') == 1) return false;
    // A later number has the letters that stand before the first one too, where any has: "1001; RC-1002" lost them.
    static const std::regex kLostLetters(R"([0-9].*\b[A-Z]{1,4}-?[0-9].*)");
    if (field == "certificate_numbers" && std::regex_match(text.begin(), text.end(), kLostLetters)) return false;
    // A check's number without a figure is another line's words.
    if (field == "instrument_number" && !text.empty() && text != "n/a" && digits_in(text) == 0) return false;
    if (field != "confirmation_number" || text == "n/a") return true;
    // Whether it is a Fedwire reference is seen by its date; other banks' numbers are of any form.
    if (text.size() + 3 < kReferenceLength || !text.starts_with("20")) return true;
    const auto digits = [&](std::string_view part) { return std::all_of(part.begin(), part.end(), is_figure); };
    // An O in the sender's letters is a Q that lost its tail, in every look alike, or none: a person tells.
    const std::string_view sender = text.substr(kReferenceDate, text.size() - kReferenceDate - kReferenceNumber);
    return text.size() == kReferenceLength && sender.find('O') == std::string_view::npos && digits(text.substr(0, kReferenceDate)) && digits(text.substr(kReferenceLength - kReferenceNumber));
}

std::string digits_only(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_figure);
    return digits;
}

std::size_t capitals_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](unsigned char letter) { return std::isupper(letter) != 0; }));
}

std::size_t digits_in(std::string_view text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_figure)); }

}  // namespace rightsdesk::reading
