#include "runtime/admin_seat.h"

#include <utility>

#include "runtime/log_line.h"

namespace rightsdesk::runtime {

AdminSeat::AdminSeat(std::string address, std::string service, std::string instance, const Clock& clock)
    : address_(std::move(address)), service_(std::move(service)), instance_(std::move(instance)), clock_(clock) {
    if (!address_.empty()) open();
}

void AdminSeat::open() {
    auto port = AdminPort::open(address_, service_, instance_, clock_);
    if (port) {
        port_ = std::move(*port);
        next_ = {};
        log_info("#ADMIN_PORT", {{"address", address_}});
        return;
    }
    if (!std::exchange(told_, true)) log_error("#NO_ADMIN_PORT", {{"reason", port.error().message}});
    next_ = clock_.monotonic() + kAdminRetry;
}

void AdminSeat::turned(const std::function<Snapshot()>& snapshot) {
    if (address_.empty()) return;
    if (port_) port_->turned();
    const auto now = clock_.monotonic();
    if (now < next_) return;
    if (!port_) open();
    if (!port_) return;
    port_->turned();
    port_->hand_over(snapshot());
    next_ = now + kSnapshotInterval;
}

}  // namespace rightsdesk::runtime
