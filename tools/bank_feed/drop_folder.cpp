#include "bank_feed/drop_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <tuple>

#include "domain/civil.h"

namespace rightsdesk::bank_feed {

namespace {

constexpr const char* kIn = "in";
constexpr const char* kDone = "done";
constexpr const char* kSetAside = "set-aside";
constexpr const char* kWaiting = "waiting";
constexpr std::size_t kShaDigits = 12;
constexpr std::size_t kDateLength = 10;
constexpr std::string_view kReason = ".reason.json";
constexpr std::size_t kLongestName = 200;  // with what is put around it a file system's 255

std::string short_sha(const std::string& sha256) { return sha256.substr(0, kShaDigits); }

bool ends_with(const std::string& text, std::string_view end) { return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0; }

bool is_still_written(const std::string& name) { return name.front() == '.' || ends_with(name, ".part") || ends_with(name, ".tmp"); }

bool is_there(const std::string& path) {
    struct stat found {};
    return ::lstat(path.c_str(), &found) == 0;
}

}  // namespace

std::string name_of(const DroppedFile& file) { return file.waits_for ? file.name.substr(kDateLength + 1 + kShaDigits + 1) : file.name; }

base::Result<DropFolder> DropFolder::open(const std::string& folder, std::chrono::milliseconds settle) {
    for (const char* part : {kIn, kDone, kSetAside, kWaiting}) {
        std::error_code trouble;
        std::filesystem::create_directories(folder + "/" + part, trouble);
        if (trouble) return base::unavailable(folder + "/" + part + ": " + trouble.message());
    }
    base::FileDescriptor lock(::open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock) return base::unavailable(folder + "/lock: " + base::system_reason());
    if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) return base::unavailable(folder + ": another process works on it");
    return DropFolder(folder, settle, std::move(lock));
}

std::string DropFolder::path_of(const DroppedFile& file) const { return path(file.waits_for ? kWaiting : kIn, file.name); }

base::Result<bool> DropFolder::has_settled(const std::string& name, std::chrono::steady_clock::time_point now, std::map<std::string, Seen>& seen) const {
    struct stat found {};
    if (::lstat(path(kIn, name).c_str(), &found) != 0) {
        if (errno == ENOENT) return false;
        return base::unavailable(path(kIn, name) + ": " + base::system_reason());
    }
    if (!S_ISREG(found.st_mode)) return false;  // neither a folder nor a link is a bank's file
    Seen present{static_cast<std::uint64_t>(found.st_size), static_cast<std::int64_t>(found.st_mtim.tv_sec) * 1'000'000'000 + found.st_mtim.tv_nsec, now};
    const auto before = seen_.find(name);
    if (before != seen_.end() && before->second.size == present.size && before->second.changed == present.changed) present.since = before->second.since;
    seen[name] = present;
    return settle_.count() == 0 || now - present.since >= settle_;
}

base::Result<Look> DropFolder::look(domain::Date today, std::chrono::steady_clock::time_point now) {
    Look look;
    const auto names = base::names_in(folder_ + "/" + kIn);
    const auto waiting = base::names_in(folder_ + "/" + kWaiting);
    const auto aside = base::names_in(folder_ + "/" + kSetAside);
    if (!names) return tl::unexpected(names.error());
    if (!waiting) return tl::unexpected(waiting.error());
    if (!aside) return tl::unexpected(aside.error());
    std::map<std::string, Seen> seen;
    for (const std::string& name : names->value_or(std::vector<std::string>())) {
        if (is_still_written(name)) continue;
        const auto settled = has_settled(name, now, seen);
        if (!settled) return tl::unexpected(settled.error());
        if (*settled && look.ready.size() < kMostFilesAtOnce) look.ready.push_back({name, std::nullopt});
        else if (seen.contains(name)) ++look.unsettled;
    }
    for (const std::string& name : waiting->value_or(std::vector<std::string>())) {
        const auto day = name.size() > kDateLength + kShaDigits + 2 ? domain::parse_date(name.substr(0, kDateLength)) : base::Result<domain::Date>(base::invalid(""));
        if (day && *day <= today && look.ready.size() < kMostFilesAtOnce && !is_still_written(name)) look.ready.push_back({name, *day});
    }
    for (const std::string& name : aside->value_or(std::vector<std::string>())) look.set_aside += ends_with(name, kReason) || name.front() == '.' ? 0U : 1U;
    seen_ = std::move(seen);
    std::sort(look.ready.begin(), look.ready.end());
    return look;
}

base::Result<std::optional<std::string>> DropFolder::read(const DroppedFile& file, std::size_t most) const {
    struct stat found {};
    if (::lstat(path_of(file).c_str(), &found) == 0 && static_cast<std::uint64_t>(found.st_size) > most) {
        return base::invalid("larger than " + std::to_string(most) + " octets, as no file of a bank is");
    }
    return base::read_file(path_of(file));
}

base::Result<> DropFolder::move(const DroppedFile& file, const char* to, const std::string& name) const {
    if (auto moved = base::rename_file(path_of(file), path(to, name)); !moved) return moved;
    if (auto synced = base::sync_folder(folder_ + "/" + to); !synced) return synced;
    return base::sync_folder(folder_ + "/" + (file.waits_for ? kWaiting : kIn));
}

base::Result<> DropFolder::finish(const DroppedFile& file, const std::string& sha256, const std::string& report) const {
    const std::string name = file.waits_for ? file.name : short_sha(sha256) + "-" + file.name;
    if (auto written = base::replace_file(path(kDone, name + ".report.json"), report); !written) return written;
    return move(file, kDone, name);
}

base::Result<> DropFolder::set_aside(const DroppedFile& file, const std::string& sha256, const std::string& reason) const {
    std::string name = name_of(file);
    // Another file of the name lies there already: both are kept.
    if (is_there(path(kSetAside, name)) || name.size() > kLongestName) name = short_sha(sha256) + "-" + name.substr(0, kLongestName);
    if (auto written = base::replace_file(path(kSetAside, name + std::string(kReason)), reason); !written) return written;
    return move(file, kSetAside, name);
}

base::Result<> DropFolder::keep_waiting(const DroppedFile& file, const std::string& sha256, const std::string& octets, domain::Date until) const {
    const std::string name = domain::to_text(until) + "-" + short_sha(sha256) + "-" + name_of(file);
    if (auto written = base::replace_file(path(kWaiting, name), octets); !written) return written;
    return base::sync_folder(folder_ + "/" + kWaiting);
}

base::Result<> DropFolder::drop(const std::string& name, const std::string& octets) const {
    if (auto written = base::replace_file(path(kIn, name), octets); !written) return written;
    return base::sync_folder(folder_ + "/" + kIn);
}

bool DropFolder::was_set_aside(const std::string& name) const { return is_there(path(kSetAside, name + std::string(kReason))); }

base::Result<> DropFolder::end_set_aside(const std::string& name, const std::string& sha256) const {
    if (!was_set_aside(name)) return {};
    const std::string reason = name + std::string(kReason);
    if (auto moved = base::rename_file(path(kSetAside, reason), path(kDone, short_sha(sha256) + "-" + reason)); !moved) return moved;
    return base::sync_folder(folder_ + "/" + kSetAside);
}

}  // namespace rightsdesk::bank_feed
