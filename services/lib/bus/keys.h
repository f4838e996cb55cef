// CURVE keys: made, and checked for being usable before a socket gets them. No calls wait; all may run in any thread.
#pragma once

#include <string>

#include "bus/bus.h"

namespace rightsdesk::bus {

inline constexpr std::size_t kKeyOctets = 32;
inline constexpr std::size_t kKeyCharacters = 40;  // as Z85 (ZeroMQ RFC 32)

// Succeeds when `key` is 40 characters of Z85; otherwise kInvalid, with a message that does not repeat the key.
Result<> check_key(const std::string& key);

// Succeeds when both keys are well formed and the public one belongs to the secret one.
Result<> check_key_pair(const KeyPair& pair);

// Whether a Directory may answer `principal`: 1 to 255 visible ASCII characters (ZAP's User-Id).
bool is_principal(const std::string& principal);

}  // namespace rightsdesk::bus
