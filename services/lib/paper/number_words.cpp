#include "paper/number_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "paper/page.h"

namespace rightsdesk::paper {

namespace {

constexpr std::int64_t kLargest = 1'000'000'000'000;

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char letter : lower(text) + " ") {
        if (std::isspace(static_cast<unsigned char>(letter)) == 0 && std::string_view("-,._*").find(letter) == std::string_view::npos) {
            word.push_back(letter);
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

// "three" is 3, "fourteen" 14, "sixty" 60; -1 for another word.
std::int64_t small_number(const std::string& word) {
    static constexpr std::array<std::string_view, 20> kBelowTwenty = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                                                                      "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static constexpr std::array<std::string_view, 8> kTens = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
    if (const auto found = std::find(kBelowTwenty.begin(), kBelowTwenty.end(), word); found != kBelowTwenty.end()) return found - kBelowTwenty.begin();
    if (const auto found = std::find(kTens.begin(), kTens.end(), word); found != kTens.end()) return 10 * (2 + (found - kTens.begin()));
    return -1;
}

std::int64_t scale_of(const std::string& word) {
    return word == "thousand" ? 1'000 : word == "million" ? 1'000'000 : word == "billion" ? 1'000'000'000 : 0;
}

bool is_unit(const std::string& word) {
    static constexpr std::array<std::string_view, 8> kUnits = {"shares", "share", "rights", "right", "dollars", "dollar", "only", "us"};
    return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
}

// Adds up the words; every part must be smaller than the one before it leaves room for.
class Sum {
public:
    bool add(const std::string& word) {
        said_ = true;
        if (const std::int64_t scale = scale_of(word); scale > 0) {
            if (group_ == 0 || scale >= last_scale_) return false;
            total_ += group_ * scale;
            group_ = 0;
            room_ = 1'000;
            last_scale_ = scale;
            return total_ < kLargest;
        }
        if (word == "hundred") {
            if (group_ < 1 || group_ > 9) return false;
            group_ *= 100;
            room_ = 100;
            return true;
        }
        const std::int64_t number = small_number(word);
        if (number < 0 || number >= room_) return false;
        group_ += number;
        room_ = number >= 20 ? 10 : 0;
        return true;
    }
    [[nodiscard]] std::optional<std::int64_t> total() const { return said_ ? std::optional(total_ + group_) : std::nullopt; }

private:
    std::int64_t total_ = 0;
    std::int64_t group_ = 0;         // below a thousand, not scaled yet
    std::int64_t room_ = 1'000;      // the next number must be below it
    std::int64_t last_scale_ = kLargest;
    bool said_ = false;
};

}  // namespace

std::optional<std::int64_t> read_number_words(std::string_view text) {
    std::vector<std::string> words = words_of(text);
    while (!words.empty() && is_unit(words.back())) words.pop_back();
    Sum sum;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool joins = words[at] == "and" && at > 0 && at + 1 < words.size();
        if (!joins && !sum.add(words[at])) return std::nullopt;
    }
    return sum.total();
}

}  // namespace rightsdesk::paper
