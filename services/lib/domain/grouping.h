// Groups: alerts of one topic (log, severity, kind) that come within a short time are shown as one. Each keeps its number and is sent; the group
// is the number of its first, kept in the alert when it is raised.
#pragma once

#include <vector>

#include "domain/book.h"
#include "domain/civil.h"

namespace rightsdesk::domain {

inline constexpr std::int64_t kGroupWithin = 10 * kNanosecondsPerMinute;  // of its first; then another group begins
inline constexpr std::size_t kShownAlone = 2;                             // fewer than three are no group to look at

// The group of an alert that is raised at `now`, of which `before` was raised last on its topic: that one's, while its first is not too long ago
// (`first_raised_at`), or a new one.
std::uint64_t group_of(const Alert& alert, const Alert& before, Instant first_raised_at, Instant now);

// Alerts that are shown together: of one group, in order of number. One that is shown alone is a group of one.
struct AlertGroup {
    std::vector<Alert> alerts;   // at least one
};

// Every alert in exactly one group, the groups in order of their first alerts. `alerts`: of one log, in order of number.
std::vector<AlertGroup> grouped_alerts(const std::vector<Alert>& alerts);

}  // namespace rightsdesk::domain
