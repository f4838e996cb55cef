#include "domain/allocation.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <string_view>

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

// Ids, each known by the number of its subscription: one large array, where a node for each of ten million would take a second
// to build and another to free. A slot has the upper half of an id's hash beside the number, so that hardly any id is read
// again, and 0 where it is free.
class KnownIds {
public:
    explicit KnownIds(const std::vector<Subscription>& subscriptions) : subscriptions_(subscriptions), slots_(std::bit_ceil(2 * subscriptions.size() + 1)) {}

    // False where the id of an earlier one is the same.
    bool add(std::uint32_t number) {
        const std::uint64_t hash = std::hash<std::string_view>{}(subscriptions_[number].id);
        const std::uint64_t wanted = (hash & kUpperHalf) | (number + 1U);
        std::size_t at = hash & (slots_.size() - 1);
        for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
            const bool may_be = (slots_[at] & kUpperHalf) == (hash & kUpperHalf);
            if (may_be && subscriptions_[(slots_[at] & ~kUpperHalf) - 1].id == subscriptions_[number].id) return false;
        }
        slots_[at] = wanted;
        return true;
    }

private:
    static constexpr std::uint64_t kUpperHalf = ~std::uint64_t{0} << 32U;
    static_assert(kMaxSubscriptions < (std::uint64_t{1} << 31U));

    const std::vector<Subscription>& subscriptions_;
    base::LargeVector<std::uint64_t> slots_;  // at most half of them taken
};

base::Result<> check_ids(const std::vector<Subscription>& subscriptions) {
    KnownIds known(subscriptions);
    for (std::uint32_t number = 0; number < subscriptions.size(); ++number) {
        const std::string& id = subscriptions[number].id;
        if (id.empty()) return base::invalid("a subscription has no id");
        if (!known.add(number)) return base::invalid("subscription " + id + ": the id is there twice");
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

Shares basic_limit(const OverSubscriptionTerms& terms, const Subscription& subscription) {
    return basic_within_caps(terms, subscription.basic, subscription.record_holding);
}

bool has_caps(const OverSubscriptionTerms& terms) { return terms.cap_shares || terms.ownership_limit || terms.cap_of_basic; }

// What an over-subscriber may get in all.
Shares over_limit(const OverSubscriptionTerms& terms, const Subscription& subscription, Shares basic_allotted) {
    return terms.enabled ? within_caps(terms, subscription.over, basic_allotted, subscription.basic_entitlement, subscription.record_holding) : Shares(0);
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

// Whether shares beyond those offered may go to this holder.
bool may_get_extra(const OverSubscriptionTerms& terms, const Subscription& subscription) {
    return terms.extra_supply_eligible == OverSubscriber::kAnyone || subscription.record_holding > Shares(0);
}

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

// One allocation being made. The subscriptions are large: ten million are most of a gigabyte, which no pass reads in vain.
class Allocating {
public:
    Allocating(Shares supply, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions)
        : supply_(supply), terms_(terms), subscriptions_(subscriptions) {}

    AllocationOutcome outcome() && {
        const std::vector<Pool> pools = pools_of(terms_);
        Claims claims(subscriptions_.size());
        if (!has_caps(terms_) && terms_.enabled && terms_.basis == Basis::kBasicShares) {
            allot_basic_as_deemed(claims, [](const Subscription& one) { return Claimed{one.basic, one.over > Shares(0) ? one.basic.value : 0, one.over}; });
        } else if (!has_caps(terms_) && terms_.enabled && terms_.basis == Basis::kRequested) {
            allot_basic_as_deemed(claims, [](const Subscription& one) { return Claimed{one.basic, one.over.value, one.over}; });
        } else {
            allot_basic_as_deemed(claims, [&](const Subscription& one) { return claimed_in(pools.front(), one); });
        }
        if (outcome_.basic_allotted > supply_) {
            prorate_basic(claims);
            claim_in(pools.front(), claims);
        }
        for (std::size_t at = 0; at < pools.size(); ++at) {
            if (at > 0) claim_in(pools[at], claims);
            const Proration proration = share(supply_ - outcome_.basic_allotted - outcome_.over_allotted, claims);
            if (at == 0) outcome_.proration = proration.first;
        }
        return std::move(outcome_);
    }

    // The supply is of further shares, for those eligible, after what `before` gave.
    AllocationOutcome outcome_after(AllocationOutcome before) && {
        outcome_ = std::move(before);
        const Shares all = outcome_.over_allotted + supply_;
        Claims claims(subscriptions_.size());
        for (const Pool& pool : pools_of(terms_)) {
            claim_in(pool, claims, [&](const Subscription& subscription) { return may_get_extra(terms_, subscription); });
            share(all - outcome_.over_allotted, claims);
        }
        return std::move(outcome_);
    }

private:
    // What one subscription comes to where the supply suffices for all basic shares: these, and its claim in the first pool.
    struct Claimed {
        Shares basic;
        std::int64_t weight = 0;
        Shares limit;
    };
    [[nodiscard]] Claimed claimed_in(const Pool& first, const Subscription& subscription) const {
        const AllottedShares allotted{basic_limit(terms_, subscription), Shares(0)};
        return {allotted.basic, weight_in(first, subscription, allotted), limit_of(subscription, allotted)};
    }

    // As if the supply sufficed, which it nearly always does; and in the same pass the claims that follow in the first pool. The two
    // commonest terms, without caps, have a `claimed` of their own: asking ten million for limits that nobody set takes a third longer.
    template <class ClaimedBy>
    void allot_basic_as_deemed(Claims& claims, ClaimedBy claimed_by) {
        outcome_.allotted.reserve(subscriptions_.size());
        std::int64_t deemed = 0;
        Shares basic_allotted;
        Shares over_requested;
        for (const Subscription& subscription : subscriptions_) {
            CHECK(subscription.basic >= Shares(0) && subscription.basic <= Shares(kMaxShares) && deemed <= kMaxTotalShares - subscription.basic.value);
            deemed += subscription.basic.value;
            const Claimed claimed = claimed_by(subscription);
            basic_allotted += claimed.basic;
            over_requested += subscription.over;
            outcome_.allotted.push_back({claimed.basic, Shares(0)});
            claims.add(claimed.weight, claimed.limit);
        }
        outcome_.basic_allotted = basic_allotted;
        outcome_.over_requested = over_requested;
    }

    void prorate_basic(Claims& claims) {
        claims.clear();
        for (const Subscription& subscription : subscriptions_) claims.add(subscription.basic.value, basic_limit(terms_, subscription));
        prorate(supply_, claims, precedence());
        outcome_.basic_prorated = true;
        outcome_.basic_allotted = Shares(0);
        for (std::size_t at = 0; at < subscriptions_.size(); ++at) {
            outcome_.allotted[at].basic = claims.part(at);
            outcome_.basic_allotted += claims.part(at);
        }
    }

    void claim_in(const Pool& pool, Claims& claims) const {
        claim_in(pool, claims, [](const Subscription&) { return true; });
    }
    template <class Eligible>
    void claim_in(const Pool& pool, Claims& claims, Eligible is_eligible) const {
        claims.clear();
        for (std::size_t at = 0; at < subscriptions_.size(); ++at) {
            const AllottedShares& allotted = outcome_.allotted[at];
            claims.add(is_eligible(subscriptions_[at]) ? weight_in(pool, subscriptions_[at], allotted) : 0, limit_of(subscriptions_[at], allotted));
        }
    }
    [[nodiscard]] std::int64_t weight_in(const Pool& pool, const Subscription& subscription, const AllottedShares& allotted) const {
        return terms_.enabled ? pool.weight(subscription, allotted.basic) : 0;
    }
    [[nodiscard]] Shares limit_of(const Subscription& subscription, const AllottedShares& allotted) const {
        return over_limit(terms_, subscription, allotted.basic) - allotted.over;
    }

    // One pool shares what is available.
    Proration share(Shares available, Claims& claims) {
        Proration proration = prorate(available, claims, precedence());
        outcome_.rounds.insert(outcome_.rounds.end(), proration.rounds.begin(), proration.rounds.end());
        Shares total;
        for (std::size_t at = 0; at < subscriptions_.size(); ++at) {
            const Shares part = claims.part(at);
            outcome_.allotted[at].over += part;
            total += part;
        }
        outcome_.over_allotted += total;
        return proration;
    }

    [[nodiscard]] PrecedenceOf precedence() const {
        return [this](std::size_t at) { return Precedence{subscriptions_[at].received_at, subscriptions_[at].id}; };
    }

    Shares supply_;
    const OverSubscriptionTerms& terms_;
    const std::vector<Subscription>& subscriptions_;
    AllocationOutcome outcome_;
};

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
    return Allocating(supply, terms, subscriptions).outcome();
}

Shares unserved(const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions, const AllocationOutcome& outcome) {
    CHECK(outcome.allotted.size() == subscriptions.size());
    Shares lacking;
    if (!terms.enabled) return lacking;
    const std::vector<Pool> pools = pools_of(terms);
    for (std::size_t at = 0; at < subscriptions.size(); ++at) {
        const Subscription& subscription = subscriptions[at];
        const AllottedShares& allotted = outcome.allotted[at];
        const bool has_claim = std::any_of(pools.begin(), pools.end(), [&](const Pool& pool) { return pool.weight(subscription, allotted.basic) > 0; });
        if (has_claim && may_get_extra(terms, subscription)) lacking += over_limit(terms, subscription, allotted.basic) - allotted.over;
    }
    return lacking;
}

void allot_extra(Shares extra, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions, AllocationOutcome& outcome) {
    CHECK(extra >= Shares(0) && outcome.allotted.size() == subscriptions.size());
    outcome = Allocating(extra, terms, subscriptions).outcome_after(std::move(outcome));
}

}  // namespace rightsdesk::domain
