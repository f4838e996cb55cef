#include "base/sha1.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace rightsdesk::base {
namespace {

constexpr std::size_t kBlockOctets = 64;
using State = std::array<std::uint32_t, 5>;

std::uint32_t big_endian_word(std::string_view block, std::size_t index) {
    std::uint32_t word = 0;
    for (std::size_t octet = 0; octet < 4; ++octet) word = (word << 8U) | static_cast<unsigned char>(block[index * 4 + octet]);
    return word;
}

struct Round {
    std::uint32_t mix;
    std::uint32_t constant;
};

Round round_of(std::size_t step, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    if (step < 20) return {(b & c) | (~b & d), 0x5a827999U};
    if (step < 40) return {b ^ c ^ d, 0x6ed9eba1U};
    if (step < 60) return {(b & c) | (b & d) | (c & d), 0x8f1bbcdcU};
    return {b ^ c ^ d, 0xca62c1d6U};
}

void absorb(State& state, std::string_view block) {
    std::array<std::uint32_t, 80> words;
    for (std::size_t step = 0; step < 16; ++step) words[step] = big_endian_word(block, step);
    for (std::size_t step = 16; step < 80; ++step) {
        words[step] = std::rotl(words[step - 3] ^ words[step - 8] ^ words[step - 14] ^ words[step - 16], 1);
    }
    auto [a, b, c, d, e] = state;
    for (std::size_t step = 0; step < 80; ++step) {
        const auto [mix, constant] = round_of(step, b, c, d);
        const std::uint32_t next = std::rotl(a, 5) + mix + e + constant + words[step];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
}

// What is left after the whole blocks, padded with 1, zeros and the length in bits.
std::string padded_tail(std::string_view tail, std::uint64_t bits) {
    std::string padded(tail);
    padded.push_back('\x80');
    while (padded.size() % kBlockOctets != kBlockOctets - 8) padded.push_back('\0');
    for (int shift = 56; shift >= 0; shift -= 8) padded.push_back(static_cast<char>(bits >> static_cast<unsigned>(shift)));
    return padded;
}

}  // namespace

std::string sha1_hex(std::string_view octets) {
    State state{0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U, 0xc3d2e1f0U};
    const std::uint64_t bits = std::uint64_t{octets.size()} * 8;
    for (; octets.size() >= kBlockOctets; octets.remove_prefix(kBlockOctets)) absorb(state, octets.substr(0, kBlockOctets));
    const std::string tail = padded_tail(octets, bits);
    for (std::size_t start = 0; start < tail.size(); start += kBlockOctets) absorb(state, std::string_view(tail).substr(start, kBlockOctets));

    std::string digest;
    for (const std::uint32_t word : state) {
        for (int shift = 24; shift >= 0; shift -= 8) digest.push_back(static_cast<char>(word >> static_cast<unsigned>(shift)));
    }
    return to_hex(digest);
}

}  // namespace rightsdesk::base
