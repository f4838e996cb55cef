#include "bank/fin_parts.h"

#include <algorithm>
#include <array>
#include <vector>

#include "bank/building.h"
#include "bank/letters.h"

namespace rightsdesk::bank {

namespace {

// What stands behind "?32" of a German :86:, with that number.
struct Subfield {
    int number = 0;
    std::string_view text;
};

// What marks the subfields: the sign behind the code of three digits, where a number follows it. Most banks write '?', some '>' or '~'; the signs
// of SWIFT's own alphabet are text ("100-20 SHARES").
char mark_of(std::string_view text) {
    constexpr std::string_view kOfText = "/-:().,'+ ";
    constexpr std::size_t kCode = 3;
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const auto digits = [text](std::size_t from, std::size_t count) {
        return from + count <= text.size() && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.begin() + static_cast<std::ptrdiff_t>(from + count), is_digit);
    };
    if (!digits(0, kCode) || !digits(kCode + 1, 2) || is_alphanumeric(text[kCode]) || kOfText.find(text[kCode]) != std::string_view::npos) return '?';
    return text[kCode];
}

std::vector<Subfield> subfields_of(std::string_view text) {
    constexpr std::size_t kUsual = 24;
    constexpr std::size_t kHead = 3;
    const char mark = mark_of(text);
    std::vector<Subfield> found;
    found.reserve(kUsual);
    std::size_t begin = 0;
    for (std::size_t at = 0; at + 2 < text.size(); ++at) {
        if (text[at] != mark || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) continue;
        if (!found.empty()) found.back().text = text.substr(begin, at - begin);
        found.push_back({(text[at + 1] - '0') * 10 + (text[at + 2] - '0'), {}});
        begin = at + kHead;
    }
    if (!found.empty()) found.back().text = text.substr(begin);
    return found;
}

std::string_view subfield(const std::vector<Subfield>& subfields, int number) {
    const auto found = std::find_if(subfields.begin(), subfields.end(), [number](const Subfield& one) { return one.number == number; });
    return found == subfields.end() ? std::string_view() : found->text;
}

// ?32 and ?33 are one name, which a full ?32 breaks anywhere.
std::string name_in(const std::vector<Subfield>& subfields) {
    constexpr std::size_t kFull = 27;
    const std::string_view begun = subfield(subfields, 32);
    const std::string_view further = subfield(subfields, 33);
    if (begun.size() >= kFull) return trimmed(std::string(begun) + std::string(further));
    std::string name = trimmed(begun);
    if (!name.empty()) append_words(name, trimmed(further));
    return name;
}

// "EREF+" and the like, which begin a part of the remittance.
bool begins_part(std::string_view text) {
    constexpr std::size_t kLetters = 4;
    return text.size() > kLetters && text[kLetters] == '+' && std::all_of(text.begin(), text.begin() + kLetters, is_capital);
}

// Those of them that a bank may also write within a subfield, behind a blank.
bool begins_known_part(std::string_view text) {
    constexpr std::array<std::string_view, 11> kKnown{"EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "SVWZ+", "ABWA+", "ABWE+", "OAMT+", "COAM+", "PURP+"};
    return std::any_of(kKnown.begin(), kKnown.end(), [text](std::string_view code) { return text.substr(0, code.size()) == code; });
}

// The remittance of a German :86:, ?20 to ?29 and ?60 to ?63, in parts. A subfield holds 27 characters; what is longer goes on in the next, without
// its code (DFUe-Abkommen, annex 3, 8.2.4).
class Parts {
public:
    explicit Parts(const std::vector<Subfield>& subfields) {
        begins_.reserve(subfields.size());
        for (const Subfield& one : subfields) {
            const bool of_remittance = (one.number >= 20 && one.number <= 29) || (one.number >= 60 && one.number <= 63);
            if (!of_remittance) continue;
            if (begins_part(one.text)) begins_.push_back(text_.size());
            text_ += one.text;
        }
    }

    // Behind "EREF+", to the next part.
    [[nodiscard]] std::string part(std::string_view code) const {
        for (std::size_t at = text_.find(code); at != std::string::npos; at = text_.find(code, at + 1)) {
            if (!begins_at(at)) continue;
            const std::size_t begin = at + code.size();
            std::size_t end = begin;
            while (end < text_.size() && !begins_at(end)) ++end;
            return trimmed(std::string_view(text_).substr(begin, end - begin));
        }
        return {};
    }

private:
    [[nodiscard]] bool begins_at(std::size_t at) const {
        if (std::binary_search(begins_.begin(), begins_.end(), at)) return true;
        return at > 0 && text_[at - 1] == ' ' && begins_known_part(std::string_view(text_).substr(at));
    }

    std::string text_;
    std::vector<std::size_t> begins_;
};

std::string without_slashes(std::string_view text) {
    std::string value = trimmed(text);
    while (!value.empty() && value.back() == '/') value.pop_back();
    return trimmed(value);
}

// Behind "/EREF/", to the next "/CODE/" of two to four capital letters.
std::string coded(std::string_view text, std::string_view code) {
    const std::size_t at = text.find(code);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + code.size();
    for (std::size_t end = begin; end < text.size(); ++end) {
        if (text[end] != '/') continue;
        const std::size_t next = text.find('/', end + 1);
        const std::size_t length = next == std::string_view::npos ? 0 : next - end - 1;
        const std::string_view word = length >= 2 && length <= 4 ? text.substr(end + 1, length) : std::string_view();
        if (!word.empty() && std::all_of(word.begin(), word.end(), [](char sign) { return sign >= 'A' && sign <= 'Z'; })) return without_slashes(text.substr(begin, end - begin));
    }
    return without_slashes(text.substr(begin));
}

// "/CNTP/account/BIC/name/city/": what counts is the place, so the value at `place` (the account's is 0).
std::string of_counterparty(std::string_view text, int place) {
    constexpr std::string_view kCode = "/CNTP/";
    std::size_t at = text.find(kCode);
    if (at == std::string_view::npos) return {};
    at += kCode.size();
    for (; place > 0; --place) {
        const std::size_t slash = text.find('/', at);
        if (slash == std::string_view::npos) return {};
        at = slash + 1;
    }
    return trimmed(text.substr(at, text.find('/', at) - at));
}

std::string behind_slashes(std::string_view text) { return trimmed(text.substr(std::min(text.find_first_not_of('/'), text.size()))); }

// Option F numbers its lines: "1/SMITH JOHN" is a name, and goes on in a further "1/".
std::string_view without_number(std::string_view line) { return line.size() > 2 && is_digit(line[0]) && line[1] == '/' ? line.substr(2) : line; }

// Option F's party by a document instead of an account: "NIDN/DE/121231234342".
bool is_identifier(std::string_view line) {
    constexpr std::string_view kShape = "AAAA/AA/";
    if (line.size() <= kShape.size()) return false;
    for (std::size_t at = 0; at < kShape.size(); ++at) {
        if (kShape[at] == '/' ? line[at] != '/' : !is_capital(line[at])) return false;
    }
    return true;
}

std::string first_of(std::initializer_list<std::string> texts) {
    for (const std::string& text : texts) {
        if (!text.empty()) return text;
    }
    return {};
}

}  // namespace

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

base::Error at_field(const FinField& field, const base::Error& error) { return {error.kind, field.place() + ": " + error.message}; }

base::Result<> hold_once(const FinMessage& message, std::initializer_list<std::string_view> tags) {
    for (const std::string_view tag : tags) {
        const FinField* first = message.field(tag);
        const FinField* second = first == nullptr ? nullptr : message.field_behind(tag, first);
        if (second != nullptr) return base::invalid(second->place() + ": the message has this field already (" + first->place() + "); ask the bank which is meant");
    }
    return {};
}

std::string text_of(const FinField& field) {
    std::string text;
    for (const std::string& line : field.lines) append_words(text, trimmed(line), '\n');
    return text;
}

std::string joined_lines(const FinField& field) {
    std::string text;
    for (const std::string& line : field.lines) {
        if (text.size() > kMaxTextOctets) break;
        text += line;
    }
    return bounded_text(std::move(text));
}

Structured structured(const FinField& field) {
    const std::string text = joined_lines(field);
    Structured found;
    const std::vector<Subfield> subfields = subfields_of(text);
    found.name = name_in(subfields);
    if (found.name.empty()) found.name = first_of({coded(text, "/NAME/"), coded(text, "/ORDP/NAME/"), of_counterparty(text, 2)});
    found.agent = first_of({trimmed(subfield(subfields, 30)), coded(text, "/BIC/"), of_counterparty(text, 1)});
    found.end_to_end = first_of({coded(text, "/EREF/"), Parts(subfields).part("EREF+")});
    found.batch = coded(text, "/PREF/");
    // A reason is a code; what stands behind a slash is no part of it ("/RTRN/AC04/ CHECK 1001").
    const std::string reason = first_of({coded(text, "/RTRN/"), coded(text, "/RTRS/")});
    found.return_reason = trimmed(std::string_view(reason).substr(0, reason.find('/')));
    return found;
}

std::string payment_reference(const FinField& field, std::string_view code) {
    constexpr std::size_t kFullLine = 35;
    std::string text;
    for (const std::string& line : field.lines) {
        if (text.size() > kMaxTextOctets) break;
        text += line;
        if (line.size() < kFullLine) text += '\n';
    }
    const std::size_t at = text.find(code);
    if (at == std::string::npos) return {};
    const std::string_view rest = std::string_view(text).substr(at + code.size());
    return without_slashes(rest.substr(0, std::min(rest.find("//"), rest.find('\n'))));
}

Party party_of(const FinField* field) {
    Party party;
    if (field == nullptr) return party;
    const bool is_numbered = field->tag.back() == 'F';
    for (const std::string& line : field->lines) {
        const std::string_view text = without_number(line);
        if (line.empty() || (is_numbered && is_identifier(line))) continue;
        // "//FW021000089" is a clearing code, "/123" an account; some banks write "//" in front of a name as well.
        if (line.front() == '/' && party.account.empty()) party.account = behind_slashes(line);
        else if (is_numbered && line.substr(0, 2) == "1/") append_words(party.name, trimmed(text));
        else if (party.name.empty()) party.name = behind_slashes(text);
    }
    return party;
}

}  // namespace rightsdesk::bank
