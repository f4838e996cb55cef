// SHA-256 with the processor's own instructions, where it has them: hash.cpp chooses. libsodium's is portable C only, and three
// times slower; OpenSSL's has them, but its one-shot call looks an algorithm up first, which costs more than hashing a small record.
#pragma once

#include <string_view>

namespace rightsdesk::base {

bool has_sha256_instructions();

// 32 octets of SHA-256 over `octets`; only where has_sha256_instructions().
void sha256_by_instructions(std::string_view octets, unsigned char* digest);

}  // namespace rightsdesk::base
