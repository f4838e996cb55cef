// That the benchmark of the allocation measures what its table says.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "allocation/measure.h"
#include "allocation/subscriptions.h"

namespace rightsdesk::benchmark {
namespace {

constexpr std::size_t kCount = 20'000;

domain::AllocationOutcome outcome_of(const Workload& workload, const std::vector<domain::Subscription>& subscriptions) {
    return allocate(workload.supply, workload.terms, subscriptions);
}

TEST(AllocationBenchmark, caps_nobody_pro_rata_and_half_of_them_where_it_says_so) {
    const auto subscriptions = skewed_subscriptions(kCount, 7);
    for (const Workload& workload : {pro_rata_to_requested(subscriptions), pro_rata_to_basic(subscriptions)}) {
        const auto outcome = outcome_of(workload, subscriptions);
        EXPECT_EQ(outcome.rounds.size(), 1U) << workload.name;
        EXPECT_EQ(outcome.rounds.front().capped, 0U) << workload.name;
    }
    const auto capped = outcome_of(capped_and_reallotted(subscriptions), subscriptions);
    const std::uint32_t uncapped = capped.rounds.back().claimants;
    EXPECT_GE(capped.rounds.size(), 3U);
    EXPECT_GT(uncapped, kCount / 3);
    EXPECT_LT(uncapped, 2 * kCount / 3);
}

TEST(AllocationBenchmark, makes_the_same_subscriptions_of_a_seed_and_others_of_another) {
    const auto made = [](std::uint64_t seed) { return outcome_of(capped_and_reallotted(skewed_subscriptions(kCount, seed)), skewed_subscriptions(kCount, seed)).allotted; };
    EXPECT_TRUE(made(7) == made(7));
    EXPECT_FALSE(made(7) == made(8));
}

TEST(AllocationBenchmark, tells_each_measurement_beside_the_copy) {
    AllocationReport report;
    report.subscriptions = 10'000'000;
    report.copy = {"memory copy", "the same bytes", 0, 6, 5};
    report.rows = {{"capped", "half of them", 3, 30, 20}};
    const auto document = nlohmann::json::parse(json_of(report));
    EXPECT_EQ(document["measured"][0]["fastest_ns"], 20);
    EXPECT_EQ(document["measured"][0]["over_copy"], 4);
    EXPECT_NE(text_of(report).find("4.00"), std::string::npos);
}

}  // namespace
}  // namespace rightsdesk::benchmark
