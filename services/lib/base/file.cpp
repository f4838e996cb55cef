#include "base/file.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cstdio>
#include <filesystem>
#include <system_error>

namespace rightsdesk::base {
namespace {

tl::unexpected<Error> refused(const std::string& path) { return unavailable(path + ": " + system_reason()); }

}  // namespace

Result<std::optional<FileDescriptor>> hold_lock(const std::string& path) {
    FileDescriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock) return refused(path);
    if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) return std::optional<FileDescriptor>();
    return std::optional(std::move(lock));
}

bool write_whole(const FileDescriptor& file, std::string_view octets) {
    while (!octets.empty()) {
        const ssize_t written = ::write(file.number(), octets.data(), octets.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        octets.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

Result<std::optional<std::string>> read_file(const std::string& path) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT) return std::optional<std::string>();
    if (!file) return refused(path);
    std::string octets;
    std::vector<char> block(64 * 1024);
    for (;;) {
        const ssize_t count = ::read(file.number(), block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return refused(path);
        if (count == 0) return std::optional(std::move(octets));
        octets.append(block.data(), static_cast<std::size_t>(count));
    }
}

Result<std::optional<std::vector<std::string>>> names_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    if (error == std::errc::no_such_file_or_directory) return std::optional<std::vector<std::string>>();
    if (error) return unavailable(folder + ": " + error.message());
    return std::optional(std::move(names));
}

Result<> replace_file(const std::string& path, std::string_view octets) {
    const std::string part = path + ".part";
    {
        const FileDescriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
        if (!file || !write_whole(file, octets) || ::fsync(file.number()) != 0) return refused(part);
    }
    return rename_file(part, path);
}

Result<> rename_file(const std::string& from, const std::string& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0) return refused(to);
    return {};
}

Result<> sync_folder(const std::string& folder) {
    const FileDescriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file || ::fsync(file.number()) != 0) return refused(folder);
    return {};
}

std::string folder_of(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    return folder.empty() ? "." : folder.string();
}

}  // namespace rightsdesk::base
