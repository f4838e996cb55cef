// Letters that are written by themselves, beside the running suite, by a process that dies again and again.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "runtime/admin_client.h"
#include "support/played_sample.h"
#include "support/suite_processes.h"
#include "support/waiting.h"

namespace rightsdesk {
namespace {

using nlohmann::json;
using support::ChildProcess;

class LettersThatFollow : public testing::Test {
protected:
    ChildProcess start() {
        const std::string log = (suite_.folder() / "log/letters").string();
        return {{std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk", "--config", suite_.config(), "letters", "follow"}, log, log};
    }
    [[nodiscard]] std::filesystem::path folder() const { return suite_.folder() / "letters" / support::kSample; }

    // What lies there, by name.
    [[nodiscard]] std::map<std::string, std::string> written() const {
        std::map<std::string, std::string> files;
        if (!std::filesystem::exists(folder())) return files;
        for (const auto& file : std::filesystem::directory_iterator(folder())) {
            if (file.path().extension() == ".txt") files[file.path().stem().string()] = support::text_of_file(file.path());
        }
        return files;
    }
    std::set<std::string> owed() {
        std::set<std::string> ids;
        const auto listed = suite_.command({"letters", "list", support::kSample, "--json"});
        EXPECT_EQ(listed.code, 0) << listed.err;
        const json all = json::parse(listed.out);
        for (const json& letter : all.at("letters")) ids.insert(letter.at("id"));
        return ids;
    }

    [[nodiscard]] int readiness() const {
        const auto answer = runtime::ask_admin_port(admin_, "/readyz", std::chrono::seconds(20));
        return answer ? answer->status : 0;
    }
    [[nodiscard]] std::string figures() const {
        const auto answer = runtime::ask_admin_port(admin_, "/metrics", std::chrono::seconds(20));
        return answer ? answer->body : answer.error().message;
    }

    const std::string admin_ = "127.0.0.1:" + std::to_string(support::free_port());
    support::SuiteProcesses suite_{"stepped", 1, [this](const std::string& text) { return support::replaced(text, "#admin = \"127.0.0.1:@ADMIN_LETTERS@\"", "admin = \"" + admin_ + "\""); }};
};

TEST_F(LettersThatFollow, are_there_without_anybody_s_doing_each_once_and_none_missing_however_often_their_writer_dies) {
    auto player = suite_.start_command({"sample", "play", support::kSampleFolder});
    std::optional<ChildProcess> writer = start();
    std::map<std::string, std::string> seen;  // as each was when it was first seen
    int kills = 0;
    const auto look = [&] {
        for (const auto& [id, text] : written()) {
            const auto [at, first] = seen.try_emplace(id, text);
            EXPECT_EQ(at->second, text) << id << " was written again";
        }
    };
    const int code = suite_.supervise_until_end(player, [&] {
        if (seen.size() < static_cast<std::size_t>(3 * (kills + 1))) return look();
        writer->kill();
        writer = start();
        ++kills;
    });
    ASSERT_EQ(code, 0) << suite_.said();
    EXPECT_GE(kills, 2) << suite_.logs();
    const std::set<std::string> wanted = owed();
    EXPECT_GT(wanted.size(), 30U);
    const auto ids = [&] {
        std::set<std::string> names;
        for (const auto& [id, text] : written()) names.insert(id);
        return names;
    };
    EXPECT_TRUE(support::comes_true([&] { return ids() == wanted; })) << suite_.logs();
    look();
    for (const std::string& id : wanted) EXPECT_TRUE(std::filesystem::exists(folder() / (id + ".pdf"))) << id;
    EXPECT_EQ(json::parse(suite_.command({"letters", "write", support::kSample, "--json"}).out).at("written"), 0);
    EXPECT_EQ(writer->stop(), 0) << "it ends in good order";
}

TEST_F(LettersThatFollow, wait_while_the_store_is_away_and_are_one_process_s_alone) {
    std::optional<ChildProcess> writer = start();
    const auto has_begun = [&] { return suite_.logs().find("\"service\":\"letters\",\"message\":\"#STARTED\"") != std::string::npos; };
    ASSERT_TRUE(support::comes_true(has_begun)) << suite_.logs();
    const auto second = suite_.command({"letters", "follow"});
    EXPECT_EQ(second.code, 3);
    EXPECT_NE(second.err.find("another process follows already"), std::string::npos) << second.err;
    EXPECT_TRUE(support::comes_true([&] { return readiness() == 200; })) << suite_.logs();
    suite_.redis.kill();
    ASSERT_TRUE(support::comes_true([&] { return suite_.logs().find("#LETTERS_WAIT") != std::string::npos; })) << suite_.logs();
    EXPECT_TRUE(support::comes_true([&] { return readiness() == 503; })) << "whoever watches it hears of it";
    suite_.start_redis();
    EXPECT_TRUE(support::comes_true([&] { return readiness() == 200; })) << suite_.logs();
    auto player = suite_.start_command({"sample", "play", support::kSampleFolder});
    EXPECT_EQ(suite_.supervise_until_end(player, [] {}), 0) << suite_.said();
    EXPECT_TRUE(support::comes_true([&] { return written().size() == owed().size(); })) << suite_.logs();
    EXPECT_TRUE(writer->runs());
    const std::string all = "rightsdesk_letters_written_total{service=\"letters\"} " + std::to_string(written().size()) + "\n";
    EXPECT_TRUE(support::comes_true([&] { return figures().find(all) != std::string::npos; })) << all << figures();
    EXPECT_NE(suite_.command({"metrics", "--service", "letters"}).out.find("letters_written_total"), std::string::npos);
}

}  // namespace
}  // namespace rightsdesk
