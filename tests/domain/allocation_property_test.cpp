// What always holds of an allocation (rules.md section 8, last paragraph), on generated holders; and the engine against a
// second one that follows the rule's words literally: round by round, in exact fractions.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

#include "domain/allocation_builders.h"
#include "domain/share_out.h"

namespace rightsdesk::domain {
namespace {

// ---- generated offerings: small numbers, so that caps, ties, zeros and exact fits all occur ----

struct Offering {
    Shares supply;
    OverSubscriptionTerms terms;
    std::vector<Subscription> holders;
};

constexpr int kOfferingsACase = 20;  // 100 cases each

// The whole range from the first case on: sizes are small anyway.
rc::Gen<std::int64_t> up_to(std::int64_t most) { return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(0, most + 1)); }

Subscription a_holder(std::size_t number) {
    const std::int64_t basic = *up_to(20);
    const std::int64_t stamp = *up_to(2);  // few different ones: ties
    Holder made = holder("n" + std::to_string(number)).basic(basic).over(*up_to(25)).holding(*up_to(12)).at(stamp);
    made.basic_entitlement += Shares(*up_to(3));
    return made;
}

std::vector<LadderRung> a_ladder() {
    std::vector<LadderRung> ladder(static_cast<std::size_t>(1 + *up_to(2)));
    for (LadderRung& rung : ladder) {
        if (*up_to(1) == 0) rung.holding_up_to = Shares(*up_to(12));
        rung.basis = *rc::gen::element(Basis::kBasicShares, Basis::kRequested, Basis::kRecordHolding);
    }
    return ladder;
}

Offering an_offering() {
    Offering offering;
    offering.terms.basis = *rc::gen::element(Basis::kBasicShares, Basis::kRequested, Basis::kRecordHolding, Basis::kTwoPools, Basis::kBasicProrated, Basis::kLadder);
    if (offering.terms.basis == Basis::kLadder) offering.terms.ladder = a_ladder();
    if (*up_to(3) == 0) offering.terms.cap_shares = Shares(*up_to(40));
    if (*up_to(3) == 0) offering.terms.cap_of_basic = Ratio{*up_to(6), 1 + *up_to(3)};
    const std::int64_t count = *up_to(7);
    std::int64_t basic = 0;
    for (std::int64_t number = 0; number < count; ++number) {
        offering.holders.push_back(a_holder(static_cast<std::size_t>(number)));
        basic += offering.holders.back().basic.value;
    }
    const bool basic_fits = *up_to(4) > 0;
    offering.supply = Shares(basic_fits ? basic + *up_to(60) : *up_to(basic));
    return offering;
}

AllocationOutcome allocate(const Offering& offering) { return domain::allocate(offering.supply, offering.terms, offering.holders); }

void holds(const char* sentence, const std::function<void(const Offering&)>& property) {
    const bool always = rc::check(sentence, [&] {
        for (int offering = 0; offering < kOfferingsACase; ++offering) property(an_offering());
    });
    EXPECT_TRUE(always) << sentence;
}

// ---- the second computation ----

struct Fraction {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
};
Fraction simple(std::int64_t numerator, std::int64_t denominator) {
    const std::int64_t divisor = std::max<std::int64_t>(std::gcd(numerator, denominator), 1);
    return {numerator / divisor, denominator / divisor};
}
Fraction operator+(Fraction left, Fraction right) {
    return simple(left.numerator * right.denominator + right.numerator * left.denominator, left.denominator * right.denominator);
}
Fraction operator-(Fraction left, Fraction right) { return left + Fraction{-right.numerator, right.denominator}; }
Fraction operator*(Fraction left, Fraction right) { return simple(left.numerator * right.numerator, left.denominator * right.denominator); }
bool operator<(Fraction left, Fraction right) { return left.numerator * right.denominator < right.numerator * left.denominator; }

struct SlowClaim {
    std::int64_t weight, limit;
    Instant received_at;
    std::string id;
    Fraction part{0, 1};
    bool capped = false;
};

// "An allotment that would exceed the request is capped there and the excess reallotted on the same basis, repeated."
void share_out(Fraction excess, std::vector<SlowClaim>& claims) {
    while (Fraction{0, 1} < excess) {
        std::int64_t total = 0;
        for (const SlowClaim& claim : claims) total += claim.capped ? 0 : claim.weight;
        if (total == 0) return;
        Fraction next_excess{0, 1};
        for (SlowClaim& claim : claims) {
            if (claim.capped) continue;
            claim.part = claim.part + excess * simple(claim.weight, total);
            if (claim.weight == 0 || !(Fraction{claim.limit, 1} < claim.part)) continue;
            next_excess = next_excess + (claim.part - Fraction{claim.limit, 1});
            claim.part = {claim.limit, 1};
            claim.capped = true;
        }
        excess = next_excess;
    }
}

// "Whole shares made once, at the end, by largest remainder; ties by earliest receipt stamp, then by notice id."
std::vector<std::int64_t> made_whole(std::vector<SlowClaim>& claims) {
    Fraction total{0, 1};
    std::vector<std::int64_t> parts;
    for (const SlowClaim& claim : claims) {
        total = total + claim.part;
        parts.push_back(claim.part.numerator / claim.part.denominator);
    }
    std::int64_t left = total.numerator / total.denominator - std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    std::vector<std::size_t> order(claims.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto rest = [&](std::size_t at) { return claims[at].part - Fraction{parts[at], 1}; };
    std::vector<Fraction> rests;
    for (std::size_t at = 0; at < claims.size(); ++at) rests.push_back(rest(at));
    std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        if (rests[other] < rests[one]) return true;
        if (rests[one] < rests[other]) return false;
        return std::tie(claims[one].received_at, claims[one].id) < std::tie(claims[other].received_at, claims[other].id);
    });
    for (const std::size_t at : order) {
        if (left-- > 0) ++parts[at];
    }
    return parts;
}

std::vector<std::int64_t> slowly(std::int64_t supply, std::vector<SlowClaim> claims) {
    share_out(Fraction{supply, 1}, claims);
    return made_whole(claims);
}

// The most that a holder may get over the basic, and what the holder's claim weighs, said again.
std::int64_t most_over(const Offering& offering, const Subscription& holder, Shares basic) {
    std::int64_t most = holder.over.value;
    if (offering.terms.cap_shares) most = std::min(most, std::max<std::int64_t>(offering.terms.cap_shares->value - basic.value, 0));
    if (const auto cap = offering.terms.cap_of_basic) most = std::min(most, holder.basic_entitlement.value * cap->numerator / cap->denominator);
    return most;
}
std::int64_t most_basic(const Offering& offering, const Subscription& holder) {
    return offering.terms.cap_shares ? std::min(holder.basic.value, offering.terms.cap_shares->value) : holder.basic.value;
}
std::size_t pools(const Offering& offering) {
    if (offering.terms.basis == Basis::kLadder) return offering.terms.ladder.size();
    return offering.terms.basis == Basis::kTwoPools ? 2 : 1;
}
std::int64_t weight_by(Basis basis, const Subscription& holder, Shares basic) {
    if (basis == Basis::kBasicShares || basis == Basis::kBasicProrated) return basic.value;
    return basis == Basis::kRequested ? holder.over.value : holder.record_holding.value;
}
std::int64_t weight(const Offering& offering, const Subscription& holder, Shares basic, std::size_t pool = 0) {
    if (holder.over == Shares(0)) return 0;
    if (offering.terms.basis == Basis::kTwoPools) {
        const bool of_record = holder.record_holding > Shares(0);
        if (pool == 0) return holder.record_holding.value;
        return of_record ? 0 : holder.basic_entitlement.value;
    }
    if (offering.terms.basis != Basis::kLadder) return weight_by(offering.terms.basis, holder, basic);
    const LadderRung& rung = offering.terms.ladder[pool];
    return rung.holding_up_to && holder.record_holding > *rung.holding_up_to ? 0 : weight_by(rung.basis, holder, basic);
}
bool may_get_some(const Offering& offering, const Subscription& holder, Shares basic) {
    for (std::size_t pool = 0; pool < pools(offering); ++pool) {
        if (weight(offering, holder, basic, pool) > 0) return true;
    }
    return false;
}

// Pool after pool, each from what the one before left.
std::vector<std::int64_t> over_slowly(const Offering& offering, const AllocationOutcome& outcome) {
    std::int64_t available = (offering.supply - outcome.basic_allotted).value;
    std::vector<std::int64_t> got(offering.holders.size());
    for (std::size_t pool = 0; pool < pools(offering); ++pool) {
        std::vector<SlowClaim> claims;
        for (std::size_t at = 0; at < offering.holders.size(); ++at) {
            const Subscription& holder = offering.holders[at];
            const Shares basic = outcome.allotted[at].basic;
            claims.push_back({weight(offering, holder, basic, pool), most_over(offering, holder, basic) - got[at], holder.received_at, holder.id});
        }
        const std::vector<std::int64_t> parts = slowly(available, claims);
        for (std::size_t at = 0; at < parts.size(); ++at) got[at] += parts[at], available -= parts[at];
    }
    return got;
}

TEST(AllocationProperty, agrees_with_the_rule_followed_word_by_word) {
    holds("agrees with the rule followed word by word", [](const Offering& offering) {
        const auto outcome = allocate(offering);
        std::vector<SlowClaim> basic;
        for (const Subscription& holder : offering.holders) basic.push_back({holder.basic.value, most_basic(offering, holder), holder.received_at, holder.id});
        RC_ASSERT(basic_of(outcome) == slowly(offering.supply.value, basic));
        RC_ASSERT(over_of(outcome) == over_slowly(offering, outcome));
    });
}

// ---- shares beyond those offered, for holders of record alone: after the shares offered, by the same words ----

Terms with_extra(const Offering& offering, Ratio part) {
    Terms terms;
    terms.shares_offered = offering.supply;
    terms.subscription_price = Money(200);
    terms.over_subscription = offering.terms;
    terms.over_subscription.extra_supply = part;
    terms.over_subscription.extra_supply_eligible = OverSubscriber::kHoldersOfRecord;
    return terms;
}

// Pool after pool, with what each has by now: of the further shares, as far as they are wanted.
std::vector<std::int64_t> extra_slowly(const Offering& offering, const AllocationOutcome& offered, std::int64_t available) {
    std::vector<std::int64_t> got = over_of(offered);
    for (std::size_t pool = 0; pool < pools(offering); ++pool) {
        std::vector<SlowClaim> claims;
        for (std::size_t at = 0; at < offering.holders.size(); ++at) {
            const Subscription& holder = offering.holders[at];
            const Shares basic = offered.allotted[at].basic;
            const std::int64_t weighs = holder.record_holding == Shares(0) ? 0 : weight(offering, holder, basic, pool);
            claims.push_back({weighs, most_over(offering, holder, basic) - got[at], holder.received_at, holder.id});
        }
        const std::vector<std::int64_t> parts = slowly(available, claims);
        for (std::size_t at = 0; at < parts.size(); ++at) got[at] += parts[at], available -= parts[at];
    }
    return got;
}

TEST(AllocationProperty, extra_shares_follow_the_words_and_go_to_holders_of_record_alone) {
    holds("extra shares agree with the rule followed word by word", [](const Offering& offering) {
        const Ratio part{*up_to(4), 4};
        const auto offered = allocate(offering);
        const SharedOut shared = domain::share_out(with_extra(offering, part), offering.holders);
        const std::int64_t most = offering.supply.value * part.numerator / part.denominator;
        std::int64_t lacking = 0;
        for (std::size_t at = 0; at < offering.holders.size(); ++at) {
            const Subscription& holder = offering.holders[at];
            const Shares basic = offered.allotted[at].basic;
            const Shares more = shared.outcome.allotted[at].over - offered.allotted[at].over;
            RC_ASSERT(shared.outcome.allotted[at].basic == basic);
            RC_ASSERT(more >= Shares(0) && (holder.record_holding > Shares(0) || more == Shares(0)));
            RC_ASSERT(shared.outcome.allotted[at].over.value <= most_over(offering, holder, basic));
            if (holder.record_holding > Shares(0) && may_get_some(offering, holder, basic)) lacking += most_over(offering, holder, basic) - offered.allotted[at].over.value;
        }
        RC_ASSERT(shared.extra_supply.value == (offered.basic_prorated ? 0 : std::min(most, lacking)));
        RC_ASSERT(shared.outcome.over_allotted == offered.over_allotted + shared.extra_supply);
        RC_ASSERT(shared.outcome.proration == offered.proration);
        if (!offered.basic_prorated) RC_ASSERT(over_of(shared.outcome) == extra_slowly(offering, offered, most));
    });
}

TEST(AllocationProperty, extra_shares_do_not_hang_on_the_order_of_input) {
    holds("the order of input does not matter to extra shares", [](const Offering& offering) {
        const Terms terms = with_extra(offering, Ratio{1, 2});
        const auto straight = domain::share_out(terms, offering.holders).outcome.allotted;
        const auto reversed = domain::share_out(terms, {offering.holders.rbegin(), offering.holders.rend()}).outcome.allotted;
        for (std::size_t at = 0; at < straight.size(); ++at) RC_ASSERT(straight[at] == reversed[straight.size() - 1 - at]);
    });
}

TEST(AllocationProperty, nobody_gets_more_than_requested_or_than_the_caps_leave) {
    holds("allotted <= requested and <= cap", [](const Offering& offering) {
        const auto outcome = allocate(offering);
        for (std::size_t at = 0; at < offering.holders.size(); ++at) {
            const AllottedShares allotted = outcome.allotted[at];
            RC_ASSERT(allotted.basic >= Shares(0) && allotted.basic.value <= most_basic(offering, offering.holders[at]));
            RC_ASSERT(allotted.over >= Shares(0) && allotted.over.value <= most_over(offering, offering.holders[at], allotted.basic));
        }
    });
}

TEST(AllocationProperty, the_total_is_the_supply_or_the_demand) {
    holds("the total never exceeds the supply and equals it when demand suffices", [](const Offering& offering) {
        const auto outcome = allocate(offering);
        std::int64_t basic = 0;
        std::int64_t over = 0;
        for (std::size_t at = 0; at < offering.holders.size(); ++at) {
            const Subscription& holder = offering.holders[at];
            basic += most_basic(offering, holder);
            if (may_get_some(offering, holder, outcome.allotted[at].basic)) over += most_over(offering, holder, outcome.allotted[at].basic);
        }
        RC_ASSERT(outcome.basic_allotted.value == std::min(basic, offering.supply.value));
        RC_ASSERT(outcome.over_allotted.value == std::min(over, offering.supply.value - outcome.basic_allotted.value));
    });
}

TEST(AllocationProperty, the_totals_are_the_sums_and_the_proration_is_round_one) {
    holds("totals are sums; proration is round one's, reduced", [](const Offering& offering) {
        const auto outcome = allocate(offering);
        const auto basic = basic_of(outcome);
        const auto over = over_of(outcome);
        RC_ASSERT(outcome.basic_allotted.value == std::accumulate(basic.begin(), basic.end(), std::int64_t{0}));
        RC_ASSERT(outcome.over_allotted.value == std::accumulate(over.begin(), over.end(), std::int64_t{0}));
        std::int64_t claims = 0;
        for (std::size_t at = 0; at < offering.holders.size(); ++at) claims += weight(offering, offering.holders[at], outcome.allotted[at].basic);
        const std::int64_t available = (offering.supply - outcome.basic_allotted).value;
        const Fraction expected = available == 0 || claims == 0 ? Fraction{0, 1} : simple(available, claims);
        RC_ASSERT(outcome.proration == (Ratio{expected.numerator, expected.denominator}));
    });
}

TEST(AllocationProperty, the_order_of_input_does_not_matter) {
    holds("the order of input does not matter", [](const Offering& offering) {
        Offering shuffled = offering;
        for (std::size_t at = shuffled.holders.size(); at > 1; --at) {
            std::swap(shuffled.holders[at - 1], shuffled.holders[static_cast<std::size_t>(*up_to(static_cast<std::int64_t>(at) - 1))]);
        }
        const auto outcome = allocate(offering);
        const auto again = allocate(shuffled);
        for (std::size_t at = 0; at < offering.holders.size(); ++at) {
            const auto same = [&](const Subscription& holder) { return holder.id == offering.holders[at].id; };
            const auto found = std::find_if(shuffled.holders.begin(), shuffled.holders.end(), same) - shuffled.holders.begin();
            RC_ASSERT(outcome.allotted[at] == again.allotted[static_cast<std::size_t>(found)]);
        }
        RC_ASSERT(outcome.rounds == again.rounds);
    });
}

TEST(AllocationProperty, equal_claims_differ_by_at_most_one_share) {
    holds("equal claims differ by at most one share, the earlier having the more", [](Offering offering) {
        if (offering.holders.empty()) return;
        Subscription twin = offering.holders[0];
        twin.id = "twin";
        twin.received_at += Instant(1);
        offering.holders.push_back(twin);
        const auto outcome = allocate(offering);
        const AllottedShares first = outcome.allotted.front();
        const AllottedShares second = outcome.allotted.back();
        RC_ASSERT(first.basic >= second.basic && first.basic <= second.basic + Shares(1));
        if (first.basic == second.basic) RC_ASSERT(first.over >= second.over && first.over <= second.over + Shares(1));
    });
}

TEST(AllocationProperty, asking_for_more_never_gets_less) {
    holds("asking for more over-subscription never gets less of it", [](Offering offering) {
        if (offering.holders.empty()) return;
        const auto before = allocate(offering);
        const auto who = static_cast<std::size_t>(*up_to(static_cast<std::int64_t>(offering.holders.size()) - 1));
        offering.holders[who].over += Shares(1 + *up_to(20));
        RC_ASSERT(allocate(offering).allotted[who].over >= before.allotted[who].over);
        RC_ASSERT(allocate(offering).allotted[who].basic == before.allotted[who].basic);
    });
}

// The commonest terms take a shorter way through the claims than those with caps.
TEST(AllocationProperty, a_cap_that_nobody_reaches_changes_nothing) {
    holds("a cap beyond everybody's request is none", [](Offering offering) {
        if (offering.terms.cap_shares || offering.terms.ownership_limit || offering.terms.cap_of_basic) return;
        const auto without_cap = allocate(offering);
        offering.terms.cap_shares = Shares(kMaxShares);
        RC_ASSERT(allocate(offering).allotted == without_cap.allotted);
    });
}

TEST(AllocationProperty, more_supply_is_never_less_in_all) {
    holds("another share offered is another share allotted, as long as someone may have it", [](Offering offering) {
        const auto before = allocate(offering);
        offering.supply += Shares(1);
        const auto after = allocate(offering);
        const Shares more = after.basic_allotted + after.over_allotted - before.basic_allotted - before.over_allotted;
        RC_ASSERT(more >= Shares(0) && more <= Shares(1));
    });
}

}  // namespace
}  // namespace rightsdesk::domain
