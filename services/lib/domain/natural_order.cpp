#include "domain/natural_order.h"

#include <algorithm>
#include <compare>

namespace rightsdesk::domain {

namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

// Takes the run of digits that `text` begins with, without its leading noughts; empty for nought, and where there is none.
std::string_view take_number(std::string_view& text) {
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
    std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

std::strong_ordering compare_numbers(std::string_view left, std::string_view right) {
    return left.size() != right.size() ? left.size() <=> right.size() : left <=> right;
}

// One step: a number where both have one, else a letter.
std::strong_ordering compare_next(std::string_view& left, std::string_view& right) {
    if (is_digit(left.front()) && is_digit(right.front())) {
        const std::string_view number = take_number(left);
        return compare_numbers(number, take_number(right));
    }
    const auto order = left.front() <=> right.front();
    left.remove_prefix(1);
    right.remove_prefix(1);
    return order;
}

}  // namespace

bool natural_less(std::string_view left, std::string_view right) {
    std::string_view rest_of_left = left;
    std::string_view rest_of_right = right;
    while (!rest_of_left.empty() && !rest_of_right.empty()) {
        const auto order = compare_next(rest_of_left, rest_of_right);
        if (order != std::strong_ordering::equal) return order == std::strong_ordering::less;
    }
    if (rest_of_left.empty() != rest_of_right.empty()) return rest_of_left.empty();
    return left < right;
}

}  // namespace rightsdesk::domain
