// The kinds of alerts there are: a closed list, and one row for each. Its severity, who hears of it, whether it is kept while an offering is
// suspended and when it is told again are read from here, so what is documented is what is done.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/entities.h"

namespace rightsdesk::domain {

// In the order in which they are documented. They are no numbers on disk: an alert keeps its kind as a word.
RIGHTSDESK_ENUM(AlertKind,
                // notices
                kNoticeDefective, kNoticeInQuestion, kNoticeLate, kNoticeMisdirected, kNoticeRefused, kNoticeAwaitsKeying, kOwnersNotCertified,
                // money
                kNoticeUnderpaid, kNoticeOverpaid, kNoticeLapsed, kPaymentUnmatched, kPaymentRefused, kReceiptTimeUnknown, kPaymentBounced, kPaymentOwed, kRefundFailed,
                // certificates and rights
                kCoverDue, kCoverIncomplete, kCoverMissed, kCoverShort, kCoveredByAnother, kCertificatesMisdirected, kCertificatesInQuestion, kCertificatesToReturn,
                kRightsOversold,
                // the offering
                kExpirationNear, kSharesReportDue, kConfirmationsDue, kOfferingExpired, kOfferingExtended, kOfferingSuspended, kOfferingResumed, kOfferingTerminated,
                kClosingAdded, kPriceAwaited, kFinalPriceSet, kMinimumMissed, kProposalWaiting, kAllocationComputed, kOfferingCounted, kOfferingTabulated, kOfferingSettled,
                // the desk
                kItemUnattributed, kCommandNotPermitted, kIdentityConflict, kItemQuarantined, kItemHeld, kWorkQuarantined, kFileSetAside, kWithoutReplicaProposed,
                kWithoutReplica, kAlertUnacknowledged, kWayStandsStill, kSendingRefused, kWatermarkDeclared,
                // the desk's health
                kStoreUnreachable, kStoreNotDurable, kReplicaMissing, kStoreFullMemory, kStoreMemoryLow, kDiskNearlyFull, kDiskSlow, kLogUnverified, kLogDamaged,
                kClockStepped, kClockBehindLog, kClockDisagrees, kClockUnsynchronised, kConsumerStuck)

// How an alert of a kind comes about.
RIGHTSDESK_ENUM(AlertNature,
                kMatter,     // something happened
                kReminder,   // an instant is near or past at which something is due: none goes out while the offering is suspended
                kHealth)     // of the desk itself: told from memory, with number 0

struct AlertKindRow {
    AlertKind kind{};
    AlertNature nature{};
    Severity severity{};               // as it begins
    std::optional<Severity> worse;     // what it can be instead
    std::string_view worse_when;
    std::int32_t acknowledge_within;   // minutes, where it is critical and nobody has it in hand: then it is told again; 0: it is not
    std::string_view meaning;
    std::string_view whom;
    std::string_view next;             // what to do
    std::string_view too_late;         // by when
    std::string_view resolved_by;
};

// Every kind's row, in the order of AlertKind.
const std::vector<AlertKindRow>& alert_kinds();
const AlertKindRow& row_of(AlertKind kind);
// Nothing where no row has that word: of an alert that another release raised.
const AlertKindRow* find_alert_kind(std::string_view word);

// A kind with the severity that its row gives it.
struct RankedKind {
    AlertKind kind;
    Severity severity;
    // Not explicit: a kind alone is as its row begins.
    RankedKind(AlertKind as_it_begins) : kind(as_it_begins), severity(row_of(as_it_begins).severity) {}

    // The worse of its two, where the row has one and `worse` holds.
    static RankedKind worse_if(bool worse, AlertKind kind);
};

// The table for people, as the README of notification has it: Markdown.
std::string alert_kinds_text();

}  // namespace rightsdesk::domain
