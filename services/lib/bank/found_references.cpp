#include "bank/found_references.h"

#include <algorithm>

#include "bank/amounts.h"
#include "bank/letters.h"

namespace rightsdesk::bank {

namespace {

constexpr std::size_t kDayLength = 8;
constexpr std::size_t kSourceLength = 8;
constexpr std::size_t kSequenceLength = 6;
constexpr std::size_t kImadLength = kDayLength + kSourceLength + kSequenceLength;

bool is_hex(char sign) { return is_digit(sign) || (sign >= 'A' && sign <= 'F') || (sign >= 'a' && sign <= 'f'); }
char small(char sign) { return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign + ('a' - 'A')) : sign; }

// `count` characters from `at`, each of `kind`; empty when they are not there.
template <class Kind>
std::string_view run_of(std::string_view text, std::size_t at, std::size_t count, Kind kind) {
    if (at + count > text.size()) return {};
    const std::string_view part = text.substr(at, count);
    return std::all_of(part.begin(), part.end(), kind) ? part : std::string_view();
}

bool is_imad_day(std::string_view text) {
    const auto day = parse_compact_day(text);
    return day && !day->put_right;
}

// An IMAD whose day begins at `at`, its three parts apart or not; `end` is behind it.
std::string imad_from(std::string_view text, std::size_t at, std::size_t& end) {
    const std::string_view day = run_of(text, at, kDayLength, is_digit);
    if (day.empty() || !is_imad_day(day)) return {};
    std::size_t next = at + kDayLength;
    const auto skip_blank = [&] {
        if (next < text.size() && text[next] == ' ') ++next;
    };
    skip_blank();
    const std::string_view source = run_of(text, next, kSourceLength, is_alphanumeric);
    if (source.empty() || std::none_of(source.begin(), source.end(), is_letter)) return {};
    next += kSourceLength;
    skip_blank();
    const std::string_view sequence = run_of(text, next, kSequenceLength, is_digit);
    if (sequence.empty()) return {};
    end = next + kSequenceLength;
    return std::string(day) + std::string(source) + std::string(sequence);
}

}  // namespace

std::string imad_in(std::string_view text) {
    for (std::size_t at = 0; at + kImadLength <= text.size(); ++at) {
        if (at > 0 && is_alphanumeric(text[at - 1])) continue;
        std::size_t end = 0;
        std::string imad = imad_from(text, at, end);
        if (!imad.empty() && (end == text.size() || !is_alphanumeric(text[end]))) return imad;
    }
    return {};
}

std::string imad_at_start(std::string_view text) {
    std::size_t end = 0;
    std::string imad = imad_from(text, 0, end);
    if (!imad.empty()) return imad;
    const std::string_view all = run_of(text, 0, kImadLength, is_alphanumeric);
    return !all.empty() && is_imad_day(all.substr(0, kDayLength)) ? std::string(all) : std::string();
}

std::string uetr_in(std::string_view text) {
    constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    for (std::size_t at = 0; at + kShape.size() <= text.size(); ++at) {
        if (at > 0 && is_alphanumeric(text[at - 1])) continue;
        std::size_t fits = 0;
        while (fits < kShape.size() && (kShape[fits] == '-' ? text[at + fits] == '-' : is_hex(text[at + fits]))) ++fits;
        const std::size_t end = at + kShape.size();
        if (fits < kShape.size() || (end < text.size() && is_alphanumeric(text[end]))) continue;
        std::string uetr(text.substr(at, kShape.size()));
        std::transform(uetr.begin(), uetr.end(), uetr.begin(), small);
        return uetr;
    }
    return {};
}

std::string behind_label(std::string_view text, const std::vector<std::string>& labels, bool one_word) {
    for (const std::string& label : labels) {
        for (std::size_t at = text.find(label); !label.empty() && at != std::string_view::npos; at = text.find(label, at + 1)) {
            if (at > 0 && is_alphanumeric(text[at - 1]) && is_alphanumeric(label.front())) continue;
            std::string_view value = text.substr(at + label.size());
            // "EREF+" of a German bank: its value is glued to it, or there is none.
            const bool glued = label.back() == '+';
            if (!glued) value = value.substr(std::min(value.find_first_not_of(" ="), value.size()));
            value = value.substr(0, value.find_first_of(glued ? " ?,;\r\n" : one_word ? " ,;\r\n" : ",;\r\n"));
            while (!value.empty() && (value.back() == ' ' || value.back() == '"')) value.remove_suffix(1);
            while (!value.empty() && value.front() == '"') value.remove_prefix(1);
            if (!value.empty()) return std::string(value);
        }
    }
    return {};
}

void find_in_text(References& into, std::string_view text) {
    if (into.imad.empty()) into.imad = imad_in(text);
    if (into.uetr.empty()) into.uetr = uetr_in(text);
}

}  // namespace rightsdesk::bank
