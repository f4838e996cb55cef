// SHA-256, the one digest of documents, records and states.
#pragma once

#include <string>
#include <string_view>

namespace rightsdesk::base {

// The 32 octets of SHA-256 over `octets`.
std::string sha256(std::string_view octets);

// The same as 64 lower-case hexadecimal digits: how it is printed and named.
std::string sha256_hex(std::string_view octets);

}  // namespace rightsdesk::base
