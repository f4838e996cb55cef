// The drop folder by itself: what is ready, where it goes, and doing it again.
#include "bank_feed/drop_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "domain/civil.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::bank_feed {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

const domain::Date kMonday = domain::parse_date("2002-07-01").value();
const std::string kSha(64, 'a');

std::vector<std::string> ready_names(DropFolder& folder, Clock::time_point now, domain::Date today = kMonday) {
    std::vector<std::string> names;
    const auto look = folder.look(today, now);
    EXPECT_TRUE(look) << look.error().message;
    names.reserve(look->ready.size());
    for (const DroppedFile& file : look->ready) names.push_back(file.name);
    return names;
}

TEST(DropFolder, AFileIsReadyOnceItRests) {
    const support::Folder dir("drop");
    auto folder = DropFolder::open(dir.path(), 1'000ms).value();
    const Clock::time_point begin = Clock::now();
    support::write_file(dir / "in/a.xml", "one");
    EXPECT_TRUE(ready_names(folder, begin).empty());
    EXPECT_EQ(folder.look(kMonday, begin)->unsettled, 1U);
    support::write_file(dir / "in/a.xml", "one and two");
    EXPECT_TRUE(ready_names(folder, begin + 1'100ms).empty()) << "it has grown";
    EXPECT_TRUE(ready_names(folder, begin + 2'000ms).empty());
    EXPECT_EQ(ready_names(folder, begin + 2'200ms), std::vector<std::string>{"a.xml"});
}

TEST(DropFolder, WhatIsStillWrittenOrNoFileIsLeft) {
    const support::Folder dir("drop");
    auto folder = DropFolder::open(dir.path(), 0ms).value();
    for (const char* name : {"in/a.part", "in/b.tmp", "in/.c"}) support::write_file(dir / name, "half");
    std::filesystem::create_directory(dir / "in/folder");
    std::filesystem::create_symlink("/etc/passwd", dir / "in/link");
    support::write_file(dir / "in/z", "whole");
    support::write_file(dir / "in/b", "whole");
    EXPECT_EQ(ready_names(folder, Clock::now()), (std::vector<std::string>{"b", "z"}));
}

TEST(DropFolder, BelongsToOneProcess) {
    const support::Folder dir("drop");
    const auto folder = DropFolder::open(dir.path(), 0ms);
    ASSERT_TRUE(folder);
    EXPECT_FALSE(DropFolder::open(dir.path(), 0ms));
}

TEST(DropFolder, WhatIsDoneHasItsReportAndWhatIsSetAsideItsReason) {
    const support::Folder dir("drop");
    auto folder = DropFolder::open(dir.path(), 0ms).value();
    for (const char* name : {"in/a", "in/b"}) support::write_file(dir / name, "octets");
    ASSERT_TRUE(folder.finish({"a", {}}, kSha, "report"));
    EXPECT_EQ(support::text_of_file(dir / "done/aaaaaaaaaaaa-a"), "octets");
    EXPECT_EQ(support::text_of_file(dir / "done/aaaaaaaaaaaa-a.report.json"), "report");
    ASSERT_TRUE(folder.set_aside({"b", {}}, kSha, "reason"));
    EXPECT_EQ(support::text_of_file(dir / "set-aside/b.reason.json"), "reason");
    EXPECT_TRUE(folder.was_set_aside("b"));
    EXPECT_EQ(folder.look(kMonday, Clock::now())->set_aside, 1U);
    // Another of the name: both are kept.
    support::write_file(dir / "in/b", "others");
    ASSERT_TRUE(folder.set_aside({"b", {}}, kSha, "reason"));
    EXPECT_EQ(support::text_of_file(dir / "set-aside/b"), "octets");
    EXPECT_EQ(support::text_of_file(dir / "set-aside/aaaaaaaaaaaa-b"), "others");
    ASSERT_TRUE(folder.end_set_aside("b", kSha));
    EXPECT_FALSE(folder.was_set_aside("b"));
    ASSERT_TRUE(folder.end_set_aside("b", kSha)) << "again, after a crash";
}

TEST(DropFolder, ACopyWaitsForItsDay) {
    const support::Folder dir("drop");
    auto folder = DropFolder::open(dir.path(), 0ms).value();
    ASSERT_TRUE(folder.keep_waiting({"a", {}}, kSha, "octets", kMonday));
    EXPECT_TRUE(ready_names(folder, Clock::now(), domain::Date(kMonday.value - 1)).empty());
    const auto look = folder.look(kMonday, Clock::now());
    ASSERT_EQ(look->ready.size(), 1U);
    EXPECT_EQ(look->ready[0].waits_for, kMonday);
    EXPECT_EQ(name_of(look->ready[0]), "a");
    EXPECT_EQ(folder.read(look->ready[0], 100)->value_or(""), "octets");
    EXPECT_FALSE(folder.read(look->ready[0], 3)) << "larger than is read";
    ASSERT_TRUE(folder.finish(look->ready[0], kSha, "report"));
    EXPECT_TRUE(ready_names(folder, Clock::now()).empty());
}

}  // namespace
}  // namespace rightsdesk::bank_feed
