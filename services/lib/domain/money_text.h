// Money for a person to read.
#pragma once

#include <string>

#include "domain/types.h"

namespace rightsdesk::domain {

// "54,800,000" and "-1,234".
inline std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

// "$54,800,000.00" and "-$0.05".
inline std::string money_text(Money money) {
    const std::int64_t cents = money.value < 0 ? -money.value : money.value;
    const std::string rest = std::to_string(cents % 100);
    return (money.value < 0 ? "-$" : "$") + grouped(cents / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

}  // namespace rightsdesk::domain
