#include "store/slots.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace rightsdesk::store {
namespace {

std::uint16_t crc16(std::string_view text) {
    unsigned crc = 0;
    for (const char letter : text) {
        crc ^= static_cast<unsigned>(static_cast<unsigned char>(letter)) << 8U;
        for (int bit = 0; bit < 8; ++bit) crc = ((crc << 1U) ^ ((crc & 0x8000U) != 0 ? 0x1021U : 0U)) & 0xFFFFU;
    }
    return static_cast<std::uint16_t>(crc);
}

}  // namespace

std::size_t slot_of_log(std::string_view log) { return crc16(log) % kSlots; }

bool has_slot(const SlotRanges& ranges, std::size_t slot) {
    return std::any_of(ranges.begin(), ranges.end(), [slot](const auto& range) { return range.first <= slot && slot <= range.second; });
}

std::size_t count_of(const SlotRanges& ranges) {
    return std::accumulate(ranges.begin(), ranges.end(), std::size_t{0}, [](std::size_t sum, const auto& range) { return sum + range.second - range.first + 1; });
}

}  // namespace rightsdesk::store
