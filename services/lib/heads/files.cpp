#include "heads/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace rightsdesk::heads {
namespace {

using base::Result;

class Descriptor {
public:
    Descriptor(const std::string& path, int flags, mode_t mode = 0600) : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

tl::unexpected<base::Error> refused(const std::string& path) { return base::unavailable("signed heads: " + path + ": " + std::strerror(errno)); }

bool write_whole(const Descriptor& file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t octets = ::write(file.number(), text.data(), text.size());
        if (octets < 0 && errno == EINTR) continue;
        if (octets < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(octets));
    }
    return true;
}

Result<> sync_folder(const std::string& path) {
    const Descriptor folder(std::filesystem::path(path).parent_path().string(), O_RDONLY | O_DIRECTORY);
    if (!folder.is_open() || ::fsync(folder.number()) != 0) return refused(path);
    return {};
}

}  // namespace

Result<> create_file(const std::string& path, mode_t mode, std::string_view text) {
    const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (!file.is_open() && errno == EEXIST) return base::failure(base::ErrorKind::kConflict, path + " exists; it is never overwritten");
    if (!file.is_open() || ::fchmod(file.number(), mode) != 0 || !write_whole(file, text) || ::fsync(file.number()) != 0) return refused(path);
    return sync_folder(path);
}

Result<> replace_file(const std::string& path, std::string_view text) {
    const std::string beside = path + ".new";
    {
        const Descriptor file(beside, O_WRONLY | O_CREAT | O_TRUNC);
        if (!file.is_open() || !write_whole(file, text) || ::fsync(file.number()) != 0) return refused(beside);
    }
    return rename_file(beside, path);
}

Result<> append_line(const std::string& path, std::string_view line) {
    const Descriptor file(path, O_RDWR | O_CREAT | O_APPEND);
    struct stat status {};
    if (!file.is_open() || ::fstat(file.number(), &status) != 0) return refused(path);
    char last = '\n';
    if (status.st_size > 0 && ::pread(file.number(), &last, 1, status.st_size - 1) != 1) return refused(path);
    std::string text = last == '\n' ? "" : "\n";
    text.append(line).append("\n");
    if (!write_whole(file, text) || ::fdatasync(file.number()) != 0) return refused(path);
    return status.st_size == 0 ? sync_folder(path) : Result<>();
}

Result<std::optional<std::string>> read_file(const std::string& path) {
    const Descriptor file(path, O_RDONLY);
    if (!file.is_open() && errno == ENOENT) return std::optional<std::string>();
    if (!file.is_open()) return refused(path);
    std::string text;
    std::vector<char> block(64 * 1024);
    for (;;) {
        const ssize_t octets = ::read(file.number(), block.data(), block.size());
        if (octets < 0 && errno == EINTR) continue;
        if (octets < 0) return refused(path);
        if (octets == 0) return std::optional(std::move(text));
        text.append(block.data(), static_cast<std::size_t>(octets));
    }
}

Result<std::vector<std::string>> names_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) names.push_back(entry->path().filename().string());
    if (error && error != std::errc::no_such_file_or_directory) return base::unavailable("signed heads: " + folder + ": " + error.message());
    return names;
}

Result<> rename_file(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return refused(from);
    return sync_folder(to);
}

}  // namespace rightsdesk::heads
