#include "bank/fin_parts.h"

#include <algorithm>

#include "bank/building.h"
#include "bank/letters.h"

namespace rightsdesk::bank {

namespace {

// Behind "?32", to the next "?nn".
std::string subfield(std::string_view text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + mark.size();
    std::size_t end = begin;
    while (end < text.size() && !(text[end] == '?' && end + 2 < text.size() && is_digit(text[end + 1]) && is_digit(text[end + 2]))) ++end;
    return trimmed(text.substr(begin, end - begin));
}

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

// "EREF+abc" within ?20 to ?29, to the blank or the next "XXXX+".
std::string plus_coded(std::string_view text, std::string_view code) {
    const std::size_t at = text.find(code);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = text.substr(at + code.size());
    return trimmed(rest.substr(0, rest.find_first_of(" ?")));
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
    found.name = subfield(text, "?32");
    if (!found.name.empty()) append_words(found.name, subfield(text, "?33"));
    if (found.name.empty()) found.name = first_of({coded(text, "/NAME/"), coded(text, "/ORDP/NAME/"), of_counterparty(text, 2)});
    found.agent = first_of({subfield(text, "?30"), coded(text, "/BIC/"), of_counterparty(text, 1)});
    found.end_to_end = first_of({coded(text, "/EREF/"), plus_coded(text, "EREF+")});
    found.batch = coded(text, "/PREF/");
    // A reason is a code; what stands behind a slash is no part of it ("/RTRN/AC04/ CHECK 1001").
    const std::string reason = first_of({coded(text, "/RTRN/"), coded(text, "/RTRS/")});
    found.return_reason = trimmed(std::string_view(reason).substr(0, reason.find('/')));
    return found;
}

Party party_of(const FinField* field) {
    Party party;
    if (field == nullptr) return party;
    for (const std::string& line : field->lines) {
        if (line.empty()) continue;
        // "//FW021000089" is a clearing code, "/123" an account; 50F numbers its lines, "1/NAME".
        if (line.front() == '/' && party.account.empty()) party.account = trimmed(std::string_view(line).substr(line.substr(0, 2) == "//" ? 2 : 1));
        else if (party.name.empty()) party.name = trimmed(line.size() > 2 && is_digit(line[0]) && line[1] == '/' ? std::string_view(line).substr(2) : std::string_view(line));
    }
    return party;
}

}  // namespace rightsdesk::bank
