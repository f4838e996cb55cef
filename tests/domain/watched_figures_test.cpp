// What is watched of a book is what stands in it: deadlines that lie ahead or are overdue, alerts that nothing has resolved.
#include "domain/watched_figures.h"

#include <gtest/gtest.h>

#include "support/builders.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

TEST(WatchedFigures, a_deadline_lies_ahead_until_its_instant_and_is_overdue_after_it) {
    WholeDesk desk(sample_terms());
    const Instant hour = desk.book().life()->expiration.instant;
    const DeadlineFigures before = deadlines_at(desk.book(), hour - Instant(1));
    EXPECT_EQ(before.expirations_pending, 1U);
    EXPECT_EQ(before.nearest, hour);
    const DeadlineFigures at = deadlines_at(desk.book(), hour);
    EXPECT_EQ(at.expirations_pending, 1U) << "at the hour is in time";
    const DeadlineFigures after = deadlines_at(desk.book(), hour + Instant(1));
    EXPECT_EQ(after.expirations_overdue, 1U);
    EXPECT_FALSE(after.nearest);
}

TEST(WatchedFigures, an_alert_stands_until_it_is_resolved_and_is_nobodys_until_it_is_acknowledged) {
    Book book(kDesk);
    StandingAlerts standing;
    const auto raise = [&](std::uint64_t number, Severity severity) {
        Alert alert;
        alert.number = number;
        alert.severity = severity;
        alert.kind = "item_held";
        alert.cause = "cause/" + std::to_string(number);
        evolve(book, {AlertRaised{alert}});
    };
    raise(1, Severity::kCritical);
    raise(2, Severity::kCritical);
    raise(3, Severity::kInfo);
    EXPECT_EQ(standing.look(book).standing, (std::map<Severity, std::uint64_t>{{Severity::kInfo, 1}, {Severity::kCritical, 2}}));
    AlertAcknowledged acknowledged;
    acknowledged.number = 1;
    acknowledged.by = "alice";
    evolve(book, {acknowledged});
    AlertResolved resolved;
    resolved.number = 3;
    evolve(book, {resolved});
    raise(4, Severity::kWarning);
    const auto figures = standing.look(book);
    EXPECT_EQ(figures.standing, (std::map<Severity, std::uint64_t>{{Severity::kWarning, 1}, {Severity::kCritical, 2}}));
    EXPECT_EQ(figures.unacknowledged, (std::map<Severity, std::uint64_t>{{Severity::kWarning, 1}, {Severity::kCritical, 1}}));
}

}  // namespace
}  // namespace rightsdesk::support
