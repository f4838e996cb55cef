// Whole offerings in one thread, in any weather, from a seed each.
//
//     RIGHTSDESK_SIMULATION_SEED=4711 test_simulation      that one again, with its trace
//     RIGHTSDESK_SIMULATION_SEEDS=100000 RIGHTSDESK_SIMULATION_FROM=1 test_simulation --gtest_filter=Simulation.*weather    (tools/simulate)
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "simulation/judged.h"

namespace rightsdesk::simulation {
namespace {

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::uint64_t seeds() {
    const char* scale = std::getenv("RIGHTSDESK_TEST_SCALE");
    return number_from("RIGHTSDESK_SIMULATION_SEEDS", scale != nullptr && std::string(scale) == "full" ? 5'000 : 1'000);
}

TEST(Simulation, every_offering_ends_as_in_good_weather) {
    const std::uint64_t only = number_from("RIGHTSDESK_SIMULATION_SEED", 0);
    const std::uint64_t first = only != 0 ? only : number_from("RIGHTSDESK_SIMULATION_FROM", 1);
    const std::uint64_t last = only != 0 ? only : first + seeds() - 1;
    Sum sum;
    for (std::uint64_t seed = first; seed <= last; ++seed) {
        const Judged judged = judge(seed, only != 0);
        sum.add(judged);
        if (only != 0) std::cout << judged.trace;
        EXPECT_EQ(judged.problems, "") << "again: RIGHTSDESK_SIMULATION_SEED=" << seed << " test_simulation --gtest_filter='Simulation.every*'";
    }
    std::cout << sum.text() << "\n";
    if (only == 0 && last - first >= 99) sum.expect_enough();
}

// Beyond those of every run: an instance that had slept while another did the whole of an effect in parts began it again, and nobody ended it.
// And a message was decided by the time before a step that its sender had been told of.
TEST(Simulation, what_once_failed_holds) {
    for (const std::uint64_t seed : {1'648U, 2'858U, 2'954U, 3'430U, 4'233U, 4'348U}) EXPECT_EQ(judge(seed).problems, "") << seed;
}

// Nobody hears of a record: each has only what it reads in the store, when it must or when it is time to.
TEST(Simulation, instances_that_hear_nothing_of_each_other_end_the_same) {
    Planted deaf;
    deaf.weather = out_of_earshot;
    const std::uint64_t only = number_from("RIGHTSDESK_SIMULATION_SEED", 0);
    const std::uint64_t first = only != 0 ? only : number_from("RIGHTSDESK_SIMULATION_FROM", 1);
    const std::uint64_t last = only != 0 ? only : first + std::max<std::uint64_t>(seeds() / 10, 1) - 1;
    for (std::uint64_t seed = first; seed <= last; ++seed) {
        const Judged judged = judge(seed, only != 0, deaf);
        if (only != 0) std::cout << judged.trace;
        EXPECT_EQ(judged.problems, "") << "again: RIGHTSDESK_SIMULATION_SEED=" << seed << " test_simulation --gtest_filter='Simulation.instances*'";
    }
}

// Every record's link and everything that was done, and when.
TEST(Simulation, a_seed_replays_exactly) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Judged once = judge(seed, true), again = judge(seed, true);
        EXPECT_FALSE(once.links.empty());
        EXPECT_TRUE(once.links == again.links && once.trace == again.trace && once.problems == again.problems) << "seed " << seed << " does not replay";
    }
}

// What goes wrong is drawn apart from what is said: both runs of a seed tell the same story.
TEST(Simulation, stories_are_of_ten_to_ninety_messages_and_differ) {
    std::set<std::string> terms;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const Story story = story_of(seed);
        EXPECT_GE(story.messages(), 10U) << seed;
        EXPECT_LE(story.messages(), 90U) << seed;
        terms.insert(story.terms);
    }
    EXPECT_GT(terms.size(), 190U);
}

}  // namespace
}  // namespace rightsdesk::simulation
