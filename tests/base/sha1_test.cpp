#include "base/sha1.h"

#include <gtest/gtest.h>

#include <string>

namespace rightsdesk::base {
namespace {

struct Vector {
    const char* sentence;
    std::string octets;
    const char* digest;
};

TEST(Sha1, agrees_with_the_vectors_of_nist) {
    const Vector vectors[] = {
        {"FIPS 180-4: nothing", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
        {"FIPS 180-4: one block", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {"FIPS 180-4: 448 bits, the padding needs a second block", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
        {"FIPS 180-4: 896 bits",
         "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
         "a49b2446a02c645bf419f995b67091253a04a259"},
        {"FIPS 180-4: a million letters", std::string(1'000'000, 'a'), "34aa973cd4c4daa4f61eeb2bdbad27316534016f"},
        {"SHAVS: one octet", std::string("\x36"), "c1dfd96eea8cc2b62785275bca38ac261256e278"},
    };
    for (const auto& [sentence, octets, digest] : vectors) EXPECT_EQ(sha1_hex(octets), digest) << sentence;
}

}  // namespace
}  // namespace rightsdesk::base
