// Files as the system has them: a descriptor that closes itself, octets written whole, and what is on the disk when a call returns.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace rightsdesk::base {

// Why the last call of the system failed.
inline std::string system_reason() { return std::strerror(errno); }

class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int number) : number_(number) {}
    FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~FileDescriptor() {
        if (number_ >= 0) ::close(number_);
    }
    explicit operator bool() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_ = -1;
};

// The lock that says that one process works here, until the descriptor closes. Nothing while another holds it; kUnavailable when its file
// cannot be opened or made (mode 0600; its folder is there).
Result<std::optional<FileDescriptor>> hold_lock(const std::string& path);

// All of it; false when the system refuses: system_reason() says why, and any part of it may be there.
bool write_whole(const FileDescriptor& file, std::string_view octets);

// What a file holds; nothing when there is none. kUnavailable when it cannot be read.
Result<std::optional<std::string>> read_file(const std::string& path);
// The names in a folder, in no order; nothing when there is no such folder. kUnavailable when it cannot be read.
Result<std::optional<std::vector<std::string>>> names_in(const std::string& folder);

// The file with these octets, mode 0600, instead of whatever it had: there whole or not at all. The octets are on the disk when it
// returns, and its name after sync_folder(): many files of a folder wait for that once.
Result<> replace_file(const std::string& path, std::string_view octets);
// Another name for it, on the disk after sync_folder().
Result<> rename_file(const std::string& from, const std::string& to);
// Names made, renamed or removed in the folder are on the disk when it returns.
Result<> sync_folder(const std::string& folder);
// The folder that a file lies in: "." where its path has none.
std::string folder_of(const std::string& path);

}  // namespace rightsdesk::base
