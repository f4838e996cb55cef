#include "client/journal_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace rightsdesk::client {

namespace {

tl::unexpected<base::Error> disk_says(const std::string& path) { return base::unavailable(path + ": " + base::system_reason()); }

class DirectoryFile final : public JournalFile {
public:
    DirectoryFile(std::string path, base::FileDescriptor file) : path_(std::move(path)), file_(std::move(file)) {}

    base::Result<> append(std::string_view octets) override { return base::write_whole(file_, octets) ? base::Result<>() : disk_says(path_); }
    base::Result<> sync() override { return ::fdatasync(file_.number()) == 0 ? base::Result<>() : disk_says(path_); }

    base::Result<std::string> read(std::uint64_t offset, std::size_t limit) override {
        std::string octets(limit, '\0');
        std::size_t have = 0;
        while (have < limit) {
            const ssize_t count = ::pread(file_.number(), octets.data() + have, limit - have, static_cast<off_t>(offset + have));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return disk_says(path_);
            if (count == 0) break;
            have += static_cast<std::size_t>(count);
        }
        octets.resize(have);
        return octets;
    }

    base::Result<> cut(std::uint64_t size) override {
        if (::ftruncate(file_.number(), static_cast<off_t>(size)) != 0 || ::fsync(file_.number()) != 0) return disk_says(path_);
        return {};
    }

    base::Result<std::uint64_t> size() override {
        struct stat facts {};
        if (::fstat(file_.number(), &facts) != 0) return disk_says(path_);
        return static_cast<std::uint64_t>(facts.st_size);
    }

private:
    std::string path_;
    base::FileDescriptor file_;
};

}  // namespace

base::Result<std::unique_ptr<DirectoryFiles>> DirectoryFiles::open_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    auto lock = base::hold_lock(folder + "/lock");
    if (!lock) return tl::unexpected(lock.error());
    if (!*lock) return base::unavailable(folder + ": another process is sending from it");
    return std::unique_ptr<DirectoryFiles>(new DirectoryFiles(folder, std::move(**lock)));
}

std::unique_ptr<DirectoryFiles> DirectoryFiles::look_into(const std::string& folder) {
    return std::unique_ptr<DirectoryFiles>(new DirectoryFiles(folder, {}));
}

base::Result<std::vector<std::string>> DirectoryFiles::list() {
    auto names = base::names_in(folder_);
    if (!names) return tl::unexpected(names.error());
    if (!*names) return base::unavailable(folder_ + ": there is no such folder");
    return std::move(**names);
}

base::Result<std::unique_ptr<JournalFile>> DirectoryFiles::open(const std::string& name) {
    const std::string path = path_of(name);
    const bool looks_only = !lock_;
    base::FileDescriptor descriptor(::open(path.c_str(), (looks_only ? O_RDONLY : O_RDWR | O_APPEND) | O_CLOEXEC));
    const bool made = !descriptor && errno == ENOENT && !looks_only;
    if (made) descriptor = base::FileDescriptor(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
    if (!descriptor) return disk_says(path);
    auto file = std::make_unique<DirectoryFile>(path, std::move(descriptor));
    if (made) {
        if (const auto synced = base::sync_folder(folder_); !synced) {
            ::unlink(path.c_str());  // so that the next attempt makes its name durable
            return tl::unexpected(synced.error());
        }
    }
    return file;
}

}  // namespace rightsdesk::client
