#include "domain/allocation.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/check.h"
#include "domain/exercise.h"

namespace rightsdesk::domain {

namespace {

__extension__ using Wide = __int128;

base::Result<> check_numbers(const Subscription& subscription) {
    for (const Shares shares : {subscription.basic_entitlement, subscription.basic, subscription.over, subscription.record_holding}) {
        if (shares < Shares(0) || shares > Shares(kMaxShares)) {
            return base::invalid("subscription " + subscription.id + ": " + std::to_string(shares.value) + " shares; from 0 to " +
                                 std::to_string(kMaxShares) + " are allowed");
        }
    }
    return {};
}

// Sums that the arithmetic must hold.
base::Result<> check_totals(const std::vector<Subscription>& subscriptions) {
    Wide basic = 0;
    Wide over = 0;
    Wide holdings = 0;
    for (const Subscription& subscription : subscriptions) {
        basic += subscription.basic.value;
        over += subscription.over.value;
        holdings += subscription.record_holding.value;
        if (std::max({basic, over, holdings}) > kMaxTotalShares) {
            return base::invalid("subscription " + subscription.id + ": the total up to it is beyond " + std::to_string(kMaxTotalShares) + " shares");
        }
    }
    return {};
}

base::Result<> check_ids(const std::vector<Subscription>& subscriptions) {
    std::unordered_set<std::string_view> ids;
    ids.reserve(subscriptions.size());
    for (const Subscription& subscription : subscriptions) {
        if (subscription.id.empty()) return base::invalid("a subscription has no id");
        if (!ids.insert(subscription.id).second) return base::invalid("subscription " + subscription.id + ": the id is there twice");
    }
    return {};
}

// What one over-subscriber's claim is in proportion to.
std::int64_t weight_on(Basis basis, const Subscription& subscription, Shares basic_allotted) {
    switch (basis) {
        case Basis::kBasicShares: return basic_allotted.value;
        case Basis::kRequested: return subscription.over.value;
        case Basis::kRecordHolding: return subscription.record_holding.value;
        case Basis::kBasicProrated: return basic_allotted.value;
        case Basis::kTwoPools:
        case Basis::kLadder: break;
    }
    CHECK(false);  // several pools, see pools_of
}

Claim basic_claim(const OverSubscriptionTerms& terms, const Subscription& subscription) {
    const Shares limit = std::min(subscription.basic, terms.cap_shares.value_or(subscription.basic));
    return Claim{subscription.basic.value, limit, subscription.received_at, subscription.id};
}

// What an over-subscriber may get in all.
Shares over_limit(const OverSubscriptionTerms& terms, const Subscription& subscription, Shares basic_allotted) {
    if (!terms.enabled) return Shares(0);
    const auto cap = over_subscription_cap(terms, basic_allotted, subscription.basic_entitlement);
    return std::min(subscription.over, cap.value_or(subscription.over));
}

// Over-subscribers who share what is left before the next pool does: whom it takes, by record-date holding, and the weight of
// their claims.
struct Pool {
    Shares least_holding;
    std::optional<Shares> most_holding;
    bool by_entitlement = false;  // rights held at expiration
    Basis basis = Basis::kRequested;

    [[nodiscard]] std::int64_t weight(const Subscription& subscription, Shares basic_allotted) const {
        const Shares holding = subscription.record_holding;
        if (subscription.over == Shares(0) || holding < least_holding || (most_holding && holding > *most_holding)) return 0;
        return by_entitlement ? subscription.basic_entitlement.value : weight_on(basis, subscription, basic_allotted);
    }
};

std::vector<Pool> pools_of(const OverSubscriptionTerms& terms) {
    switch (terms.basis) {
        case Basis::kBasicShares:
        case Basis::kRequested:
        case Basis::kRecordHolding:
        case Basis::kBasicProrated: return {Pool{Shares(0), std::nullopt, false, terms.basis}};
        case Basis::kTwoPools: return {Pool{Shares(1), std::nullopt, false, Basis::kRecordHolding}, Pool{Shares(0), Shares(0), true, Basis::kRequested}};
        case Basis::kLadder: break;
    }
    std::vector<Pool> rungs;
    rungs.reserve(terms.ladder.size());
    for (const LadderRung& rung : terms.ladder) rungs.push_back({Shares(0), rung.holding_up_to, false, rung.basis});
    return rungs;
}

void allot_basic(Shares supply, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions, AllocationOutcome& outcome) {
    std::vector<Claim> claims;
    claims.reserve(subscriptions.size());
    Wide wanted = 0;
    for (const Subscription& subscription : subscriptions) wanted += claims.emplace_back(basic_claim(terms, subscription)).limit.value;
    const Proration proration = prorate(supply, claims);
    outcome.basic_prorated = wanted > supply.value;
    for (std::size_t at = 0; at < claims.size(); ++at) {
        outcome.allotted[at].basic = proration.parts[at];
        outcome.basic_allotted += proration.parts[at];
    }
}

// One pool shares what is available; what it got lies in the outcome afterwards.
Proration share_in(const Pool& pool, Shares available, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions,
                   AllocationOutcome& outcome) {
    std::vector<Claim> claims;
    claims.reserve(subscriptions.size());
    for (std::size_t at = 0; at < subscriptions.size(); ++at) {
        const Subscription& subscription = subscriptions[at];
        const AllottedShares& got = outcome.allotted[at];
        const std::int64_t weight = terms.enabled ? pool.weight(subscription, got.basic) : 0;
        claims.push_back({weight, over_limit(terms, subscription, got.basic) - got.over, subscription.received_at, subscription.id});
    }
    Proration proration = prorate(available, claims);
    for (std::size_t at = 0; at < claims.size(); ++at) {
        outcome.allotted[at].over += proration.parts[at];
        outcome.over_allotted += proration.parts[at];
    }
    return proration;
}

void allot_over(Shares available, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions, AllocationOutcome& outcome) {
    for (const Subscription& subscription : subscriptions) outcome.over_requested += subscription.over;
    const std::vector<Pool> pools = pools_of(terms);
    for (std::size_t at = 0; at < pools.size(); ++at) {
        Proration proration = share_in(pools[at], available - outcome.over_allotted, terms, subscriptions, outcome);
        if (at == 0) outcome.proration = proration.first;
        outcome.rounds.insert(outcome.rounds.end(), proration.rounds.begin(), proration.rounds.end());
    }
}

}  // namespace

base::Result<> check_allocation(Shares supply, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions) {
    if (terms.basis == Basis::kLadder && terms.ladder.empty()) return base::invalid("the over-subscription basis is a ladder, and it has no rung");
    if (supply < Shares(0) || supply > Shares(kMaxShares)) {
        return base::invalid("a supply of " + std::to_string(supply.value) + " shares; from 0 to " + std::to_string(kMaxShares) + " are allowed");
    }
    if (subscriptions.size() > kMaxSubscriptions) {
        return base::invalid(std::to_string(subscriptions.size()) + " subscriptions; at most " + std::to_string(kMaxSubscriptions) + " are allowed");
    }
    for (const Subscription& subscription : subscriptions) {
        if (auto checked = check_numbers(subscription); !checked) return checked;
    }
    if (auto checked = check_totals(subscriptions); !checked) return checked;
    return check_ids(subscriptions);
}

AllocationOutcome allocate(Shares supply, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions) {
    AllocationOutcome outcome;
    outcome.allotted.resize(subscriptions.size());
    allot_basic(supply, terms, subscriptions, outcome);
    allot_over(supply - outcome.basic_allotted, terms, subscriptions, outcome);
    return outcome;
}

}  // namespace rightsdesk::domain
