#include "runtime/metric_kinds.h"

#include "base/check.h"

namespace rightsdesk::runtime {

namespace {

using M = MetricKind;
constexpr MetricType kCount = MetricType::kCounter, kNow = MetricType::kGauge, kSpread = MetricType::kHistogram;

}  // namespace

const std::vector<MetricRow>& metric_rows() {
    // kind, type, labels, told by, what it counts
    static const std::vector<MetricRow> kRows = {
        {M::kBuildInfo, kNow, "version,compiler,suite_instance", "all", "1; what was built, by what, and which instance of its service it is"},
        {M::kProcessStartTimeSeconds, kNow, "", "all", "when the process started, in seconds since 1970 by the wall clock"},
        {M::kProcessCpuSecondsTotal, kCount, "", "all", "processor time that the process has used, all threads"},
        {M::kProcessResidentMemoryBytes, kNow, "", "all", "memory that the process has in use"},
        {M::kReady, kNow, "", "all", "1 while /readyz answers 200: nothing stands that stops the service, its store is trusted, its door is open"},
        {M::kSinceTurnSeconds, kNow, "", "all", "since the loop last turned; /healthz answers 503 when it is too long"},

        {M::kTurnsTotal, kCount, "", "services", "turns of the loop"},
        {M::kStageSeconds, kSpread, "stage", "services", "how long a stage took, each time that it had something to do: hear, catch_up, serve, react, due, publish of a turn; decode of a message; decide, commit of a batch"},
        {M::kReceiptsTotal, kCount, "receipt", "services", "receipts given out at the door; duplicate: the first one's again, whatever that was"},
        {M::kRefusalsTotal, kCount, "reason", "services", "why commands were refused, repeats left out"},
        {M::kDefectsTotal, kCount, "reason", "services", "what notices were found to lack when they came, repeats left out"},
        {M::kQuestionsTotal, kCount, "", "services", "questions answered at the door"},
        {M::kDoorWaitingRequests, kNow, "", "services", "requests received at the door and not decided yet"},
        {M::kDoorFullTurnsTotal, kCount, "", "services", "turns that took as many requests as a turn takes: more may have waited"},
        {M::kCommitsTotal, kCount, "result", "services", "batches given to the store: held, stale (another was first, decided again), failed (the store did not answer)"},
        {M::kCommitItems, kSpread, "", "services", "items of a batch given to the store"},
        {M::kRecordsFoldedTotal, kCount, "by", "services", "records folded: itself committed them, or others"},
        {M::kReactionsTotal, kCount, "", "services", "records reacted to"},
        {M::kFollowedLinesLeftOutTotal, kCount, "", "services", "lines of the log at level debug that were left out, for there were too many in a second"},

        {M::kLogRecords, kNow, "log", "services, console", "the log's last record that is folded"},
        {M::kLogUnreadRecords, kNow, "log", "services, console", "how far the process is behind the head of the log, as far as it has heard of it"},
        {M::kLogUnreactedRecords, kNow, "log", "services", "records that wait for this service to react to them, of the logs that it holds"},
        {M::kLogHeld, kNow, "log", "services", "1: this instance reacts to the log and acts in it in time"},
        {M::kLogAway, kNow, "log", "services", "1: it cannot be reached, alone of all"},
        {M::kQuarantinedItems, kNow, "log", "services", "items that this service could not decide and that nobody has released"},

        {M::kProblem, kNow, "problem", "services", "1 while it stands: the kinds of the desk's health (rightsdesk alerts kinds)"},
        {M::kStoreDurable, kNow, "", "services", "1: at the last look the store answered, and its answers mean the disk"},
        {M::kStoreSettingHolds, kNow, "setting", "services", "1: at the last look this was as it must be: aof_enabled, appendfsync, aof_last_write_status, ..."},
        {M::kStoreMemoryUsedBytes, kNow, "", "services", "memory that Redis uses, as it counts against its maxmemory; of a cluster the fullest master's"},
        {M::kStoreMemoryMaxBytes, kNow, "", "services", "its maxmemory; 0: no bound"},
        {M::kClockInDoubt, kNow, "", "services", "1: a problem of the clock stands that stops the service"},
        {M::kClockAheadSeconds, kNow, "", "services", "by how much the wall clock is ahead of an even one since the start; behind: negative"},
        {M::kClockStoreOffsetSeconds, kNow, "", "services", "by how much the store's clock is ahead of this one at least; 0: they may be the same"},
        {M::kClockKernelSynchronised, kNow, "", "services", "1: the kernel says that its clock is synchronised"},
        {M::kClockKernelMaxErrorSeconds, kNow, "", "services", "by how much it may be off, by the kernel's word"},
        {M::kDeskTimeSeconds, kNow, "", "services", "the time that the service decides by, in seconds since 1970; of a stepped desk the stepped one"},

        {M::kSuspenseCents, kNow, "offering", "payment_clearing", "good money of no notice, in minor units of the offering's currency"},
        {M::kSuspensePayments, kNow, "offering", "payment_clearing", "payments with money that is matched to no notice, good or not yet collected"},
        {M::kDeadlinesPending, kNow, "offering,deadline", "deadline_monitor", "hours and cover deadlines that lie ahead"},
        {M::kDeadlinesOverdue, kNow, "offering,deadline", "deadline_monitor", "those that have passed and are not acted on: of a cover, mostly for a gateway's watermark"},
        {M::kDeadlineNearestSeconds, kNow, "offering", "deadline_monitor", "to the nearest that lies ahead; absent where none does"},
        {M::kAlertsStanding, kNow, "log,severity", "notification", "alerts that nothing has resolved"},
        {M::kAlertsUnacknowledged, kNow, "log,severity", "notification", "those of them that nobody has in hand"},
        {M::kUnattributedItems, kNow, "item", "notification", "items at the desk that belong to no offering yet"},

        {M::kSendingAttemptsTotal, kCount, "way,outcome", "notification", "attempts by a way out that ended: sent, failed (tried again) or refused (the other side will not take it)"},
        {M::kSendingsWaiting, kNow, "way", "notification", "what is to go out by a way and has not, those of the desk's own troubles among them"},
        {M::kSendingsOldestWaitingSeconds, kNow, "way", "notification", "since the oldest of them was ready to go; 0 where none waits"},
        {M::kSendingsLimited, kNow, "way", "notification", "those of them that wait for the way's limit alone: collected for a minute, or beyond what goes in one"},
        {M::kSendingsRefused, kNow, "way", "notification", "what the other side of a way refused and nobody has retried or abandoned"},

        {M::kSignedHeadsTotal, kCount, "", "auditor", "heads signed by this process"},
        {M::kUnsignedRecords, kNow, "log", "auditor", "records after the last signed head, at the last look"},
        {M::kDamagedLogs, kNow, "", "auditor, console", "logs that do not continue what was signed, or what was followed so far"},

        {M::kBoardsOpen, kNow, "", "console", "boards that listen"},
        {M::kPeopleSignedIn, kNow, "", "console", "sessions that have not ended"},
        {M::kSignInsTotal, kCount, "result", "console", "sign-ins: good, failed, delayed (after failures: not tried at all)"},
        {M::kBoardEventsTotal, kCount, "", "console", "sections given to boards to send, each board's counted"},
        {M::kBoardEventsReplacedTotal, kCount, "", "console", "those of them that a newer one replaced before a slow board took them"},
        {M::kBoardBytesTotal, kCount, "", "console", "octets of sections that were sent to boards"},
        {M::kSectionSeconds, kSpread, "section", "console", "how long encoding a section took, once for all boards of an offering"},
        {M::kBoardCommandsTotal, kCount, "command,outcome", "console", "commands of boards: the receipt's kind, or unanswered, id_reused, unusable, not_permitted"},
        {M::kBoardCommandSeconds, kSpread, "", "console", "from a command's coming to its receipt"},
        {M::kStoreSeenSecondsAgo, kNow, "", "console, letters", "since the store last answered; absent until it does"},
        {M::kServiceHeardSecondsAgo, kNow, "heard", "console", "since a service's feed was last heard; absent until it is"},

        {M::kLettersWrittenTotal, kCount, "", "letters", "letters that this process has written"},
    };
    return kRows;
}

const MetricRow& row_of(MetricKind kind) {
    const MetricRow& row = metric_rows().at(static_cast<std::size_t>(kind));
    CHECK(row.kind == kind);
    return row;
}

std::string metric_name(MetricKind kind) { return "rightsdesk_" + base::to_text(kind); }

bool is_told_by(const MetricRow& row, std::string_view service) {
    const std::string names = ", " + std::string(row.told_by) + ",";
    const auto has = [&](std::string_view name) { return names.find(", " + std::string(name) + ",") != std::string::npos; };
    const bool is_service = service != "auditor" && service != "console" && service != "letters";
    return has("all") || has(service) || (is_service && has("services"));
}

std::string metric_kinds_text() {
    std::string text = "| series | type | labels | told by | what it counts |\n|---|---|---|---|---|\n";
    for (const MetricRow& row : metric_rows()) {
        text += "| `" + metric_name(row.kind) + "` | " + base::to_text(row.type) + " | " + std::string(row.labels.empty() ? "" : "`" + std::string(row.labels) + "`") + " | " +
                std::string(row.told_by) + " | " + std::string(row.help) + " |\n";
    }
    return text;
}

}  // namespace rightsdesk::runtime
