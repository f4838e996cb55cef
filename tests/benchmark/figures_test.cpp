// What the benchmark's table rests on, worked out by hand.
#include "benchmark/figures.h"

#include <gtest/gtest.h>

#include "benchmark/floors.h"
#include "benchmark/report.h"

namespace rightsdesk::benchmark {
namespace {

using namespace std::chrono_literals;

// 1, 2, ... microseconds, the largest first.
Latencies microseconds_up_to(int count) {
    Latencies latencies;
    for (int value = count; value >= 1; --value) latencies.add(std::chrono::microseconds(value));
    return latencies;
}

TEST(Latencies, are_those_measured_at_the_nearest_rank) {
    Latencies thousand = microseconds_up_to(1'000);
    EXPECT_EQ(thousand.at(500), 500us);
    EXPECT_EQ(thousand.at(990), 990us);
    EXPECT_EQ(thousand.at(999), 999us);
    EXPECT_EQ(thousand.at(1'000), 1'000us);
    EXPECT_EQ(thousand.at(1), 1us);
}

TEST(Latencies, of_few_are_rounded_to_the_slower_one) {
    Latencies three = microseconds_up_to(3);
    EXPECT_EQ(three.at(333), 1us);
    EXPECT_EQ(three.at(334), 2us) << "one of three is not yet 334 of 1,000";
    EXPECT_EQ(three.at(500), 2us);
    EXPECT_EQ(three.at(990), 3us);
    Latencies one = microseconds_up_to(1);
    EXPECT_EQ(one.at(1), 1us);
    EXPECT_EQ(one.at(999), 1us);
}

TEST(Latencies, may_be_added_to_after_they_were_asked) {
    Latencies latencies = microseconds_up_to(2);
    EXPECT_EQ(latencies.at(1'000), 2us);
    latencies.add(7us);
    latencies.add(1us);
    EXPECT_EQ(latencies.at(1'000), 7us);
    EXPECT_EQ(latencies.at(500), 1us);
}

TEST(Latencies, of_nothing_are_zero) {
    EXPECT_EQ(Latencies().at(500), 0us);
    EXPECT_EQ(figures_of({}).count, 0U);
}

TEST(Figures, are_in_microseconds) {
    Latencies latencies;
    latencies.add(1'500ns);
    latencies.add(2'500ns);
    const LatencyFigures figures = figures_of(latencies);
    EXPECT_EQ(figures.count, 2U);
    EXPECT_DOUBLE_EQ(figures.p50_us, 1.5);
    EXPECT_DOUBLE_EQ(figures.p99_us, 2.5);
    EXPECT_DOUBLE_EQ(figures.p999_us, 2.5);
}

TEST(Rates, are_a_second) {
    EXPECT_DOUBLE_EQ(per_second(10, 2s), 5);
    EXPECT_DOUBLE_EQ(per_second(1, 250us), 4'000);
    EXPECT_DOUBLE_EQ(per_second(1, 0s), 0);
}

TEST(Rates, after_each_other_are_slower_than_either) {
    EXPECT_DOUBLE_EQ(rate_after_each_other(100, 100), 50);
    EXPECT_DOUBLE_EQ(rate_after_each_other(3'000, 6'000), 2'000);
    EXPECT_DOUBLE_EQ(rate_after_each_other(0, 100), 0);
}

TEST(Curve, costs_by_messages_and_by_octets_and_takes_its_part_of_the_rate) {
    const SealingCost cost{0.5, 0.001};
    EXPECT_DOUBLE_EQ(cost.of(2, 3'000), 4);
    Throughput row;
    row.processor_us = {{"intake", 100}, {"redis", 60}};
    row.curve_us = 16;
    EXPECT_DOUBLE_EQ(row.curve_on_over_off(), 0.9);
    EXPECT_DOUBLE_EQ(Throughput().curve_on_over_off(), 0) << "nothing was measured";
}

TEST(Curve, takes_longer_for_more) {
    const SealingCost cost = measure_sealing(200);
    EXPECT_GT(cost.message_us, 0);
    EXPECT_GT(cost.octet_us, 0);
}

TEST(Shares, say_how_much_of_a_limit_is_reached) {
    EXPECT_DOUBLE_EQ(share_of(8, 10), 0.8);
    EXPECT_DOUBLE_EQ(share_of(12, 10), 1.2);
    EXPECT_DOUBLE_EQ(share_of(8, 0), 0) << "without a limit there is no share";
}

}  // namespace
}  // namespace rightsdesk::benchmark
