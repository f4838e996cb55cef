#include "paper/dates.h"

#include <array>
#include <cctype>
#include <chrono>
#include <string>
#include <vector>

#include "paper/letters.h"
#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kMaxTokens = 4;  // a weekday, and three parts

// A word or a number, and where it ends.
struct Token {
    std::string word;      // lower case; empty for a number
    std::string digits;
    std::size_t end = 0;
};

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (at < text.size() && tokens.size() < kMaxTokens + 2) {
        Token token;
        if (is_digit(text[at])) {
            while (at < text.size() && is_digit(text[at])) token.digits.push_back(text[at++]);
        } else if (is_letter(text[at])) {
            while (at < text.size() && is_letter(text[at])) token.word.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++]))));
        } else if (std::string_view(" ,./-_'\n:").find(text[at]) != std::string_view::npos) {
            ++at;
            continue;
        } else {
            break;
        }
        token.end = at;
        const bool ordinal = token.word == "st" || token.word == "nd" || token.word == "rd" || token.word == "th";
        const bool filler = token.word == "of" || token.word == "the" || token.word == "day";
        if (ordinal && !tokens.empty() && !tokens.back().digits.empty()) {
            tokens.back().end = at;
            continue;
        }
        if (!filler) tokens.push_back(token);
    }
    return tokens;
}

std::optional<unsigned> month_of(const std::string& word) {
    static constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march", "april", "may", "june",
                                                                  "july", "august", "september", "october", "november", "december"};
    if (word.size() < 3) return std::nullopt;
    for (unsigned at = 0; at < kMonths.size(); ++at) {
        if (kMonths[at].substr(0, word.size()) == word || (word == "sept" && at == 8)) return at + 1;
    }
    return std::nullopt;
}

bool is_weekday(const std::string& word) {
    for (const std::string_view day : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
        if (word.size() >= 3 && day.substr(0, word.size()) == word) return true;
    }
    return word == "tues" || word == "thurs";
}

std::optional<int> year_of(const std::string& digits) {
    if (digits.size() == 4) return std::stoi(digits);
    if (digits.size() != 2) return std::nullopt;
    const int two = std::stoi(digits);
    return two < 70 ? 2000 + two : 1900 + two;
}

std::optional<domain::Date> date_from(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!date.ok() || year < 1900 || year > 2100) return std::nullopt;
    return domain::Date(static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count()));
}

std::optional<unsigned> small(const std::string& digits) {
    if (digits.empty() || digits.size() > 2) return std::nullopt;
    return static_cast<unsigned>(std::stoul(digits));
}

std::optional<domain::Date> from_numbers(const Token& first, const Token& second, const Token& third) {
    if (first.digits.size() == 4) {
        const auto month = small(second.digits);
        const auto day = small(third.digits);
        return month && day ? date_from(std::stoi(first.digits), *month, *day) : std::nullopt;
    }
    const auto year = year_of(third.digits);
    const auto month = small(first.digits);
    const auto day = small(second.digits);
    if (!year || !month || !day) return std::nullopt;
    return *month > 12 ? date_from(*year, *day, *month) : date_from(*year, *month, *day);
}

std::optional<domain::Date> from_parts(const Token& first, const Token& second, const Token& third) {
    if (!first.digits.empty() && !second.digits.empty() && !third.digits.empty()) return from_numbers(first, second, third);
    const bool month_first = !first.word.empty();
    const auto month = month_of(month_first ? first.word : second.word);
    const auto day = small(month_first ? second.digits : first.digits);
    const auto year = year_of(third.digits);
    if (month && day && year) return date_from(*year, *month, *day);
    // "2002 June 26"
    if (first.digits.size() == 4 && month_of(second.word) && small(third.digits)) {
        return date_from(std::stoi(first.digits), *month_of(second.word), *small(third.digits));
    }
    return std::nullopt;
}

}  // namespace

std::optional<DatedText> read_date_prefix(std::string_view text) {
    std::vector<Token> tokens = tokens_of(text);
    if (!tokens.empty() && is_weekday(tokens.front().word) && !month_of(tokens.front().word)) tokens.erase(tokens.begin());
    if (tokens.size() < 3) return std::nullopt;
    const auto date = from_parts(tokens[0], tokens[1], tokens[2]);
    if (!date) return std::nullopt;
    return DatedText{*date, tokens[2].end};
}

std::optional<domain::Date> read_date(std::string_view text) {
    const auto found = read_date_prefix(text);
    if (!found) return std::nullopt;
    const std::string_view rest = text.substr(found->length);
    if (!says_something(rest)) return found->date;
    // "6/26/2002, 2002": the year that is printed on the form stands behind the whole date.
    const std::vector<Token> tokens = tokens_of(rest);
    const bool same_year = tokens.size() == 1 && tokens[0].digits.size() == 4 && !says_something(rest.substr(tokens[0].end)) &&
                           std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(found->date.value))).year() == std::chrono::year(std::stoi(tokens[0].digits));
    return same_year ? std::optional(found->date) : std::nullopt;
}

}  // namespace rightsdesk::paper
