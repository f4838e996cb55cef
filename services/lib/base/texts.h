// Small texts put together, and taken for a number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::base {

// The texts in one, `between` each two of them; empty for none.
inline std::string joined(const std::vector<std::string>& texts, std::string_view between = ", ") {
    std::string all;
    for (const std::string& text : texts) {
        if (&text != &texts.front()) all += between;
        all += text;
    }
    return all;
}

// Digits only, as many as fit whatever they are: at most 16. Nothing for anything else.
inline std::optional<std::int64_t> whole_number(std::string_view text) {
    constexpr std::size_t kMostDigits = 16;
    if (text.empty() || text.size() > kMostDigits) return std::nullopt;
    std::int64_t number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9') return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return number;
}

}  // namespace rightsdesk::base
