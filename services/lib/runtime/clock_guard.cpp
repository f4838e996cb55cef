#include "runtime/clock_guard.h"

#include <algorithm>
#include <sstream>

namespace rightsdesk::runtime {

namespace {

// A clock that is disciplined slowly is turned by 500 millionths at most: so fast a difference is no step.
constexpr std::int64_t kMostDrift = 1'000;  // one part in so many

std::chrono::nanoseconds magnitude(std::chrono::nanoseconds time) { return time < time.zero() ? -time : time; }

}  // namespace

ClockGuard::ClockGuard(const Clock& clock, std::chrono::nanoseconds tolerance) : clock_(clock), tolerance_(tolerance) {
    look();
    even_ = seen_;
}

// A process that is paused between the two readings would see a step that was none: then they are taken again.
void ClockGuard::look() {
    for (int attempt = 0; attempt < 5; ++attempt) {
        const auto before = clock_.since_boot();
        const std::chrono::nanoseconds wall(clock_.now().value);
        const auto after = clock_.since_boot();
        last_ = before;
        seen_ = wall - before;
        if (after - before < tolerance_ / 4) return;
    }
}

void ClockGuard::follow(std::chrono::nanoseconds elapsed) {
    const auto most = elapsed / kMostDrift;
    even_ += std::clamp(ahead(), -most, most);
}

domain::Instant ClockGuard::now() {
    const auto before = last_;
    look();
    stepped_ = magnitude(ahead()) > tolerance_;
    if (!stepped_) follow(last_ - before);
    // Behind by less than the tolerance is a little late, which it may be.
    const auto offset = stepped_ ? even_ : std::min(even_, seen_);
    return domain::Instant((last_ + offset).count());
}

void ClockGuard::accept() {
    look();
    even_ = seen_;
    stepped_ = false;
}

std::string ClockGuard::anchor() const {
    return clock_.boot() + " " + std::to_string(last_.count()) + " " + std::to_string(even_.count()) + "\n";
}

void ClockGuard::compare_with(const std::string& anchor) {
    std::istringstream text(anchor);
    std::string boot;
    std::int64_t then = 0;
    std::int64_t even = 0;
    if (!(text >> boot >> then >> even) || boot.empty() || boot != clock_.boot()) return;
    const std::chrono::nanoseconds elapsed = last_ - std::chrono::nanoseconds(then);
    if (elapsed < elapsed.zero()) return;
    even_ = std::chrono::nanoseconds(even);
    // What slow discipline alone may have made meanwhile is no step.
    if (magnitude(ahead()) <= tolerance_ + elapsed / kMostDrift) follow(elapsed);
    now();
}

}  // namespace rightsdesk::runtime
