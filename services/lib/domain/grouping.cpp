#include "domain/grouping.h"

#include <map>

namespace rightsdesk::domain {

std::uint64_t group_of(const Alert& alert, const Alert& before, Instant first_raised_at, Instant now) {
    const bool soon = before.group != 0 && now.value - first_raised_at.value <= kGroupWithin;
    return soon ? before.group : alert.number;
}

std::vector<AlertGroup> grouped_alerts(const std::vector<Alert>& alerts) {
    std::map<std::uint64_t, std::size_t> sizes;
    for (const Alert& alert : alerts) ++sizes[alert.group];
    std::map<std::uint64_t, std::size_t> places;  // by group
    std::vector<AlertGroup> groups;
    groups.reserve(alerts.size());
    for (const Alert& alert : alerts) {
        const bool alone = alert.group == 0 || sizes[alert.group] <= kShownAlone;
        const auto known = alone ? places.end() : places.find(alert.group);
        if (known != places.end()) {
            groups[known->second].alerts.push_back(alert);
            continue;
        }
        if (!alone) places[alert.group] = groups.size();
        groups.push_back({{alert}});
    }
    return groups;
}

}  // namespace rightsdesk::domain
