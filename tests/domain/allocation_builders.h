// What the tests of allocations are told in: holder("A").basic(100).over(50).holding(2).
#pragma once

#include <string>
#include <vector>

#include "domain/allocation.h"

namespace rightsdesk::domain {

struct Holder : Subscription {
    explicit Holder(std::string name) { id = std::move(name); }
    Holder& basic(std::int64_t shares) { Subscription::basic = basic_entitlement = Shares(shares); return *this; }
    Holder& over(std::int64_t shares) { Subscription::over = Shares(shares); return *this; }
    Holder& holding(std::int64_t shares) { record_holding = Shares(shares); return *this; }
    Holder& at(std::int64_t nanoseconds) { received_at = Instant(nanoseconds); return *this; }
};
inline Holder holder(std::string name) { return Holder(std::move(name)); }

inline OverSubscriptionTerms pro_rata_to(Basis basis) {
    OverSubscriptionTerms terms;
    terms.basis = basis;
    return terms;
}

inline std::vector<std::int64_t> basic_of(const AllocationOutcome& outcome) {
    std::vector<std::int64_t> shares;
    for (const AllottedShares& allotted : outcome.allotted) shares.push_back(allotted.basic.value);
    return shares;
}
inline std::vector<std::int64_t> over_of(const AllocationOutcome& outcome) {
    std::vector<std::int64_t> shares;
    for (const AllottedShares& allotted : outcome.allotted) shares.push_back(allotted.over.value);
    return shares;
}

}  // namespace rightsdesk::domain
