#include "base/hash.h"

#include <sodium.h>

#include "base/bytes.h"
#include "base/sha256_instructions.h"

namespace rightsdesk::base {

std::string sha256(std::string_view octets) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    auto* to = reinterpret_cast<unsigned char*>(digest.data());
    static const bool has_instructions = has_sha256_instructions();
    if (has_instructions) {
        sha256_by_instructions(octets, to);
    } else {
        crypto_hash_sha256(to, reinterpret_cast<const unsigned char*>(octets.data()), octets.size());
    }
    return digest;
}

std::string sha256_hex(std::string_view octets) { return to_hex(sha256(octets)); }

}  // namespace rightsdesk::base
