// Who consumes, and who stands still: every service looks at the cursors of the others. One that is behind its log and has not
// moved for longer than a bound is stuck: dead, paused, or waiting for something that does not come.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "store/store.h"

namespace rightsdesk::runtime {

class ConsumerWatch {
public:
    explicit ConsumerWatch(std::chrono::nanoseconds bound) : bound_(bound) {}

    // `consumer` has taken in `cursor` of the `head` records of `source`, for its effects in `target`.
    void see(const std::string& consumer, const std::string& target, const std::string& source, store::Sequence cursor, store::Sequence head,
             std::chrono::nanoseconds now);

    // By consumer, what is the matter with it, in words: the first of the logs in which it stands still.
    [[nodiscard]] std::map<std::string, std::string> stuck(std::chrono::nanoseconds now) const;

    // After a time in which nobody was expected to move.
    void forget() { seen_.clear(); }

private:
    struct Seen {
        store::Sequence cursor = 0;
        store::Sequence head = 0;
        std::chrono::nanoseconds since{0};
    };
    std::chrono::nanoseconds bound_;
    std::map<std::tuple<std::string, std::string, std::string>, Seen> seen_;
};

}  // namespace rightsdesk::runtime
