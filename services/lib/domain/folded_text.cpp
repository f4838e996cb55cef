#include "domain/folded_text.h"

#include <algorithm>
#include <numeric>

namespace rightsdesk::domain {

namespace {

bool is_letter_or_digit(char character) {
    const auto octet = static_cast<unsigned char>(character);
    return octet >= 0x80 || (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

char lowered(char character) { return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character; }

}  // namespace

std::vector<std::string> folded_words(std::string_view text) {
    std::vector<std::string> words;
    bool inside = false;
    for (const char character : text) {
        if (character == '.' || character == '\'') continue;
        if (character == '&') {
            words.emplace_back("and");
            inside = false;
        } else if (is_letter_or_digit(character)) {
            if (!inside) words.emplace_back();
            words.back().push_back(lowered(character));
            inside = true;
        } else {
            inside = false;
        }
    }
    return words;
}

std::string folded(std::string_view text) {
    std::string result;
    for (const std::string& word : folded_words(text)) {
        if (!result.empty()) result.push_back(' ');
        result += word;
    }
    return result;
}

std::string folded_address(std::string_view address) {
    std::string result;
    for (const char character : address) {
        if (is_letter_or_digit(character)) result.push_back(lowered(character));
    }
    return result;
}

std::size_t letters_apart(std::string_view left, std::string_view right, std::size_t limit) {
    const std::size_t longer = std::max(left.size(), right.size());
    if (longer - std::min(left.size(), right.size()) > limit) return limit + 1;
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return std::min(row[right.size()], limit + 1);
}

}  // namespace rightsdesk::domain
