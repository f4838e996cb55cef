#include "runtime/leases.h"

#include <algorithm>

#include "base/hash.h"
#include "domain/receipts.h"

namespace rightsdesk::runtime {

Leases::Leases(store::Store& store, const Clock& clock, std::string service, std::string instance, std::vector<std::string> instances)
    : store_(store), clock_(clock), service_(std::move(service)), instance_(std::move(instance)), instances_(std::move(instances)) {
    std::sort(instances_.begin(), instances_.end());
}

base::Result<std::vector<std::string>> Leases::keep(const std::vector<std::string>& logs) {
    const std::chrono::nanoseconds now = clock_.monotonic();  // before asking: none is believed longer than it lasts
    std::vector<store::LeaseWish> wishes;
    for (const std::string& log : logs) {
        const Known& known = known_[log];
        if (now >= known.ask_at) wishes.push_back({log, holds(log) || known.was_free || is_preferred(log)});
    }
    std::vector<std::string> taken;
    if (wishes.empty()) return taken;
    const auto holders = store_.hold_leases(wishes, service_, instance_, kLease);
    if (!holders) return tl::unexpected(holders.error());
    for (std::size_t at = 0; at < wishes.size(); ++at) {
        const std::string& holder = (*holders)[at];
        Known& known = known_[wishes[at].log];
        const bool is_own = holder == instance_;
        if (is_own && now >= known.held_until) taken.push_back(wishes[at].log);
        known.held_until = is_own ? now + kLease : std::chrono::nanoseconds(0);
        known.ask_at = now + (is_own ? kLeaseRenewal : kLeaseLook);
        known.was_free = holder.empty();
    }
    return taken;
}

bool Leases::holds(const std::string& log) const {
    const auto known = known_.find(log);
    return known != known_.end() && clock_.monotonic() < known->second.held_until;
}

std::vector<std::string> Leases::held() const {
    std::vector<std::string> logs;
    for (const auto& [log, known] : known_) {
        if (clock_.monotonic() < known.held_until) logs.push_back(log);
    }
    return logs;
}

base::Result<> Leases::give_up() {
    const std::vector<std::string> logs = held();
    known_.clear();
    return store_.release_leases(logs, service_, instance_);
}

bool Leases::is_preferred(const std::string& log) const {
    if (instances_.size() < 2) return true;
    return instances_[domain::number_from_hash(base::sha256_hex(log)) % instances_.size()] == instance_;
}

}  // namespace rightsdesk::runtime
