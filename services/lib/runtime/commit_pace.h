// How long durable writes take. A slow disk stops nothing: it makes everybody wait, and people should know that it is the disk.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace rightsdesk::runtime {

class CommitPace {
public:
    explicit CommitPace(std::chrono::nanoseconds bound) : bound_(bound) {}

    // A commit ended at `now` and took so long. Costs nothing worth speaking of.
    void took(std::chrono::nanoseconds time, std::chrono::nanoseconds now) {
        if (time <= bound_) {
            in_a_row_ = 0;
            return;
        }
        if (in_a_row_++ == 0) since_ = now - time;
        last_slow_ = now;
        last_ = time;
        if (time > worst_) worst_ = time;
    }

    // What is the matter, in words: one write after the other was slow, for kSlowFor or longer; until none was for kQuickFor.
    std::optional<std::string> look(std::chrono::nanoseconds now);

    static constexpr std::chrono::seconds kSlowFor{3};
    static constexpr std::chrono::seconds kQuickFor{10};

private:
    std::chrono::nanoseconds bound_;
    std::chrono::nanoseconds since_{0};
    std::chrono::nanoseconds last_slow_{0};
    std::chrono::nanoseconds last_{0};
    std::chrono::nanoseconds worst_{0};
    std::uint64_t in_a_row_ = 0;
    bool slow_ = false;
};

}  // namespace rightsdesk::runtime
