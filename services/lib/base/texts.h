// Small texts put together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::base {

// The texts in one, `between` each two of them; empty for none.
inline std::string joined(const std::vector<std::string>& texts, std::string_view between = ", ") {
    std::string all;
    for (const std::string& text : texts) {
        if (&text != &texts.front()) all += between;
        all += text;
    }
    return all;
}

}  // namespace rightsdesk::base
