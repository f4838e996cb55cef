// The signed heads of every log, in a folder outside the store: one file a log, <log>.heads, a line a head, oldest first.
//
// A file that has grown to kMaxFileOctets becomes <log>.heads.1, in place of an older one: two files a log at most. Beside them
// <log>.damaged, which the auditor writes when a log does not continue from its last signed head, and why: services that see it
// acknowledge nothing until a person has taken it away and they are started again.
//
// One process writes (it holds the lock); any number read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "heads/signed_head.h"

namespace rightsdesk::heads {

inline constexpr std::size_t kMaxFileOctets = 2U * 1024U * 1024U;

class HeadFiles {
public:
    HeadFiles(std::string folder, VerifyingKey key) : folder_(std::move(folder)), key_(key) {}

    // None of these takes what cannot be read for what is not there: kUnavailable then.
    // The latest head of a log; nothing when it has none. kCorrupt: it is not one that the auditor signed for this log.
    [[nodiscard]] base::Result<std::optional<SignedHead>> last(const std::string& log) const;
    // All that are kept, oldest first, each with its signature checked.
    [[nodiscard]] base::Result<std::vector<SignedHead>> all(const std::string& log) const;
    // The logs that have heads, sorted.
    [[nodiscard]] base::Result<std::vector<std::string>> logs() const;
    // Why logs are not signed any more, by log.
    [[nodiscard]] base::Result<std::map<std::string, std::string>> damaged() const;

    // On the disk when it returns.
    [[nodiscard]] base::Result<> append(const SignedHead& head) const;
    [[nodiscard]] base::Result<> mark_damaged(const std::string& log, const std::string& why) const;

    [[nodiscard]] const std::string& folder() const { return folder_; }

private:
    [[nodiscard]] std::string path_of(const std::string& log) const { return folder_ + "/" + log + ".heads"; }
    [[nodiscard]] base::Result<std::vector<SignedHead>> heads_in(const std::string& path, const std::string& log) const;

    std::string folder_;
    VerifyingKey key_;
};

// Held by the one process that signs, until it ends. kUnavailable when another has it.
class HeadLock {
public:
    static base::Result<HeadLock> take(const std::string& folder);

private:
    explicit HeadLock(base::FileDescriptor file) : file_(std::move(file)) {}
    base::FileDescriptor file_;
};

}  // namespace rightsdesk::heads
