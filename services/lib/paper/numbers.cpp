#include "paper/numbers.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kMaxDigits = 15;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool says_zero(const std::string& text) {
    static constexpr std::array<std::string_view, 9> kZero = {"none", "nil", "zero", "-0-", "0", "no", "-none-", "nothing", "-nil-"};
    return std::find(kZero.begin(), kZero.end(), text) != kZero.end();
}

// What people write around a number: currency in front, a unit or words in brackets behind, marks around it.
std::string number_in(std::string_view raw) {
    std::string text = lower(tidy(raw));
    if (const auto bracket = text.find('('); bracket != std::string::npos && bracket > 0) text.resize(bracket);
    for (const std::string_view unit : {"shares", "share", "rights", "right", "dollars", "usd", "us$", "us", "u.s.", "and"}) {
        if (text.size() > unit.size() && text.ends_with(unit)) text.resize(text.size() - unit.size());
        if (text.size() > unit.size() && text.starts_with(unit)) text.erase(0, unit.size());
        text = tidy(text);
    }
    while (!text.empty() && (text.front() == '$' || text.front() == '*' || text.front() == '=' || text.front() == ' ' || text.front() == '#')) text.erase(0, 1);
    while (!text.empty() && (text.back() == '*' || text.back() == '=' || text.back() == ' ' || text.back() == ',' || text.back() == '.' || text.back() == ';')) text.pop_back();
    return text;
}

char digit_taken_for(char letter) {
    switch (letter) {
        case 'o': return '0';
        case 'l':
        case 'i':
        case '|': return '1';
        case 's': return '5';
        case 'b': return '8';
        default: return letter;
    }
}

// Digits, with separators between groups of three or none at all; the digits alone.
std::optional<std::string> digits_of(std::string text, bool repaired) {
    std::string whole;
    std::size_t group = 0;
    bool grouped = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (is_digit(letter)) {
            whole.push_back(letter);
            ++group;
            continue;
        }
        const bool separator = letter == ',' || letter == ' ' || letter == '.' || letter == '\'';
        if (!separator || group == 0 || (grouped ? group != 3 : group > 3)) return std::nullopt;
        // "1, 200" and "1 ,200": a scan's space beside the comma.
        while (at + 1 < text.size() && (text[at + 1] == ' ' || (letter == ' ' && text[at + 1] == ','))) ++at;
        grouped = true;
        group = 0;
    }
    if (whole.empty() || whole.size() > kMaxDigits || (grouped && group != 3) || (repaired && !grouped && whole.size() > 3)) return std::nullopt;
    return whole;
}

std::optional<std::string> whole_of(const std::string& text) {
    if (const auto plain = digits_of(text, false)) return plain;
    if (std::none_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    std::string repaired = text;
    std::transform(repaired.begin(), repaired.end(), repaired.begin(), digit_taken_for);
    return repaired == text ? std::nullopt : digits_of(repaired, true);
}

struct Decimal {
    std::string whole;
    std::string places;
};

std::optional<Decimal> decimal_of(std::string text) {
    for (const std::string_view tail : {" 00/100", " xx/100", " no/100"}) {
        if (text.ends_with(tail)) text.resize(text.size() - tail.size());
    }
    Decimal decimal;
    // A point followed by three digits, with commas nowhere, may be a separator in a misread amount: two readings, so none.
    const auto point = text.rfind('.');
    if (point != std::string::npos) {
        std::string places = tidy(std::string_view(text).substr(point + 1));
        std::transform(places.begin(), places.end(), places.begin(), [](char letter) { return letter == 'o' ? '0' : letter; });
        if (places.empty() || places.size() > 6 || !std::all_of(places.begin(), places.end(), is_digit)) return std::nullopt;
        decimal.places = places;
        text = tidy(std::string_view(text).substr(0, point));
        if (text.empty()) text = "0";
    }
    const auto whole = whole_of(text);
    if (!whole || text.find('.') != std::string::npos) return std::nullopt;
    decimal.whole = *whole;
    return decimal;
}

}  // namespace

std::optional<std::int64_t> read_count(std::string_view raw) {
    const std::string zero = lower(tidy(raw));
    std::string text = number_in(raw);
    if (says_zero(zero) || says_zero(text)) return 0;
    if (const auto point = text.rfind('.'); point != std::string::npos && text.size() - point - 1 != 3) {
        // "300,000.00" shares: no part of a share.
        if (text.find_first_not_of("0", point + 1) != std::string::npos) return std::nullopt;
        text.resize(point);
    }
    const auto digits = whole_of(text);
    if (!digits) return std::nullopt;
    return std::stoll(*digits);
}

std::optional<std::int64_t> read_cents(std::string_view raw) {
    const std::string text = number_in(raw);
    if (says_zero(lower(tidy(raw))) || says_zero(text)) return 0;
    const auto decimal = decimal_of(text);
    if (!decimal || (!decimal->places.empty() && decimal->places.size() != 2)) return std::nullopt;
    return std::stoll(decimal->whole + (decimal->places.empty() ? "00" : decimal->places));
}

std::optional<std::string> read_price(std::string_view raw) {
    const auto decimal = decimal_of(number_in(raw));
    if (!decimal) return std::nullopt;
    std::string places = decimal->places;
    while (places.size() < 2) places.push_back('0');
    while (places.size() > 2 && places.back() == '0') places.pop_back();
    const auto first = decimal->whole.find_first_not_of('0');
    return (first == std::string::npos ? "0" : decimal->whole.substr(first)) + "." + places;
}

}  // namespace rightsdesk::paper
