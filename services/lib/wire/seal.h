// Sealing: the personal part of a record is encrypted with its log's key, and business keys are stored as keyed hashes.
// Erasing the key's file is the purge of all that it sealed.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace rightsdesk::wire {

struct SealKey {
    std::array<unsigned char, 32> octets{};
};

SealKey make_seal_key();

// kNotFound when there is no such file; kInvalid when anybody but its owner may read it, or it is no key.
base::Result<SealKey> load_seal_key(const std::string& path);
// Writes a new file, mode 0600, durably, whole or not at all. kConflict when there is one; kUnavailable when the disk refuses.
base::Result<> save_seal_key(const std::string& path, const SealKey& key);

// XSalsa20-Poly1305 (libsodium's secretbox) with a random nonce in front.
base::Bytes seal(const SealKey& key, std::string_view plain);
// kCorrupt when it was sealed with another key or is not what was sealed.
base::Result<std::string> unseal(const SealKey& key, const base::Bytes& sealed);

// BLAKE2b-256 of `text` under a key derived from `key`, in hex: how business keys are stored.
std::string keyed_hash(const SealKey& key, std::string_view text);

}  // namespace rightsdesk::wire
