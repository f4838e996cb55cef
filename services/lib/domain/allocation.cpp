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
        case Basis::kTwoPools:
        case Basis::kBasicProrated:
        case Basis::kLadder: break;
    }
    CHECK(false);  // allocation_supports() says no
}

Claim basic_claim(const OverSubscriptionTerms& terms, const Subscription& subscription) {
    const Shares limit = std::min(subscription.basic, terms.cap_shares.value_or(subscription.basic));
    return Claim{subscription.basic.value, limit, subscription.received_at, subscription.id};
}

Claim over_claim(const OverSubscriptionTerms& terms, const Subscription& subscription, Shares basic_allotted) {
    Claim claim{0, Shares(0), subscription.received_at, subscription.id};
    if (!terms.enabled || subscription.over == Shares(0)) return claim;
    const auto cap = over_subscription_cap(terms, basic_allotted, subscription.basic_entitlement);
    claim.weight = weight_on(terms.basis, subscription, basic_allotted);
    claim.limit = std::min(subscription.over, cap.value_or(subscription.over));
    return claim;
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

void allot_over(Shares available, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions, AllocationOutcome& outcome) {
    std::vector<Claim> claims;
    claims.reserve(subscriptions.size());
    for (std::size_t at = 0; at < subscriptions.size(); ++at) {
        claims.push_back(over_claim(terms, subscriptions[at], outcome.allotted[at].basic));
        outcome.over_requested += subscriptions[at].over;
    }
    Proration proration = prorate(available, claims);
    for (std::size_t at = 0; at < claims.size(); ++at) {
        outcome.allotted[at].over = proration.parts[at];
        outcome.over_allotted += proration.parts[at];
    }
    outcome.proration = proration.first;
    outcome.rounds = std::move(proration.rounds);
}

}  // namespace

bool allocation_supports(Basis basis) {
    switch (basis) {
        case Basis::kBasicShares:
        case Basis::kRequested:
        case Basis::kRecordHolding: return true;
        case Basis::kTwoPools:
        case Basis::kBasicProrated:
        case Basis::kLadder: return false;
    }
    CHECK(false);
}

base::Result<> check_allocation(Shares supply, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions) {
    if (!allocation_supports(terms.basis)) {
        return base::invalid("over-subscription basis not supported yet: " + to_text(terms.basis) +
                             "; basic_shares, requested and record_holding are");
    }
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
    CHECK(allocation_supports(terms.basis));
    AllocationOutcome outcome;
    outcome.allotted.resize(subscriptions.size());
    allot_basic(supply, terms, subscriptions, outcome);
    allot_over(supply - outcome.basic_allotted, terms, subscriptions, outcome);
    return outcome;
}

}  // namespace rightsdesk::domain
