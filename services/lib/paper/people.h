// Names of people and firms, several on one line or one below the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rightsdesk::paper {

// The people in a text, as they are written, without "/s/": apart by ";", by "/s/", by a line's end, or by "and", "&"
// or "/" between whole names of persons. "Abel and Ruth Kessler" and "Granite & Pell" are one. Nothing when where one ends and
// another begins is not certain, or when there is something else in the text than names; empty when there is none.
std::optional<std::vector<std::string>> people_in(std::string_view text);

// The text without "/s/" and without marks around it.
std::string without_marks(std::string_view text);

}  // namespace rightsdesk::paper
