// Who may sign in and how fast, how long a session lasts, and what a request may look like.
#include <gtest/gtest.h>

#include <filesystem>

#include "console/http.h"
#include "console/sessions.h"
#include "console/sign_in_limits.h"
#include "runtime/operators.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::console {
namespace {

using namespace std::chrono_literals;

TEST(Sessions, end_when_nothing_is_done_and_in_any_case_after_half_a_day) {
    Sessions sessions;
    Monotonic now = 1h;
    const std::string cookie = sessions.begin("alice", now);
    EXPECT_EQ(cookie.size(), kTokenLetters);
    ASSERT_NE(sessions.find(cookie, now, true), nullptr);
    EXPECT_NE(sessions.find(cookie, now, true)->csrf, cookie);
    for (now += 29min; now < 1h + kAbsoluteEnd; now += 29min) ASSERT_NE(sessions.find(cookie, now, true), nullptr) << "somebody works";
    EXPECT_EQ(sessions.find(cookie, 1h + kAbsoluteEnd, true), nullptr);

    const std::string idle = sessions.begin("alice", now);
    ASSERT_NE(sessions.find(idle, now + 29min, false), nullptr) << "a board that only listens";
    EXPECT_EQ(sessions.find(idle, now + kIdleEnd, true), nullptr) << "does not keep it alive";
}

TEST(Sessions, are_bounded_for_each_and_for_all_and_end_with_their_person) {
    Sessions sessions;
    const std::string first = sessions.begin("alice", 1s);
    for (std::size_t more = 1; more <= kMostSessionsOfOne; ++more) sessions.begin("alice", 2s);
    EXPECT_EQ(sessions.find(first, 3s, true), nullptr) << "the oldest gave way";
    EXPECT_EQ(sessions.size(), kMostSessionsOfOne);
    for (std::size_t other = 0; sessions.size() < kMostSessions; ++other) ASSERT_FALSE(sessions.begin("o" + std::to_string(other), 3s).empty());
    EXPECT_TRUE(sessions.begin("one-more", 3s).empty());
    sessions.end_all_of("alice");
    EXPECT_EQ(sessions.size(), kMostSessions - kMostSessionsOfOne);
}

TEST(SignInLimits, wait_longer_each_time_for_a_name_and_later_for_an_address) {
    SignInLimits limits;
    for (int failure = 0; failure < kFreeFailures; ++failure) limits.failed("alice", "10.0.0.1", 1s);
    EXPECT_FALSE(limits.wait_of("alice", "10.0.0.9", 1s));
    limits.failed("alice", "10.0.0.1", 1s);
    EXPECT_EQ(limits.wait_of("alice", "10.0.0.9", 1s), kFirstWait) << "the name waits wherever it is tried";
    EXPECT_FALSE(limits.wait_of("bob", "10.0.0.1", 1s)) << "others at the address do not yet";
    EXPECT_FALSE(limits.wait_of("alice", "10.0.0.9", 1s + kFirstWait)) << "until it is over";
    limits.failed("alice", "10.0.0.1", 3s);
    EXPECT_EQ(limits.wait_of("alice", "10.0.0.9", 3s), 2 * kFirstWait);
    for (int failure = 0; failure < 60; ++failure) limits.failed("n" + std::to_string(failure), "10.0.0.2", 3s);
    EXPECT_EQ(limits.wait_of("bob", "10.0.0.2", 3s), kLongestWait) << "who tries many names waits as an address, and not for ever";
    limits.succeeded("alice", "10.0.0.1");
    EXPECT_FALSE(limits.wait_of("alice", "10.0.0.9", 3s));
    EXPECT_FALSE(limits.wait_of("bob", "10.0.0.2", 3s + kForgottenAfter));
}

TEST(Operators, are_kept_in_a_file_of_their_own_and_only_good_ones) {
    const support::Folder folder("operators");
    const std::string path = folder.path() + "/operators.toml";
    EXPECT_EQ(runtime::Operators::load(path).error().kind, base::ErrorKind::kNotFound);
    EXPECT_FALSE(runtime::hash_password("short"));
    const auto hash = runtime::hash_password("correct horse battery");
    ASSERT_TRUE(hash) << hash.error().message;
    EXPECT_TRUE(runtime::is_password(*hash, "correct horse battery"));
    EXPECT_FALSE(runtime::is_password(*hash, "correct horse batterx"));

    runtime::Operators operators;
    ASSERT_TRUE(operators.set({"bob", {runtime::OperatorRole::kViewer}, *hash}));
    ASSERT_TRUE(operators.set({"alice", {runtime::OperatorRole::kOperator, runtime::OperatorRole::kApprover}, *hash}));
    EXPECT_FALSE(operators.set({"Carol!", {runtime::OperatorRole::kViewer}, *hash}));
    EXPECT_FALSE(operators.set({"carol", {}, *hash}));
    ASSERT_TRUE(operators.save(path));
    EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto again = runtime::Operators::load(path);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->all(), operators.all());
    EXPECT_TRUE(again->find("alice")->has(runtime::OperatorRole::kApprover));

    const std::string text = support::text_of_file(path);
    support::write_file(path, text + "\n[[operator]]\nname = \"bob\"\nroles = [\"viewer\"]\npassword = '" + *hash + "'\n");
    EXPECT_NE(runtime::Operators::load(path).error().message.find("bob stands twice"), std::string::npos);
    support::write_file(path, "[[operator]]\nname = \"eve\"\nroles = [\"viewer\"]\npassword = 'hunter2'\n");
    EXPECT_NE(runtime::Operators::load(path).error().message.find("argon2id"), std::string::npos);
}

TEST(Requests, addresses_are_decoded_once_and_never_climb) {
    HttpRequest request;
    ASSERT_TRUE(take_target("/api/offerings/a%2Fb/notices?search=Harbor+%26+Co&limit=5&limit=6", request));
    EXPECT_EQ(request.path, "/api/offerings/a/b/notices");
    EXPECT_EQ(request.query.at("search"), "Harbor & Co");
    EXPECT_EQ(request.query.at("limit"), "6");
    for (const char* bad : {"", "api", "http://elsewhere/", "/page/../secret", "/page/%2e%2e/secret", "/page/%2", "/page/%zz", "/a%00b", "/a?b=%0"}) {
        HttpRequest other;
        EXPECT_FALSE(take_target(bad, other)) << bad;
    }
    EXPECT_EQ(cookie_value("a=1; rightsdesk=tok; b=2", "rightsdesk"), "tok");
    EXPECT_EQ(cookie_value("xrightsdesk=tok", "rightsdesk"), "");
    HttpAnswer answer = json_answer("{}");
    add_standard_headers(answer);
    EXPECT_NE(answer.headers.front().second.find("frame-ancestors 'none'"), std::string::npos);
}

}  // namespace
}  // namespace rightsdesk::console
