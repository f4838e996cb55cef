// SWIFT FIN messages as they lie in files: with their blocks ({1:...}{2:...}{4: ... -}), or the bare text of block 4 between lines of "-"; several
// behind one another, also parted by "$" (RJE); with acknowledgements of the network ({1:F21...}{4:{177:...}{451:0}}) in front. Inside this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rightsdesk::bank {

inline constexpr std::size_t kMaxFinMessages = 20'000;
inline constexpr std::size_t kMaxFinFields = 1'000'000;  // of one file

struct FinField {
    std::string tag;                  // "61", "60F"
    std::vector<std::string> lines;   // the first begins behind the tag; at least one; no blanks at their ends
    int line = 0;
    [[nodiscard]] const std::string& first() const { return lines.front(); }
    [[nodiscard]] std::string place() const { return "line " + std::to_string(line) + ", :" + tag + ":"; }
};

struct FinMessage {
    int line = 0;
    std::string type;                 // "103", "940", of block 2 or of the lines in front; empty: not said
    std::string uetr;                 // block 3, {121:}
    bool has_blocks = false;
    bool was_received = false;        // block 2 is of an output message: the network delivered it
    std::vector<FinField> fields;

    // The first field of the tag; null when there is none. A tag "60a" is 60 with any letter, or with none.
    [[nodiscard]] const FinField* field(std::string_view tag) const { return field_behind(tag, nullptr); }
    // The same, behind `before`, which is one of its fields.
    [[nodiscard]] const FinField* field_behind(std::string_view tag, const FinField* before) const;
};

// The messages in order. Invalid, with the line: a block that does not end, text that no message has, one that the network refused
// ({451:1}), more than the bounds. Linear in the octets.
base::Result<std::vector<FinMessage>> split_fin(std::string_view text);

}  // namespace rightsdesk::bank
