// What the console tells on its admin port.
#include <gtest/gtest.h>

#include "console/follower.h"
#include "runtime/admin_port.h"

namespace rightsdesk::console {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// As Prometheus reads it: "name{labels without service}" to value.
std::map<std::string, double> told(const runtime::Figures& figures) {
    std::map<std::string, double> all;
    for (const runtime::ReadSample& sample : runtime::read_exposition(runtime::exposition_text("console", figures))) {
        std::string name = sample.name;
        for (const auto& [label, value] : sample.labels) name += label == "service" ? "" : " " + value;
        all[name] = sample.value;
    }
    return all;
}

FollowerState a_state_that_is_well() {
    FollowerState state;
    state.looks = 7;
    state.logs = {{"desk", 88, 0, true, ""}, {"rare-medium-2002", 1'200, 0, true, ""}};
    state.store_seen_ago = milliseconds(300);
    state.heard_ago["intake"] = milliseconds(200);
    return state;
}

std::vector<std::string> kinds_of(const runtime::Snapshot& snapshot) {
    std::vector<std::string> kinds;
    for (const runtime::NotReady& one : snapshot.not_ready) kinds.push_back(one.kind);
    return kinds;
}

TEST(ConsoleMeasured, tells_sign_ins_commands_by_their_outcome_and_how_long_sections_and_receipts_took) {
    Measured measured;
    measured.signed_in(SignIn::kFailed);
    measured.signed_in(SignIn::kFailed);
    measured.command_answered("match-payment", "accepted", milliseconds(20));
    measured.command_answered("match-payment", "accepted", milliseconds(40));
    measured.command_ended("approve", "not_permitted");
    measured.encoded(Section::kFunnel, milliseconds(2));
    runtime::Figures figures;
    measured.tell(figures);
    const auto all = told(figures);
    EXPECT_EQ(all.at("rightsdesk_sign_ins_total failed"), 2);
    EXPECT_EQ(all.at("rightsdesk_sign_ins_total good"), 0) << "there from the start, so that a rate of it is";
    EXPECT_EQ(all.at("rightsdesk_board_commands_total match-payment accepted"), 2);
    EXPECT_EQ(all.at("rightsdesk_board_commands_total approve not_permitted"), 1);
    EXPECT_EQ(all.at("rightsdesk_board_command_seconds_count"), 2) << "what went to no door took no time at one";
    EXPECT_DOUBLE_EQ(all.at("rightsdesk_board_command_seconds_sum"), 0.06);
    EXPECT_EQ(all.at("rightsdesk_section_seconds_count funnel"), 1);
}

TEST(ConsoleReady, is_what_follows_every_log_and_hears_the_store) {
    EXPECT_TRUE(snapshot_of(a_state_that_is_well()).not_ready.empty());
    EXPECT_EQ(kinds_of(snapshot_of({})), (std::vector<std::string>{"starting", "store_unreachable"}));

    FollowerState state = a_state_that_is_well();
    state.logs[1].folded = false;
    EXPECT_EQ(kinds_of(snapshot_of(state)), std::vector<std::string>{"starting"});
    state = a_state_that_is_well();
    state.logs[1].damaged = "record 5: its bytes differ from their digest";
    EXPECT_EQ(kinds_of(snapshot_of(state)), std::vector<std::string>{"log_damaged"});
    EXPECT_EQ(told(snapshot_of(state).figures).at("rightsdesk_damaged_logs"), 1);
    state = a_state_that_is_well();
    state.store_seen_ago = kStoreSilence + seconds(1);
    EXPECT_EQ(kinds_of(snapshot_of(state)), std::vector<std::string>{"store_unreachable"});
}

TEST(ConsoleFollower, tells_how_far_each_log_is_behind_and_of_very_many_the_rest_together) {
    FollowerState state = a_state_that_is_well();
    state.logs[1].behind = 40;
    auto all = told(snapshot_of(state).figures);
    EXPECT_EQ(all.at("rightsdesk_log_records desk"), 88);
    EXPECT_EQ(all.at("rightsdesk_log_unread_records rare-medium-2002"), 40);
    EXPECT_DOUBLE_EQ(all.at("rightsdesk_store_seen_seconds_ago"), 0.3);
    EXPECT_DOUBLE_EQ(all.at("rightsdesk_service_heard_seconds_ago intake"), 0.2);
    for (int number = 0; number < 60; ++number) state.logs.push_back({"offering-" + std::to_string(number), 10, 1, true, ""});
    all = told(snapshot_of(state).figures);
    EXPECT_FALSE(all.contains("rightsdesk_log_records offering-59"));
    EXPECT_EQ(all.at("rightsdesk_log_records +others"), 120);
    EXPECT_EQ(all.at("rightsdesk_log_unread_records +others"), 12);
}

}  // namespace
}  // namespace rightsdesk::console
