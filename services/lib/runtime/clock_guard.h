// The wall clock, guarded. It is compared at every reading with one that no hand sets, and that goes on while the machine
// sleeps: together they show a step, forward or back, however it came. `now` never jumps forward: after a step it goes on as
// if there had been none, and what of a difference within the tolerance lies ahead is caught up with slowly. So nothing is
// acted on early because of a step, not even what is decided between the step and its discovery.
#pragma once

#include <chrono>
#include <string>

#include "runtime/clock.h"

namespace rightsdesk::runtime {

class ClockGuard {
public:
    ClockGuard(const Clock& clock, std::chrono::nanoseconds tolerance);

    // The time to decide by.
    domain::Instant now();

    // Whether the wall clock has stepped beyond the tolerance and nobody has accepted it; it is over too when it steps back.
    [[nodiscard]] bool stepped() const { return stepped_; }
    // By how much the wall clock is ahead of an even one (or behind: negative), at the last reading.
    [[nodiscard]] std::chrono::nanoseconds ahead() const { return seen_ - even_; }

    // The wall clock is right as it is.
    void accept();

    // What a later process of the same boot compares with: the clock may step while there is none.
    [[nodiscard]] std::string anchor() const;
    // Of an earlier process; one of another boot, or that cannot be read, says nothing.
    void compare_with(const std::string& anchor);

private:
    void look();
    void follow(std::chrono::nanoseconds elapsed);

    const Clock& clock_;
    std::chrono::nanoseconds tolerance_;
    std::chrono::nanoseconds last_{0};  // since boot, at the last reading
    std::chrono::nanoseconds seen_{0};  // the wall clock's distance from the boot, as it is
    std::chrono::nanoseconds even_{0};  // and as it would be had it gone evenly
    bool stepped_ = false;
};

}  // namespace rightsdesk::runtime
