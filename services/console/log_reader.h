// Reads logs in a thread of its own, so that a store that stands still does not stop those who say so: what is asked for, a page at
// a time, and once a second how long every log is.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/store.h"

namespace rightsdesk::console {

inline constexpr std::size_t kRecordsAPage = 500;  // folded in one go
inline constexpr std::chrono::milliseconds kHeadsEvery{1'000};

struct ReadPage {
    std::string log;
    store::Sequence after = 0;
    base::Result<std::vector<store::LogRecord>> records;
};

class LogReader {
public:
    struct Hear {
        std::function<void(ReadPage)> page;                                // of one `want`
        std::function<void(std::map<std::string, store::Sequence>)> heads;  // of every log that is there
        std::function<void(const base::Error&)> failed;                    // a look at the heads
    };
    // Both hear from the reader's thread.
    LogReader(std::unique_ptr<store::Store> store, Hear hear);
    LogReader(const LogReader&) = delete;
    LogReader& operator=(const LogReader&) = delete;
    ~LogReader();

    // A page of a log; of each log one wish waits, the latest. Any thread.
    void want(const std::string& log, store::Sequence after);

private:
    void run();
    void look();
    std::unique_ptr<store::Store> store_;
    Hear hear_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, store::Sequence> wanted_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace rightsdesk::console
