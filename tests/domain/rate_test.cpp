// The division without a division, against the machine's own in 128 bits: every part that an uncapped claim may have.
#include "domain/rate.h"

#include <gtest/gtest.h>

#include <random>

namespace rightsdesk::domain {
namespace {

void divides(std::int64_t available, std::int64_t claims, std::int64_t weight) {
    const UnsignedWide product = UnsignedWide{Rate::word(available)} * Rate::word(weight);
    if (product / Rate::word(claims) > Rate::word(kMaxShares)) return;  // beyond every limit
    const Division::Part part = Division(Rate{available, claims}).part_of(weight);
    EXPECT_EQ(part.whole, static_cast<std::uint64_t>(product / Rate::word(claims))) << available << " x " << weight << " / " << claims;
    EXPECT_EQ(part.remainder, static_cast<std::uint64_t>(product % Rate::word(claims))) << available << " x " << weight << " / " << claims;
}

TEST(Rate, divides_exactly_at_the_bounds) {
    const std::int64_t shares[] = {1, 2, 3, 7, 1'000, kMaxShares / 3, kMaxShares - 1, kMaxShares};
    const std::int64_t totals[] = {1, 2, 3, 7, 1'000, kMaxShares - 1, kMaxShares, kMaxTotalShares / 7, kMaxTotalShares - 1, kMaxTotalShares};
    for (const std::int64_t available : shares) {
        for (const std::int64_t claims : totals) {
            for (const std::int64_t weight : shares) divides(available, claims, weight);
            divides(available, claims, 0);
        }
    }
}

TEST(Rate, divides_without_a_remainder_where_there_is_none) {  // cut off digits leave the first quotient one too small
    for (std::int64_t claims = 1; claims <= 200; ++claims) {
        for (std::int64_t times = 1; times <= 5; ++times) divides(7, claims, claims * times);
    }
}

TEST(Rate, divides_exactly_anywhere) {
    std::mt19937_64 dice(1);
    const auto up_to = [&](std::int64_t most) { return 1 + static_cast<std::int64_t>((dice() >> dice() % 64U) % static_cast<std::uint64_t>(most)); };
    for (int at = 0; at < 200'000; ++at) divides(up_to(kMaxShares), up_to(kMaxTotalShares), up_to(kMaxShares));
}

TEST(Rate, knows_a_limit_that_is_met_from_one_that_is_exceeded) {
    const Rate third{kMaxShares, 3 * kMaxShares};
    EXPECT_FALSE(third.exceeds(kMaxShares - 1, (kMaxShares - 1) / 3)) << "a third of 999,999,999,999 is just the limit";
    EXPECT_TRUE(third.exceeds(kMaxShares, (kMaxShares - 1) / 3)) << "a third of a share beyond";
}

}  // namespace
}  // namespace rightsdesk::domain
