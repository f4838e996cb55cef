// The board on a terminal: what matters is there, it fits, and says loudly when it is old.
#include "rightsdesk/top_screen.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace rightsdesk::tools {
namespace {

using runtime::Json;

Json shown_exception(int number, const std::string& what) {
    return {{"subject", "notice/fax-1." + std::to_string(number)}, {"what", what}, {"severity", "warning"}, {"too_late_at", "2002-06-28T21:00:00Z"},
            {"money_cents", 240'000'000}, {"guarantor", "Harbor Securities Corp."}, {"in_hand", "alice"}};
}

Json shown_board(int exceptions) {
    Json rows = Json::array();
    for (int number = 1; number <= exceptions; ++number) rows.push_back(shown_exception(number, "defective: holder_unsigned"));
    return {{"head", {{"now", "2002-06-28T20:40:00Z"}, {"now_civil", "2002-06-28T16:40:00"}, {"zone", "America/New_York"}, {"sequence", 1'234}, {"stale", false}, {"why", Json::array()}}},
            {"clock", {{"issuer", "Rare Medium Group, Inc."}, {"title", "Rights"}, {"stage", "open"},
                       {"deadlines", {{{"kind", "expiration"}, {"what", "the hour"}, {"instant", "2002-06-28T21:00:00Z"}, {"civil", "2002-06-28T17:00:00"}, {"past", false}}}}}},
            {"funnel", {{"steps", {{{"step", "received"}, {"notices", 23}, {"notices_ppm", 1'000'000}, {"money_cents", 15'200'000'000}}}}}},
            {"suspense", {{"total", 1}, {"money_cents", 5'400'000}, {"rows", {{{"payment", "bank-1.9"}, {"status", "good"}, {"institution", "Wrong Bank"}, {"unmatched_cents", 5'400'000},
                                                                               {"candidates", {{{"notice", "fax-1.15"}}, {{"notice", "fax-1.16"}}}}}}}}},
            {"alerts", {{"open", 3}, {"unacknowledged", 1}, {"by_severity", {{"critical", 1}}},
                        {"rows", {{{"severity", "critical"}, {"kind", "notice_defective"}, {"what", "fax-1.1 is defective"}, {"owner", ""}, {"group_size", 3}, {"too_late_at", "2002-06-28T21:00:00Z"}}}}}},
            {"guarantors", {{"total", 9}, {"exposure_cents", 990'000'000}, {"rows", {{{"guarantor", "Cedar Street Brokers LLC"}, {"eligible", false}, {"exposure_cents", 990'000'000}, {"uncovered", 2}, {"missed", 1}}}}}},
            {"proposals", {{"rows", {{{"kind", "extension"}, {"proposed_by", "alice"}, {"missing", 1}, {"words", "the hour moves to 18:00"}},
                                    {{"kind", "waiver"}, {"proposed_by", "alice"}, {"missing", 0}, {"words", "it was approved long ago"}}}}}},
            {"projection", {{"sure", {{"over_ppm", 282'756}}}, {"all", {{"over_ppm", 1'000'000}}},
                            {"points", {{{"at", "2002-06-27T13:00:00Z"}, {"all", {{"over_ppm", 0}}}}, {{"at", "2002-06-27T14:00:00Z"}, {"all", {{"over_ppm", 500'000}}}}, {{"at", "2002-06-28T20:00:00Z"}, {"all", {{"over_ppm", 1'000'000}}}}}}}},
            {"exceptions", {{"total", exceptions}, {"money_cents", 240'000'000LL * exceptions}, {"rows", rows}}}};
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

TEST(TopScreen, says_how_long_is_left) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    EXPECT_EQ(time_left(20 * 60 * kSecond), "00:20:00");
    EXPECT_EQ(time_left((86'400 + 3'661) * kSecond), "1 d 01:01:01");
    EXPECT_EQ(time_left(1), "00:00:00");
    EXPECT_EQ(time_left(0), "past");
}

TEST(TopScreen, shows_what_somebody_must_act_on_twenty_minutes_before_the_hour) {
    const std::string text = joined(screen_of(shown_board(2), {120, 40}, false));
    for (const char* part : {"Rare Medium Group, Inc.", "2002-06-28 16:40:00 America/New_York", "00:20:00  2002-06-28 17:00:00  the hour", "received          23  100.0 % ####################  $152,000,000.00",
                             "$54,000.00 in 1 payment", "3 open, 1 critical, 1 in nobody's hand", "28.2 % of the over-subscriptions as things stand, 100.0 %",
                             "extension proposed by alice, waits for 1 person: the hour moves to 18:00", "2 items that can still be saved, $4,800,000.00", "$2,400,000.00  alice       notice/fax-1.1", "Harbor Securities Corp.",
                             "critical       00:20:00  nobody's    notice_defective (3 alike): fax-1.1 is defective", "and 2 more", "money in suspense, $54,000.00",
                             "good         bank-1.9 from Wrong Bank; may be for fax-1.15 or 1 other", "guarantors by exposure, $9,900,000.00",
                             "Cedar Street Brokers LLC  2 notices not covered, 1 missed, INELIGIBLE", "and 8 more", "\u2581\u2584\u2588  up to 100.0 %, if everything comes; since 2002-06-27 09:00:00"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " is not in\n" << text;
    }
    EXPECT_EQ(text.find("STALE"), std::string::npos);
    EXPECT_EQ(text.find("long ago"), std::string::npos) << "nobody is waited for";
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(TopScreen, fits_and_says_what_is_left_out) {
    for (const ScreenSize size : {ScreenSize{60, 20}, ScreenSize{80, 24}, ScreenSize{200, 60}, ScreenSize{1, 1}}) {
        const auto lines = screen_of(shown_board(100), size, false);
        EXPECT_LE(lines.size(), std::max(size.rows, kSmallestScreen.rows));
        for (const std::string& line : lines) {
            const auto letters = std::count_if(line.begin(), line.end(), [](char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U; });
            EXPECT_LE(static_cast<std::size_t>(letters), std::max(size.columns, kSmallestScreen.columns)) << line;
        }
        EXPECT_NE(lines.back().find("more: rightsdesk alerts list"), std::string::npos) << lines.back();
    }
}

TEST(TopScreen, says_loudly_what_is_old_and_why) {
    Json board = shown_board(1);
    board["head"]["stale"] = true;
    board["head"]["why"] = {"intake was not heard for 5 s"};
    EXPECT_EQ(screen_of(board, {120, 40}, false)[2], "!!! STALE: what you see is OLD. intake was not heard for 5 s");
    board.erase("head");
    EXPECT_NE(joined(screen_of(board, {120, 40}, false)).find("STALE"), std::string::npos) << "nothing is known of its age";
}

TEST(TopScreen, what_others_wrote_cannot_move_the_cursor) {
    Json board = shown_board(1);
    board["exceptions"]["rows"][0]["guarantor"] = "Evil\x1b[2J\r\n\xc2\x9b" "31m Bank";
    const std::string text = joined(screen_of(board, {140, 40}, false));
    EXPECT_NE(text.find("Evil?[2J???31m Bank"), std::string::npos) << text;
}

}  // namespace
}  // namespace rightsdesk::tools
