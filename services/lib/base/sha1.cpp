#include "base/sha1.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"
#include "base/hash_tail.h"

namespace rightsdesk::base {
namespace {

using State = std::array<std::uint32_t, 5>;

std::uint32_t big_endian_word(const char* octets) {
    std::uint32_t word = 0;
    std::memcpy(&word, octets, sizeof word);
    return std::endian::native == std::endian::little ? __builtin_bswap32(word) : word;
}

// Twenty rounds, which have their mixing and their constant in common.
template <class Mix>
void twenty_rounds(State& state, const std::uint32_t* words, std::uint32_t constant, Mix mix) {
    auto [a, b, c, d, e] = state;
    for (std::size_t step = 0; step < 20; ++step) {
        const std::uint32_t next = std::rotl(a, 5) + mix(b, c, d) + e + constant + words[step];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    state = {a, b, c, d, e};
}

void absorb(State& state, const char* block) {
    std::array<std::uint32_t, 80> words;
    for (std::size_t step = 0; step < 16; ++step) words[step] = big_endian_word(block + 4 * step);
    for (std::size_t step = 16; step < 80; ++step) {
        words[step] = std::rotl(words[step - 3] ^ words[step - 8] ^ words[step - 14] ^ words[step - 16], 1);
    }
    const State before = state;
    using Word = std::uint32_t;
    const auto parity = [](Word b, Word c, Word d) { return b ^ c ^ d; };
    twenty_rounds(state, words.data(), 0x5a827999U, [](Word b, Word c, Word d) { return (b & c) | (~b & d); });
    twenty_rounds(state, &words[20], 0x6ed9eba1U, parity);
    twenty_rounds(state, &words[40], 0x8f1bbcdcU, [](Word b, Word c, Word d) { return (b & c) | (b & d) | (c & d); });
    twenty_rounds(state, &words[60], 0xca62c1d6U, parity);
    for (std::size_t word = 0; word < state.size(); ++word) state[word] += before[word];
}

}  // namespace

std::string sha1_hex(std::string_view octets) {
    State state{0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U, 0xc3d2e1f0U};
    const HashTail tail(octets);
    for (; octets.size() >= kHashBlock; octets.remove_prefix(kHashBlock)) absorb(state, octets.data());
    for (std::size_t start = 0; start < tail.size; start += kHashBlock) absorb(state, &tail.octets[start]);

    std::string digest;
    for (const std::uint32_t word : state) {
        for (int shift = 24; shift >= 0; shift -= 8) digest.push_back(static_cast<char>(word >> static_cast<unsigned>(shift)));
    }
    return to_hex(digest);
}

}  // namespace rightsdesk::base
