// By which ways an alert goes out, and when.
#include "domain/ways.h"

#include <gtest/gtest.h>

#include "support/builders.h"

namespace rightsdesk::support {
namespace {

Alert a_critical_bounce() {
    Alert alert;
    alert.number = 7;
    alert.severity = Severity::kCritical;
    alert.kind = "payment_bounced";
    alert.subject = "payment/bank-1.3";
    return alert;
}

Way a_way_named(const std::string& name) {
    Way way;
    way.name = name;
    return way;
}

TEST(Ways, are_taken_by_kind_severity_and_offering) {
    const Instant now = new_york("2002-06-28T16:40:00");
    const auto taken = [&](const Way& way) { return takes(way, "rare-medium-2002", a_critical_bounce(), now); };
    Way way = a_way_named("mail");
    EXPECT_TRUE(taken(way)) << "what says nothing takes all";
    way.kinds = {"refund_failed"};
    EXPECT_FALSE(taken(way));
    way.kinds.insert("payment_bounced");
    way.severities = {Severity::kWarning};
    EXPECT_FALSE(taken(way));
    way.severities = {Severity::kCritical};
    way.logs = {kDesk};
    EXPECT_FALSE(taken(way));
    way.logs.insert("rare-medium-2002");
    EXPECT_TRUE(taken(way));
    Alert of_itself = a_critical_bounce();
    of_itself.subject = way_subject("mail");
    EXPECT_FALSE(takes(a_way_named("mail"), "rare-medium-2002", of_itself, now)) << "that a way stands still is not told by it";
    EXPECT_TRUE(takes(a_way_named("hook"), "rare-medium-2002", of_itself, now));
}

struct HoursRow {
    const char* sentence;
    WayHours hours;
    const char* at;
    bool within;
};

TEST(Ways, have_hours_by_the_clocks_of_new_york) {
    using W = Weekday;
    const std::int32_t hour = 60;
    const HoursRow rows[] = {  // 2002-06-28 is a Friday
        {"any time where nothing is said", {}, "2002-06-28T03:00:00", true},
        {"from its first minute", {7 * hour, 19 * hour, {}}, "2002-06-28T07:00:00", true},
        {"not a minute before", {7 * hour, 19 * hour, {}}, "2002-06-28T06:59:59", false},
        {"until before its last", {7 * hour, 19 * hour, {}}, "2002-06-28T18:59:59", true},
        {"not at its last", {7 * hour, 19 * hour, {}}, "2002-06-28T19:00:00", false},
        {"on its days", {7 * hour, 19 * hour, {W::kFriday}}, "2002-06-28T12:00:00", true},
        {"not on others", {7 * hour, 19 * hour, {W::kFriday}}, "2002-06-29T12:00:00", false},
        {"beyond midnight, in the evening", {19 * hour, 7 * hour, {}}, "2002-06-28T23:00:00", true},
        {"beyond midnight, in the morning", {19 * hour, 7 * hour, {}}, "2002-06-28T06:59:00", true},
        {"beyond midnight, not by day", {19 * hour, 7 * hour, {}}, "2002-06-28T12:00:00", false},
        {"a night belongs to the day on which it begins", {19 * hour, 7 * hour, {W::kFriday}}, "2002-06-29T03:00:00", true},
        {"and not to the next", {19 * hour, 7 * hour, {W::kFriday}}, "2002-06-28T03:00:00", false},
    };
    for (const HoursRow& row : rows) EXPECT_EQ(is_within(row.hours, new_york(row.at)), row.within) << row.sentence;
}

}  // namespace
}  // namespace rightsdesk::support
