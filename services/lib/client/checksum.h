// CRC-32 (IEEE 802.3, as zlib's and Python's zlib.crc32): finds torn and flipped bytes in a journal. No protection against
// somebody who means to change one.
#pragma once

#include <cstdint>
#include <string_view>

namespace rightsdesk::client {

std::uint32_t crc32(std::string_view octets);

}  // namespace rightsdesk::client
