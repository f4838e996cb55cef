#include "domain/derived_pools.h"

#include <algorithm>

#include "base/check.h"
#include "domain/derivation_rules.h"
#include "domain/exercise.h"
#include "domain/money_text.h"

namespace rightsdesk::domain {

namespace {

__extension__ using Wide = __int128;

// Who shares in a pool, by record-date holding, and on which basis; by_rights: the rights held at expiration.
struct DerivedPool {
    Shares from;
    std::optional<Shares> up_to;
    Basis basis = Basis::kRequested;
    bool by_rights = false;

    [[nodiscard]] bool takes(const Subscription& claim) const {
        return claim.over > Shares(0) && claim.record_holding >= from && (!up_to || claim.record_holding <= *up_to);
    }
    [[nodiscard]] std::string who() const {
        if (by_rights) return "those who held nothing on the record date and bought their rights";
        if (up_to) return "holders of at most " + grouped(up_to->value) + " shares on the record date";
        return from > Shares(0) ? "record-date holders" : "all who over-subscribe";
    }
    [[nodiscard]] std::string weighed_by() const { return by_rights ? "rights held at expiration" : weight_words(basis); }
};

std::vector<DerivedPool> pools_by(const OverSubscriptionTerms& terms) {
    switch (terms.basis) {
        case Basis::kBasicShares:
        case Basis::kRequested:
        case Basis::kRecordHolding:
        case Basis::kBasicProrated: return {{Shares(0), std::nullopt, terms.basis, false}};
        case Basis::kTwoPools: return {{Shares(1), std::nullopt, Basis::kRecordHolding, false}, {Shares(0), Shares(0), Basis::kRequested, true}};
        case Basis::kLadder: break;
    }
    std::vector<DerivedPool> rungs;
    for (const LadderRung& rung : terms.ladder) rungs.push_back({Shares(0), rung.holding_up_to, rung.basis, false});
    return rungs;
}

std::int64_t weight_in(const DerivedPool& pool, const Subscription& claim, Shares basic) {
    if (!pool.takes(claim)) return 0;
    if (pool.by_rights) return claim.basic_entitlement.value;
    switch (pool.basis) {
        case Basis::kBasicShares:
        case Basis::kBasicProrated: return basic.value;
        case Basis::kRequested: return claim.over.value;
        case Basis::kRecordHolding: return claim.record_holding.value;
        case Basis::kTwoPools:
        case Basis::kLadder: break;
    }
    CHECK(false);  // several pools: pools_by has taken them apart
}

// What request and caps leave a holder in the over-subscription as a whole.
Shares most_over(const OverSubscriptionTerms& terms, const Subscription& claim, Shares basic) {
    if (!terms.enabled) return Shares(0);
    return std::min(claim.over, over_subscription_cap(terms, basic, claim.basic_entitlement, claim.record_holding).value_or(claim.over));
}

// What caps leave a holder of the basic privilege.
Shares most_basic_of(const OverSubscriptionTerms& terms, const Subscription& claim) {
    Shares most = std::min(claim.basic, terms.cap_shares.value_or(claim.basic));
    if (terms.ownership_limit) most = std::min(most, *terms.ownership_limit > claim.record_holding ? *terms.ownership_limit - claim.record_holding : Shares(0));
    return most;
}

// Whether the extra shares of the terms are for this holder.
bool may_have_extra(const OverSubscriptionTerms& terms, const Subscription& claim) {
    switch (terms.extra_supply_eligible) {
        case OverSubscriber::kAnyone: return true;
        case OverSubscriber::kHoldersOfRecord: return claim.record_holding.value != 0;
    }
    return false;
}

// Over-subscriptions that what is offered leaves unserved, within what caps and claims on the basis allow, as far as the terms have
// more shares for them.
Shares extra_demanded(const Terms& terms, const OverSubscriptionTerms& caps, const std::vector<Subscription>& claims, const DerivedOutcome& without_it) {
    const auto& part = caps.extra_supply;
    if (!part || without_it.basic_prorated || !caps.enabled) return Shares(0);
    Shares wanted;
    for (std::size_t at = 0; at < claims.size(); ++at) {
        const AllottedShares& got = without_it.allotted[at];
        bool has_claim = false;
        for (const DerivedPool& pool : pools_by(caps)) has_claim = has_claim || weight_in(pool, claims[at], got.basic) != 0;
        if (has_claim && may_have_extra(caps, claims[at])) wanted += most_over(caps, claims[at], got.basic) - got.over;
    }
    return std::min(wanted, Shares(static_cast<std::int64_t>(Wide{terms.shares_offered.value} * part->numerator / part->denominator)));
}

class Sharing {
public:
    // `caps`: those of the terms, in shares.
    Sharing(Shares supply, const OverSubscriptionTerms& caps, const std::vector<Subscription>& claims, std::size_t followed)
        : caps_(caps), claims_(claims), followed_(followed), left_(supply) {
        outcome_.allotted.resize(claims.size());
    }

    DerivedOutcome run() && {
        share_basic();
        if (!caps_.enabled) return std::move(outcome_);
        const std::vector<DerivedPool> pools = pools_by(caps_);
        for (std::size_t at = 0; at < pools.size(); ++at) share_over(pools[at], at + 1, pools.size());
        return std::move(outcome_);
    }

    // The extra shares after all that, where not everybody is eligible for them.
    DerivedOutcome run_on(DerivedOutcome outcome) && {
        outcome_ = std::move(outcome);
        is_extra_ = true;
        const std::vector<DerivedPool> pools = pools_by(caps_);
        for (std::size_t at = 0; at < pools.size(); ++at) share_over(pools[at], at + 1, pools.size());
        return std::move(outcome_);
    }

private:
    void share_basic() {
        std::vector<TracedClaim> entering;
        std::int64_t wanted = 0;
        for (const Subscription& claim : claims_) {
            const Shares most = most_basic_of(caps_, claim);
            wanted += most.value;
            entering.push_back({claim.basic.value, most, claim.received_at, claim.id});
        }
        outcome_.basic_prorated = wanted > left_.value;
        const std::string words = grouped(wanted) + " basic shares are exercised in all, of " + grouped(left_.value) + " offered: " +
                                  (outcome_.basic_prorated ? "they do not suffice, and basic is prorated" : "each holder gets them whole");
        const TracedPool pool = share(entering, words, true);
        for (std::size_t at = 0; at < claims_.size(); ++at) outcome_.allotted[at].basic = pool.trace.parts[at];
    }

    void share_over(const DerivedPool& by, std::size_t which, std::size_t pools) {
        std::vector<TracedClaim> entering;
        for (std::size_t at = 0; at < claims_.size(); ++at) {
            const AllottedShares& got = outcome_.allotted[at];
            const Shares most = most_over(caps_, claims_[at], got.basic);
            const bool shut_out = is_extra_ && !may_have_extra(caps_, claims_[at]);
            entering.push_back({shut_out ? 0 : weight_in(by, claims_[at], got.basic), most - got.over, claims_[at].received_at, claims_[at].id});
        }
        std::string words = (is_extra_ ? "the shares sold besides, for holders of record alone: " : std::string());
        words += (pools > 1 ? "pool " + std::to_string(which) + " of " + std::to_string(pools) + ", " : "") + by.who() + ", pro rata to " + by.weighed_by();
        if (followed_ < claims_.size() && entering[followed_].weight == 0) {
            words += claims_[followed_].over == Shares(0) ? "; this holder does not over-subscribe" : "; this holder has no claim in it";
            if (is_extra_ && !may_have_extra(caps_, claims_[followed_])) words += ": it held nothing on the record date";
        }
        const TracedPool pool = share(entering, words, false);
        for (std::size_t at = 0; at < claims_.size(); ++at) outcome_.allotted[at].over += pool.trace.parts[at];
    }

    TracedPool share(const std::vector<TracedClaim>& entering, const std::string& words, bool is_basic) {
        TracedPool pool;
        pool.is_basic = is_basic;
        pool.is_extra = is_extra_;
        pool.words = words;
        pool.available = left_;
        for (const TracedClaim& claim : entering) pool.total_weight += claim.weight;
        if (followed_ < entering.size()) {
            pool.weight = entering[followed_].weight;
            pool.limit = entering[followed_].limit;
        }
        pool.trace = trace_proration(left_, entering, followed_);
        for (const Shares part : pool.trace.parts) left_ -= part;
        outcome_.pools.push_back(pool);
        return pool;
    }

    const OverSubscriptionTerms& caps_;
    const std::vector<Subscription>& claims_;
    std::size_t followed_;
    Shares left_;
    bool is_extra_ = false;
    DerivedOutcome outcome_;
};

}  // namespace

DerivedOutcome share_in_pools(const Terms& terms, const std::vector<Subscription>& claims, std::size_t followed) {
    const OverSubscriptionTerms caps = caps_in_shares(terms);
    DerivedOutcome outcome = Sharing(terms.shares_offered, caps, claims, followed).run();
    const Shares extra = extra_demanded(terms, caps, claims, outcome);
    if (extra == Shares(0)) return outcome;
    if (caps.extra_supply_eligible == OverSubscriber::kAnyone) return Sharing(terms.shares_offered + extra, caps, claims, followed).run();
    return Sharing(extra, caps, claims, followed).run_on(std::move(outcome));
}

}  // namespace rightsdesk::domain
