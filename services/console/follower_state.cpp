// How the follower stands, as the admin port tells it.
#include "console/follower.h"

namespace rightsdesk::console {

namespace {

using runtime::MetricKind;

constexpr std::size_t kMostLogsTold = 50;  // of which there are more are told together

void tell_logs(const std::vector<FollowerState::OfLog>& logs, runtime::Figures& figures) {
    double records = 0, behind = 0;
    for (std::size_t at = 0; at < logs.size(); ++at) {
        if (at < kMostLogsTold) {
            figures.add(MetricKind::kLogRecords, static_cast<double>(logs[at].records), {logs[at].log});
            figures.add(MetricKind::kLogUnreadRecords, static_cast<double>(logs[at].behind), {logs[at].log});
        } else {
            records += static_cast<double>(logs[at].records);
            behind += static_cast<double>(logs[at].behind);
        }
    }
    if (logs.size() <= kMostLogsTold) return;
    figures.add(MetricKind::kLogRecords, records, {"+others"});
    figures.add(MetricKind::kLogUnreadRecords, behind, {"+others"});
}

}  // namespace

runtime::Snapshot snapshot_of(const FollowerState& state) {
    runtime::Snapshot snapshot;
    runtime::Figures& figures = snapshot.figures;
    tell_logs(state.logs, figures);
    std::size_t damaged = 0, reading = 0;
    for (const FollowerState::OfLog& one : state.logs) {
        if (!one.damaged.empty()) {
            ++damaged;
            snapshot.not_ready.push_back({"log_damaged", one.damaged});
        } else if (!one.folded) {
            ++reading;
        }
    }
    figures.add(MetricKind::kDamagedLogs, static_cast<double>(damaged));
    if (reading > 0 || state.logs.empty()) snapshot.not_ready.push_back({"starting", "it reads its logs for the first time"});
    if (state.store_seen_ago) figures.add(MetricKind::kStoreSeenSecondsAgo, seconds_of(*state.store_seen_ago));
    if (!state.store_seen_ago || *state.store_seen_ago > kStoreSilence) snapshot.not_ready.push_back({"store_unreachable", "the store does not answer: boards show what was folded, and say that it is stale"});
    for (const auto& [service, ago] : state.heard_ago) figures.add(MetricKind::kServiceHeardSecondsAgo, seconds_of(ago), {service});
    return snapshot;
}

}  // namespace rightsdesk::console
