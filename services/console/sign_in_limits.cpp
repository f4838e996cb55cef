#include "console/sign_in_limits.h"

#include <algorithm>

namespace rightsdesk::console {

namespace {

Monotonic wait_after(int failures, int free) {
    if (failures <= free) return Monotonic(0);
    Monotonic wait = kFirstWait;
    for (int more = free + 1; more < failures && wait < kLongestWait; ++more) wait *= 2;
    return std::min<Monotonic>(wait, kLongestWait);
}

std::string name_key(const std::string& name) { return "name/" + name; }
std::string address_key(const std::string& address) { return "address/" + address; }

}  // namespace

void SignInLimits::forget(Monotonic now) {
    std::erase_if(failures_, [&](const auto& one) { return one.second.last + kForgottenAfter <= now; });
}

std::optional<std::chrono::seconds> SignInLimits::wait_of(const std::string& name, const std::string& address, Monotonic now) {
    if (failures_.size() >= kMostRemembered) forget(now);
    Monotonic wait{0};
    bool known = false;
    for (const auto& [key, free] : {std::pair(name_key(name), kFreeFailures), std::pair(address_key(address), kFreeFailuresOfAddress)}) {
        const auto found = failures_.find(key);
        if (found == failures_.end()) continue;
        known = true;
        if (found->second.last + kForgottenAfter > now) wait = std::max(wait, found->second.last + wait_after(found->second.count, free) - now);
    }
    if (!known && failures_.size() >= kMostRemembered) wait = kLongestWait;
    if (wait <= Monotonic(0)) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(wait);
}

void SignInLimits::failed(const std::string& name, const std::string& address, Monotonic now) {
    for (const std::string& key : {name_key(name), address_key(address)}) {
        Failures& failures = failures_[key];
        if (failures.last + kForgottenAfter <= now) failures.count = 0;
        ++failures.count;
        failures.last = now;
    }
}

void SignInLimits::succeeded(const std::string& name, const std::string& address) {
    failures_.erase(name_key(name));
    const auto found = failures_.find(address_key(address));
    if (found != failures_.end() && --found->second.count <= 0) failures_.erase(found);
}

}  // namespace rightsdesk::console
