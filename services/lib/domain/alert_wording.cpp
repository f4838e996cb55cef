#include "domain/alert_wording.h"

#include <algorithm>

#include "base/texts.h"
#include "domain/approvals.h"
#include "domain/civil.h"
#include "domain/money_text.h"

namespace rightsdesk::domain {

namespace {

std::string approval_command(const std::string& log, const Proposal& proposal) {
    const std::string tail = " " + log + " " + proposal.id + " --as YOU";
    switch (proposal.kind) {
        case ProposalKind::kExtension:
        case ProposalKind::kSuspension:
        case ProposalKind::kResumption:
        case ProposalKind::kTermination:
        case ProposalKind::kClosing:
        case ProposalKind::kFinalPrice: return "rightsdesk offering approve" + tail;
        case ProposalKind::kWaiver: return "rightsdesk notice approve" + tail;
        case ProposalKind::kAllocation:
        case ProposalKind::kRefunds: return "rightsdesk allocation approve" + tail;
    }
    return "";
}

}  // namespace

std::string reasons_text(const std::vector<Reason>& reasons) {
    std::string text;
    for (const Reason reason : reasons) {
        if (!text.empty()) text += "; ";
        text += explain(reason);
    }
    return text;
}

std::string missing_text(const std::vector<Missing>& missing) {
    std::string text;
    for (const Missing part : missing) text += (text.empty() ? "" : ", ") + to_text(part);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

Wording wording_of_another(const Notice& notice, const CertificatesReceived& received) {
    const std::string guarantor = notice.content.guarantor_name.value_or("");
    return {AlertKind::kCoveredByAnother,
            "certificates for " + grouped(received.rights.value) + " rights of " + notice.id + " came from " + received.delivered_by +
                ", and not from its guarantor " + guarantor + ": they count all the same",
            guarantor + ", whose exposure they discharge; " + received.delivered_by,
            "tell the guarantor that they are here, so that it does not send them again; rightsdesk notice show " + notice.id +
                " says what is missing still"};
}

Wording wording_of_suspension(const std::string& log, const Suspension& suspension) {
    const auto& window = suspension.cancel_through;
    return {AlertKind::kOfferingSuspended,
            "the offering is suspended: " + suspension.why + (window ? "; holders may withdraw until " + window->civil + " " + window->zone : ""),
            "every guarantor and holder", "announce it; no deadline is acted upon until it is resumed: rightsdesk offering resume " + log + " --why ... --as YOU"};
}

Wording wording_of_item(const std::string& item, const std::string& what, const std::string& why) {
    return {AlertKind::kItemUnattributed, what + " came in that is no offering's: " + why, "operations",
            "rightsdesk desk show " + item + "; then rightsdesk desk attribute " + item + " OFFERING --why ... --as YOU"};
}

Wording wording_of_quarantine(const std::string& log, const ItemQuarantined& event) {
    const QuarantinedWork& work = *event.work;
    const std::string frozen = work.entity.empty() ? "" : "; " + work.service + " decides nothing about " + work.entity + " until it is released";
    const std::string what = work.attempts == 0 ? event.item + " waits: " + event.why
                                                : work.service + " failed " + std::to_string(work.attempts) + " times at " + event.item + ": " + event.why + frozen;
    return {work.attempts == 0 ? AlertKind::kItemHeld : AlertKind::kWorkQuarantined, what, "operations; the engineer on call",
            "keep the service's log and tell the engineers; after the fix rightsdesk desk release " + event.item + (log == kDesk ? "" : " --offering " + log) +
                " --why ... --as YOU"};
}

std::string words_for(const MoneyMessage& message) {
    const bool clearance = std::holds_alternative<ConfirmClearance>(message);
    return clearance ? "the clearance of an instrument" : std::holds_alternative<ReportBounce>(message) ? "a return" : "a payment";
}

Wording wording_of_rights(const std::string& log, const std::string& words) {
    return {AlertKind::kRightsOversold, words + ": one of the three is wrong, unless who bought the rights exercised them", "operations; the issuer",
            "rightsdesk rights list " + log + "; a mistaken sale: rightsdesk rights reverse REFERENCE --why ... --as YOU; a right one: rightsdesk alerts acknowledge"};
}

Wording wording_of_receipt(const Payment& payment, const std::optional<Date>& day, bool passed) {
    const std::string money = payment.id + ", " + to_text(payment.method) + " of " + money_text(payment.amount);
    std::string what = "the bank tells no time of " + money + (day ? ", only " + to_text(*day) + ", a day on which money becomes late" : "");
    if (payment.doubt && payment.doubt->why == ReceiptQuestion::kMisdirected) what = money + ", came to an address that is not listed for its channel";
    else if (payment.doubt) what = money + ", is stamped in time and was handed over when that had passed";
    return {RankedKind::worse_if(passed, AlertKind::kReceiptTimeUnknown), what + ": it is not good" + (passed ? "; the hour has passed" : ""),
            payment.doubt ? "whoever asks the mail room" : "whoever asks the bank",
            std::string(payment.doubt ? "ask the mail room when a listed address" : "ask the bank when it") + " had the money; then rightsdesk payment settle-receipt " +
                payment.id + " --received-at ... --evidence ... --as YOU"};
}

Wording wording_of_short_cover(const Notice& notice, Rights came) {
    return {AlertKind::kCoverShort,
            "certificates of " + notice.id + " came for " + grouped(came.value) + " rights, fewer than guaranteed: by the terms it counts for the shares that they are good for",
            "its guarantor, who is in breach for the rest; the issuer", "tell the guarantor; the money for the rest is returned"};
}

Wording wording_of_delivery(const Notice& notice, const CertificatesReceived& received) {
    if (!received.listed) {
        return {AlertKind::kCertificatesMisdirected,
                "certificates for " + grouped(received.rights.value) + " rights of " + notice.id + ", delivery " + received.delivery +
                    ", came to an address that is not listed for " + to_text(received.channel) + ": they cover nothing",
                "the mail room; who sent the certificates",
                "bring them to a listed address; then rightsdesk certificates deliver " + notice.id + " ... with the stamp that they get there"};
    }
    std::string what = "certificates for " + grouped(received.rights.value) + " rights of " + notice.id + ", delivery " + received.delivery + ", do not count yet: ";
    for (const CertificateQuestion question : received.questions) what += (question == received.questions.front() ? "" : "; ") + std::string(explain(question));
    if (!received.on_file_for.empty()) what += " (on file for " + base::joined(received.on_file_for) + ")";
    return {AlertKind::kCertificatesInQuestion, what, "whoever decides on notices; who sent the certificates",
            "rightsdesk notice show " + notice.id + "; then rightsdesk certificates settle " + notice.id + " --delivery " + received.delivery +
                " --evidence ... --as YOU, with --rights N or --does-not-count"};
}

Wording wording_to_return(const NoticeId& notice, const std::string& delivery) {
    return {AlertKind::kCertificatesToReturn,
            "certificates of delivery " + delivery + " lie here for " + notice + ", which no longer counts", "the mail room; whoever sent them",
            "send them back; then rightsdesk certificates return " + notice + " --delivery " + delivery + " --reference ... --as YOU"};
}

Wording wording_to_return_many(const std::string& log, std::size_t deliveries) {
    return {AlertKind::kCertificatesToReturn,
            "certificates of " + grouped(static_cast<std::int64_t>(deliveries)) + " deliveries lie here for notices that no longer count",
            "the mail room; whoever sent them",
            "rightsdesk report " + log + " --kind exceptions lists them; send them back, then rightsdesk certificates return for each"};
}

Wording wording_of_price(const std::string& log, Money estimated, Money price, const std::optional<Deadline>& bill_until) {
    return {RankedKind::worse_if(bill_until.has_value(), AlertKind::kFinalPriceSet),
            "the final price is " + money_text(price) + " a share; the estimate was " + money_text(estimated) +
                (bill_until ? "; what is short may be paid until " + bill_until->civil + " " + bill_until->zone : ""),
            "the issuer, every guarantor and holder", bill_until ? "bill the shortfalls: rightsdesk report " + log : "announce it"};
}

std::string cause_of(Owed owed) { return "owed_by/" + to_text(owed); }

Wording wording_of_owed(const std::string& log, const OwedReminder& reminder) {
    const bool passed = reminder.minutes == 0;
    const std::string until = reminder.deadline.civil + " " + reminder.deadline.zone;
    const std::string when = passed ? " were due " + until : " are due " + until + ", in less than " + std::to_string(reminder.minutes) + " minutes";
    switch (reminder.owed) {
        case Owed::kSharesReport:
            return {RankedKind::worse_if(passed, AlertKind::kSharesReportDue), "the shares subscribed and unsubscribed and the guarantees received" + when + ", and the offering is not counted", "the issuer",
                    "see whose watermark is missing; the figures as the records stand: rightsdesk report " + log + " --kind count"};
        case Owed::kConfirmations: break;
    }
    return {RankedKind::worse_if(passed, AlertKind::kConfirmationsDue), "confirmations" + when + ", and the offering is not settled", "every holder; the issuer",
            "approve the allocation and its refunds, then rightsdesk allocation settle " + log + " --reference ... --as YOU"};
}

std::string open_matters(const Book& book) {
    std::size_t defective = 0, unkeyed = 0;
    for (const NoticeId& id : book.notice_ids()) {
        const NoticeStatus status = book.notice(id)->status;
        if (status == NoticeStatus::kDefective || status == NoticeStatus::kInQuestion) ++defective;
        if (status == NoticeStatus::kAwaitingKeying) ++unkeyed;
    }
    return std::to_string(book.notice_ids().size()) + " notices, " + std::to_string(defective) + " with defects or questions, " +
           std::to_string(book.unmatched_payments().size()) + " payments unmatched" + (unkeyed == 0 ? "" : ", " + std::to_string(unkeyed) + " notices to be keyed");
}

Wording wording_of_hour(const Book& book, std::int64_t minutes, const Deadline& hour) {
    return {RankedKind::worse_if(minutes <= 60, AlertKind::kExpirationNear),
            std::to_string(minutes) + " minutes to the hour (" + hour.civil + " " + hour.zone + "): " + open_matters(book), "operations",
            "rightsdesk report " + book.log() + "; cure, match and approve what is open"};
}

std::optional<Wording> wording_of_notice(const std::string& log, const Notice& notice) {
    const std::string from = notice.content.guarantor_name ? " by " + *notice.content.guarantor_name : "";
    const std::string asked = notice.form == NoticeForm::kDirectExercise ? "holder" : "guarantor";
    const auto say = [&](AlertKind kind, const std::string& next) {
        return Wording{kind, notice.id + from + ": " + reasons_text(notice.reasons),
                       (asked == "guarantor" ? "the guarantor and holder of " : "the holder of ") + notice.id, next};
    };
    const std::string show = "rightsdesk notice show " + notice.id + "; ";
    switch (notice.status) {
        case NoticeStatus::kAccepted:
        case NoticeStatus::kRejected:
        case NoticeStatus::kLinked:
        case NoticeStatus::kWithdrawn:
        case NoticeStatus::kAwaitingKeying: return std::nullopt;  // wording_of_keying
        case NoticeStatus::kInQuestion:
            return say(AlertKind::kNoticeInQuestion, show + "decide it: rightsdesk notice cure " + notice.id + " --reason ... --evidence ... --as YOU, or notice reject");
        case NoticeStatus::kDefective:
            return say(AlertKind::kNoticeDefective, show + "ask the " + asked + " to cure it: rightsdesk notice cure " + notice.id + " --reason ... --value ... --evidence ... --as YOU");
        case NoticeStatus::kLate: return say(AlertKind::kNoticeLate, "it counts only if the offering is extended: rightsdesk offering extend " + log + " --to ...");
        case NoticeStatus::kMisdirected:
            return say(AlertKind::kNoticeMisdirected, "tell the sender the listed number or address; it counts once it reaches one");
        case NoticeStatus::kRefused: return say(AlertKind::kNoticeRefused, "tell the sender why");
    }
    return std::nullopt;
}

Wording wording_of_keying(const std::string& log, const Notice& notice, bool passed) {
    const ReadingOnFile reading = notice.reading.value_or(ReadingOnFile{});
    const std::string missing = reading.missing.empty() ? "" : "; to be keyed: " + base::joined(reading.missing);
    return {RankedKind::worse_if(passed, AlertKind::kNoticeAwaitsKeying),
            notice.id + " could not be read with certainty" + (reading.reason.empty() ? "" : " (" + reading.reason + ")") + missing +
                (passed ? "; nothing final is counted without it" : "; what turns out to be missing can be cured until the hour"),
            "whoever keys notices", "rightsdesk notice keying " + log + "; rightsdesk notice key " + notice.id + " --field NAME=VALUE ... --as YOU, or notice reject"};
}

Wording wording_of_waiting(const std::string& log, const Proposal& proposal) {
    return {AlertKind::kProposalWaiting,
            proposal.id + " waits for approval: " + (proposal.by_person ? "proposed by " : "computed by ") + proposal.proposed_by +
                (proposal.why.empty() ? "" : ", " + proposal.why) + (proposal.kind == ProposalKind::kWaiver ? "; " + waiver_text(proposal) : ""),
            "any operator who has not spoken for it yet", approval_command(log, proposal)};
}

Wording wording_of_owners(const Notice& notice, const std::string& why) {
    const std::string asked = grouped(notice.content.excess_shares.value_or(Shares(0)).value);
    return {AlertKind::kOwnersNotCertified,
            notice.id + " asks for " + asked + " over-subscription shares and is judged as one holder's: " + why,
            notice.form == NoticeForm::kDirectExercise ? "its holder, if that is a nominee" : "its guarantor and holder, if that is a nominee",
            "ask for a nominee holder certification; then rightsdesk notice owners " + notice.id + " OWNERS.csv --evidence ... --as YOU"};
}

Wording wording_of_going_without(const WithoutReplicaProposed& event) {
    return {AlertKind::kWithoutReplicaProposed, event.by + " proposes to acknowledge without the replica: " + event.why, "any other operator",
            "rightsdesk replica status says what is wrong with it; then rightsdesk replica approve --of " + event.by + " --as YOU, or mend it"};
}

Wording wording_of_one_disk(const ReplicaWaived& event) {
    return {AlertKind::kWithoutReplica, "what is acknowledged is on one disk only, by " + base::joined(event.people, " and ") + ": " + event.why,
            "operations, until there are two again", "bring the replica back (runbook, 'The replica'), then rightsdesk replica return --why ... --as YOU"};
}

Wording wording_of_watermark(const WatermarkProposal& proposal) {
    return {AlertKind::kProposalWaiting,
            proposal.by + " proposes to declare in the stead of " + proposal.source + " that nothing it stamped up to " + instant_text(proposal.through) +
                " is still to be handed over: " + proposal.why,
            "any other operator",
            "look at its spool and journal, or ask who kept it; then rightsdesk gateway approve " + proposal.source + " --through " + instant_text(proposal.through) + " --of " +
                proposal.by + " --as YOU, or gateway withdraw"};
}

Wording wording_of_declared(const Watermark& watermark) {
    return {AlertKind::kWatermarkDeclared,
            watermark.source + " was not asked: " + base::joined(watermark.declared_by, " and ") + " declared its watermark to be " + instant_text(watermark.through) + ": " +
                watermark.why,
            "operations, and whoever mends the source", "counts go on without it; what it still holds from before then is handed over by people, each with its own proof of when it came"};
}

// At the hour that is money which seems not to have come.
Wording wording_of_file_set_aside(const FileSetAside& event) {
    return {AlertKind::kFileSetAside, event.source + " could not take " + event.file + ", and nothing of it is in the books: " + event.why,
            "operations, and whoever knows this bank",
            "mend the bank's profile, or ask the bank for the file again; then move it from the feed's set-aside/ into in/ (runbook, 'A bank file that was set aside')"};
}

}  // namespace rightsdesk::domain
