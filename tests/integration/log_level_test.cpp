// Lines at level debug in the logs of a running suite: asked for by a signal, for a while, without a restart.
#include <gtest/gtest.h>

#include <signal.h>

#include <fstream>

#include "support/spooled_notices.h"
#include "support/suite_processes.h"
#include "support/waiting.h"

namespace rightsdesk {
namespace {

constexpr const char* kWhoActOnANotice[] = {"intake", "payment_clearing"};

class FollowedForAWhile : public testing::Test {
protected:
    // Lines of a service's log with this tag, and with `about` in them.
    std::size_t lines(const std::string& service, const std::string& tag, const std::string& about = "") {
        std::ifstream file(suite.folder() / "log" / service);
        std::size_t found = 0;
        for (std::string line; std::getline(file, line);) found += line.find("\"" + tag + "\"") != std::string::npos && line.find(about) != std::string::npos ? 1U : 0U;
        return found;
    }
    void signal_all(int signal, std::size_t times) {
        for (const char* service : kWhoActOnANotice) {
            ASSERT_EQ(::kill(suite.process_id(service), signal), 0);
            EXPECT_TRUE(support::comes_true([&] { return lines(service, "#LOG_LEVEL") == times; })) << service << suite.logs();
        }
    }
    // The notice's id.
    std::string hand_over(int number) {
        notices.put(number);
        auto gateway = suite.start_command(notices.gateway());
        (void)gateway.wait();
        return notices.receipt_of(number).at("id");
    }

    support::SuiteProcesses suite;
    support::SpooledNotices notices{suite};
};

TEST_F(FollowedForAWhile, a_notice_is_in_the_logs_of_all_who_act_on_it_and_then_no_more) {
    const pid_t intake = suite.process_id("intake");
    hand_over(1);
    signal_all(SIGUSR1, 1);
    const std::string followed = hand_over(2);
    for (const char* service : kWhoActOnANotice) {
        EXPECT_TRUE(support::comes_true([&] { return lines(service, "#COMMITTED", followed + "\"") > 0; })) << service << suite.logs();
    }
    signal_all(SIGUSR2, 2);
    const std::string another = hand_over(3);
    EXPECT_TRUE(support::comes_true([&] { return suite.command({"notice", "show", another}).out.find("NoticeFunded") != std::string::npos; })) << "payment clearing has acted on it";
    for (const char* service : kWhoActOnANotice) EXPECT_EQ(lines(service, "#COMMITTED", another + "\""), 0U) << service;
    EXPECT_EQ(suite.process_id("intake"), intake) << "nothing was started again";
}

}  // namespace
}  // namespace rightsdesk
