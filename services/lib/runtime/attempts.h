// What a service was at work on when it died, and how often it failed at what.
//
// Before each decision a marker says what it is about. It lies in a page that the process shares with a file: writing it is a
// copy in memory, and a process that dies leaves it behind (a machine that dies may not, and then it was not the message). The
// next start reads it and counts the death. A decision that throws is counted at once. Counts are on the disk before the next
// attempt, and there are none while nothing ever failed: the usual case costs two copies of some forty octets.
//
// Where there is no folder to keep them in, both live as long as the process.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rightsdesk::runtime {

inline constexpr int kMostAttempts = 3;  // after so many failures it is quarantined

// What is decided: "decode <sha256>", "command <sha256>", "reaction <target> <source> <number>", "due <log>".
struct WorkKey {
    std::string_view kind;
    std::string_view first;
    std::string_view second = {};
    std::uint64_t number = 0;

    [[nodiscard]] std::string text() const;
};

class Attempts {
public:
    // Reads what an earlier process of this name left in `folder`, and counts its death. A file that cannot be read counts as none.
    Attempts(const std::string& folder, const std::string& name);
    Attempts(const Attempts&) = delete;
    Attempts& operator=(const Attempts&) = delete;
    ~Attempts();

    void begin(const WorkKey& key);
    void end();

    // What the process before died at; nothing when it was at no decision.
    [[nodiscard]] const std::optional<std::string>& died_at() const { return died_at_; }
    // Whether anything has failed and is not settled.
    [[nodiscard]] bool any() const { return !counts_.empty(); }
    [[nodiscard]] int of(const WorkKey& key) const;
    // Counts a failure, on the disk when this returns; how many there are now.
    base::Result<int> failed(const WorkKey& key);
    // It was decided, or is in quarantine.
    void settled(const WorkKey& key);

private:
    void read_counts();
    base::Result<> keep_counts() const;
    void map_marker();
    void count_death();

    std::string counts_file_;  // empty: kept in memory only
    std::string marker_file_;
    std::map<std::string, int> counts_;
    std::optional<std::string> died_at_;
    char* marker_ = nullptr;   // a page, of the file or of this process alone
    bool mapped_ = false;
};

// Marks what is decided while it lives; also when it is left by an exception, which is no death.
class AtWork {
public:
    AtWork(Attempts& attempts, const WorkKey& key) : attempts_(attempts) { attempts_.begin(key); }
    AtWork(const AtWork&) = delete;
    AtWork& operator=(const AtWork&) = delete;
    ~AtWork() { attempts_.end(); }

private:
    Attempts& attempts_;
};

}  // namespace rightsdesk::runtime
