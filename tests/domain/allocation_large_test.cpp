// Allocations of many holders against a second computation that sorts all of them, twice: by how soon they are capped, and by
// what is left of their parts. The engine sorts nobody. What small offerings never have occurs here: dozens of rounds,
// thousands who tie for the last shares, weights near the bounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <tuple>
#include <utility>

#include "domain/allocation_builders.h"

namespace rightsdesk::domain {
namespace {

constexpr std::size_t kHolders = 20'000;
__extension__ using Wide = __int128;

struct Sorted {
    std::vector<std::int64_t> parts;
    std::vector<ProrationRound> rounds;
};

// By record-date holding, within the request.
Sorted by_sorting(std::int64_t available, const std::vector<Subscription>& holders) {
    const auto weight = [&](std::size_t at) { return holders[at].over > Shares(0) ? holders[at].record_holding.value : 0; };
    const auto limit = [&](std::size_t at) { return holders[at].over.value; };
    std::vector<std::size_t> order;
    Wide claims = 0;
    for (std::size_t at = 0; at < holders.size(); ++at) {
        if (weight(at) > 0) order.push_back(at), claims += weight(at);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) { return Wide{limit(one)} * weight(other) < Wide{limit(other)} * weight(one); });
    Sorted sorted{std::vector<std::int64_t>(holders.size()), {}};
    std::size_t next = 0;
    for (std::size_t before = 1; next < order.size() && next != before && available > 0;) {
        before = next;
        const Wide available_now = available;
        const Wide claims_now = claims;
        for (; next < order.size() && available_now * weight(order[next]) > limit(order[next]) * claims_now; ++next) {
            sorted.parts[order[next]] = limit(order[next]);
            available -= limit(order[next]);
            claims -= weight(order[next]);
        }
        sorted.rounds.push_back({Shares(static_cast<std::int64_t>(available_now)), static_cast<std::int64_t>(claims_now),
                                 static_cast<std::uint32_t>(order.size() - before), static_cast<std::uint32_t>(next - before)});
    }
    order.erase(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(next));
    if (available == 0 || order.empty()) return sorted;
    std::int64_t left = available;
    for (const std::size_t at : order) left -= sorted.parts[at] = static_cast<std::int64_t>(Wide{available} * weight(at) / claims);
    std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        const Wide first = Wide{available} * weight(one) % claims;
        const Wide second = Wide{available} * weight(other) % claims;
        if (first != second) return first > second;
        return std::tie(holders[one].received_at, holders[one].id) < std::tie(holders[other].received_at, holders[other].id);
    });
    for (std::size_t at = 0; at < static_cast<std::size_t>(left); ++at) ++sorted.parts[order[at]];
    return sorted;
}

// Holders as `shape` makes them, in an order that is neither that of the ids nor that of the stamps.
template <class Shape>
std::vector<Subscription> many(const Shape& shape) {
    std::mt19937_64 dice(2'002);
    const auto up_to = [&](std::int64_t most) { return static_cast<std::int64_t>(dice() % static_cast<std::uint64_t>(most + 1)); };
    std::vector<Subscription> holders;
    for (std::size_t at = 0; at < kHolders; ++at) holders.push_back(shape(holder("n" + std::to_string(at)).at(up_to(50)), up_to));
    std::shuffle(holders.begin(), holders.end(), dice);
    return holders;
}

std::int64_t requested(const std::vector<Subscription>& holders) {
    return std::accumulate(holders.begin(), holders.end(), std::int64_t{0}, [](std::int64_t sum, const Subscription& one) { return sum + one.over.value; });
}

// At several shares of what is requested.
void agrees(const char* says, const std::vector<Subscription>& holders, std::size_t least_rounds) {
    std::size_t rounds = 0;
    for (const std::int64_t per_mille : {1, 137, 500, 731, 999, 1'000, 1'100}) {
        const std::int64_t supply = std::max<std::int64_t>(requested(holders) / 1'000 * per_mille + per_mille % 7, 1);
        const AllocationOutcome outcome = allocate(Shares(supply), pro_rata_to(Basis::kRecordHolding), holders);
        const Sorted sorted = by_sorting(supply, holders);
        EXPECT_TRUE(over_of(outcome) == sorted.parts) << says << ", " << per_mille << " per mille of what is requested";
        EXPECT_TRUE(outcome.rounds == sorted.rounds) << says << ", " << per_mille << " per mille: " << outcome.rounds.size() << " rounds, not " << sorted.rounds.size();
        rounds = std::max(rounds, sorted.rounds.size());
    }
    EXPECT_GE(rounds, least_rounds) << says << ": too tame to be a test";
}

TEST(LargeAllocation, agrees_with_sorting_where_holdings_are_skewed) {
    agrees("skewed", many([](Holder made, const auto& up_to) { return made.holding((1 + up_to(99)) << up_to(12)).over(up_to(60'000)); }), 5);
}

TEST(LargeAllocation, agrees_with_sorting_where_thousands_tie_for_the_last_shares) {
    const auto holders = many([](Holder made, const auto& up_to) { return made.holding(100 * (1 + up_to(2))).over(1'000 + up_to(1)); });
    agrees("round lots", holders, 2);
    agrees("all the same", many([](Holder made, const auto&) { return made.holding(100).over(700); }), 1);
}

// Each holder holds half of what the others behind hold together, and asks just so little more than the one before (in
// proportion) that a round caps one: the worst that the numbers allow.
TEST(LargeAllocation, agrees_with_sorting_where_each_round_caps_one) {
    constexpr std::int64_t kSupply = kMaxShares / 2;
    std::int64_t available = kSupply;
    std::int64_t claims = (std::int64_t{1} << 39U) - 1;
    Rate before{0, 1};
    std::vector<Subscription> holders;
    for (unsigned at = 38;; --at) {
        const std::int64_t weight = std::int64_t{1} << at;
        const std::int64_t least = static_cast<std::int64_t>(Wide{before.available} * weight / before.claims) + 1;  // not capped a round sooner
        const auto part = static_cast<std::int64_t>(Wide{available} * weight / claims);
        const std::int64_t limit = at == 38 ? part / 2 : std::min(least, part);
        holders.push_back(holder("n" + std::to_string(at)).holding(weight).over(std::max<std::int64_t>(limit, 1)));
        if (at == 0) break;
        before = {available, claims};
        available -= limit;
        claims -= weight;
    }
    const AllocationOutcome outcome = allocate(Shares(kSupply), pro_rata_to(Basis::kRecordHolding), holders);
    const Sorted sorted = by_sorting(kSupply, holders);
    EXPECT_TRUE(over_of(outcome) == sorted.parts);
    EXPECT_TRUE(outcome.rounds == sorted.rounds);
    EXPECT_GE(sorted.rounds.size(), 20U) << "too tame to be a test";
}

TEST(LargeAllocation, agrees_with_sorting_where_requests_grow_one_by_one) {
    std::vector<Subscription> holders = many([](Holder made, const auto&) { return made.holding(1); });
    for (std::size_t at = 0; at < holders.size(); ++at) holders[at].over = Shares(static_cast<std::int64_t>(at * at / 50 + 1));
    agrees("one by one", holders, 12);
}

TEST(LargeAllocation, agrees_with_sorting_where_most_have_no_claim) {
    agrees("few claims", many([](Holder made, const auto& up_to) { return made.holding(up_to(40) == 0 ? 1 + up_to(500) : 0).over(up_to(3) == 0 ? 0 : up_to(20)); }), 2);
}

// Near kMaxShares each, and kMaxShares in all: products of 80 bits.
TEST(LargeAllocation, agrees_with_sorting_where_the_numbers_are_the_largest) {
    const std::vector<Subscription> holders =
        many([](Holder made, const auto& up_to) { return made.holding(kMaxShares - up_to(1'000'000'000)).over(40'000'000 + up_to(9'000'000)); });
    for (const std::int64_t supply : {std::int64_t{1}, kMaxShares / 3, kMaxShares - 1, kMaxShares}) {
        const AllocationOutcome outcome = allocate(Shares(supply), pro_rata_to(Basis::kRecordHolding), holders);
        const Sorted sorted = by_sorting(supply, holders);
        EXPECT_TRUE(over_of(outcome) == sorted.parts) << supply;
        EXPECT_TRUE(outcome.rounds == sorted.rounds) << supply;
    }
}

// A share is worth thousands of times a claim's weight, or a claim thousands of shares: the rate has few digits, or many.
TEST(LargeAllocation, agrees_with_sorting_at_the_largest_and_smallest_rates) {
    const auto light = many([](Holder made, const auto& up_to) { return made.holding(1 + up_to(1)).over(30'000'000 + up_to(40'000'000)); });
    EXPECT_TRUE(over_of(allocate(Shares(kMaxShares / 2), pro_rata_to(Basis::kRecordHolding), light)) == by_sorting(kMaxShares / 2, light).parts);
    const auto heavy = many([](Holder made, const auto& up_to) { return made.holding(kMaxShares - up_to(3)).over(1 + up_to(1)); });
    for (const std::int64_t supply : {2, 19'999, 20'001}) {
        EXPECT_TRUE(over_of(allocate(Shares(supply), pro_rata_to(Basis::kRecordHolding), heavy)) == by_sorting(supply, heavy).parts) << supply;
    }
}

TEST(LargeAllocation, an_id_that_is_there_twice_is_found_among_thousands) {
    std::vector<Subscription> holders = many([](Holder made, const auto&) { return made.over(1); });
    const auto terms = pro_rata_to(Basis::kRequested);
    EXPECT_TRUE(check_allocation(Shares(1), terms, holders)) << "each id once";
    for (const auto& [first, second] : {std::pair{std::size_t{0}, kHolders - 1}, {kHolders / 2, kHolders / 2 + 1}, {std::size_t{3}, std::size_t{17}}}) {
        const std::string kept = std::exchange(holders[second].id, holders[first].id);
        const auto checked = check_allocation(Shares(1), terms, holders);
        ASSERT_FALSE(checked) << first << " and " << second;
        EXPECT_EQ(checked.error().message, "subscription " + holders[first].id + ": the id is there twice");
        holders[second].id = kept;
    }
}

}  // namespace
}  // namespace rightsdesk::domain
