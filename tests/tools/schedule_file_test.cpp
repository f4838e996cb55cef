// The schedule of one payment for many notices, as `rightsdesk payment schedule` reads it.
#include "rightsdesk/schedule_file.h"

#include <gtest/gtest.h>

#include <sstream>

namespace rightsdesk::tools {
namespace {

base::Result<std::vector<domain::SchedulePart>> read(const std::string& text) {
    std::istringstream input(text);
    return read_schedule(input, "schedule.csv");
}

TEST(ScheduleFile, has_a_notice_and_an_amount_on_each_line) {
    const auto parts = read("notice,amount\r\nfax-1.7,1234.50\r\nfax-1.9,\"54,800,000.00\"\r\n");
    ASSERT_TRUE(parts) << parts.error().message;
    EXPECT_EQ(*parts, (std::vector<domain::SchedulePart>{{"fax-1.7", domain::Money(123'450)}, {"fax-1.9", domain::Money(5'480'000'000)}}));
    const auto turned = read("amount,notice\n$0.01,fax-1.7\n");
    ASSERT_TRUE(turned) << turned.error().message;
    EXPECT_EQ(turned->front(), (domain::SchedulePart{"fax-1.7", domain::Money(1)}));
}

TEST(ScheduleFile, says_where_it_is_wrong) {
    struct MistakeRow {
        const char* text;
        const char* message;
    };
    const MistakeRow rows[] = {
        {"", "schedule.csv:1: is empty; must have the header notice,amount"},
        {"notice;amount\n", "schedule.csv:1: must have the header notice,amount"},
        {"notice,amount\n", "schedule.csv:2: there is no notice in it"},
        {"notice,amount\nfax-1.7,10.00\nfax-1.8\n", "schedule.csv:3: 1 fields; must be 2, a notice and its amount"},
        {"notice,amount\n,10.00\n", "schedule.csv:2: notice: must not be empty"},
        {"notice,amount\nfax-1.7,ten\n", "schedule.csv:2: amount: 'ten' is no amount: dollars, or dollars and two digits of cents, as 1234.50"},
        {"notice,amount\nfax-1.7,-10.00\n", "schedule.csv:2: amount: '-10.00' is no amount: dollars, or dollars and two digits of cents, as 1234.50"},
        {"notice,amount\nfax-1.7,0.00\n", "schedule.csv:2: amount: was \"0.00\"; must be above 0"},
        {"notice,amount\nfax-1.7,10.00\nfax-1.8,10.00\nfax-1.7,10.00\n",
         "schedule.csv:4: notice: was \"fax-1.7\", as on line 2; each must be there once"},
    };
    for (const MistakeRow& row : rows) {
        const auto parts = read(row.text);
        ASSERT_FALSE(parts) << row.text;
        EXPECT_EQ(parts.error().message, row.message);
    }
}

TEST(ScheduleFile, has_no_more_notices_than_a_payment_can) {
    std::string text = "notice,amount\n";
    for (std::size_t number = 1; number <= domain::kMaxScheduleParts; ++number) text += "fax-1." + std::to_string(number) + ",1.00\n";
    EXPECT_TRUE(read(text));
    EXPECT_FALSE(read(text + "fax-2.1,1.00\n"));
}

}  // namespace
}  // namespace rightsdesk::tools
