// The slots of a Redis Cluster: which one a log lies in. Pure.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace rightsdesk::store {

inline constexpr std::size_t kSlots = 16'384;
using SlotRanges = std::vector<std::pair<std::size_t, std::size_t>>;  // first and last of each

// The slot of all keys of a log: CRC16 (XMODEM) of their hash tag, which is the log's name.
std::size_t slot_of_log(std::string_view log);

bool has_slot(const SlotRanges& ranges, std::size_t slot);
std::size_t count_of(const SlotRanges& ranges);

}  // namespace rightsdesk::store
