// The console beside the running suite: what people do on a board, over HTTP (tests/console/board_client.py says what).
#include <gtest/gtest.h>

#include <cstdlib>

#include "support/suite_processes.h"
#include "support/waiting.h"

namespace rightsdesk {
namespace {

using support::ChildProcess;
using support::SuiteProcesses;

const std::string kSample = std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample";
constexpr const char* kPassword = "a password for three";

// The sample up to the morning of 28 June, when most of it can still be saved; with `more`, a wire that nothing says whose it is and a notice.
std::string sample_until_the_last_morning(const std::filesystem::path& folder, bool more) {
    std::filesystem::create_directories(folder);
    std::filesystem::copy(kSample, folder, std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    std::string timeline = support::text_of_file(folder / "timeline.toml");
    timeline.resize(timeline.rfind("[[step]]", timeline.find("2002-06-28T09:30:00")));
    if (more) {
        timeline += "[[step]]\nat = \"2002-06-28T09:20:00\"\nby = \"bank-1\"\ndo = \"wire\"\naccount = \"021000018/890-0032-147\"\namount = \"39200000.00\"\n"
                    "institution = \"Wrong Bank\"\nvalue_date = \"2002-06-28\"\nmessage = \"MT910-9001\"\nservicer_reference = \"AST009001\"\n\n"
                    "[[step]]\nat = \"2002-06-28T09:25:00\"\nby = \"fax-1\"\ndo = \"notice\"\nname = \"one-more\"\nfile = \"notices/saved-by-extension.txt\"\nchannel = \"fax\"\n"
                    "address = \"+17185550101\"\nstation = \"+12125550199\"\n";
    }
    support::write_file((folder / "timeline.toml").string(), timeline);
    return folder.string();
}

int add_operator(const SuiteProcesses& suite, const std::string& name, const std::string& roles) {
    const std::string command = "printf '%s\\n' '" + std::string(kPassword) + "' | " + RIGHTSDESK_BINARY_DIR + "/rightsdesk --config " + suite.config() + " operators add " + name + " " + roles + " >/dev/null";
    return std::system(command.c_str());  // NOLINT(cert-env33-c): the test's own words
}

TEST(Console, lets_people_do_a_morning_of_the_last_day_and_says_when_it_is_stale) {
    SuiteProcesses suite("stepped", 1, [](const std::string& text) { return support::replaced(text, "[console]\n", "[console]\nadmin = \"127.0.0.1:" + std::to_string(support::free_port()) + "\"\n"); });
    ASSERT_EQ(add_operator(suite, "alice", "--role operator --role approver"), 0);
    ASSERT_EQ(add_operator(suite, "bob", "--role approver"), 0);
    ASSERT_EQ(add_operator(suite, "vera", "--role viewer"), 0);
    const auto played = suite.command({"sample", "play", sample_until_the_last_morning(suite.folder() / "first", false)});
    ASSERT_EQ(played.code, 0) << played.err;

    const std::string page = (suite.folder() / "page").string(), log = (suite.folder() / "log/console").string(), port = std::to_string(support::free_port());
    std::filesystem::create_directories(page);
    support::write_file(page + "/index.html", "<!doctype html><title>board</title>");
    const std::string console = std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-console";
    ChildProcess running({console, "--config", suite.config(), "--page", page, "--port", port}, log, log);
    ASSERT_TRUE(support::comes_true([&] { return std::filesystem::exists(log) && support::text_of_file(log).find("#STARTED") != std::string::npos; }));

    const std::string said = (suite.folder() / "log/board_client").string();
    ChildProcess board({std::string(RIGHTSDESK_SOURCE_DIR) + "/tests/console/board_client.py", port, kPassword, std::to_string(suite.process_id("notification")),
                        std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk", "--config", suite.config(), "--", sample_until_the_last_morning(suite.folder() / "next", true)},
                       said, said);
    EXPECT_EQ(board.wait(), 0) << support::text_of_file(said) << support::text_of_file(log);
    EXPECT_EQ(running.stop(), 0) << support::text_of_file(log);
    const std::string logged = support::text_of_file(log);
    for (const char* tag : {"#SIGN_IN_FAILED", "#SIGN_IN_DELAYED", "#SIGNED_OUT", "#COMMAND_NOT_PERMITTED"}) EXPECT_NE(logged.find(tag), std::string::npos) << tag;
    EXPECT_EQ(logged.find(kPassword), std::string::npos);
}

}  // namespace
}  // namespace rightsdesk
