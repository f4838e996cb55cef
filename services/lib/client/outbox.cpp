#include "client/outbox.h"

#include <fcntl.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "client/journal.h"

namespace rightsdesk::client {

namespace {

constexpr const char* kMessage = ".message";
constexpr const char* kReceipt = ".receipt";
constexpr const char* kJournalFolder = "/journal";

// On the disk when it returns: there whole or not at all.
base::Result<> write_durably(const std::string& folder, const std::string& name, const bus::Bytes& bytes) {
    const auto written = base::replace_file(folder + "/" + name, bytes.view());
    return written ? base::sync_folder(folder) : written;
}

base::Result<bus::Bytes> read_whole(const std::string& path) {
    auto octets = base::read_file(path);
    if (!octets) return tl::unexpected(octets.error());
    if (!*octets) return base::unavailable(path + ": it was there, and is gone");
    return bus::Bytes(std::move(**octets));
}

// "17.intake.message" and "17.receipt" are of number 17.
std::optional<std::uint64_t> sequence_of(const std::string& name) {
    const std::string stem = name.substr(0, name.find('.'));
    if (stem.empty() || stem.size() > 19 || !std::all_of(stem.begin(), stem.end(), [](unsigned char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    return std::stoull(stem);
}

}  // namespace

base::Result<Outbox> Outbox::open(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    auto lock = base::hold_lock(folder + "/lock");
    if (!lock) return tl::unexpected(lock.error());
    if (!*lock) return base::unavailable(folder + ": another process is sending from it");
    Outbox box(folder, std::move(**lock));
    const auto names = box.names();
    if (!names) return tl::unexpected(names.error());
    for (const std::string& name : *names) {
        if (const auto sequence = sequence_of(name)) box.next_ = std::max(box.next_, *sequence + 1);
    }
    const bool has_journal = std::filesystem::exists(box.journal_folder(), error);
    if (error) return base::unavailable(box.journal_folder() + ": " + error.message());
    if (has_journal) {
        // A gateway of the same sender: its numbers are used up too.
        const auto journal = Journal::look(DirectoryFiles::look_into(box.journal_folder()));
        if (!journal) return tl::unexpected(journal.error());
        box.next_ = std::max(box.next_, (*journal)->next_number());
    }
    return box;
}

std::string Outbox::journal_folder() const { return folder_ + kJournalFolder; }

base::Result<std::vector<std::string>> Outbox::names() const {
    auto names = base::names_in(folder_);
    if (!names) return tl::unexpected(names.error());
    if (!*names) return base::unavailable(folder_ + ": it is gone");
    return std::move(**names);
}

base::Result<> Outbox::keep(std::uint64_t sequence, const std::string& to, const bus::Bytes& bytes) {
    const std::string name = std::to_string(sequence) + "." + to + kMessage;
    const auto names = this->names();
    if (!names) return tl::unexpected(names.error());
    for (const std::string& known : *names) {
        if (sequence_of(known) != sequence || !known.ends_with(kMessage)) continue;
        const auto kept = read_whole(folder_ + "/" + known);
        if (!kept) return tl::unexpected(kept.error());
        if (known == name && *kept == bytes) return {};
        return base::failure(base::ErrorKind::kConflict, folder_ + ": number " + std::to_string(sequence) + " is in use for another message; give this one a number of its own. "
                                                         "Where it is the same message, written by an earlier release, its receipt is in that folder");
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
    const auto names = this->names();
    if (!names) return tl::unexpected(names.error());
    const std::set<std::string> known(names->begin(), names->end());
    std::vector<Pending> messages;
    for (const std::string& name : *names) {
        const auto sequence = sequence_of(name);
        const std::string to = std::filesystem::path(name).stem().extension().string();  // ".intake"
        if (!name.ends_with(kMessage) || !sequence || to.size() < 2) continue;
        if (known.contains(std::to_string(*sequence) + kReceipt)) continue;
        auto bytes = read_whole(folder_ + "/" + name);
        if (!bytes) return tl::unexpected(bytes.error());
        messages.push_back({*sequence, to.substr(1), std::move(*bytes)});
    }
    std::sort(messages.begin(), messages.end(), [](const Pending& left, const Pending& right) { return left.sequence < right.sequence; });
    return messages;
}

}  // namespace rightsdesk::client
