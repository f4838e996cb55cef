#include "client/journal_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace rightsdesk::client {

namespace {

tl::unexpected<base::Error> disk_says(const std::string& path) { return base::unavailable(path + ": " + std::strerror(errno)); }

class DirectoryFile final : public JournalFile {
public:
    DirectoryFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    ~DirectoryFile() override { ::close(descriptor_); }

    base::Result<> append(std::string_view octets) override {
        while (!octets.empty()) {
            const ssize_t count = ::write(descriptor_, octets.data(), octets.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return disk_says(path_);
            octets.remove_prefix(static_cast<std::size_t>(count));
        }
        return {};
    }

    base::Result<> sync() override { return ::fdatasync(descriptor_) == 0 ? base::Result<>() : disk_says(path_); }

    base::Result<std::string> read(std::uint64_t offset, std::size_t limit) override {
        std::string octets(limit, '\0');
        std::size_t have = 0;
        while (have < limit) {
            const ssize_t count = ::pread(descriptor_, octets.data() + have, limit - have, static_cast<off_t>(offset + have));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return disk_says(path_);
            if (count == 0) break;
            have += static_cast<std::size_t>(count);
        }
        octets.resize(have);
        return octets;
    }

    base::Result<> cut(std::uint64_t size) override {
        if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0 || ::fsync(descriptor_) != 0) return disk_says(path_);
        return {};
    }

    base::Result<std::uint64_t> size() override {
        struct stat facts {};
        if (::fstat(descriptor_, &facts) != 0) return disk_says(path_);
        return static_cast<std::uint64_t>(facts.st_size);
    }

private:
    std::string path_;
    int descriptor_;
};

}  // namespace

base::Result<> sync_folder(const std::string& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return disk_says(folder);
    const bool synced = ::fsync(descriptor) == 0;
    const int why = errno;
    ::close(descriptor);
    errno = why;
    return synced ? base::Result<>() : disk_says(folder);
}

base::Result<std::unique_ptr<DirectoryFiles>> DirectoryFiles::open_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const std::string lock_path = folder + "/lock";
    const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return disk_says(lock_path);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return base::unavailable(folder + ": another process is sending from it");
    }
    return std::unique_ptr<DirectoryFiles>(new DirectoryFiles(folder, lock));
}

std::unique_ptr<DirectoryFiles> DirectoryFiles::look_into(const std::string& folder) {
    return std::unique_ptr<DirectoryFiles>(new DirectoryFiles(folder, -1));
}

DirectoryFiles::~DirectoryFiles() {
    if (lock_ >= 0) ::close(lock_);
}

base::Result<std::vector<std::string>> DirectoryFiles::list() {
    std::error_code error;
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    if (error) return base::unavailable(folder_ + ": " + error.message());
    return names;
}

base::Result<std::unique_ptr<JournalFile>> DirectoryFiles::open(const std::string& name) {
    const std::string path = path_of(name);
    const bool looks_only = lock_ < 0;
    int descriptor = ::open(path.c_str(), (looks_only ? O_RDONLY : O_RDWR | O_APPEND) | O_CLOEXEC);
    const bool made = descriptor < 0 && errno == ENOENT && !looks_only;
    if (made) descriptor = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return disk_says(path);
    auto file = std::make_unique<DirectoryFile>(path, descriptor);
    if (made) {
        if (const auto synced = sync_folder(folder_); !synced) {
            ::unlink(path.c_str());  // so that the next attempt makes its name durable
            return tl::unexpected(synced.error());
        }
    }
    return file;
}

}  // namespace rightsdesk::client
