// Dates as people write them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/civil.h"
#include "paper/dates.h"

namespace rightsdesk::paper {
namespace {

std::string iso_of(const std::string& text) {
    const auto date = read_date(text);
    return date ? domain::to_text(*date) : "";
}

TEST(Dates, TheSameDayInManyWays) {
    for (const std::string text : {"June 26, 2002", "6/26/2002", "06/26/02", "06-26-02", "6-26-2002", "6.26.2002", "26 June 2002", "26-Jun-2002", "26-JUN-02", "June 26th, 2002",
                                   "Jun. 26, 2002", "JUNE 26 2002", "2002-06-26", "2002/6/26", "2002 June 26", "the 26th day of June, 2002", "Wednesday, June 26, 2002", "Wed. 6/26/02",
                                   "26/6/2002", "26.06.2002", "June  26 ,2002", "June 26, '02", "6 / 26 / 2002", "June 26, 2002.", ": June 26, 2002", "6/26/2002, 2002"}) {
        EXPECT_EQ(iso_of(text), "2002-06-26") << text;
    }
}

TEST(Dates, MonthFirstWhereBothMayBe) { EXPECT_EQ(iso_of("06/07/2002"), "2002-06-07"); }

TEST(Dates, WhatIsNoDate) {
    for (const std::string text : {"", "June", "June 2002", "June 31, 2002", "13/13/2002", "2/29/2002", "June 26", "6/26", "June 26, 202", "6/26/2", "26 Juno 2002", "tomorrow", "June 26, 2002 or later",
                                   "June 26 or 27, 2002", "6/26/2002, 2003", "6/26/2002 7/1/2002", "0/26/2002", "June O6, 2002"}) {
        EXPECT_EQ(iso_of(text), "") << text;
    }
}

TEST(Dates, APrefixEndsWhereTheDateDoes) {
    const auto found = read_date_prefix("June 26th, 2002   Dunmore Brokerage");
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->length, std::string("June 26th, 2002").size());
}

}  // namespace
}  // namespace rightsdesk::paper
