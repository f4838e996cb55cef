// The sample offering over real processes and a real Redis, each killed with -9 again and again while it plays. The report
// must be the same to the byte as that of the undisturbed suite in one process, and everything stored the fold of its log.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <random>

#include "support/played_sample.h"
#include "support/scale.h"

namespace rightsdesk {
namespace {

using support::SuiteProcesses;
using SteadyClock = std::chrono::steady_clock;

int rounds() { return support::counted(1, 8); }

// Acts at random moments of a play: some steps after the last time, and some milliseconds into what follows. Counted in steps, so that a
// fast machine is disturbed as often as a slow one, and something moves between any two times however slow it is.
class AtRandomMoments {
public:
    // On average every `mean` steps, from 1 to twice as many.
    AtRandomMoments(unsigned seed, int mean, std::function<void()> act) : random_(seed), gap_(1, 2 * mean - 1), act_(std::move(act)) { plan(0); }
    // To be told again and again how many steps have been played.
    void operator()(std::size_t steps) {
        if (steps < at_step_) return;
        const auto now = SteadyClock::now();
        if (!due_) due_ = now + std::chrono::milliseconds(into_(random_));
        if (now < *due_) return;
        act_();
        ++count;
        plan(steps);
    }
    int count = 0;

private:
    void plan(std::size_t steps) {
        at_step_ = steps + static_cast<std::size_t>(gap_(random_));
        due_.reset();
    }
    std::mt19937 random_;
    std::uniform_int_distribution<int> gap_;
    std::uniform_int_distribution<int> into_{0, 20};
    std::function<void()> act_;
    std::size_t at_step_ = 0;
    std::optional<SteadyClock::time_point> due_;
};

void play_while(SuiteProcesses& suite, AtRandomMoments& worst) {
    auto player = suite.start_command({"sample", "play", support::kSampleFolder});
    const int code = suite.supervise_until_end(player, [&] { worst(steps_played(suite)); });
    EXPECT_EQ(code, 0) << suite.said();
    EXPECT_GT(worst.count, 3) << "the test did not do its worst";
    expect_the_end_of_the_sample(suite);
}

TEST(SampleOffering, over_real_processes_gives_the_report_of_the_simulation) {
    SuiteProcesses suite;
    const auto played = suite.command({"sample", "play", support::kSampleFolder});
    EXPECT_EQ(played.code, 0) << played.err << suite.logs();
    expect_the_end_of_the_sample(suite);
}

TEST(SampleOffering, played_again_changes_nothing) {
    SuiteProcesses suite;
    EXPECT_EQ(suite.command({"sample", "play", support::kSampleFolder}).code, 0);
    const auto before = suite.verified(support::kSample);
    EXPECT_EQ(suite.command({"sample", "play", support::kSampleFolder}).code, 0);
    EXPECT_EQ(suite.verified(support::kSample), before);
    expect_the_end_of_the_sample(suite);
}

class KilledService : public testing::TestWithParam<std::string> {};

TEST_P(KilledService, comes_back_and_the_report_is_the_same_to_the_byte) {
    for (int round = 0; round < rounds(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        SuiteProcesses suite;
        AtRandomMoments worst(static_cast<unsigned>(round) + 1, 6, [&] { suite.kill(GetParam()); });
        play_while(suite, worst);
    }
}

INSTANTIATE_TEST_SUITE_P(Each, KilledService, testing::Values("intake", "payment_clearing", "deadline_monitor", "notification"),
                         [](const auto& given) { return given.param; });

TEST(SampleOffering, survives_a_redis_killed_again_and_again) {
    for (int round = 0; round < rounds(); ++round) {
        SuiteProcesses suite;
        AtRandomMoments worst(static_cast<unsigned>(round) + 100, 9, [&] { suite.kill_redis(); });
        play_while(suite, worst);
    }
}

TEST(SampleOffering, survives_all_of_them_killed_in_turn) {
    for (int round = 0; round < rounds(); ++round) {
        SuiteProcesses suite;
        std::mt19937 random(static_cast<unsigned>(round) + 200);
        const auto names = base::enum_texts<domain::ServiceName>();
        AtRandomMoments worst(static_cast<unsigned>(round) + 300, 5, [&] {
            const std::size_t which = random() % (names.size() + 1);
            which == names.size() ? suite.kill_redis() : suite.kill(std::string(names[which]));
        });
        play_while(suite, worst);
    }
}

TEST(SampleOffering, goes_on_where_a_killed_player_stopped) {
    SuiteProcesses suite;
    std::mt19937 random(17);
    int killed = 0;
    std::size_t until = 0;  // lines of the player: one that begins again says again what was played before
    for (bool alive = false; !alive;) {
        until += 10 + random() % 10;
        alive = true;
        auto player = suite.start_command({"sample", "play", support::kSampleFolder});
        suite.supervise_until_end(player, [&] {
            if (!alive || steps_played(suite) < until) return;
            player.kill();
            alive = false;
            ++killed;
        });
        EXPECT_TRUE(!alive || player.exit_code() == 0) << suite.said();
    }
    EXPECT_GT(killed, 2);
    expect_the_end_of_the_sample(suite);
}

}  // namespace
}  // namespace rightsdesk
