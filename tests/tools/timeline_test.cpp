// A timeline that cannot be played is refused with the line that is wrong.
#include "rightsdesk/timeline.h"

#include <gtest/gtest.h>

#include "bus/worlds.h"
#include "support/files.h"

namespace rightsdesk::tools {
namespace {

constexpr const char* kTimelineHead = "offering = \"rare-medium-2002\"\nzone = \"America/New_York\"\n";

base::Result<Timeline> timeline_of(const std::string& steps) {
    const bus::Folder folder;
    support::write_file(folder.file("timeline.toml"), kTimelineHead + steps);
    return load_timeline(folder.file("timeline.toml"));
}
std::string watermark_at(const std::string& civil) { return "[[step]]\nat = \"" + civil + "\"\nby = \"fax-1\"\ndo = \"watermark\"\n"; }

TEST(Timeline, tells_the_time_to_nine_digits_of_the_second) {
    const auto loaded = timeline_of(watermark_at("2002-06-28T17:00:00") + watermark_at("2002-06-28T17:00:00.000000001") + watermark_at("2002-06-28T17:00:00.5"));
    ASSERT_TRUE(loaded) << loaded.error().message;
    ASSERT_EQ(loaded->steps.size(), 3U);
    EXPECT_EQ(loaded->steps[1].at.value - loaded->steps[0].at.value, 1);
    EXPECT_EQ(loaded->steps[2].at.value - loaded->steps[0].at.value, 500'000'000);
}

TEST(Timeline, what_is_no_timeline_is_refused_with_its_line) {
    const std::pair<std::string, const char*> rows[] = {
        {"step = [1, 2]\n", ":3: "},
        {watermark_at("2002-06-28T17:00:00.half"), ":3: "},
        {watermark_at("2002-06-28T17:00:00."), ":3: "},
        {watermark_at("2002-06-28T17:00:00.0000000001"), ":3: "},
        {"[[step]]\nat = \"2002-06-28T17:00:00\"\nby = \"fax-1\"\ndo = \"dance\"\n", ":3: "},
        {watermark_at("2002-06-28T17:00:01") + watermark_at("2002-06-28T17:00:00"), ":7: "},
    };
    for (const auto& [steps, place] : rows) {
        const auto loaded = timeline_of(steps);
        ASSERT_FALSE(loaded) << steps;
        EXPECT_NE(loaded.error().message.find(place), std::string::npos) << loaded.error().message;
    }
}

}  // namespace
}  // namespace rightsdesk::tools
