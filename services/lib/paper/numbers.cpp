#include "paper/numbers.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "paper/letters.h"
#include "paper/number_words.h"
#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kMaxDigits = 15;
constexpr std::int64_t kCents = 100;  // a dollar's

bool says_zero(const std::string& text) {
    static constexpr std::array<std::string_view, 9> kZero = {"none", "nil", "zero", "-0-", "0", "no", "-none-", "nothing", "-nil-"};
    return std::find(kZero.begin(), kZero.end(), text) != kZero.end();
}

// What people write around a number: currency in front, a unit or words in brackets behind, marks around it.
std::string number_in(std::string_view raw) {
    std::string text = lower(tidy(raw));
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
    if (text.ends_with(" and")) text.resize(text.size() - 4);
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

// A number said twice: "one thousand (1,000)", "1,000 (one thousand)".
struct Twice {
    std::string first;
    std::string bracket;  // empty where it is said once
};

Twice said_in(std::string_view raw) {
    std::string text = tidy(raw);
    const auto open = text.find('(');
    const auto close = text.find(')');
    if (open == std::string::npos || open == 0 || close != text.size() - 1) return {text, ""};
    return {text.substr(0, open), text.substr(open + 1, close - open - 1)};
}

// The cents of "one thousand and 50/100 dollars", and the text without them; none said are none.
std::int64_t take_hundredths(std::string& text) {
    const auto slash = text.find("/100");
    if (slash == std::string::npos) return 0;
    const auto space = text.rfind(' ', slash);
    const std::size_t begin = space == std::string::npos ? 0 : space + 1;
    const std::string cents = text.substr(begin, slash - begin);
    text.erase(begin, slash + 4 - begin);
    if (const auto join = text.rfind("and"); join != std::string::npos && text.find_first_not_of(' ', join + 3) >= begin) text.erase(join, 3);
    return cents.size() == 2 && std::all_of(cents.begin(), cents.end(), is_digit) ? std::stoll(cents) : 0;
}

// In words, times `unit`: dollars are a hundred cents.
std::optional<std::int64_t> words_times(std::string text, std::int64_t unit) {
    text = lower(text);
    const std::int64_t cents = take_hundredths(text);
    if (unit == 1 && cents != 0) return std::nullopt;
    const auto number = read_number_words(text);
    return number ? std::optional(*number * unit + (unit == 1 ? 0 : cents)) : std::nullopt;
}

// What a text says, in digits (`in_digits` reads them) or words. Said twice, both must agree.
template <class Read>
std::optional<std::int64_t> number_said(std::string_view raw, std::int64_t unit, Read in_digits) {
    const auto once = [&](const std::string& text) {
        const auto number = in_digits(text);
        return number ? number : words_times(text, unit);
    };
    const Twice said = said_in(raw);
    if (said.bracket.empty()) return once(said.first);
    const auto first = once(said.first);
    const auto second = once(said.bracket);
    // Words beside the digits that are no number ("1,000 (see rider)") say nothing against them.
    if (!second && first && has_digit(said.first) && !has_digit(said.bracket)) return first;
    return first && first == second ? first : std::nullopt;
}

std::optional<std::int64_t> count_in_digits(std::string_view raw) {
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

std::optional<std::int64_t> cents_in_digits(std::string_view raw) {
    const std::string text = number_in(raw);
    if (says_zero(lower(tidy(raw))) || says_zero(text)) return 0;
    const auto decimal = decimal_of(text);
    if (!decimal || (!decimal->places.empty() && decimal->places.size() != 2)) return std::nullopt;
    return std::stoll(decimal->whole + (decimal->places.empty() ? "00" : decimal->places));
}

}  // namespace

std::optional<std::int64_t> read_count(std::string_view raw) {
    return number_said(raw, 1, [](const std::string& text) { return count_in_digits(text); });
}

std::optional<std::int64_t> read_cents(std::string_view raw) {
    return number_said(raw, kCents, [](const std::string& text) { return cents_in_digits(text); });
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
