// The clocks of a process. Only clock.cpp touches the system's.
#pragma once

#include <chrono>
#include <string>

#include "domain/types.h"

namespace rightsdesk::runtime {

// What the kernel says of the wall clock.
struct Synchronisation {
    bool synchronised = false;
    std::chrono::nanoseconds max_error{0};
};

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
    // The same, going on while the machine sleeps: what the wall clock is compared with.
    [[nodiscard]] virtual std::chrono::nanoseconds since_boot() const { return monotonic(); }
    // Which start of the machine since_boot() counts from. Empty: not known.
    [[nodiscard]] virtual std::string boot() const { return {}; }
    [[nodiscard]] virtual Synchronisation synchronisation() const { return {}; }
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] domain::Instant now() const override;
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override;
    [[nodiscard]] std::chrono::nanoseconds since_boot() const override;
    [[nodiscard]] std::string boot() const override;
    [[nodiscard]] Synchronisation synchronisation() const override;
};

}  // namespace rightsdesk::runtime
