// Small texts put together, and taken for a number.
#pragma once

#include <cstddef>
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

// At most so many octets of it, and no letter of UTF-8 in part.
inline std::string shortened(std::string text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
    text.resize(most);
    return text;
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
