#include "paper/people.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "paper/letters.h"
#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

std::vector<std::string> name_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char letter : lower(tidy(text)) + " ") {
        if (letter != ' ' && letter != ',') {
            if (letter != '.') word.push_back(letter);
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

// A firm's name may hold "and", a comma, and go on in the next line.
bool names_firm(const std::vector<std::string>& words) {
    static constexpr std::array<std::string_view, 39> kFirm = {
        "inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "co", "corp", "corporation", "company", "companies", "trust", "partners", "partnership",
        "fund", "funds", "bank", "nominee", "nominees", "associates", "holdings", "securities", "group", "capital", "foundation", "estate", "brothers", "bros",
        "sons", "daughters", "services", "union", "clearing", "brokerage", "investments", "management", "na", "plc"};
    return std::any_of(words.begin(), words.end(), [](const std::string& word) { return std::find(kFirm.begin(), kFirm.end(), word) != kFirm.end(); });
}

bool is_title(const std::string& word) {
    static constexpr std::array<std::string_view, 21> kTitles = {"as", "jr", "sr", "ii", "iii", "iv", "esq", "md", "phd", "cpa", "trustee", "trustees", "ttee", "custodian", "executor",
                                                                 "executrix", "president", "treasurer", "secretary", "attorney", "vice"};
    return std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
}

// What follows a comma and still belongs to the name before it.
bool goes_on_after_comma(const std::vector<std::string>& words) {
    return words.empty() || words.size() == 1 || names_firm(words) || is_title(words.front());
}

// "Prudence Field; Trustee": nobody's name is a title; the semicolon was a comma, or somebody's name is missing.
bool is_title_alone(const std::vector<std::string>& words) { return !words.empty() && std::all_of(words.begin(), words.end(), is_title); }

// A comma between two whole names may part two people: "Carol Smith, Dan Jones".
bool comma_may_part(const std::string& text) {
    for (auto at = text.find(','); at != std::string::npos; at = text.find(',', at + 1)) {
        if (name_words(std::string_view(text).substr(0, at)).size() >= 2 && !goes_on_after_comma(name_words(std::string_view(text).substr(at + 1)))) return true;
    }
    return false;
}

// Splits at "and", "&" and "/" where both sides are whole names of persons. Nothing where a firm's name may hold the word.
std::optional<std::vector<std::string>> split_between_names(const std::string& text) {
    const std::string small = lower(text);
    for (const std::string_view between : {" and ", " & ", " / ", "/"}) {
        const auto at = small.find(between);
        if (at == std::string::npos) continue;
        const std::string left = text.substr(0, at);
        const std::string right = text.substr(at + between.size());
        if (name_words(left).size() < 2 || name_words(right).size() < 2) continue;
        if (names_firm(name_words(text))) return std::nullopt;
        auto rest = split_between_names(right);
        if (!rest) return std::nullopt;
        rest->insert(rest->begin(), left);
        return rest;
    }
    return std::vector<std::string>{text};
}

// A line that the next one may go on from, or that goes on from the one before.
bool leads_on(const std::string& line) {
    const std::string small = " " + lower(line);
    return small.ends_with(" and") || small.ends_with(" &") || small.ends_with(",") || small.ends_with(" of") || small.ends_with(" the");
}
bool goes_on(const std::string& line) {
    const std::string small = lower(line) + " ";
    for (const std::string_view start : {"as ", "and ", "& ", "of ", "for ", "fbo ", "f/b/o ", "by ", "its "}) {
        if (small.starts_with(start)) return true;
    }
    return false;
}

// The "/s/" that a text begins with; "s/ " where a line does. Empty when there is none.
std::string_view signing_mark(std::string_view text, std::string_view line_before) {
    const std::string small = lower(text.substr(0, 3));
    if (small == "/s/") return text.substr(0, 3);
    return small == "s/ " && !says_something(line_before) ? text.substr(0, 2) : std::string_view();
}

// "John Smith and", before "/s/ Mary Smith", without the "and".
std::string without_joint(std::string name) {
    const std::string small = lower(name);
    for (const std::string_view joint : {" and", " &"}) {
        if (small.ends_with(joint)) name.resize(name.size() - joint.size());
    }
    return name;
}

// Pieces that "/s/" and ";" part, each as its lines.
std::vector<std::vector<std::string>> pieces_of(std::string_view text) {
    std::vector<std::vector<std::string>> pieces(1);
    std::string line;
    const auto end_line = [&] {
        std::string clean = without_marks(line);
        if (says_something(clean)) pieces.back().push_back(leads_on(tidy(line)) ? clean + (tidy(line).back() == ',' ? "," : "") : std::move(clean));
        line.clear();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view mark = signing_mark(text.substr(at), line);
        const bool sign = !mark.empty();
        if (sign || text[at] == ';') {
            end_line();
            pieces.emplace_back();
            at += sign ? mark.size() - 1 : 0;
        } else if (text[at] == '\n') {
            end_line();
        } else {
            line.push_back(text[at]);
        }
    }
    end_line();
    return pieces;
}

// The lines of one piece as texts of which each is whole names. Nothing where a line may go on in the next and may not.
std::optional<std::vector<std::string>> whole_lines(const std::vector<std::string>& lines) {
    std::vector<std::string> whole;
    whole.reserve(lines.size());
    for (const std::string& line : lines) {
        const bool joins = !whole.empty() && (goes_on(line) || leads_on(whole.back()));
        if (joins) {
            whole.back() += " " + line;
            continue;
        }
        if (!whole.empty() && (name_words(line).size() < 2 || name_words(whole.back()).size() < 2 || names_firm(name_words(line)))) return std::nullopt;
        whole.push_back(line);
    }
    return whole;
}

}  // namespace

std::string without_marks(std::string_view raw) {
    std::string text = tidy(raw);
    for (const std::string_view sign : {"/s/", "/S/"}) {
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign)) text.replace(at, sign.size(), " ");
    }
    text = tidy(text);
    // The end of a dotted line; one point is the value's own.
    if (text.ends_with("..")) text.resize(text.find_last_not_of('.') + 1);
    // "By: /s/ Jane Doe" is how an officer signs.
    if (lower(text.substr(0, 3)) == "by:") text.erase(0, 3);
    const auto first = text.find_first_not_of(":, ;|");
    const auto last = text.find_last_not_of(", ;|");
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

std::optional<std::vector<std::string>> people_in(std::string_view text) {
    std::vector<std::string> people;
    const auto pieces = pieces_of(text);
    for (const auto& piece : pieces) {
        const auto lines = whole_lines(piece);
        if (!lines) return std::nullopt;
        for (std::string line : *lines) {
            if (&piece != &pieces.back()) line = without_joint(std::move(line));
            if (without_joint(line) != line) return std::nullopt;  // who follows is not there
            if (has_digit(line) || comma_may_part(line) || is_title_alone(name_words(line))) return std::nullopt;
            const auto names = split_between_names(line);
            if (!names) return std::nullopt;
            for (const std::string& name : *names) people.push_back(without_marks(name));
        }
    }
    return people;
}

}  // namespace rightsdesk::paper
