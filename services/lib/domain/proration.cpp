#include "domain/proration.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <functional>
#include <numeric>

namespace rightsdesk::domain {

namespace {

using Index = std::uint32_t;

Ratio reduced(const Rate& rate) {
    if (rate.available == 0 || rate.claims == 0) return Ratio{0, 1};
    const std::int64_t divisor = std::gcd(rate.available, rate.claims);
    return Ratio{rate.available / divisor, rate.claims / divisor};
}

// ---- the rounds ----

// Claims that are capped at some rate, altogether.
struct Capped {
    std::int64_t shares = 0;
    std::int64_t weight = 0;
    std::uint32_t count = 0;
};

// Without a branch: which claims are capped cannot be foretold, and half of ten million wrong guesses cost more than all else.
Capped capped_at(const Rate& rate, std::span<const Claim> claims) {
    Capped capped;
    for (const Claim& claim : claims) {
        const std::int64_t is_capped = rate.exceeds(claim.weight, claim.limit) ? 1 : 0;
        capped.shares += claim.limit & -is_capped;
        capped.weight += claim.weight & -is_capped;
        capped.count += static_cast<std::uint32_t>(is_capped);
    }
    return capped;
}

// The rate of those never capped; tells each round.
//
// The excess over the limits raises the rate for all others, so those capped at one rate are capped at the next, and a round
// asks of all again: nobody is marked, sorted or moved. There are never many. A round's excess times its claims is a whole
// number. Those capped next were not capped at the rate before, so their excess is at most what was passed on to them: where
// y is the part of its claims that a round caps, that number shrinks by the next y times 1 - y, and y (1 - y) is at most 1/4. It
// starts below kMaxShares x kMaxTotalShares, which is below 2^103, and never is below 1: some 50 rounds at most, and a dozen in
// an offering.
Rate rate_after_rounds(Shares supply, Claims& claims, std::vector<ProrationRound>& rounds) {
    Rate rate{supply.value, claims.total_weight()};
    std::uint32_t capped_before = 0;
    while (rate.available > 0 && rate.claims > 0) {
        const Capped capped = capped_at(rate, claims.all());
        const std::uint32_t capped_now = capped.count - capped_before;
        rounds.push_back({Shares(rate.available), rate.claims, claims.claimants() - capped_before, capped_now});
        if (capped_now == 0) break;
        capped_before = capped.count;
        rate = {supply.value - capped.shares, claims.total_weight() - capped.weight};
    }
    return rate;
}

// ---- whole shares ----

// What a claim becomes, in its place.
std::int64_t& whole_of(Claim& claim) { return claim.limit; }
std::int64_t& remainder_of(Claim& claim) { return claim.weight; }  // 0 where capped: nothing is left to round up

// How many remainders lie in which part of their range, so that the largest are found without sorting.
class Remainders {
public:
    explicit Remainders(std::int64_t claims) : shift_(std::max(static_cast<int>(std::bit_width(Rate::word(claims))), kBits) - kBits) {}
    [[nodiscard]] std::size_t bucket_of(std::int64_t remainder) const { return static_cast<std::size_t>(remainder) >> shift_; }
    void count(std::int64_t remainder) { ++counts_[bucket_of(remainder)]; }

    // The bucket of the `wanted`th largest, how many lie in it, and how many of these are among the largest.
    struct Boundary {
        std::size_t bucket = 0;
        std::size_t count = 0;
        std::int64_t wanted = 0;
    };
    [[nodiscard]] Boundary boundary(std::int64_t wanted) const {
        std::size_t bucket = counts_.size() - 1;
        for (; bucket > 0 && counts_[bucket] < wanted; --bucket) wanted -= counts_[bucket];
        return {bucket, counts_[bucket], wanted};
    }

private:
    static constexpr int kBits = 12;
    int shift_;  // so that a remainder below `claims` has kBits left
    std::array<std::uint32_t, std::size_t{1} << static_cast<unsigned>(kBits)> counts_{};
};

// A claim whose exact part has a fraction: remainder / claims of a share.
struct Fraction {
    std::int64_t remainder = 0;
    Index claim = 0;
};

std::int64_t nth_largest_remainder(std::span<const Fraction> fractions, std::int64_t nth) {
    base::LargeVector<std::int64_t> remainders;
    remainders.reserve(fractions.size());
    for (const Fraction& fraction : fractions) remainders.push_back(fraction.remainder);
    std::nth_element(remainders.begin(), remainders.begin() + (nth - 1), remainders.end(), std::greater<>());
    return remainders[static_cast<std::size_t>(nth - 1)];
}

// One share more each to the `wanted` largest of these remainders; among equal ones to those that come first.
void round_up(std::span<Claim> claims, std::span<const Fraction> fractions, std::int64_t wanted, const PrecedenceOf& precedence_of) {
    CHECK(wanted >= 0 && static_cast<std::size_t>(wanted) <= fractions.size());
    if (wanted == 0) return;
    struct Tied {
        Instant received_at;
        Index claim;
    };
    const std::int64_t least = nth_largest_remainder(fractions, wanted);
    base::LargeVector<Tied> tied;
    tied.reserve(fractions.size());
    for (const Fraction& fraction : fractions) {
        if (fraction.remainder > least) ++whole_of(claims[fraction.claim]), --wanted;
        if (fraction.remainder == least) tied.push_back({precedence_of(fraction.claim).received_at, fraction.claim});
    }
    std::nth_element(tied.begin(), tied.begin() + (wanted - 1), tied.end(), [&](const Tied& left, const Tied& right) {
        if (left.received_at != right.received_at) return left.received_at < right.received_at;
        return precedence_of(left.claim).id < precedence_of(right.claim).id;
    });
    std::for_each(tied.begin(), tied.begin() + wanted, [&](const Tied& first) { ++whole_of(claims[first.claim]); });
}

// Gives everybody the whole shares, then one more each to the largest remainders until the available are used up. Nobody is
// pushed over the limit: who has a remainder is below a whole number of shares that is within it.
void make_whole(std::span<Claim> claims, const Rate& rate, const PrecedenceOf& precedence_of) {
    const Division division(rate);
    Remainders remainders(rate.claims);
    std::int64_t left = rate.available;
    for (Claim& claim : claims) {
        const bool capped = rate.exceeds(claim.weight, claim.limit);
        const Division::Part part = division.part_of(claim.weight);
        const std::int64_t is_uncapped = capped ? 0 : 1;
        const std::int64_t whole = static_cast<std::int64_t>(part.whole) & -is_uncapped;
        left -= whole;
        whole_of(claim) = whole | (claim.limit & (is_uncapped - 1));
        remainder_of(claim) = static_cast<std::int64_t>(part.remainder) & -is_uncapped;
        remainders.count(remainder_of(claim));
    }
    CHECK(left >= 0);
    const Remainders::Boundary boundary = remainders.boundary(left);
    base::LargeVector<Fraction> at_boundary;
    at_boundary.reserve(boundary.count);
    for (std::size_t at = 0; at < claims.size(); ++at) {
        const std::int64_t remainder = remainder_of(claims[at]);
        const std::size_t bucket = remainders.bucket_of(remainder);
        if (bucket == boundary.bucket && remainder > 0) at_boundary.push_back({remainder, static_cast<Index>(at)});
        whole_of(claims[at]) += bucket > boundary.bucket ? 1 : 0;
    }
    round_up(claims, at_boundary, boundary.wanted, precedence_of);
}

}  // namespace

Proration prorate(Shares supply, Claims& claims, const PrecedenceOf& precedence_of) {
    CHECK(supply >= Shares(0) && supply <= Shares(kMaxShares));
    Proration proration;
    proration.first = reduced({supply.value, claims.total_weight()});
    const Rate rate = rate_after_rounds(supply, claims, proration.rounds);
    if (rate.available > 0 && rate.claims > 0) {
        make_whole(claims.all(), rate, precedence_of);
    } else {  // nothing to share, or everybody is capped
        for (Claim& claim : claims.all()) claim.limit = supply > Shares(0) && claim.weight > 0 ? claim.limit : 0;
    }
    return proration;
}

}  // namespace rightsdesk::domain
