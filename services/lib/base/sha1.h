// SHA-1 for one purpose: the links of a log's chain, which Redis computes, and Redis' Lua has no other digest. libsodium
// leaves SHA-1 out on purpose, hence this one. What protects the content is the SHA-256 inside each link, not SHA-1.
#pragma once

#include <string>
#include <string_view>

namespace rightsdesk::base {

// SHA-1 (FIPS 180-4) over `octets`, as 40 lower-case hexadecimal digits.
std::string sha1_hex(std::string_view octets);

}  // namespace rightsdesk::base
