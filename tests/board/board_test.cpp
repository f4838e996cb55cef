// A last day on the board, in a real browser, over the whole suite as processes (last_day.py says what is done and seen).
#include <filesystem>

#include <gtest/gtest.h>

#include "support/suite_processes.h"

namespace {

using namespace rightsdesk;
namespace fs = std::filesystem;

// The suite's services are started again when they end, as under their supervisor; the console and the browser are the script's.
TEST(Board, CarriesPeopleThroughALastDay) {
    support::SuiteProcesses suite;
    const fs::path pictures = fs::path(RIGHTSDESK_SOURCE_DIR) / "var/board";
    fs::create_directories(pictures);
    const std::string said = (pictures / "last_day.log").string();
    support::write_file(said, "");
    support::ChildProcess day({"/usr/bin/python3", std::string(RIGHTSDESK_SOURCE_DIR) + "/tests/board/last_day.py", "--config", suite.config(), "--folder", suite.folder().string(), "--binaries",
                               RIGHTSDESK_BINARY_DIR, "--pictures", pictures.string()},
                              said, said);
    EXPECT_EQ(suite.supervise_until_end(day, [] {}), 0) << support::text_of_file(said) << suite.logs();
}

}  // namespace
