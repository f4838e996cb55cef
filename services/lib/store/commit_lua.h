// The Redis function library of commit.lua, inside the binary.
#pragma once

#include <string_view>

namespace rightsdesk::store {

extern const std::string_view kCommitLua;

}  // namespace rightsdesk::store
