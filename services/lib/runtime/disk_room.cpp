#include "runtime/disk_room.h"

#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace rightsdesk::runtime {

namespace {

std::string mebibytes(std::uint64_t octets) { return std::to_string(octets >> 20U) + " MiB"; }

}  // namespace

base::Result<std::uint64_t> free_octets(const std::string& folder) {
    struct statvfs state {};
    for (std::filesystem::path at = folder; !at.empty(); at = at.parent_path()) {
        if (::statvfs(at.c_str(), &state) == 0) return static_cast<std::uint64_t>(state.f_bavail) * state.f_frsize;
        if (errno != ENOENT || at == at.parent_path()) break;
    }
    return base::unavailable(folder + ": " + std::strerror(errno));
}

DiskRoom::DiskRoom(std::string folder, std::uint64_t least, Measure measure) : folder_(std::move(folder)), least_(least), measure_(std::move(measure)) {}

std::optional<std::string> DiskRoom::look() {
    const auto room = measure_(folder_);
    if (!room) return "the room on a disk cannot be measured: " + room.error().message;
    short_of_room_ = *room < least_ + (short_of_room_ ? least_ / 8 : 0);
    if (!short_of_room_) return std::nullopt;
    return "the disk of " + folder_ + " has " + mebibytes(*room) + " left, and " + mebibytes(least_) + " is the least that the desk works with";
}

}  // namespace rightsdesk::runtime
