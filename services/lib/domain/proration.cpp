#include "domain/proration.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>

#include "base/check.h"

namespace rightsdesk::domain {

namespace {

__extension__ using Wide = __int128;
static_assert(Wide{kMaxShares} * kMaxTotalShares < (Wide{1} << 126U), "limit x sum of weights is exact");

using Index = std::uint32_t;

// limit/weight, ascending: the order in which claims are capped, whatever the supply.
bool sooner_capped(const Claim& left, const Claim& right) {
    return Wide{left.limit.value} * right.weight < Wide{right.limit.value} * left.weight;
}

// Claims that can get something, sooner capped first.
std::vector<Index> claimants_of(const std::vector<Claim>& claims) {
    std::vector<Index> claimants;
    for (Index at = 0; at < claims.size(); ++at) {
        const Claim& claim = claims[at];
        CHECK(claim.weight >= 0 && claim.weight <= kMaxShares && claim.limit >= Shares(0) && claim.limit <= Shares(kMaxShares));
        if (claim.weight > 0) claimants.push_back(at);
    }
    std::sort(claimants.begin(), claimants.end(), [&](Index left, Index right) { return sooner_capped(claims[left], claims[right]); });
    return claimants;
}

std::int64_t total_weight(const std::vector<Claim>& claims) {
    Wide total = 0;
    for (const Claim& claim : claims) total += claim.weight;
    CHECK(total <= kMaxTotalShares);
    return static_cast<std::int64_t>(total);
}

Ratio reduced(std::int64_t numerator, std::int64_t denominator) {
    if (numerator == 0 || denominator == 0) return Ratio{0, 1};
    const std::int64_t divisor = std::gcd(numerator, denominator);
    return Ratio{numerator / divisor, denominator / divisor};
}

// The shares that the uncapped share, and what their claims come to: a claim's exact part is available x weight / claims.
struct Rate {
    std::int64_t available = 0;
    std::int64_t claims = 0;
    [[nodiscard]] bool exceeds_limit(const Claim& claim) const { return Wide{available} * claim.weight > Wide{claim.limit.value} * claims; }
    [[nodiscard]] std::int64_t whole_part(const Claim& claim) const { return static_cast<std::int64_t>(Wide{available} * claim.weight / claims); }
    [[nodiscard]] std::int64_t remainder(const Claim& claim) const { return static_cast<std::int64_t>(Wide{available} * claim.weight % claims); }
};

// A claim whose exact part has a fraction: remainder / claims of a share.
struct Fraction {
    std::int64_t remainder = 0;
    Index claim = 0;
};

// Gives the uncapped their whole shares, then one more each to the largest remainders until the available are used up.
// Nobody is pushed over the limit: who has a remainder is below a whole number of shares that is within it.
void make_whole(const std::vector<Claim>& claims, std::span<const Index> uncapped, const Rate& rate, std::vector<Shares>& parts) {
    std::vector<Fraction> fractions;
    std::int64_t left = rate.available;
    for (const Index at : uncapped) {
        parts[at] = Shares(rate.whole_part(claims[at]));
        left -= parts[at].value;
        if (const std::int64_t remainder = rate.remainder(claims[at]); remainder > 0) fractions.push_back({remainder, at});
    }
    CHECK(left >= 0 && static_cast<std::size_t>(left) <= fractions.size());
    const auto comes_before = [&](const Fraction& first, const Fraction& second) {
        if (first.remainder != second.remainder) return first.remainder > second.remainder;
        const Claim& one = claims[first.claim];
        const Claim& other = claims[second.claim];
        return one.received_at != other.received_at ? one.received_at < other.received_at : one.id < other.id;
    };
    const auto middle = fractions.begin() + left;
    std::nth_element(fractions.begin(), middle, fractions.end(), comes_before);
    std::for_each(fractions.begin(), middle, [&](const Fraction& fraction) { parts[fraction.claim] += Shares(1); });
}

}  // namespace

Proration prorate(Shares supply, const std::vector<Claim>& claims) {
    CHECK(supply >= Shares(0) && supply <= Shares(kMaxShares));
    const std::vector<Index> claimants = claimants_of(claims);
    Rate rate{supply.value, total_weight(claims)};
    Proration proration{std::vector<Shares>(claims.size()), {}, reduced(rate.available, rate.claims)};

    // The excess over the limits raises the rate for all others, so those capped in one round stay capped in the next, and
    // each round caps the next few of the sorted claimants.
    auto uncapped = claimants.begin();
    while (rate.available > 0 && uncapped != claimants.end()) {
        ProrationRound round{Shares(rate.available), rate.claims, static_cast<std::uint32_t>(claimants.end() - uncapped), 0};
        const Rate rate_of_round = rate;
        for (; uncapped != claimants.end() && rate_of_round.exceeds_limit(claims[*uncapped]); ++uncapped) {
            proration.parts[*uncapped] = claims[*uncapped].limit;
            rate.available -= claims[*uncapped].limit.value;
            rate.claims -= claims[*uncapped].weight;
            ++round.capped;
        }
        proration.rounds.push_back(round);
        if (round.capped == 0) break;
    }
    if (rate.available > 0 && uncapped != claimants.end()) make_whole(claims, {uncapped, claimants.end()}, rate, proration.parts);
    return proration;
}

}  // namespace rightsdesk::domain
