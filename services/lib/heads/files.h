// What signed heads and their keys ask of files beyond base/file.h; on the disk when a call returns. The heads room's own.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "base/result.h"

namespace rightsdesk::heads {

// A new file with this text. kConflict when it exists.
base::Result<> create_file(const std::string& path, mode_t mode, std::string_view text);
// Adds a line. What a torn write left behind is ended first, so that it stays a line of its own.
base::Result<> append_line(const std::string& path, std::string_view line);

}  // namespace rightsdesk::heads
