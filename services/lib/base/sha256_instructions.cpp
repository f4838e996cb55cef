#include "base/sha256_instructions.h"

#include "base/check.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#include <array>
#include <cstdint>

#include "base/hash_tail.h"

#define RIGHTSDESK_WITH_SHA __attribute__((target("sha,sse4.1")))

namespace rightsdesk::base {
namespace {

alignas(16) constexpr std::array<std::uint32_t, 64> kSha256Rounds{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// The eight words of the state in the order that the instructions want.
struct Sha256State {
    __m128i abef;
    __m128i cdgh;
};

RIGHTSDESK_WITH_SHA inline __m128i load_words(const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); }

// Four rounds with the words `now`, which become those of sixteen rounds later.
RIGHTSDESK_WITH_SHA inline void four_rounds(Sha256State& state, __m128i& now, __m128i next, __m128i third, __m128i fourth, std::size_t round) {
    const __m128i mixed = _mm_add_epi32(now, load_words(&kSha256Rounds[round]));
    state.cdgh = _mm_sha256rnds2_epu32(state.cdgh, state.abef, mixed);
    state.abef = _mm_sha256rnds2_epu32(state.abef, state.cdgh, _mm_shuffle_epi32(mixed, 0x0e));
    now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(now, next), _mm_alignr_epi8(fourth, third, 4)), fourth);
}

RIGHTSDESK_WITH_SHA inline void absorb_block(Sha256State& state, const char* block) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i first = _mm_shuffle_epi8(load_words(block), big_endian);
    __m128i second = _mm_shuffle_epi8(load_words(block + 16), big_endian);
    __m128i third = _mm_shuffle_epi8(load_words(block + 32), big_endian);
    __m128i fourth = _mm_shuffle_epi8(load_words(block + 48), big_endian);
    const Sha256State before = state;
    for (std::size_t round = 0; round < kSha256Rounds.size(); round += 16) {
        four_rounds(state, first, second, third, fourth, round);
        four_rounds(state, second, third, fourth, first, round + 4);
        four_rounds(state, third, fourth, first, second, round + 8);
        four_rounds(state, fourth, first, second, third, round + 12);
    }
    state.abef = _mm_add_epi32(state.abef, before.abef);
    state.cdgh = _mm_add_epi32(state.cdgh, before.cdgh);
}

RIGHTSDESK_WITH_SHA void hash_all(std::string_view octets, unsigned char* digest) {
    // FIPS 180-4, 5.3.3: a 6a09e667, b bb67ae85, c 3c6ef372, d a54ff53a, e 510e527f, f 9b05688c, g 1f83d9ab, h 5be0cd19.
    Sha256State state{_mm_set_epi64x(0x6a09e667bb67ae85, 0x510e527f9b05688c), _mm_set_epi64x(0x3c6ef372a54ff53a, 0x1f83d9ab5be0cd19)};
    const HashTail tail(octets);
    for (; octets.size() >= kHashBlock; octets.remove_prefix(kHashBlock)) absorb_block(state, octets.data());
    for (std::size_t start = 0; start < tail.size; start += kHashBlock) absorb_block(state, &tail.octets[start]);

    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i abcd = _mm_shuffle_epi32(_mm_unpackhi_epi64(state.cdgh, state.abef), 0x1b);
    const __m128i efgh = _mm_shuffle_epi32(_mm_unpacklo_epi64(state.cdgh, state.abef), 0x1b);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(digest), _mm_shuffle_epi8(abcd, big_endian));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(digest + 16), _mm_shuffle_epi8(efgh, big_endian));
}

}  // namespace

bool has_sha256_instructions() {
    constexpr unsigned kSse41 = 1U << 19U;  // leaf 1, ecx
    constexpr unsigned kSha = 1U << 29U;    // leaf 7, ebx
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kSse41) == 0) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & kSha) != 0;
}

void sha256_by_instructions(std::string_view octets, unsigned char* digest) { hash_all(octets, digest); }

}  // namespace rightsdesk::base

#else

namespace rightsdesk::base {

bool has_sha256_instructions() { return false; }
void sha256_by_instructions(std::string_view, unsigned char*) { CHECK(false); }

}  // namespace rightsdesk::base

#endif
