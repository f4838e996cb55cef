// The loop's side of an admin port: it opens it where one is configured, and hands over what there is to tell, a few times a second. A port
// that cannot be had is told in the log and tried again: what a service does for others does not hang on it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "runtime/admin_port.h"

namespace rightsdesk::runtime {

inline constexpr std::chrono::seconds kAdminRetry{10};

class AdminSeat {
public:
    // `address` empty: there is none, and nothing costs anything. `clock` outlives it, and may be read by two threads.
    AdminSeat(std::string address, std::string service, std::string instance, const Clock& clock);

    // After each turn. `snapshot` is called when it is time for one.
    void turned(const std::function<Snapshot()>& snapshot);

private:
    void open();

    const std::string address_;
    const std::string service_;
    const std::string instance_;
    const Clock& clock_;
    std::unique_ptr<AdminPort> port_;
    bool told_ = false;
    std::chrono::nanoseconds next_{0};
};

}  // namespace rightsdesk::runtime
