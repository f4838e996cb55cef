#include "heads/head_files.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "base/file.h"
#include "heads/files.h"

namespace rightsdesk::heads {
namespace {

namespace fs = std::filesystem;
using base::Result;

constexpr std::string_view kHeads = ".heads";
constexpr std::string_view kDamaged = ".damaged";
constexpr std::size_t kMostWhy = 4'096;

// The file's whole lines; what a torn write left at its end is none. Empty when there is no file.
Result<std::vector<std::string>> lines_of(const std::string& path) {
    const auto read = base::read_file(path);
    if (!read) return tl::unexpected(read.error());
    const std::string text = read->value_or("");
    std::vector<std::string> lines;
    for (std::size_t start = 0, end = text.find('\n'); end != std::string::npos; start = end + 1, end = text.find('\n', start)) lines.push_back(text.substr(start, end - start));
    return lines;
}

// A line of the auditor's about this log.
Result<SignedHead> checked(const std::string& line, const std::string& log, const std::string& path, const VerifyingKey& key) {
    auto head = from_line(line);
    if (!head) return base::failure(base::ErrorKind::kCorrupt, path + ": " + head.error().message);
    if (head->log != log || !key.has_signed(*head)) {
        return base::failure(base::ErrorKind::kCorrupt, path + ": the head of record " + std::to_string(head->sequence) + " was not signed by the auditor");
    }
    return head;
}

// A line that a crash tore apart was ended by the next; it is no head, and says nothing against the others.
bool is_torn(const std::string& line) { return !from_line(line); }

}  // namespace

Result<std::optional<SignedHead>> HeadFiles::last(const std::string& log) const {
    for (const std::string& path : {path_of(log), path_of(log) + ".1"}) {
        const auto lines = lines_of(path);
        if (!lines) return tl::unexpected(lines.error());
        for (auto line = lines->rbegin(); line != lines->rend(); ++line) {
            if (is_torn(*line)) continue;
            auto head = checked(*line, log, path, key_);
            if (!head) return tl::unexpected(head.error());
            return std::optional(std::move(*head));
        }
    }
    return std::optional<SignedHead>();
}

Result<std::vector<SignedHead>> HeadFiles::heads_in(const std::string& path, const std::string& log) const {
    const auto lines = lines_of(path);
    if (!lines) return tl::unexpected(lines.error());
    std::vector<SignedHead> heads;
    for (const std::string& line : *lines) {
        if (is_torn(line)) continue;
        auto head = checked(line, log, path, key_);
        if (!head) return tl::unexpected(head.error());
        heads.push_back(std::move(*head));
    }
    return heads;
}

Result<std::vector<SignedHead>> HeadFiles::all(const std::string& log) const {
    auto heads = heads_in(path_of(log) + ".1", log);
    if (!heads) return heads;
    auto newer = heads_in(path_of(log), log);
    if (!newer) return newer;
    heads->insert(heads->end(), std::make_move_iterator(newer->begin()), std::make_move_iterator(newer->end()));
    return heads;
}

Result<std::vector<std::string>> HeadFiles::logs() const {
    const auto names = base::names_in(folder_);
    if (!names) return tl::unexpected(names.error());
    std::vector<std::string> logs;
    for (std::string name : names->value_or(std::vector<std::string>())) {
        if (name.ends_with(".1")) name.resize(name.size() - 2);
        if (name.ends_with(kHeads)) logs.push_back(name.substr(0, name.size() - kHeads.size()));
    }
    std::sort(logs.begin(), logs.end());
    logs.erase(std::unique(logs.begin(), logs.end()), logs.end());
    return logs;
}

Result<std::map<std::string, std::string>> HeadFiles::damaged() const {
    const auto names = base::names_in(folder_);
    if (!names) return tl::unexpected(names.error());
    std::map<std::string, std::string> damaged;
    for (const std::string& name : names->value_or(std::vector<std::string>())) {
        if (!name.ends_with(kDamaged)) continue;
        // That it is there says enough: one that cannot be read counts.
        const auto lines = lines_of(folder_ + "/" + name);
        damaged[name.substr(0, name.size() - kDamaged.size())] = lines && !lines->empty() ? lines->front() : "no reason is written there";
    }
    return damaged;
}

Result<> HeadFiles::append(const SignedHead& head) const {
    const std::string path = path_of(head.log);
    std::error_code error;
    const auto octets = fs::file_size(path, error);
    if (!error && octets >= kMaxFileOctets) {
        if (auto renamed = base::rename_file(path, path + ".1"); !renamed) return renamed;
    }
    return append_line(path, to_line(head));
}

Result<> HeadFiles::mark_damaged(const std::string& log, const std::string& why) const {
    const auto marked = base::replace_file(folder_ + "/" + log + std::string(kDamaged), why.substr(0, kMostWhy) + "\n");
    return marked ? base::sync_folder(folder_) : marked;
}

Result<HeadLock> HeadLock::take(const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    const std::string path = folder + "/lock";
    HeadLock lock(base::FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)));
    if (!lock.file_) return base::unavailable(path + ": cannot be opened: " + base::system_reason());
    if (::flock(lock.file_.number(), LOCK_EX | LOCK_NB) != 0) return base::unavailable(path + ": another auditor signs here");
    return lock;
}

}  // namespace rightsdesk::heads
