// The file of the ways out: what is read, every mistake that is named, and secrets that others could read; what an answer means.
#include "notification/way_settings.h"

#include <gtest/gtest.h>

#include <curl/curl.h>

#include <filesystem>

#include "notification/curl_request.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::notification {
namespace {

using domain::SendingOutcome;
using std::filesystem::perms;

class WaysFile : public testing::Test {
protected:
    WaysFile() {
        support::write_file(path_ / "key", std::string(32, 'k') + "\n");
        std::filesystem::permissions(path_ / "key", perms::owner_read | perms::owner_write);
    }
    base::Result<std::vector<WaySettings>> load(const std::string& text) {
        support::write_file(path_ / "ways.toml", text);
        return load_ways((path_ / "ways.toml").string());
    }
    std::string mistakes(const std::string& text) {
        const auto loaded = load(text);
        return loaded ? "" : loaded.error().message;
    }
    support::Folder folder_{"ways"};
    std::filesystem::path path_ = folder_.path();
};

const std::string kHook = "[[way_out]]\nname = \"hook\"\ntype = \"webhook\"\nurl = \"https://hooks.example.com:8443/x?token=secret\"\nkey_file = \"key\"\n";
const std::string kMail = "[[way_out]]\nname = \"mail\"\ntype = \"mail\"\nserver = \"smtp://mail.example.com:587\"\nfrom = \"d@example.com\"\nto = [\"a@example.com\", \"b@example.com\"]\n";

TEST_F(WaysFile, is_read_with_its_routes_and_secrets) {
    const auto ways = load(kHook + "severities = [\"critical\"]\nkinds = [\"payment_bounced\"]\nhours = \"19:00-07:30\"\ndays = [\"friday\"]\nbeyond = \"wait\"\nper_minute = 6\n\n" + kMail);
    ASSERT_TRUE(ways) << ways.error().message;
    const WaySettings& hook = ways->at(0);
    EXPECT_EQ(hook.key, std::string(32, 'k'));
    EXPECT_EQ(hook.way.to, "hooks.example.com") << "what the log keeps has no token";
    EXPECT_EQ(hook.way.hours.from, 19 * 60);
    EXPECT_EQ(hook.way.hours.to, 7 * 60 + 30);
    EXPECT_EQ(hook.way.beyond, domain::BeyondLimit::kWait);
    EXPECT_EQ(ways->at(1).way.to, "a@example.com, b@example.com");
    EXPECT_FALSE(ways->at(1).without_tls);
    EXPECT_TRUE(load_ways("")->empty());
}

TEST_F(WaysFile, may_name_the_kinds_of_the_desk_s_own_troubles) {
    const auto ways = load(kHook + "kinds = [\"store_unreachable\", \"disk_nearly_full\"]\n");
    ASSERT_TRUE(ways) << ways.error().message;
    EXPECT_EQ(ways->at(0).way.kinds, (std::set<std::string>{"disk_nearly_full", "store_unreachable"}));
}

TEST_F(WaysFile, of_deploy_is_a_good_example) {
    std::filesystem::create_directories(path_ / "ways");
    for (const char* secret : {"ways/mail.password", "ways/pager.key"}) support::write_file(path_ / secret, std::string(32, 'k'));
    EXPECT_EQ(mistakes(support::text_of_file(std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "deploy/config/ways.toml")), "");
}

TEST_F(WaysFile, names_every_mistake_with_its_line) {
    struct Row {
        std::string text;
        const char* said;
    };
    const Row rows[] = {
        {kHook + "colour = \"red\"\n", "colour"},
        {kHook + "kinds = [\"payment_lost\"]\n", "no kind of alert"},
        {kHook + "hours = \"7-19\"\n", "07:00-19:00"},
        {kHook + kHook, "stands twice"},
        {support::replaced(kHook, "https", "http"), "without TLS"},
        {support::replaced(kHook, "https://", "https://u:p@"), "without user and password"},
        {support::replaced(kHook, "\"hook\"", "\"Hook\""), "a to z"},
        {support::replaced(kHook, "\"key\"", "\"other\""), "no file that can be read"},
        {support::replaced(kMail, "\"d@example.com\"", "\"d@example.com>\\nRCPT TO:<x@y\""), "from"},
        {support::replaced(kMail, "\"a@example.com\"", "\"nobody\""), "list of addresses"},
        {kMail + "user = \"u\"\n", "belong together"},
    };
    for (const Row& row : rows) EXPECT_NE(mistakes(row.text).find(row.said), std::string::npos) << row.text << "\n" << mistakes(row.text);
}

TEST_F(WaysFile, refuses_a_secret_that_others_may_read_or_that_is_too_short) {
    std::filesystem::permissions(path_ / "key", perms::group_read, std::filesystem::perm_options::add);
    EXPECT_NE(mistakes(kHook).find("chmod 600"), std::string::npos);
    support::write_file(path_ / "key", "short");
    std::filesystem::permissions(path_ / "key", perms::owner_read | perms::owner_write);
    EXPECT_NE(mistakes(kHook).find("fewer than 32"), std::string::npos);
    EXPECT_EQ(mistakes(kHook).find("short"), std::string::npos) << "a secret is never told";
}

TEST(AnswersFromOutside, are_done_tried_again_or_refused) {
    for (const int status : {200, 202, 204}) EXPECT_EQ(outcome_of_web(CURLE_OK, status), SendingOutcome::kSent) << status;
    for (const int status : {408, 425, 429, 500, 502, 503}) EXPECT_EQ(outcome_of_web(CURLE_OK, status), SendingOutcome::kFailed) << status;
    for (const int status : {301, 302, 400, 401, 404, 410, 422}) EXPECT_EQ(outcome_of_web(CURLE_OK, status), SendingOutcome::kRefused) << status;
    EXPECT_EQ(outcome_of_web(CURLE_OPERATION_TIMEDOUT, 200), SendingOutcome::kFailed) << "half an answer is none";
    EXPECT_EQ(outcome_of_mail(CURLE_OK, 250, true), SendingOutcome::kSent);
    EXPECT_EQ(outcome_of_mail(CURLE_SEND_ERROR, 550, false), SendingOutcome::kRefused) << "no such user";
    EXPECT_EQ(outcome_of_mail(CURLE_WEIRD_SERVER_REPLY, 554, true), SendingOutcome::kRefused) << "not this message";
    EXPECT_EQ(outcome_of_mail(CURLE_WEIRD_SERVER_REPLY, 554, false), SendingOutcome::kFailed) << "nobody may, now";
    EXPECT_EQ(outcome_of_mail(CURLE_SEND_ERROR, 451, false), SendingOutcome::kFailed) << "later";
    EXPECT_EQ(outcome_of_mail(CURLE_LOGIN_DENIED, 535, false), SendingOutcome::kFailed) << "our password is wrong: no message is at fault";
    EXPECT_EQ(outcome_of_mail(CURLE_SEND_ERROR, 530, false), SendingOutcome::kFailed);
    EXPECT_EQ(outcome_of_mail(CURLE_COULDNT_CONNECT, 0, false), SendingOutcome::kFailed);
}

}  // namespace
}  // namespace rightsdesk::notification
