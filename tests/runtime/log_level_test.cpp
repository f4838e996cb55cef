// How long lines at level debug are written when a signal asks for them.
#include "runtime/log_level.h"

#include <gtest/gtest.h>

namespace rightsdesk::runtime {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
constexpr auto kNothing = LevelAsked::kNothing;
constexpr auto kDebug = LevelAsked::kDebug;
constexpr auto kConfigured = LevelAsked::kConfigured;

TEST(LogLevel, is_debug_for_ten_minutes_and_then_as_it_was) {
    LogLevel level(false);
    EXPECT_EQ(level.look(kNothing, seconds(0)), std::nullopt);
    EXPECT_EQ(level.look(kDebug, seconds(1)), true);
    EXPECT_EQ(level.look(kNothing, minutes(10)), std::nullopt) << "from when it was asked for";
    EXPECT_EQ(level.look(kNothing, minutes(10) + seconds(1)), false);
    EXPECT_EQ(level.look(kNothing, minutes(60)), std::nullopt);
}

TEST(LogLevel, asked_for_again_lasts_from_then_on) {
    LogLevel level(false);
    EXPECT_EQ(level.look(kDebug, minutes(0)), true);
    EXPECT_EQ(level.look(kDebug, minutes(9)), std::nullopt);
    EXPECT_EQ(level.look(kNothing, minutes(18)), std::nullopt);
    EXPECT_EQ(level.look(kNothing, minutes(19)), false);
}

TEST(LogLevel, ends_when_somebody_ends_it) {
    LogLevel level(false);
    EXPECT_EQ(level.look(kConfigured, minutes(0)), std::nullopt);
    EXPECT_EQ(level.look(kDebug, minutes(1)), true);
    EXPECT_EQ(level.look(kConfigured, minutes(2)), false);
    EXPECT_EQ(level.look(kNothing, minutes(11)), std::nullopt);
}

TEST(LogLevel, that_is_configured_stays) {
    LogLevel level(true);
    EXPECT_EQ(level.look(kDebug, minutes(0)), std::nullopt);
    EXPECT_EQ(level.look(kConfigured, minutes(1)), std::nullopt);
    EXPECT_EQ(level.look(kNothing, minutes(20)), std::nullopt);
}

}  // namespace
}  // namespace rightsdesk::runtime
