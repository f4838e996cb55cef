// Key files. Two lines:
//
//     public = <40 characters of Z85>
//     secret = <40 characters of Z85>
//
// A file with a secret has mode 0600; what is given to the other side is a file with the first line alone. No call waits for
// anything but the disk; all may run in any thread.
#pragma once

#include <string>

#include "bus/bus.h"

namespace rightsdesk::bus {

// The pair in `path`. kNotFound when there is no such file; kInvalid when anybody but the owner may use it, when it is not in
// the form above, or when the two keys do not belong together.
Result<KeyPair> load_key_pair(const std::string& path);

// Writes `pair` to a new file, mode 0600, durably. kConflict when `path` exists (a key is never overwritten), kInvalid for a
// pair that is not one, kUnavailable when the disk refuses; then no file is left.
Result<> save_key_pair(const std::string& path, const KeyPair& pair);

// The public key in `path`, which may or may not hold a secret too. Failures as above, but the mode does not matter unless
// there is a secret.
Result<std::string> load_public_key(const std::string& path);

// Writes a file with the public key alone, mode 0644. Failures as for save_key_pair.
Result<> save_public_key(const std::string& path, const std::string& public_key);

}  // namespace rightsdesk::bus
