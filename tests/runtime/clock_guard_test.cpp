// The wall clock, guarded: it never jumps forward, whoever sets it.
#include "runtime/clock_guard.h"

#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

class ClockGuarded : public testing::Test {
protected:
    ManualClock clock;
    ClockGuard guard{clock, 2s};
};

TEST_F(ClockGuarded, an_even_clock_is_the_time) {
    for (int second = 0; second < 100; ++second) {
        clock.advance(1s);
        EXPECT_EQ(guard.now(), clock.at);
        EXPECT_FALSE(guard.stepped());
    }
}

TEST_F(ClockGuarded, a_jump_forward_does_not_move_the_time) {
    const Instant before = guard.now();
    clock.step(1h);
    EXPECT_EQ(guard.now(), before) << "also what is decided before anybody has noticed";
    EXPECT_TRUE(guard.stepped());
    EXPECT_EQ(guard.ahead(), 1h);
    clock.advance(10s);
    EXPECT_EQ(guard.now(), before + Instant(10'000'000'000)) << "it goes on as if there had been none";
}

TEST_F(ClockGuarded, a_jump_within_the_tolerance_is_caught_up_with_slowly_and_never_early) {
    const Instant before = guard.now();
    clock.step(1'900ms);
    EXPECT_EQ(guard.now(), before);
    EXPECT_FALSE(guard.stepped());
    clock.advance(100s);
    EXPECT_EQ(guard.now(), before + Instant(100'100'000'000)) << "a thousandth of what has passed";
    clock.advance(1h);
    EXPECT_EQ(guard.now(), clock.at);
}

TEST_F(ClockGuarded, small_jumps_one_after_the_other_are_a_step) {
    const Instant before = guard.now();
    clock.step(1'500ms);
    guard.now();
    clock.step(1'500ms);
    EXPECT_EQ(guard.now(), before);
    EXPECT_TRUE(guard.stepped());
}

TEST_F(ClockGuarded, a_clock_that_is_disciplined_slowly_is_followed) {
    for (int second = 0; second < 3'600; ++second) {
        clock.advance(1s);
        clock.at += Instant(500'000);  // 500 millionths, as fast as the kernel turns it
        guard.now();
        ASSERT_FALSE(guard.stepped());
    }
    EXPECT_EQ(guard.now(), clock.at);
}

TEST_F(ClockGuarded, a_jump_back_is_a_step_and_the_time_does_not_go_back) {
    const Instant before = guard.now();
    clock.step(-1h);
    EXPECT_EQ(guard.now(), before);
    EXPECT_TRUE(guard.stepped());
    clock.step(1h);
    EXPECT_EQ(guard.now(), before);
    EXPECT_FALSE(guard.stepped()) << "it came back by itself";
}

TEST_F(ClockGuarded, what_is_accepted_is_the_time_from_then_on) {
    clock.step(1h);
    guard.now();
    guard.accept();
    EXPECT_FALSE(guard.stepped());
    EXPECT_EQ(guard.now(), clock.at);
}

TEST_F(ClockGuarded, a_step_while_no_process_ran_is_seen_by_the_next_of_the_same_boot) {
    guard.now();
    const std::string anchor = guard.anchor();
    clock.advance(60s);
    ClockGuard even(clock, 2s);
    even.compare_with(anchor);
    EXPECT_FALSE(even.stepped());

    clock.step(1h);
    ClockGuard next(clock, 2s);
    next.compare_with(anchor);
    EXPECT_TRUE(next.stepped());
    EXPECT_EQ(next.now(), clock.at - Instant(3'600'000'000'000));

    clock.boot_id = "another-boot";
    ClockGuard after_boot(clock, 2s);
    after_boot.compare_with(anchor);
    EXPECT_FALSE(after_boot.stepped()) << "what it was compared with began anew";
    for (const char* other : {"", "nonsense", "another-boot x y"}) after_boot.compare_with(other);
    EXPECT_FALSE(after_boot.stepped());
}

TEST(SystemClockTest, tells_since_when_the_machine_runs_and_what_the_kernel_says) {
    const SystemClock clock;
    EXPECT_GE(clock.since_boot(), clock.monotonic() - 1s);
    EXPECT_EQ(clock.boot(), SystemClock().boot());
    const Synchronisation kernel = clock.synchronisation();
    EXPECT_GE(kernel.max_error, 0ns);
    ClockGuard guard(clock, 2s);
    const Instant told = guard.now();
    EXPECT_LE(told, clock.now());
    EXPECT_FALSE(guard.stepped());
}

}  // namespace
}  // namespace rightsdesk::runtime
