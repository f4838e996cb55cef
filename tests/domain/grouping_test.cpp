// Many alerts of one kind within a short time are shown as one group; each has its number, and none is lost.
#include "domain/grouping.h"

#include <gtest/gtest.h>

#include "domain/alerting.h"
#include "domain/silencing.h"
#include "support/builders.h"

namespace rightsdesk::support {
namespace {

class GroupedAlerts : public testing::Test {
protected:
    // So many messages that cannot be read, in one commit.
    void arrive(const std::string& source, int messages, const std::string& time) {
        const Context context = support::context("notification", ++sequence_, new_york("2002-06-28T" + time));
        for (int message = 0; message < messages; ++message) {
            Record record;
            record.event = ItemQuarantined{source + "." + std::to_string(message), "no message", {}};
            evolve(book_, {record.event});
            evolve(book_, alerts_for(book_, record, context).events);
        }
    }
    [[nodiscard]] std::vector<std::size_t> sizes() const {
        std::vector<std::size_t> sizes;
        for (const AlertGroup& group : grouped_alerts(all())) sizes.push_back(group.alerts.size());
        return sizes;
    }
    [[nodiscard]] std::vector<Alert> all() const {
        std::vector<Alert> alerts;
        for (std::uint64_t number = 1; number <= book_.last_alert(); ++number) alerts.push_back(*book_.alert(number));
        return alerts;
    }

    Book book_ = desk_book();
    std::uint64_t sequence_ = 0;
};

using Sizes = std::vector<std::size_t>;

TEST_F(GroupedAlerts, of_one_kind_within_ten_minutes_of_the_first_are_one) {
    arrive("fax-1", 3, "15:00:00");
    arrive("fax-2", 2, "15:10:00");
    EXPECT_EQ(sizes(), Sizes{5});
    arrive("fax-3", 3, "15:10:01");
    EXPECT_EQ(sizes(), Sizes({5, 3})) << "then another begins";
    for (const Alert& alert : all()) EXPECT_EQ(alert.group, alert.number <= 5 ? 1U : 6U);
}

TEST_F(GroupedAlerts, two_are_shown_each) {
    arrive("fax-1", 2, "15:00:00");
    EXPECT_EQ(sizes(), Sizes({1, 1}));
}

TEST_F(GroupedAlerts, of_other_kinds_between_them_are_shown_in_their_place) {
    arrive("fax-1", 1, "15:00:00");
    Record record;
    record.event = IdentityConflicted{{"fax-9", 17}, 7, "abc", {}};
    evolve(book_, alerts_for(book_, record, support::context("notification", 9, new_york("2002-06-28T15:00:00"))).events);
    arrive("fax-2", 2, "15:01:00");
    EXPECT_EQ(sizes(), Sizes({3, 1}));
    const auto groups = grouped_alerts(all());
    EXPECT_EQ(groups[0].alerts[1].number, 3U);
    EXPECT_EQ(groups[1].alerts[0].kind, "identity_conflict");
}

TEST_F(GroupedAlerts, of_before_groups_were_kept_are_shown_each) {
    arrive("fax-1", 4, "15:00:00");
    auto alerts = all();
    for (Alert& alert : alerts) alert.group = 0;
    EXPECT_EQ(grouped_alerts(alerts).size(), 4U);
}

TEST_F(GroupedAlerts, lose_none_and_keep_their_order_whatever_comes_when) {
    for (int minute = 0; minute < 60; minute += 3) {
        const std::string time = "15:" + std::string(minute < 10 ? "0" : "") + std::to_string(minute) + ":00";
        arrive("fax-" + std::to_string(minute), 1 + minute % 4, time);
    }
    std::set<std::uint64_t> seen;
    std::uint64_t first = 0;
    for (const AlertGroup& group : grouped_alerts(all())) {
        EXPECT_GT(group.alerts.front().number, first) << "in order of their first";
        first = group.alerts.front().number;
        std::uint64_t last = 0;
        for (const Alert& alert : group.alerts) {
            EXPECT_TRUE(seen.insert(alert.number).second);
            EXPECT_GT(alert.number, last);
            last = alert.number;
            EXPECT_LE(alert.raised_at.value - group.alerts.front().raised_at.value, kGroupWithin);
        }
    }
    EXPECT_EQ(seen.size(), book_.last_alert()) << "numbers are dense";
    EXPECT_EQ(*seen.rbegin(), book_.last_alert());
}

TEST_F(GroupedAlerts, what_a_silence_covers_says_so) {
    const Instant until = new_york("2002-06-28T16:00:00");
    run(book_, silence_alerts(book_, {kDesk, "alert/desk/critical/", until, "a test"}, support::context("alice", 1, new_york("2002-06-28T15:00:00"))));
    arrive("fax-1", 1, "15:30:00");
    arrive("fax-2", 1, "16:00:00");
    EXPECT_EQ(book_.alert(1)->silenced, "alert/desk/critical/");
    EXPECT_EQ(book_.alert(2)->silenced, "");
}

}  // namespace
}  // namespace rightsdesk::support
