#include "console/alert_list.h"

#include <limits>

#include "domain/grouping.h"

namespace rightsdesk::console {

AlertPlace place_of(const domain::Alert& alert) {
    return {-static_cast<int>(alert.severity), alert.too_late_at.value_or(domain::Instant(std::numeric_limits<std::int64_t>::max())), -alert.raised_at.value, alert.number, alert.group};
}

void AlertList::refresh(const domain::Alert& alert) {
    if (const auto known = places_.find(alert.number); known != places_.end()) {
        const AlertPlace& place = known->second;
        order_.erase(place);
        --counts_[static_cast<std::size_t>(-place.severity)];
        if (place.group != 0 && --groups_[place.group] == 0) groups_.erase(place.group);
        places_.erase(known);
        open_.erase(alert.number);
        acknowledged_.erase(alert.number);
    }
    if (alert.resolved_at) return;
    const AlertPlace place = place_of(alert);
    places_[alert.number] = place;
    order_.insert(place);
    ++counts_[static_cast<std::size_t>(-place.severity)];
    if (place.group != 0) ++groups_[place.group];
    open_.insert(alert.number);
    if (!alert.acknowledged_by.empty()) acknowledged_.insert(alert.number);
}

std::vector<ShownAlert> AlertList::first(std::size_t most) const {
    std::vector<ShownAlert> shown;
    std::set<std::uint64_t> groups;
    for (const AlertPlace& place : order_) {
        if (shown.size() == most) break;
        const std::size_t size = place.group == 0 ? 1 : groups_.at(place.group);
        const bool together = size > domain::kShownAlone;
        if (together && !groups.insert(place.group).second) continue;
        shown.push_back({place, together ? size : 1});
    }
    return shown;
}

}  // namespace rightsdesk::console
