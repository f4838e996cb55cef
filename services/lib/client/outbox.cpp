#include "client/outbox.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "client/journal.h"

namespace rightsdesk::client {

namespace {

constexpr const char* kMessage = ".message";
constexpr const char* kReceipt = ".receipt";
constexpr const char* kJournalFolder = "/journal";

// Written under another name, synchronised, and renamed: it is there whole or not at all.
base::Result<> write_durably(const std::string& folder, const std::string& name, const bus::Bytes& bytes) {
    const std::string path = folder + "/" + name;
    const std::string part = path + ".part";
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return base::unavailable(part + ": " + std::strerror(errno));
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t count = ::write(descriptor, bytes.value.data() + written, bytes.size() - written);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) break;
        written += static_cast<std::size_t>(count);
    }
    const bool good = written == bytes.size() && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!good || std::rename(part.c_str(), path.c_str()) != 0) return base::unavailable(path + ": " + std::strerror(errno));
    return sync_folder(folder);
}

base::Result<bus::Bytes> read_whole(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return base::unavailable(path.string() + ": cannot be read");
    return bus::Bytes(std::string(std::istreambuf_iterator<char>(file), {}));
}

// "17.intake.message" and "17.receipt" are of number 17.
std::optional<std::uint64_t> sequence_of(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    const std::string stem = name.substr(0, name.find('.'));
    if (stem.empty() || stem.size() > 19 || !std::all_of(stem.begin(), stem.end(), [](unsigned char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    return std::stoull(stem);
}

}  // namespace

base::Result<Outbox> Outbox::open(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const std::string lock_path = folder + "/lock";
    const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return base::unavailable(lock_path + ": " + std::strerror(errno));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return base::unavailable(folder + ": another process is sending from it");
    }
    std::uint64_t next = 1;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (const auto sequence = sequence_of(entry.path())) next = std::max(next, *sequence + 1);
    }
    if (error) {
        // Not knowing which numbers were given out, it must not give out any.
        ::close(lock);
        return base::unavailable(folder + ": " + error.message());
    }
    if (std::filesystem::exists(folder + kJournalFolder, error)) {
        // A gateway of the same sender: its numbers are used up too.
        const auto journal = Journal::look(DirectoryFiles::look_into(folder + kJournalFolder));
        if (!journal) {
            ::close(lock);
            return tl::unexpected(journal.error());
        }
        next = std::max(next, (*journal)->next_number());
    }
    return Outbox(folder, lock, next);
}

std::string Outbox::journal_folder() const { return folder_ + kJournalFolder; }

Outbox::Outbox(Outbox&& other) noexcept : folder_(std::move(other.folder_)), lock_(other.lock_), next_(other.next_) { other.lock_ = -1; }

Outbox::~Outbox() {
    if (lock_ >= 0) ::close(lock_);
}

base::Result<> Outbox::keep(std::uint64_t sequence, const std::string& to, const bus::Bytes& bytes) {
    const std::string name = std::to_string(sequence) + "." + to + kMessage;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        if (sequence_of(entry.path()) != sequence || entry.path().extension() != kMessage) continue;
        const auto kept = read_whole(entry.path());
        if (!kept) return tl::unexpected(kept.error());
        if (entry.path().filename() == name && *kept == bytes) return {};
        return base::failure(base::ErrorKind::kConflict, folder_ + ": number " + std::to_string(sequence) + " is in use for another message");
    }
    if (const auto written = write_durably(folder_, name, bytes); !written) return written;
    next_ = std::max(next_, sequence + 1);
    return {};
}

base::Result<> Outbox::settle(std::uint64_t sequence, const bus::Bytes& receipt) {
    return write_durably(folder_, std::to_string(sequence) + kReceipt, receipt);
}

std::optional<bus::Bytes> Outbox::receipt(std::uint64_t sequence) const {
    auto bytes = read_whole(folder_ + "/" + std::to_string(sequence) + kReceipt);
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

base::Result<std::vector<Pending>> Outbox::pending() const {
    std::vector<Pending> messages;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        const auto sequence = sequence_of(entry.path());
        const std::string to = entry.path().stem().extension().string();  // ".intake"
        if (entry.path().extension() != kMessage || !sequence || to.size() < 2) continue;
        if (std::filesystem::exists(folder_ + "/" + std::to_string(*sequence) + kReceipt)) continue;
        auto bytes = read_whole(entry.path());
        if (!bytes) return tl::unexpected(bytes.error());
        messages.push_back({*sequence, to.substr(1), std::move(*bytes)});
    }
    if (error) return base::unavailable(folder_ + ": " + error.message());
    std::sort(messages.begin(), messages.end(), [](const Pending& left, const Pending& right) { return left.sequence < right.sequence; });
    return messages;
}

}  // namespace rightsdesk::client
