// The report as people read it: what is said only where there is something to say.
#include "rightsdesk/report_text.h"

#include <gtest/gtest.h>

#include <sstream>

#include "domain/report.h"

namespace rightsdesk::tools {
namespace {

using domain::Shares;

std::string text_of_report(const domain::Report& report) {
    std::ostringstream text;
    print_report(text, report);
    return text.str();
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

TEST(ReportText, tells_who_takes_what_is_left_and_what_was_sold_besides) {
    domain::Report report;
    report.totals.offered = Shares(1'000'000);
    report.totals.unsubscribed = Shares(30'000);
    const std::string plain = text_of_report(report);
    EXPECT_FALSE(says(plain, "sold besides") || says(plain, "of it to")) << plain;

    report.totals.extra_supply = Shares(250'000);
    report.totals.standby = {{"First Standby", Shares(20'000)}, {"Second Standby", Shares(10'000)}};
    const std::string text = text_of_report(report);
    EXPECT_TRUE(says(text, "sold besides, on demand           250,000")) << text;
    const std::size_t first = text.find("of it to First Standby            20,000");
    ASSERT_NE(first, std::string::npos) << text;
    EXPECT_NE(text.find("of it to Second Standby           10,000", first), std::string::npos) << text;
}

TEST(ReportText, tells_what_the_notices_were_checked_against) {
    domain::Report report;
    EXPECT_TRUE(says(text_of_report(report), "Register of holders: none was imported; rights, certificates and names were not checked against one"));
    report.holder_register = {2, 1'200, domain::Rights(3'400'000), 17, 3};
    EXPECT_TRUE(says(text_of_report(report), "Register of holders: import 2, 1,200 holders with 3,400,000 rights; 17 notices are on it, 3 not"));
}

TEST(ReportText, is_loud_where_it_does_not_tie) {
    domain::Report report;
    EXPECT_TRUE(says(text_of_report(report), "Shares and cents tie."));
    report.does_not_tie = {"more shares are allotted than there are"};
    EXPECT_TRUE(says(text_of_report(report), "DOES NOT TIE: more shares are allotted than there are"));
}

}  // namespace
}  // namespace rightsdesk::tools
