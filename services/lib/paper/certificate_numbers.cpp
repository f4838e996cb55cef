#include "paper/certificate_numbers.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "paper/letters.h"
#include "paper/notes.h"
#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

constexpr std::size_t kLongestNumber = 24;
constexpr std::size_t kLongestPrefix = 4;  // "RM 10231": letters that a space parts from the digits

bool is_between(const std::string& word) { return word == "and" || word == "&" || word == "/" || word == "+"; }
bool is_label(const std::string& word) { return word == "no." || word == "nos." || word == "no" || word == "nos" || word == "#" || word == "no(s)."; }

bool is_prefix(const std::string& word) {
    return word.size() <= kLongestPrefix && std::all_of(word.begin(), word.end(), [](unsigned char letter) { return std::isupper(letter) != 0; });
}

bool is_number(const std::string& word) {
    return word.size() <= kLongestNumber && has_digit(word) &&
           std::all_of(word.begin(), word.end(), [](unsigned char letter) { return std::isalnum(letter) != 0 || letter == '-' || letter == '.'; });
}

bool is_gap(char letter) { return letter == ' ' || letter == ',' || letter == ';' || letter == '/'; }

// "1001-1004": from the one to the other, or one number with a hyphen; nobody can tell.
bool may_be_range(const std::string& word) {
    const auto hyphen = word.rfind('-');
    if (hyphen == std::string::npos || hyphen == 0) return false;
    const std::string_view last = std::string_view(word).substr(hyphen + 1);
    const std::string_view first = std::string_view(word).substr(0, hyphen);
    if (last.size() < 3 || first.size() < last.size()) return false;
    const std::string_view tail = first.substr(first.size() - last.size());
    return std::all_of(last.begin(), last.end(), is_digit) && std::all_of(tail.begin(), tail.end(), is_digit) && tail < last;
}

struct Word {
    std::string text;
    bool apart = true;  // from the word before, by more than a space
};

// Words as they stand, without commas, semicolons and a leading "#".
std::vector<Word> numbered_words(std::string_view text) {
    std::vector<Word> words;
    Word word;
    for (const char letter : tidy(text) + " ") {
        if (!is_gap(letter)) {
            if (letter != '#' || !word.text.empty()) word.text.push_back(letter);
            continue;
        }
        while (!word.text.empty() && word.text.back() == '.' && has_digit(word.text)) word.text.pop_back();
        if (!word.text.empty()) {
            words.push_back(std::move(word));
            word = {{}, false};
        }
        word.apart = word.apart || letter != ' ';
    }
    return words;
}

// "RM-10231" and "RM-10232" look alike; the halves of "RM-10 231" do not.
bool look_alike(const std::string& left, const std::string& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char one, char other) { return one == other || (is_digit(one) && is_digit(other)); });
}

}  // namespace

std::optional<std::vector<std::string>> read_certificate_numbers(std::string_view text) {
    std::vector<std::string> numbers;
    const std::string tidied = tidy(text);
    if (!says_something(tidied) || says_nothing_there(tidied)) return numbers;
    std::string prefix;
    bool apart = true;
    for (const Word& word : numbered_words(tidied)) {
        apart = apart || word.apart;
        if (is_between(lower(word.text)) || is_label(lower(word.text))) {
            apart = true;
        } else if (is_number(word.text)) {
            if (may_be_range(word.text)) return std::nullopt;
            std::string number = prefix.empty() ? word.text : prefix + " " + word.text;
            if (!apart && !look_alike(numbers.back(), number)) return std::nullopt;
            numbers.push_back(std::move(number));
            prefix.clear();
            apart = false;
        } else if (prefix.empty() && is_prefix(word.text)) {
            prefix = word.text;
        } else {
            return std::nullopt;
        }
    }
    if (!prefix.empty()) return std::nullopt;
    return numbers;
}

}  // namespace rightsdesk::paper
