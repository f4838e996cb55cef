// The clocks of a process. Only clock.cpp touches the system's.
#pragma once

#include <chrono>

#include "domain/types.h"

namespace rightsdesk::runtime {

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;
    // Wall time, UTC. Never used where the suite runs stepped: there the desk's log tells the time.
    [[nodiscard]] virtual domain::Instant now() const = 0;
    // Never goes back; for intervals only.
    [[nodiscard]] virtual std::chrono::nanoseconds monotonic() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] domain::Instant now() const override;
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override;
};

}  // namespace rightsdesk::runtime
