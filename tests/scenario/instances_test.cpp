// Several instances of every service: they share the work, and whatever dies, stops, stands still or is asked in whichever order, the
// sample offering comes to the same report, to the byte.
#include <gtest/gtest.h>

#include <random>

#include "runtime/leases.h"
#include "support/sample.h"
#include "support/scale.h"

namespace rightsdesk {
namespace {

using support::SuiteInProcess;

void expect_the_report_of_one_instance_each(SuiteInProcess& suite) {
    suite.between_turns = [] {};
    suite.before_commit = [] {};
    suite.settle();
    EXPECT_EQ(suite.report(support::kSample), support::undisturbed_report());
    EXPECT_EQ(suite.verify(support::kSample), "");
    EXPECT_EQ(suite.verify(domain::kDesk), "");
}

// Rounds in which a lease ends for certain, and then some.
int longer_than_a_lease(const SuiteInProcess& suite) {
    const auto round = SuiteInProcess::turn_time() * static_cast<int>(suite.services());
    return static_cast<int>(2 * runtime::kLease / round) + 2;
}

TEST(Instances, of_each_service_two_or_three_come_to_the_report_of_one) {
    for (int instances : {2, 3}) {
        SuiteInProcess suite(domain::kMostEffects, instances);
        std::size_t asked = 0;
        suite.first_door = [&] { return asked++ % static_cast<std::size_t>(instances); };
        suite.play(support::sample_timeline());
        expect_the_report_of_one_instance_each(suite);
    }
}

TEST(Instances, every_step_sent_to_both_doors_gets_the_same_receipt) {
    SuiteInProcess suite(domain::kMostEffects, 2);
    std::size_t door = 0;
    suite.first_door = [&] { return door; };
    suite.play(support::sample_timeline(), [&](const tools::Step& step, const domain::Receipt& first) {
        for (door = 0; door < 2; ++door) EXPECT_EQ(suite.send(step.source, step.number, step.door, step.command), first) << step.what << " at door " << door;
        door = step.number % 2;
    });
    expect_the_report_of_one_instance_each(suite);
}

TEST(Instances, die_stop_and_stand_still_in_any_order) {
    for (int seed = 1; seed <= support::counted(8, 80); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SuiteInProcess suite(seed % 2 == 0 ? 2 : domain::kMostEffects, 2);
        std::mt19937 random(static_cast<unsigned>(seed));
        suite.first_door = [&] { return std::size_t{random() % 2}; };
        int died = 0, stopped = 0, stood = 0;
        suite.between_turns = [&] {
            if (random() % 60 != 0) return;
            const std::size_t who = random() % suite.services();
            switch (random() % 3) {
                case 0: suite.die_and_return(who), ++died; break;
                case 1: suite.stop_and_return(who), ++stopped; break;
                case 2: suite.stand_still(who, static_cast<int>(random() % 3) * longer_than_a_lease(suite) + 1), ++stood; break;
            }
        };
        suite.play(support::sample_timeline());
        EXPECT_GT(died, 5);
        EXPECT_GT(stopped, 5);
        EXPECT_GT(stood, 5);
        expect_the_report_of_one_instance_each(suite);
    }
}

// The holder of a lease stands still between its decision and its commit until another has taken over and gone on: what it then commits
// is refused, or still true.
TEST(Instances, that_stand_still_right_before_they_commit_do_no_harm) {
    for (int seed = 1; seed <= support::counted(6, 60); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SuiteInProcess suite(seed % 2 == 0 ? 2 : domain::kMostEffects, 2);
        std::mt19937 random(static_cast<unsigned>(seed) + 1'000);
        suite.first_door = [&] { return std::size_t{random() % 2}; };
        int stood = 0;
        suite.before_commit = [&] {
            if (random() % 12 != 0) return;
            suite.turn_others(longer_than_a_lease(suite));
            ++stood;
        };
        suite.play(support::sample_timeline());
        EXPECT_GT(stood, 10);
        expect_the_report_of_one_instance_each(suite);
    }
}

TEST(Instances, do_all_that_at_once_while_hints_and_calls_are_lost) {
    for (int seed = 1; seed <= support::counted(6, 60); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SuiteInProcess suite(seed % 2 == 0 ? 1 : domain::kMostEffects, 2);
        std::mt19937 random(static_cast<unsigned>(seed) + 2'000);
        suite.first_door = [&] { return std::size_t{random() % 2}; };
        suite.between_turns = [&] {
            suite.network().drop_feeds(random() % 4 == 0);
            if (random() % 50 == 0) suite.logs().fail_next(1 + random() % 2, random() % 2 == 0 ? store::MemoryFailure::kBefore : store::MemoryFailure::kAfter);
            if (random() % 80 == 0) suite.die_and_return(random() % suite.services());
            if (random() % 80 == 0) suite.stand_still(random() % suite.services(), longer_than_a_lease(suite));
        };
        suite.before_commit = [&] {
            if (random() % 25 == 0) suite.turn_others(longer_than_a_lease(suite));
        };
        suite.play(support::sample_timeline());
        suite.network().drop_feeds(false);
        suite.logs().fail_next(0, store::MemoryFailure::kBefore);
        expect_the_report_of_one_instance_each(suite);
    }
}

// One that never comes back: the others have taken its logs when its leases end, and the clock goes on.
TEST(Instances, that_are_gone_for_good_hold_up_nobody) {
    SuiteInProcess suite(domain::kMostEffects, 2);
    for (std::size_t service = 0; service < suite.services() / 2; ++service) suite.stand_still(service, 1'000'000);
    suite.play(support::sample_timeline());
    EXPECT_EQ(suite.report(support::kSample), support::undisturbed_report());
    EXPECT_EQ(suite.verify(support::kSample), "");
}

}  // namespace
}  // namespace rightsdesk
