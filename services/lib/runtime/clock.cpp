#include "runtime/clock.h"

#include <sys/timex.h>

#include <ctime>
#include <fstream>

namespace rightsdesk::runtime {

domain::Instant SystemClock::now() const {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return domain::Instant(std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count());
}

std::chrono::nanoseconds SystemClock::monotonic() const {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

std::chrono::nanoseconds SystemClock::since_boot() const {
    timespec reading{};
    ::clock_gettime(CLOCK_BOOTTIME, &reading);
    return std::chrono::seconds(reading.tv_sec) + std::chrono::nanoseconds(reading.tv_nsec);
}

std::string SystemClock::boot() const {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

// Only read, which anybody may.
Synchronisation SystemClock::synchronisation() const {
    timex state{};
    const int answer = ::adjtimex(&state);
    const bool synchronised = answer != -1 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
    return {synchronised, std::chrono::microseconds(state.maxerror)};
}

}  // namespace rightsdesk::runtime
