// Civil times, zones and instants: summer and winter, the two days on which the clocks change, to the nanosecond.
#include "domain/civil.h"
#include "support/dates.h"

#include <gtest/gtest.h>

#include <limits>

namespace rightsdesk::domain {
namespace {

using support::kNewYork;

TEST(Civil, ADateIsWrittenInOneForm) {
    const auto day = parse_date("2002-06-28");
    ASSERT_TRUE(day.has_value());
    EXPECT_EQ(to_text(*day), "2002-06-28");
    EXPECT_EQ(day->value, 11'866);
    for (const char* other : {"", "2002-6-28", "2002-06-28 ", " 2002-06-28", "28/06/2002", "2002-06-31", "2002-13-01", "2002-00-10", "2001-02-29", "1900-02-29",
                              "1699-12-31", "2200-01-01", "2002-06-2x", "2002-06-281"}) {
        EXPECT_FALSE(parse_date(other).has_value()) << other;
    }
    EXPECT_TRUE(parse_date("2000-02-29").has_value());
}

TEST(Civil, WeekdaysAndTheNextDay) {
    EXPECT_EQ(weekday(*parse_date("2002-06-28")), Weekday::kFriday);
    EXPECT_EQ(weekday(*parse_date("2002-06-30")), Weekday::kSunday);
    EXPECT_EQ(weekday(*parse_date("1969-12-29")), Weekday::kMonday);
    EXPECT_EQ(to_text(next_day(*parse_date("2000-02-28"))), "2000-02-29");
    EXPECT_EQ(to_text(next_day(*parse_date("2001-12-31"))), "2002-01-01");
}

struct InstantRow {
    const char* written;
    const char* utc;
    const char* says;
};

TEST(Civil, InstantsAreReadToTheNanosecond) {
    const InstantRow rows[] = {
        {"2002-06-28T21:00:00Z", "2002-06-28T21:00:00Z", "a whole second has no fraction"},
        {"2002-06-28T17:00:00-04:00", "2002-06-28T21:00:00Z", "an offset is taken off"},
        {"2002-06-28T17:00:00.001-04:00", "2002-06-28T21:00:00.001Z", "a millisecond past the hour is not the hour"},
        {"2002-06-28T21:00:00.000000001Z", "2002-06-28T21:00:00.000000001Z", "nor is a nanosecond"},
        {"2002-06-28T20:59:59.999999999Z", "2002-06-28T20:59:59.999999999Z", "a nanosecond before it"},
        {"2002-06-28T21:00:00.5Z", "2002-06-28T21:00:00.500Z", "digits are printed in threes"},
        {"2002-06-28T21:00:00.00025Z", "2002-06-28T21:00:00.000250Z", "microseconds"},
        {"2002-06-28T21:00Z", "2002-06-28T21:00:00Z", "seconds may be left out"},
        {"2002-06-28 21:00:00Z", "2002-06-28T21:00:00Z", "a space for the T"},
        {"2002-06-29T02:30:00+05:30", "2002-06-28T21:00:00Z", "east of Greenwich, the day before"},
        {"1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z", "a nanosecond before 1970"},
    };
    for (const InstantRow& row : rows) {
        const auto instant = parse_instant(row.written);
        ASSERT_TRUE(instant.has_value()) << row.says;
        EXPECT_EQ(instant_text(*instant), row.utc) << row.says;
        EXPECT_EQ(parse_instant(instant_text(*instant)).value(), *instant) << row.says;
    }
    EXPECT_EQ(parse_instant("2002-06-28T21:00:00.000000001Z")->value, 1'025'298'000'000'000'001);
}

TEST(Civil, WhatIsNoInstantIsRefused) {
    for (const char* text : {"", "2002-06-28", "2002-06-28T21:00:00", "2002-06-28T24:00:00Z", "2002-06-28T21:60:00Z", "2002-06-28T21:00:60Z", "2002-06-28T21:00:00.Z",
                             "2002-06-28T21:00:00.0000000001Z", "2002-06-28T21:00:00-0400", "2002-06-28T21:00:00-04:60", "2002-06-28T21:00:00Zx", "2002-06-31T21:00:00Z"}) {
        EXPECT_FALSE(parse_instant(text).has_value()) << text;
    }
}

TEST(Civil, EveryInstantHasAText) {
    EXPECT_EQ(instant_text(Instant(std::numeric_limits<std::int64_t>::max())), "2262-04-11T23:47:16.854775807Z");
    EXPECT_EQ(instant_text(Instant(std::numeric_limits<std::int64_t>::min())), "1677-09-21T00:12:43.145224192Z");
}

struct ResolveRow {
    const char* civil;
    const char* zone;
    const char* utc;
    const char* says;
};

TEST(Civil, DeadlinesAreCivilTimesInAZone) {
    const ResolveRow rows[] = {
        {"2002-06-28T17:00:00", "America/New_York", "2002-06-28T21:00:00Z", "5 p.m. New York is 21:00 UTC in summer (rules.md section 2)"},
        {"2002-12-31T17:00:00", "America/New_York", "2002-12-31T22:00:00Z", "and 22:00 in winter"},
        {"2002-04-05T17:00:00", "America/New_York", "2002-04-05T22:00:00Z", "the Friday before the clocks go forward, in 2002 on the first Sunday of April"},
        {"2002-04-08T17:00:00", "America/New_York", "2002-04-08T21:00:00Z", "the Monday after"},
        {"2007-03-12T17:00:00", "America/New_York", "2007-03-12T21:00:00Z", "from 2007 in March (Energy Policy Act of 2005)"},
        {"2026-11-02T17:00:00", "America/New_York", "2026-11-02T22:00:00Z", "the Monday after the clocks go back in 2026"},
        {"2037-07-01T17:00:00", "America/New_York", "2037-07-01T21:00:00Z", "the last summer that the database knows"},
        {"2002-10-27T00:59:59", "America/New_York", "2002-10-27T04:59:59Z", "the last second before the doubled hour"},
        {"2002-10-27T01:00:00", "America/New_York", "2002-10-27T06:00:00Z", "shown twice: the later, so that nothing is acted on early"},
        {"2002-10-27T01:59:59", "America/New_York", "2002-10-27T06:59:59Z", "the same to its last second"},
        {"2002-10-27T02:00:00", "America/New_York", "2002-10-27T07:00:00Z", "shown once again"},
        {"2002-04-07T01:59:59", "America/New_York", "2002-04-07T06:59:59Z", "the last second before the clocks go forward"},
        {"2002-04-07T03:00:00", "America/New_York", "2002-04-07T07:00:00Z", "the first after"},
        {"2002-06-28T17:00:00", "Asia/Kolkata", "2002-06-28T11:30:00Z", "half hours"},
        {"2002-06-28T17:00:00", "UTC", "2002-06-28T17:00:00Z", "no zone to speak of"},
        {"2002-06-28 17:00", "America/New_York", "2002-06-28T21:00:00Z", "a space, and no seconds"},
    };
    for (const ResolveRow& row : rows) {
        const auto deadline = resolve(row.civil, row.zone);
        ASSERT_TRUE(deadline.has_value()) << row.says << ": " << deadline.error().message;
        EXPECT_EQ(instant_text(deadline->instant), row.utc) << row.says;
        EXPECT_EQ(deadline->zone, row.zone) << row.says;
        EXPECT_EQ(deadline->civil.size(), 19U) << row.says;
        EXPECT_EQ(civil_text(deadline->instant, row.zone), deadline->civil) << row.says;
    }
}

TEST(Civil, ATimeThatTheClocksNeverShowIsRefused) {
    for (const char* civil : {"2002-04-07T02:00:00", "2002-04-07T02:30:00", "2002-04-07T02:59:59", "2026-03-08T02:30:00"}) {
        const auto deadline = resolve(civil, kNewYork);
        ASSERT_FALSE(deadline.has_value()) << civil;
        EXPECT_NE(deadline.error().message.find("never show"), std::string::npos) << deadline.error().message;
    }
}

TEST(Civil, WhatCannotBeResolvedSaysWhy) {
    EXPECT_NE(resolve("2002-06-28T17:00:00", "America/Gotham").error().message.find("America/Gotham"), std::string::npos);
    EXPECT_NE(resolve("2002-06-28T17:00:00", "").error().message.find("zone"), std::string::npos);
    EXPECT_NE(resolve("2002-06-28T17:00:00", "../../../etc/passwd").error().message.find("zone"), std::string::npos);
    EXPECT_NE(resolve("5 p.m.", kNewYork).error().message.find("civil time"), std::string::npos);
    EXPECT_NE(resolve("2002-06-28T17:00:00Z", kNewYork).error().message.find("civil time"), std::string::npos);
    EXPECT_NE(resolve("2038-01-01T17:00:00", kNewYork).error().message.find("2037"), std::string::npos);
}

TEST(Civil, WhatTheClocksShow) {
    EXPECT_EQ(civil_text(*parse_instant("2002-06-28T21:00:00.001Z"), kNewYork), "2002-06-28T17:00:00.001");
    EXPECT_EQ(civil_text(*parse_instant("2002-06-28T20:59:59.999999999Z"), kNewYork), "2002-06-28T16:59:59.999999999");
    EXPECT_EQ(civil_text(*parse_instant("2002-10-27T05:30:00Z"), kNewYork), "2002-10-27T01:30:00");
    EXPECT_EQ(civil_text(*parse_instant("2002-10-27T06:30:00Z"), kNewYork), "2002-10-27T01:30:00");
    EXPECT_EQ(civil_text(*parse_instant("2002-06-28T21:00:00Z"), "America/Gotham"), "2002-06-28T21:00:00Z");
    EXPECT_EQ(civil_text(*parse_instant("2040-06-28T21:00:00Z"), kNewYork), "2040-06-28T21:00:00Z");
}

TEST(Civil, TheDayIsTheZonesOwn) {
    EXPECT_EQ(to_text(*date_in(*parse_instant("2002-06-29T03:59:59.999999999Z"), kNewYork)), "2002-06-28");
    EXPECT_EQ(to_text(*date_in(*parse_instant("2002-06-29T04:00:00Z"), kNewYork)), "2002-06-29");
    EXPECT_FALSE(date_in(Instant(0), "America/Gotham").has_value());
}

TEST(Civil, TimesOfDay) {
    EXPECT_EQ(parse_time_of_day("09:00").value(), "09:00:00");
    EXPECT_EQ(parse_time_of_day("17:00:01").value(), "17:00:01");
    for (const char* text : {"", "9:00", "24:00", "17:00:", "17:00:00.5", "5 p.m."}) EXPECT_FALSE(parse_time_of_day(text).has_value()) << text;
    EXPECT_EQ(civil_time_of_day(*resolve("2002-06-28T17:00", kNewYork)), "17:00:00");
    EXPECT_EQ(to_text(civil_date(*resolve("2002-06-28T17:00", kNewYork))), "2002-06-28");
}

}  // namespace
}  // namespace rightsdesk::domain
