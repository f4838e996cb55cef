#include "base/hash.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "base/bytes.h"
#include "base/sha256_instructions.h"

namespace rightsdesk::base {
namespace {

TEST(Sha256, the_published_digests) {
    // FIPS 180-4's examples, NIST's "SHA256.pdf".
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// Every length around a block's end, at every alignment: where padding goes wrong if it does.
TEST(Sha256, the_instructions_give_what_libsodium_gives) {
    if (!has_sha256_instructions()) GTEST_SKIP() << "this processor has no instructions for SHA-256: libsodium is used";
    std::string octets;
    for (int octet = 0; octet < 300; ++octet) octets.push_back(static_cast<char>(octet * 167 + 13));
    for (std::size_t start = 0; start < 8; ++start) {
        for (std::size_t size = 0; start + size <= octets.size(); ++size) {
            const std::string_view part = std::string_view(octets).substr(start, size);
            std::string known(32, '\0');
            std::string ours(32, '\0');
            crypto_hash_sha256(reinterpret_cast<unsigned char*>(known.data()), reinterpret_cast<const unsigned char*>(part.data()), part.size());
            sha256_by_instructions(part, reinterpret_cast<unsigned char*>(ours.data()));
            ASSERT_EQ(to_hex(ours), to_hex(known)) << size << " octets from " << start;
        }
    }
}

}  // namespace
}  // namespace rightsdesk::base
