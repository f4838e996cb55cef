// How much a test repeats: RIGHTSDESK_TEST_SCALE is `reduced` or `full`, as `tools/test` and `tools/test --all` set it.
#pragma once

#include <cstdlib>
#include <string_view>

namespace rightsdesk::support {

inline bool at_full_count() {
    const char* scale = std::getenv("RIGHTSDESK_TEST_SCALE");
    return scale != nullptr && std::string_view(scale) == "full";
}

template <class Count>
Count counted(Count reduced, Count full) {
    return at_full_count() ? full : reduced;
}

}  // namespace rightsdesk::support
