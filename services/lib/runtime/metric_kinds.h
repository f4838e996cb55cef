// The series that a process tells on its admin port: a closed list, and one row for each. Their names, what labels they have and who tells
// them are read from here, so what is documented is what is exposed; the alert rules and the dashboard are held against it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"

namespace rightsdesk::runtime {

// In the order in which they are told. "rightsdesk_" and the word is the name: kReceiptsTotal is rightsdesk_receipts_total.
RIGHTSDESK_ENUM(MetricKind,
                // the process
                kBuildInfo, kProcessStartTimeSeconds, kProcessCpuSecondsTotal, kProcessResidentMemoryBytes, kReady, kSinceTurnSeconds,
                // the loop
                kTurnsTotal, kStageSeconds, kReceiptsTotal, kRefusalsTotal, kDefectsTotal, kQuestionsTotal, kDoorWaitingRequests, kDoorFullTurnsTotal, kCommitsTotal,
                kCommitItems, kRecordsFoldedTotal, kReactionsTotal, kFollowedLinesLeftOutTotal,
                // the logs
                kLogRecords, kLogUnreadRecords, kLogUnreactedRecords, kLogHeld, kLogAway, kQuarantinedItems,
                // what is wrong, the store, the clock
                kProblem, kStoreDurable, kStoreSettingHolds, kStoreMemoryUsedBytes, kStoreMemoryMaxBytes, kClockInDoubt, kClockAheadSeconds, kClockStoreOffsetSeconds,
                kClockKernelSynchronised, kClockKernelMaxErrorSeconds, kDeskTimeSeconds,
                // the desk's work
                kSuspenseCents, kSuspensePayments, kDeadlinesPending, kDeadlinesOverdue, kDeadlineNearestSeconds, kAlertsStanding, kAlertsUnacknowledged, kUnattributedItems,
                // what goes outside
                kSendingAttemptsTotal, kSendingsWaiting, kSendingsOldestWaitingSeconds, kSendingsLimited, kSendingsRefused,
                // the auditor
                kSignedHeadsTotal, kUnsignedRecords, kDamagedLogs,
                // the console
                kBoardsOpen, kPeopleSignedIn, kSignInsTotal, kBoardEventsTotal, kBoardEventsReplacedTotal, kBoardBytesTotal, kSectionSeconds, kBoardCommandsTotal,
                kBoardCommandSeconds, kStoreSeenSecondsAgo, kServiceHeardSecondsAgo,
                // the letters
                kLettersWrittenTotal)

RIGHTSDESK_ENUM(MetricType, kCounter, kGauge, kHistogram)

struct MetricRow {
    MetricKind kind{};
    MetricType type{};
    std::string_view labels;   // beside `service`, which all have: "offering,deadline"
    std::string_view told_by;  // "all", "services", or some by their names: "auditor, console"
    std::string_view help;     // what it counts, in one line
};

// Every kind's row, in the order of MetricKind.
const std::vector<MetricRow>& metric_rows();
const MetricRow& row_of(MetricKind kind);
// "rightsdesk_receipts_total".
std::string metric_name(MetricKind kind);
// Whether a process of this name tells it.
bool is_told_by(const MetricRow& row, std::string_view service);

// The table for people: Markdown.
std::string metric_kinds_text();

}  // namespace rightsdesk::runtime
