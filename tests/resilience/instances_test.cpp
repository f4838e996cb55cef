// Two instances of every service as processes, over a real Redis and real sockets: killed, stopped in good order and held still for longer
// than a lease while the sample plays. The report is the same to the byte, and what is stored is the fold of its log.
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>

#include "support/played_sample.h"
#include "runtime/leases.h"
#include "support/scale.h"

namespace rightsdesk {
namespace {

using support::SuiteProcesses;
using InstanceClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kPause = runtime::kLease + 500ms;

int times() { return support::counted(1, 8); }

// What is done to one instance at a time, seeded: each step of it when the player has got further, or has had to wait for as long as it
// may take another to take over.
class Nemesis {
public:
    Nemesis(SuiteProcesses& suite, unsigned seed) : suite_(suite), random_(seed), names_(suite.names()) { plan(0); }

    // To be told again and again.
    void operator()() {
        const auto now = InstanceClock::now();
        if (still_ && now >= resume_at_) {
            suite_.resume(*still_);
            still_.reset();
        }
        if (resting_ && now >= begin_at_) {
            suite_.begin(*resting_);
            resting_.reset();
        }
        const std::size_t steps = steps_played(suite_);
        if (steps < at_step_) return;
        act(names_[random_() % names_.size()], now);
        plan(steps);
    }

    int killed = 0, stopped = 0, held_still = 0;

private:
    void act(const std::string& who, InstanceClock::time_point now) {
        if (who == still_ || who == resting_) return;
        switch (random_() % 3) {
            case 0: suite_.kill(who), ++killed; break;
            case 1:
                if (resting_) break;
                EXPECT_EQ(suite_.stop(who), 0) << who;
                resting_ = who;
                begin_at_ = now + std::chrono::milliseconds(random_() % 1'500);
                ++stopped;
                break;
            case 2:
                if (still_) break;
                suite_.suspend(who);
                still_ = who;
                resume_at_ = now + kPause;
                ++held_still;
                break;
        }
    }
    void plan(std::size_t steps) { at_step_ = steps + 1 + random_() % 5; }

    SuiteProcesses& suite_;
    std::mt19937 random_;
    std::vector<std::string> names_;
    std::size_t at_step_ = 0;
    std::optional<std::string> still_, resting_;
    InstanceClock::time_point resume_at_, begin_at_;
};

TEST(TwoInstances, play_the_sample_and_share_its_logs) {
    SuiteProcesses suite("stepped", 2);
    const auto played = suite.command({"sample", "play", support::kSampleFolder});
    EXPECT_EQ(played.code, 0) << played.err << suite.logs();
    const auto status = suite.command({"status", "--json"});
    EXPECT_EQ(status.code, 0) << status.out << status.err;
    std::map<std::string, int> holders;  // by service and log
    for (const auto& health : nlohmann::json::parse(status.out)) {
        for (const auto& log : health.at("holds")) ++holders[health.at("service").get<std::string>() + " at " + log.get<std::string>()];
    }
    EXPECT_EQ(holders.size(), 8U) << "four services, two logs: " << status.out;
    for (const auto& [what, count] : holders) EXPECT_EQ(count, 1) << what;
    expect_the_end_of_the_sample(suite);
}

TEST(TwoInstances, killed_stopped_and_held_still_in_any_order_come_to_the_same_report) {
    for (int time = 0; time < times(); ++time) {
        SCOPED_TRACE("time " + std::to_string(time));
        SuiteProcesses suite("stepped", 2);
        Nemesis nemesis(suite, static_cast<unsigned>(time) + 1);
        auto player = suite.start_command({"sample", "play", support::kSampleFolder});
        EXPECT_EQ(suite.supervise_until_end(player, [&] { nemesis(); }), 0) << suite.said();
        for (const std::string& name : suite.names()) suite.resume(name);
        EXPECT_GT(nemesis.killed, 0);
        EXPECT_GT(nemesis.stopped, 0);
        EXPECT_GT(nemesis.held_still, 0);
        EXPECT_GT(nemesis.killed + nemesis.stopped + nemesis.held_still, 5) << "the test did not do its worst";
        expect_the_end_of_the_sample(suite);
    }
}

// Whichever of the two is left.
TEST(TwoInstances, are_each_enough) {
    for (const bool first_is_left : {true, false}) {
        SuiteProcesses suite("stepped", 2);
        for (const std::string& name : suite.names()) {
            if (name.ends_with("-2") == first_is_left) suite.suspend(name);
        }
        const auto played = suite.command({"sample", "play", support::kSampleFolder});
        EXPECT_EQ(played.code, 0) << played.err << suite.logs();
        for (const std::string& name : suite.names()) suite.resume(name);
        expect_the_end_of_the_sample(suite);
    }
}

// A desk is made by whichever deadline monitor comes first, and once.
TEST(TwoInstances, of_the_deadline_monitor_make_one_desk_when_both_start_first) {
    for (int time = 0; time < 3 * times(); ++time) {
        SuiteProcesses suite("stepped", 2);
        EXPECT_EQ(suite.verified(domain::kDesk).at("records"), 1);
    }
}

}  // namespace
}  // namespace rightsdesk
