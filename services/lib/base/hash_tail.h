// What SHA-1 and SHA-256 hash behind a text's whole blocks: the rest of it, padded with 1, zeros and the length in bits
// (FIPS 180-4, 5.1.1). The base room's own.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace rightsdesk::base {

inline constexpr std::size_t kHashBlock = 64;

struct HashTail {
    explicit HashTail(std::string_view text) {
        const std::size_t left = text.size() % kHashBlock;
        if (left > 0) std::memcpy(octets.data(), text.data() + text.size() - left, left);
        octets[left] = '\x80';
        size = left < kHashBlock - 8 ? kHashBlock : 2 * kHashBlock;
        const std::uint64_t bits = std::uint64_t{text.size()} * 8;
        for (std::size_t octet = 0; octet < 8; ++octet) octets[size - 1 - octet] = static_cast<char>(bits >> (8 * octet));
    }

    std::array<char, 2 * kHashBlock> octets{};
    std::size_t size = 0;  // one block or two
};

}  // namespace rightsdesk::base
