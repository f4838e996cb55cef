// Sharing out what an offering has by its own terms: the shares offered, further ones that over-subscriptions demand, and who
// takes what is left (rules.md section 4). Pure.
#pragma once

#include "domain/allocation.h"
#include "domain/entities.h"

namespace rightsdesk::domain {

struct SharedOut {
    Shares supply;                     // offered, and extra
    Shares extra_supply;               // demanded by over-subscriptions, within the terms' part of the shares offered
    AllocationOutcome outcome;
    std::vector<StandbyPart> standby;  // what is left after the allocation, in the order of the terms
};

// By all caps of the terms (caps_in_shares). Extra shares serve over-subscriptions only, as far as caps and claims on the basis let
// them: none where basic itself is prorated (Liberty All-Star 2021: 25 % of the primary). Where everybody who
// over-subscribes is eligible for them they are prorated together with the shares offered; where holders of record alone are, after these. Standby purchasers come last (PVF Capital 2010: 2,436,610 shares).
SharedOut share_out(const Terms& terms, const std::vector<Subscription>& subscriptions);

}  // namespace rightsdesk::domain
