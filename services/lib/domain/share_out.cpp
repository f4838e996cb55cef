#include "domain/share_out.h"

#include <algorithm>

#include "domain/exercise.h"

namespace rightsdesk::domain {

namespace {

__extension__ using Wide = __int128;

Shares extra_supply(const Terms& terms, const OverSubscriptionTerms& caps, const std::vector<Subscription>& subscriptions, const AllocationOutcome& without_it) {
    if (!terms.over_subscription.extra_supply || without_it.basic_prorated) return {};
    const Ratio& part = *terms.over_subscription.extra_supply;
    const Shares most(static_cast<std::int64_t>(Wide{terms.shares_offered.value} * part.numerator / part.denominator));
    return std::min(most, unserved(caps, subscriptions, without_it));
}

std::vector<StandbyPart> standby_of(const Terms& terms, Shares left) {
    std::vector<StandbyPart> parts;
    for (const StandbyTerms& standby : terms.standby) {
        const Shares taken = std::min(standby.up_to, left);
        parts.push_back({standby.purchaser, taken});
        left -= taken;
    }
    return parts;
}

}  // namespace

SharedOut share_out(const Terms& terms, const std::vector<Subscription>& subscriptions) {
    const OverSubscriptionTerms caps = caps_in_shares(terms);
    SharedOut shared;
    shared.outcome = allocate(terms.shares_offered, caps, subscriptions);
    shared.extra_supply = extra_supply(terms, caps, subscriptions, shared.outcome);
    shared.supply = terms.shares_offered + shared.extra_supply;
    if (shared.extra_supply > Shares(0)) {
        switch (caps.extra_supply_eligible) {
            case OverSubscriber::kAnyone: shared.outcome = allocate(shared.supply, caps, subscriptions); break;
            case OverSubscriber::kHoldersOfRecord: allot_extra(shared.extra_supply, caps, subscriptions, shared.outcome); break;
        }
    }
    shared.standby = standby_of(terms, shared.supply - shared.outcome.basic_allotted - shared.outcome.over_allotted);
    return shared;
}

}  // namespace rightsdesk::domain
