// The folder that a bank (or whoever fetches from it) drops files into, and where they go. Nothing in it is written over or deleted but what this
// program wrote itself.
//
//     in/          the bank's files; NAME.part, NAME.tmp and .NAME are not looked at
//     done/        what was taken: SHA-NAME, and SHA-NAME.report.json: what was told, and what was not and why (SHA: twelve digits of its SHA-256)
//     set-aside/   what could not be taken, and NAME.reason.json
//     waiting/     DATE-SHA-NAME: a copy, told once more on that day for the deposits that become available then
//
// A file is taken once nobody writes to it any more: its size and time were the same at two looks, `settle` apart. One thread.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "domain/types.h"

namespace rightsdesk::bank_feed {

inline constexpr std::size_t kMostFilesAtOnce = 10'000;  // of one look; the rest at the next

struct DroppedFile {
    std::string name;                       // as it lies in in/ or waiting/
    std::optional<domain::Date> waits_for;  // of one in waiting/
    bool operator<(const DroppedFile& other) const { return std::tie(waits_for, name) < std::tie(other.waits_for, other.name); }
};

struct Look {
    std::vector<DroppedFile> ready;         // in order of their names
    std::size_t unsettled = 0;              // of in/, that may still be written to
    std::size_t set_aside = 0;
};

class DropFolder {
public:
    // Makes the folders that are missing. kUnavailable when the disk refuses or another process works on it.
    static base::Result<DropFolder> open(const std::string& folder, std::chrono::milliseconds settle);

    // `today`: files in waiting/ for a day up to it are ready. Time is the steady clock's.
    base::Result<Look> look(domain::Date today, std::chrono::steady_clock::time_point now);

    // The octets; nothing when it is gone. Invalid: larger than `most`. kUnavailable: it cannot be read now.
    [[nodiscard]] base::Result<std::optional<std::string>> read(const DroppedFile& file, std::size_t most) const;

    // Each is on the disk when it returns, and doing it again after a crash changes nothing.
    // To done/, the report beside it.
    [[nodiscard]] base::Result<> finish(const DroppedFile& file, const std::string& sha256, const std::string& report) const;
    // To set-aside/, the reason beside it.
    [[nodiscard]] base::Result<> set_aside(const DroppedFile& file, const std::string& sha256, const std::string& reason) const;
    // A copy of it in waiting/, for that day.
    [[nodiscard]] base::Result<> keep_waiting(const DroppedFile& file, const std::string& sha256, const std::string& octets, domain::Date until) const;
    // Octets of another source (standard input) into in/, there whole or not at all.
    [[nodiscard]] base::Result<> drop(const std::string& name, const std::string& octets) const;

    // Whether a file of the name was set aside, and its end: its reason goes to done/ with the file.
    [[nodiscard]] bool was_set_aside(const std::string& name) const;
    [[nodiscard]] base::Result<> end_set_aside(const std::string& name, const std::string& sha256) const;

private:
    struct Seen {
        std::uint64_t size = 0;
        std::int64_t changed = 0;  // nanoseconds, the file system's
        std::chrono::steady_clock::time_point since;
    };
    DropFolder(std::string folder, std::chrono::milliseconds settle, base::FileDescriptor lock) : folder_(std::move(folder)), settle_(settle), lock_(std::move(lock)) {}
    [[nodiscard]] std::string path(const char* in, const std::string& name) const { return folder_ + "/" + in + "/" + name; }
    [[nodiscard]] std::string path_of(const DroppedFile& file) const;
    [[nodiscard]] base::Result<> move(const DroppedFile& file, const char* to, const std::string& name) const;
    base::Result<bool> has_settled(const std::string& name, std::chrono::steady_clock::time_point now, std::map<std::string, Seen>& seen) const;

    std::string folder_;
    std::chrono::milliseconds settle_;
    base::FileDescriptor lock_;
    std::map<std::string, Seen> seen_;
};

// The name by which operations know it: without the day and the digits that waiting/ put in front.
std::string name_of(const DroppedFile& file);

}  // namespace rightsdesk::bank_feed
