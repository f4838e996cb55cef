// An allocation worked out again, pool by pool, for a derivation: who shares with whom, what each claim weighs and how far it
// may go, by the list above allocate() in allocation.h. It does not call allocate(): each holds the other to the rule. Pure.
#pragma once

#include "domain/allocation.h"
#include "domain/proration_trace.h"

namespace rightsdesk::domain {

// What was shared once, as one holder sees it.
struct TracedPool {
    bool is_basic = false;          // the basic privilege itself; otherwise a pool of the over-subscription
    bool is_extra = false;          // of the shares sold besides, which have eligibility of their own
    std::string words;              // who shares in it, and what the holder's claim is
    Shares available;
    std::int64_t weight = 0;        // the holder's
    std::int64_t total_weight = 0;  // everybody's
    Shares limit;                   // the most that the holder may get in it
    ProrationTrace trace;
};

struct DerivedOutcome {
    std::vector<AllottedShares> allotted;  // in the order of the claims
    std::vector<TracedPool> pools;         // basic first, then those of the over-subscription in order, those of the extra shares last
    bool basic_prorated = false;
};

// `followed`: the index of the holder who is followed; beyond the claims: nobody. The bounds are check_allocation's, CHECKed.
DerivedOutcome share_in_pools(const Terms& terms, const std::vector<Subscription>& claims, std::size_t followed);

}  // namespace rightsdesk::domain
