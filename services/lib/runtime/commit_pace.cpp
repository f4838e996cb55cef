#include "runtime/commit_pace.h"

namespace rightsdesk::runtime {

namespace {

std::string milliseconds(std::chrono::nanoseconds time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) + " ms";
}

}  // namespace

std::optional<std::string> CommitPace::look(std::chrono::nanoseconds now) {
    if (in_a_row_ > 1 && last_slow_ - since_ >= kSlowFor) slow_ = true;
    if (slow_ && now - last_slow_ > kQuickFor) {
        slow_ = false;
        in_a_row_ = 0;
        worst_ = worst_.zero();
    }
    if (!slow_) return std::nullopt;
    return "a durable write takes " + milliseconds(last_) + ", the longest " + milliseconds(worst_) + "; " + milliseconds(bound_) + " is what it may take";
}

}  // namespace rightsdesk::runtime
