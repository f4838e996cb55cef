// Bytes and their SHA-256 as values. Bytes are a type of their own so that text and octets are never confused.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace rightsdesk::base {

struct Bytes {
    std::string value;

    Bytes() = default;
    explicit Bytes(std::string octets) : value(std::move(octets)) {}
    explicit Bytes(std::string_view octets) : value(octets) {}
    [[nodiscard]] std::string_view view() const { return value; }
    [[nodiscard]] std::size_t size() const { return value.size(); }
    [[nodiscard]] bool empty() const { return value.empty(); }
    auto operator<=>(const Bytes&) const = default;
};

// Lower-case hexadecimal of `octets`.
inline std::string to_hex(std::string_view octets) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text(octets.size() * 2, '0');
    for (std::size_t at = 0; at < octets.size(); ++at) {
        const auto value = static_cast<unsigned char>(octets[at]);
        text[2 * at] = kDigits[value >> 4U];
        text[2 * at + 1] = kDigits[value & 15U];
    }
    return text;
}

}  // namespace rightsdesk::base
