// Room on the disks that the desk writes to. Below the bound nothing is acknowledged any more: Redis ends itself when a write
// fails, and a document that does not fit is not kept, so the desk stops taking things in before that.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"

namespace rightsdesk::runtime {

// Free for those who are not root, in octets, on the disk of `folder`; of the nearest folder above it that exists.
base::Result<std::uint64_t> free_octets(const std::string& folder);

class DiskRoom {
public:
    using Measure = std::function<base::Result<std::uint64_t>(const std::string&)>;
    DiskRoom(std::string folder, std::uint64_t least, Measure measure = free_octets);

    // What is wrong, in words; nothing while there is room. Once there is too little, there must be an eighth more than the
    // bound before all is well again.
    std::optional<std::string> look();

    [[nodiscard]] const std::string& folder() const { return folder_; }

private:
    std::string folder_;
    std::uint64_t least_;
    Measure measure_;
    bool short_of_room_ = false;
};

}  // namespace rightsdesk::runtime
