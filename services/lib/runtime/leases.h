// Which logs this instance consumes and acts on in time: a lease of a few seconds for each log and service, kept in the store.
//
// It only spares the instances of a service each other's work. Nothing is wrong when two believe that they hold the same one
// (paused past its end, on a clock that jumped): cursors and versions refuse what the other has done already.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "runtime/clock.h"
#include "store/store.h"

namespace rightsdesk::runtime {

inline constexpr std::chrono::milliseconds kLease{3'000};
inline constexpr std::chrono::milliseconds kLeaseRenewal{1'000};
inline constexpr std::chrono::milliseconds kLeaseLook{250};  // at those that others hold
static_assert(2 * kLeaseRenewal < kLease && kLease <= store::kLongestLease);

class Leases {
public:
    // `instances`: of this service, this one among them; with none or one it is alone.
    Leases(store::Store& store, const Clock& clock, std::string service, std::string instance, std::vector<std::string> instances);

    // Renews, looks and takes what it is time for. The logs that this instance has now and had not when this was last called:
    // another may have consumed them meanwhile. An error: kUnavailable, what was held is held until it ends.
    base::Result<std::vector<std::string>> keep(const std::vector<std::string>& logs);
    [[nodiscard]] bool holds(const std::string& log) const;
    [[nodiscard]] std::vector<std::string> held() const;
    // As if it were not held; the next `keep` asks anew.
    void forget(const std::string& log) { known_.erase(log); }
    // So that another instance takes over at once.
    base::Result<> give_up();

private:
    struct Known {
        std::chrono::nanoseconds held_until{0};
        std::chrono::nanoseconds ask_at{0};
        bool was_free = false;  // when last looked at
    };
    // Each log has an instance that takes it at once when it is free: the logs are shared while all live. The others leave it until
    // they have seen it free twice.
    [[nodiscard]] bool is_preferred(const std::string& log) const;

    store::Store& store_;
    const Clock& clock_;
    std::string service_;
    std::string instance_;
    std::vector<std::string> instances_;
    std::map<std::string, Known> known_;
};

}  // namespace rightsdesk::runtime
