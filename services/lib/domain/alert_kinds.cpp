#include "domain/alert_kinds.h"

#include <algorithm>

#include "base/check.h"

namespace rightsdesk::domain {

// A namespace of its own, so that its short names stay out of the other sources.
namespace alert_kind_rows {

namespace {

using K = AlertKind;
constexpr Severity kInfo = Severity::kInfo, kWarning = Severity::kWarning, kCritical = Severity::kCritical;
constexpr AlertNature kMatter = AlertNature::kMatter, kReminder = AlertNature::kReminder, kHealth = AlertNature::kHealth;
constexpr auto kNever = std::nullopt;
constexpr const char* kHour = "the hour";
constexpr const char* kNoInstant = "-";
constexpr const char* kRead = "a person: it is news, and is acknowledged";
constexpr const char* kAtOnce = "at once: the service answers everything with 'retry later'";

// kind, nature, severity, the worse one and when, minutes to acknowledge it, what it means, whom it concerns, what to do, by when it is too late, what resolves it
const std::vector<AlertKindRow>& rows() {
    static const std::vector<AlertKindRow> kRows = {
        // ---- notices ----
        {K::kNoticeDefective, kMatter, kWarning, kNever, "", 0, "a notice lacks something that it must have", "its guarantor and holder", "ask for a cure: notice cure", kHour,
         "a cure, a waiver, its rejection or withdrawal"},
        {K::kNoticeInQuestion, kMatter, kWarning, kNever, "", 0, "a person must decide something about a notice", "its guarantor and holder; whoever decides on notices",
         "notice cure or notice reject", kHour, "the decision"},
        {K::kNoticeLate, kMatter, kWarning, kNever, "", 0, "a notice came after the hour", "its guarantor and holder", "tell them; it counts only after an extension", kHour,
         "an extension, its withdrawal"},
        {K::kNoticeMisdirected, kMatter, kWarning, kNever, "", 0, "a notice came to a number or address that is not listed", "its guarantor and holder",
         "tell the sender the listed one", kHour, "its coming to a listed one, its rejection"},
        {K::kNoticeRefused, kMatter, kInfo, kNever, "", 0, "a notice cannot count, whatever comes", "its guarantor and holder", "tell the sender why", kNoInstant, kRead},
        {K::kNoticeAwaitsKeying, kMatter, kWarning, kCritical, "once the hour has passed", 15, "a page could not be read with certainty", "whoever keys notices", "notice key",
         "the hour, or when it holds up the count", "its being keyed, its rejection"},
        {K::kOwnersNotCertified, kMatter, kWarning, kNever, "", 0, "an over-subscription that only a nominee's owners could make eligible", "its guarantor and holder",
         "ask for the certification; notice owners", "the next allocation", "a certification that holds, or that none is needed any more"},

        // ---- money ----
        {K::kNoticeUnderpaid, kMatter, kWarning, kNever, "", 0, "a notice is paid short", "its holder", "ask for the rest", "when its money is due", "the money, or the count"},
        {K::kNoticeOverpaid, kMatter, kInfo, kNever, "", 0, "a notice is paid over", "its holder", "nothing: the terms say what the rest buys", "when its money is due",
         "the money moving on, or the count"},
        {K::kNoticeLapsed, kMatter, kWarning, kNever, "", 0, "a notice has no good money in time", "its guarantor and holder", "tell the guarantor", kNoInstant,
         "its money coming into time after all, its withdrawal"},
        {K::kPaymentUnmatched, kMatter, kWarning, kNever, "", 0, "money waits in suspense", "whoever matches payments", "payment match", "when the nearest notice's money is due",
         "a match, a bounce, its being taken back"},
        {K::kPaymentRefused, kMatter, kWarning, kNever, "", 0, "money came that the terms do not take", "whoever returns money, and its sender", "send it back; acknowledge",
         "when money is due", "its being taken back; else a person acknowledges it"},
        {K::kReceiptTimeUnknown, kMatter, kWarning, kCritical, "once the hour has passed", 60, "nobody knows whether money came in time", "whoever asks the bank or the mail room",
         "payment settle-receipt", "the next allocation", "the money being good, bounced or taken back"},
        {K::kPaymentBounced, kMatter, kCritical, kNever, "", 30, "the bank returned a payment", "the guarantor and holder of what it funded", "tell the holder; payment represent",
         "when its money is due", "its being good, presented again or cleared"},
        {K::kPaymentOwed, kMatter, kCritical, kNever, "", 60, "the bank took back money that had bought shares or was refunded", "whoever paid it", "ask for the money", kNoInstant,
         "the money being good again"},
        {K::kRefundFailed, kMatter, kWarning, kNever, "", 0, "a refund came back", "its holder", "pay it again; payment refund", kNoInstant, "its being paid"},

        // ---- certificates and rights ----
        {K::kCoverDue, kReminder, kWarning, kNever, "", 0, "a guaranteed notice's certificates are due soon", "its guarantor", "call the guarantor; certificates deliver",
         "when the cover is due", "the cover, the deadline, its rejection or withdrawal"},
        {K::kCoverIncomplete, kReminder, kWarning, kNever, "", 0, "some of a guaranteed notice's certificates are missing", "its guarantor",
         "call the guarantor; certificates deliver", "when the cover is due", "the cover, the deadline, its rejection or withdrawal"},
        {K::kCoverMissed, kMatter, kCritical, kNever, "", 60, "a guaranteed notice is not covered", "its guarantor, who is in breach; the issuer", "tell the guarantor", kNoInstant,
         "a new deadline, the cover, its withdrawal"},
        {K::kCoverShort, kMatter, kWarning, kNever, "", 0, "certificates came for fewer rights than guaranteed, and the notice counts for these", "its guarantor; the issuer",
         "tell the guarantor", kNoInstant, "the rest coming"},
        {K::kCoveredByAnother, kMatter, kInfo, kNever, "", 0, "another firm than the guarantor sent certificates that count", "its guarantor; who sent them", "tell the guarantor",
         "when the cover is due", "the certificates going back; else a person acknowledges it"},
        {K::kCertificatesMisdirected, kMatter, kWarning, kNever, "", 0, "certificates came to an address that is not listed", "the mail room; who sent them",
         "bring them to a listed one; certificates deliver", "when the cover is due", "the cover, their return"},
        {K::kCertificatesInQuestion, kMatter, kWarning, kNever, "", 0, "certificates do not count before a question is settled", "whoever decides on notices; who sent them",
         "certificates settle", "when the cover is due", "the decision, the cover, their return"},
        {K::kCertificatesToReturn, kMatter, kWarning, kNever, "", 0, "certificates lie here for notices that no longer count", "the mail room; who sent them",
         "send them back; certificates return", kNoInstant, "their return, the notice counting again"},
        {K::kRightsOversold, kMatter, kWarning, kNever, "", 0, "rights sold and exercised go beyond those issued", "operations; the issuer", "rights list; rights reverse", kHour,
         "the sum being within them again"},

        // ---- the offering ----
        {K::kExpirationNear, kReminder, kWarning, kCritical, "in the last hour", 10, "the hour is near, and what is open", "operations", "cure, match and approve what is open",
         kHour, "the hour, an extension, a suspension"},
        {K::kSharesReportDue, kReminder, kWarning, kCritical, "once past", 15, "the issuer's figures are due, and the offering is not counted", "the issuer",
         "see whose watermark is missing", "when they are due", "the count, an extension, a termination"},
        {K::kConfirmationsDue, kReminder, kWarning, kCritical, "once past", 60, "confirmations are due, and the offering is not settled", "every holder; the issuer",
         "allocation approve; allocation settle", "when they are due", "the settlement, an extension, a termination"},
        {K::kOfferingExpired, kMatter, kWarning, kNever, "", 0, "the hour has come", "operations", "see that every source sends its watermark", kNoInstant,
         "the count, an extension"},
        {K::kOfferingExtended, kMatter, kWarning, kNever, "", 0, "the hour moved", "every guarantor and holder", "announce it", kNoInstant, kRead},
        {K::kOfferingSuspended, kMatter, kCritical, kNever, "", 30, "the offering is suspended", "every guarantor and holder", "announce it; offering resume",
         "the end of the window to withdraw", "its resumption or termination"},
        {K::kOfferingResumed, kMatter, kWarning, kNever, "", 0, "the offering goes on", "every guarantor and holder", "announce it", kHour, kRead},
        {K::kOfferingTerminated, kMatter, kCritical, kNever, "", 60, "the offering is terminated", "the issuer, every guarantor and holder", "announce it; approve the refunds",
         kNoInstant, kRead},
        {K::kClosingAdded, kMatter, kWarning, kNever, "", 0, "a day is no business day after all", "every guarantor whose certificates are due", "tell them their new deadlines",
         kNoInstant, kRead},
        {K::kPriceAwaited, kMatter, kWarning, kNever, "", 0, "the price is an estimate, and the hour has come", "the issuer", "offering price", kNoInstant,
         "the final price, a termination"},
        {K::kFinalPriceSet, kMatter, kInfo, kCritical, "where a shortfall is billed", 60, "the final price is set", "the issuer, every guarantor and holder", "bill or announce it",
         "until when it bills", kRead},
        {K::kMinimumMissed, kMatter, kCritical, kNever, "", 60, "fewer shares are subscribed for than the terms need", "the issuer", "offering terminate", kNoInstant,
         "an allocation that reaches it, a termination"},
        {K::kProposalWaiting, kMatter, kWarning, kNever, "", 0, "a proposal waits for another person", "any operator who has not spoken for it yet", "approve it",
         "the hour, of an extension", "the approval, another proposal in its place"},
        {K::kAllocationComputed, kMatter, kInfo, kNever, "", 0, "the preliminary allocation is there", "the issuer", "allocation show", kNoInstant, kRead},
        {K::kOfferingCounted, kMatter, kInfo, kNever, "", 0, "every source has a watermark past the hour", "the issuer", "report", kNoInstant, kRead},
        {K::kOfferingTabulated, kMatter, kInfo, kNever, "", 0, "every cover deadline has passed", "the issuer", "allocation show; two people approve it", kNoInstant, kRead},
        {K::kOfferingSettled, kMatter, kInfo, kNever, "", 0, "the offering is settled", "everybody", "nothing", kNoInstant, kRead},

        // ---- the desk ----
        {K::kItemUnattributed, kMatter, kWarning, kNever, "", 0, "something came in that is no offering's", "operations", "desk attribute", kNoInstant, "its attribution"},
        {K::kCommandNotPermitted, kMatter, kWarning, kNever, "", 0, "somebody sent what its roles do not allow", "whoever keeps the keys", "ask; revoke its key", kNoInstant, kRead},
        {K::kIdentityConflict, kMatter, kCritical, kNever, "", 60, "a sender used a number again for something else", "operations and the gateway's owner",
         "compare both (desk list); have it sent anew", kNoInstant, kRead},
        {K::kItemQuarantined, kMatter, kCritical, kNever, "", 30, "a message cannot be read", "operations and the sender's owner", "desk list; have it sent again", kNoInstant,
         kRead},
        {K::kItemHeld, kMatter, kWarning, kNever, "", 0, "something waits for what is in quarantine", "operations; the engineer on call", "desk release", kHour, "the release"},
        {K::kWorkQuarantined, kMatter, kCritical, kNever, "", 15, "a service failed at something three times", "operations; the engineer on call", "after the fix: desk release", kHour,
         "the release"},
        {K::kFileSetAside, kMatter, kCritical, kNever, "", 30, "a bank's file could not be taken", "operations, and whoever knows this bank", "mend it, and give it again", kNoInstant,
         "the file being taken"},
        {K::kWithoutReplicaProposed, kMatter, kCritical, kNever, "", 10, "somebody proposes to acknowledge without the replica", "any other operator",
         "replica approve, or mend it", kNoInstant, "the approval, the replica being required again"},
        {K::kWithoutReplica, kMatter, kCritical, kNever, "", 30, "what is acknowledged is on one disk only", "operations", "bring the replica back; replica return", kNoInstant,
         "the replica being required again"},
        {K::kAlertUnacknowledged, kMatter, kCritical, kNever, "", 0, "nobody acknowledged a critical alert in its time", "who leads operations",
         "see that somebody has it in hand: alerts acknowledge", "that alert's own", "its being acknowledged, the end of that alert"},
        {K::kWayStandsStill, kMatter, kCritical, kNever, "", 15, "what should have gone out by a way waits: its other side does not take it", "the engineer on call",
         "mend the other side; sendings list WAY, sendings retry", kNoInstant, "what waited having gone out, or having been abandoned"},
        {K::kSendingRefused, kMatter, kWarning, kNever, "", 0, "the other side of a way will not take a sending as it is", "the engineer on call",
         "sendings show; after the fix: sendings retry, or sendings abandon", kNoInstant, "its being sent or abandoned"},
        {K::kWatermarkDeclared, kMatter, kWarning, kNever, "", 0, "two people declared a dead source's watermark", "operations, and whoever mends the source",
         "what it still holds from before then is handed over by people", kNoInstant, kRead},

        // ---- the desk's health ----
        {K::kStoreUnreachable, kHealth, kCritical, kNever, "", 0, "Redis does not answer", "operations", "runbook, 'the store'", kAtOnce, "its answer"},
        {K::kStoreNotDurable, kHealth, kCritical, kNever, "", 0, "a setting of Redis is wrong, or it cannot write", "operations", "runbook, 'the store'", kAtOnce, "its being durable"},
        {K::kReplicaMissing, kHealth, kCritical, kNever, "", 0, "the replica does not confirm", "operations", "runbook, 'The replica'", kAtOnce,
         "the replica, or two people who go on without it"},
        {K::kStoreFullMemory, kHealth, kCritical, kNever, "", 0, "Redis uses 97 % of its memory", "operations", "runbook, 'Memory'", kAtOnce, "its using less than 95 %"},
        {K::kStoreMemoryLow, kHealth, kWarning, kNever, "", 0, "Redis uses 85 % of its memory", "operations", "runbook, 'Memory'", "today", "its using less"},
        {K::kDiskNearlyFull, kHealth, kCritical, kNever, "", 0, "too little is left on a disk", "operations", "runbook, 'The disk is full'", kAtOnce, "an eighth more than the bound"},
        {K::kDiskSlow, kHealth, kWarning, kNever, "", 0, "durable writes take too long", "operations", "find what else uses the disk", kNoInstant, "its being quick again"},
        {K::kLogUnverified, kHealth, kCritical, kNever, "", 0, "the store was started again; its logs are being verified", "operations", "wait some seconds", kAtOnce,
         "the verification"},
        {K::kLogDamaged, kHealth, kCritical, kNever, "", 0, "a log is not what it was", "operations", "stop the suite; runbook, 'A log is damaged'", kAtOnce, "a repair by people"},
        {K::kClockStepped, kHealth, kCritical, kNever, "", 0, "the wall clock jumped", "operations", "runbook, 'The clock'", kAtOnce, "the clock being back; clock accept"},
        {K::kClockBehindLog, kHealth, kCritical, kNever, "", 0, "the clock shows less than the last record", "operations", "runbook, 'The clock'", kAtOnce,
         "its showing more; clock accept"},
        {K::kClockDisagrees, kHealth, kCritical, kNever, "", 0, "Redis' clock shows another time", "operations", "runbook, 'The clock'", kAtOnce, "their agreeing"},
        {K::kClockUnsynchronised, kHealth, kCritical, kNever, "", 0, "the kernel says that its clock is not synchronised", "operations", "runbook, 'The clock'", kAtOnce,
         "chrony or ntpd"},
        {K::kConsumerStuck, kHealth, kCritical, kNever, "", 0, "another service is behind its log and does not move", "operations", "runbook, 'consumer_stuck'", "before the hour",
         "its moving"},
    };
    return kRows;
}

std::string severity_text(const AlertKindRow& row) {
    return base::to_text(row.severity) + (row.worse ? "; " + base::to_text(*row.worse) + " " + std::string(row.worse_when) : "");
}

}  // namespace

}  // namespace alert_kind_rows

const std::vector<AlertKindRow>& alert_kinds() { return alert_kind_rows::rows(); }

const AlertKindRow& row_of(AlertKind kind) {
    const AlertKindRow& row = alert_kinds().at(static_cast<std::size_t>(kind));
    CHECK(row.kind == kind);
    return row;
}

const AlertKindRow* find_alert_kind(std::string_view word) {
    const auto kind = base::enum_from_text<AlertKind>(word);
    return kind ? &row_of(*kind) : nullptr;
}

RankedKind RankedKind::worse_if(bool worse, AlertKind kind) {
    RankedKind ranked(kind);
    CHECK(row_of(kind).worse);
    if (worse) ranked.severity = *row_of(kind).worse;
    return ranked;
}

std::string alert_kinds_text() {
    std::string text = "| kind | severity | nature | acknowledge within | what it means | whom it concerns | what to do | too late | what resolves it |\n|---|---|---|---|---|---|---|---|---|\n";
    for (const AlertKindRow& row : alert_kinds()) {
        text += "| `" + base::to_text(row.kind) + "` | " + alert_kind_rows::severity_text(row) + " | " + base::to_text(row.nature) + " | " +
                (row.acknowledge_within == 0 ? "-" : std::to_string(row.acknowledge_within) + " min");
        for (const std::string_view cell : {row.meaning, row.whom, row.next, row.too_late, row.resolved_by}) text += " | " + std::string(cell);
        text += " |\n";
    }
    return text;
}

}  // namespace rightsdesk::domain
