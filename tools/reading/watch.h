// What a step takes. Inside this room.
#pragma once

#include <time.h>

#include <cstdint>

namespace rightsdesk::reading {

// The processor's time of this thread: what else the machine does is not counted.
inline std::uint64_t microseconds_spent() {
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return static_cast<std::uint64_t>(spent.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(spent.tv_nsec) / 1'000;
}

// Adds its time to a counter.
class Watch {
public:
    explicit Watch(std::uint64_t& into) : into_(into), from_(microseconds_spent()) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() { into_ += microseconds_spent() - from_; }

private:
    std::uint64_t& into_;
    std::uint64_t from_;
};

}  // namespace rightsdesk::reading
