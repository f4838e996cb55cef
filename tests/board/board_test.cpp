// Days on the board, in a real browser, over the whole suite as processes (last_day.py and troubles.py say what is done and seen).
#include <filesystem>

#include <gtest/gtest.h>

#include "support/suite_processes.h"

namespace {

using namespace rightsdesk;
namespace fs = std::filesystem;

const fs::path kPictures = fs::path(RIGHTSDESK_SOURCE_DIR) / "var/board";

// For every process that is started from here on; without it there is none.
class Surroundings {
public:
    explicit Surroundings(std::vector<std::pair<std::string, std::string>> all) : all_(std::move(all)) {
        for (const auto& [name, value] : all_) ::setenv(name.c_str(), value.c_str(), 1);
    }
    ~Surroundings() {
        for (const auto& [name, value] : all_) ::unsetenv(name.c_str());
    }
    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

std::string begun_log(const std::string& script) {
    fs::create_directories(kPictures);
    const std::string said = (kPictures / (script + ".log")).string();
    support::write_file(said, "");
    return said;
}

// The script beside a suite. It sees the clocks as they are: it is no process of the desk's host.
std::vector<std::string> script_over(const std::string& script, const support::SuiteProcesses& suite, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"/usr/bin/env", "-u", "LD_PRELOAD", "/usr/bin/python3", std::string(RIGHTSDESK_SOURCE_DIR) + "/tests/board/" + script + ".py", "--config", suite.config(),
                                   "--folder", suite.folder().string(), "--binaries", RIGHTSDESK_BINARY_DIR, "--pictures", kPictures.string()};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

// The suite's services are started again when they end, as under their supervisor; the console and the browser are the script's.
TEST(Board, CarriesPeopleThroughALastDay) {
    support::SuiteProcesses suite;
    const std::string said = begun_log("last_day");
    support::ChildProcess day(script_over("last_day", suite), said, said);
    EXPECT_EQ(suite.supervise_until_end(day, [] {}), 0) << support::text_of_file(said) << suite.logs();
}

// On a host whose clock is set, with an intake that dies of a message until the script asks for its mending, and a way out of which nobody knows the key.
TEST(Board, LetsPeopleSetRightWhatIsWrong) {
    const support::Folder folder("outside");
    const fs::path outside = folder.path();
    const int port = support::free_port();
    const fs::path step = outside / "clock_step", mended = outside / "mended", key = outside / "hook.key";
    support::write_file(step, std::string(8, '\0'));
    support::write_file(key, std::string(40, 'k'));
    fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
    support::write_file(outside / "ways.toml", "[[way_out]]\nname = \"hook\"\ntype = \"webhook\"\nurl = \"http://127.0.0.1:" + std::to_string(port) + "/hook\"\nkey_file = \"hook.key\"\n");
    const Surroundings of_this_host({{"LD_PRELOAD", RIGHTSDESK_STEPPED_CLOCK}, {"RIGHTSDESK_CLOCK_STEP", step.string()}, {"RIGHTSDESK_PLANTED", "poisonous-message"}});
    support::SuiteProcesses suite("real", 1, [&](const std::string& text) {
        return support::replaced(text, "\n[paths]\n", "\n[paths]\nways_out = \"" + (outside / "ways.toml").string() + "\"\n");
    });
    const auto intake_of = [&](const std::string& build) {
        suite.replace_program("intake", RIGHTSDESK_BINARY_DIR + build + "/rightsdesk-intake");
        suite.kill("intake");
    };
    intake_of("/poisoned");
    const std::string said = begun_log("troubles");
    support::ChildProcess day(script_over("troubles", suite, {"--outside", outside.string(), "--outside-port", std::to_string(port), "--clock-step", step.string(),
                                                              "--preload", RIGHTSDESK_STEPPED_CLOCK, "--mended", mended.string()}),
                              said, said);
    const int code = suite.supervise_until_end(day, [&] {
        if (!fs::exists(mended)) return;
        intake_of("");
        fs::remove(mended);
    });
    EXPECT_EQ(code, 0) << support::text_of_file(said) << suite.logs();
}

}  // namespace
