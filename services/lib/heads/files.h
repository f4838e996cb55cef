// Files that are on the disk when a call returns: the heads room's own.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rightsdesk::heads {

// A new file with this text. kConflict when it exists.
base::Result<> create_file(const std::string& path, mode_t mode, std::string_view text);
// The file with this text instead of whatever it had: all or nothing.
base::Result<> replace_file(const std::string& path, std::string_view text);
// Adds a line. What a torn write left behind is ended first, so that it stays a line of its own.
base::Result<> append_line(const std::string& path, std::string_view line);
// What it holds; nothing when there is none.
base::Result<std::optional<std::string>> read_file(const std::string& path);
// The names in a folder, in no order; none when there is no such folder.
base::Result<std::vector<std::string>> names_in(const std::string& folder);
// Another name for it.
base::Result<> rename_file(const std::string& from, const std::string& to);

}  // namespace rightsdesk::heads
