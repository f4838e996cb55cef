#include "domain/receipts.h"

#include "base/hash.h"
#include "base/texts.h"
#include "domain/approvals.h"
#include "domain/feed_files.h"
#include "domain/book.h"
#include "domain/certifying.h"

namespace rightsdesk::domain {

namespace {

ReceiptKind kind_of(NoticeStatus status) {
    switch (status) {
        case NoticeStatus::kAccepted:
        case NoticeStatus::kInQuestion:
        case NoticeStatus::kAwaitingKeying:
        case NoticeStatus::kLinked: return ReceiptKind::kAccepted;
        case NoticeStatus::kDefective:
        case NoticeStatus::kLate:
        case NoticeStatus::kMisdirected: return ReceiptKind::kDefective;
        case NoticeStatus::kRefused:
        case NoticeStatus::kRejected:
        case NoticeStatus::kWithdrawn: return ReceiptKind::kRefused;
    }
    return ReceiptKind::kAccepted;
}

void explain_reasons(Receipt& receipt, const std::vector<Reason>& reasons) {
    for (const Reason reason : reasons) {
        receipt.reasons.push_back(to_text(reason));
        if (!receipt.explanation.empty()) receipt.explanation += "; ";
        receipt.explanation += explain(reason);
    }
}

// What the first event of an item says to the sender. Events that are never first of a command's item say "accepted".
struct Saying {
    Receipt& receipt;

    void operator()(const CommandRefused& event) const {
        receipt.kind = ReceiptKind::kRefused;
        receipt.subject = event.subject;
        receipt.status = "refused";
        receipt.reasons = {to_text(event.refusal)};
        receipt.explanation = explain(event.refusal);
        if (!event.detail.empty()) receipt.explanation += " (" + event.detail + ")";
    }
    void operator()(const IdentityConflicted& event) const {
        receipt.kind = ReceiptKind::kConflict;
        receipt.identity = event.identity;
        receipt.subject = "record " + std::to_string(event.first);
        receipt.status = "conflict";
        receipt.explanation = "this identity was used before with another body: nothing was changed, and a person is told; send a new message under a new number";
    }
    void operator()(const ItemQuarantined& event) const {
        receipt.kind = ReceiptKind::kQuarantined;
        receipt.subject = item_name(event.item);
        receipt.status = "quarantined";
        receipt.explanation = event.why;
    }
    void operator()(const QuarantineReleased& event) const {
        about(item_name(event.item), "released", "it is decided once more, and after it what waits for " + (event.entity.empty() ? "it" : event.entity));
    }
    void operator()(const ClockAccepted&) const { about(clock_name(), "accepted", "every service whose clock shows this time goes on by it"); }
    void operator()(const NoticeDecided& event) const {
        receipt.kind = kind_of(event.notice.status);
        receipt.subject = notice_name(event.notice.id);
        receipt.status = to_text(event.notice.status);
        explain_reasons(receipt, event.notice.reasons);
    }
    void operator()(const NoticeKeyed& event) const {
        receipt.kind = kind_of(event.notice.status);
        about(notice_name(event.notice.id), to_text(event.notice.status));
        if (event.notice.reading && event.notice.reading->same_as) receipt.explanation = "it is " + *event.notice.reading->same_as + ", which has its delivery now: it counts once";
        else explain_reasons(receipt, event.notice.reasons);
        if (event.again) receipt.explanation = "the same was keyed before; " + receipt.explanation;
    }
    void operator()(const DeliveryLinked& event) const { about(notice_name(event.notice), "linked", "a further delivery of a notice on file: it counts once"); }
    void operator()(const DefectCured& event) const { about(notice_name(event.notice), "cured"); }
    void operator()(const NoticeConfirmed& event) const { about(notice_name(event.notice), "confirmed"); }
    void operator()(const CertificatesDelivered& event) const {
        const CertificatesReceived& received = event.received;
        about(notice_name(event.notice), "certificates_recorded", received.repeats.empty() ? "" : "the same certificates came with delivery " + received.repeats + ": they count once");
        if (!received.listed) {
            receipt.kind = ReceiptKind::kDefective;
            explain_reasons(receipt, {Reason::kMisdirected});
        }
        for (const CertificateQuestion question : received.questions) {
            receipt.reasons.push_back(to_text(question));
            receipt.explanation += (receipt.explanation.empty() ? "" : "; ") + std::string(explain(question));
        }
    }
    void operator()(const CertificatesSettled& event) const {
        about(notice_name(event.notice), event.settlement.counts ? "certificates_count" : "certificates_do_not_count", event.delivery);
    }
    void operator()(const CertificatesReturned& event) const { about(notice_name(event.notice), "certificates_returned", event.delivery); }
    void operator()(const NoticeRejected& event) const { about(notice_name(event.notice), "rejected"); }
    void operator()(const NoticeWithdrawn& event) const { about(notice_name(event.notice), "withdrawn"); }
    void operator()(const NoticeAmended& event) const { about(notice_name(event.notice), "amended"); }
    void operator()(const OwnersCertified& event) const { about(notice_name(event.notice), "owners_certified", owners_text(event.certification)); }
    void operator()(const RegisterPartKept& event) const { about(register_name(), "part_kept", event.sha256); }
    void operator()(const RegisterImported& event) const {
        about(register_name(), "imported", std::to_string(event.imported.holders) + " holders of record: notices are checked against them from now on, and those on file again");
    }
    void operator()(const RightsSold& event) const { about(sale_name(event.sale.reference), "recorded"); }
    void operator()(const RightsSaleReversed& event) const { about(sale_name(event.reference), "reversed", "it counts no more; both entries stay on record"); }
    void operator()(const NoticeTakenBack& event) const { taken_back(notice_name(event.notice)); }
    void operator()(const PaymentTakenBack& event) const { taken_back(payment_name(event.payment)); }
    void operator()(const ItemLinked& event) const {
        about(item_name(event.item), "linked", "the same money as an earlier message told of, which waits at the desk: it counts once");
    }
    void operator()(const PaymentMatchUndone& event) const { about(payment_name(event.payment), "unmatched"); }
    void operator()(const PaymentRepresented& event) const { about(payment_name(event.payment), "represented"); }
    void operator()(const ClearanceDated& event) const {
        about(payment_name(event.payment), "cleared_on_a_last_day", "the date does not say whether it was in time: a person settles when it cleared");
    }
    void operator()(const RefundReported& event) const { about(refund_name(event.payment), to_text(event.status)); }
    void operator()(const ProposalMade& event) const {
        const std::string waived = waiver_text(event.proposal);
        about(proposal_name(event.proposal.id), "proposed", "another operator must approve " + event.proposal.id + (waived.empty() ? "" : ": " + waived));
    }
    void operator()(const ProposalApproved& event) const { about(proposal_name(event.proposal), event.complete ? "approved" : "approval_recorded"); }
    void operator()(const PaymentAdvised& event) const {
        about(payment_name(event.payment.id), "advised");
        if (!event.payment.doubt) return;
        const bool misdirected = event.payment.doubt->why == ReceiptQuestion::kMisdirected;
        receipt.reasons = {to_text(event.payment.doubt->why)};
        receipt.explanation = misdirected ? "it came to an address that is not listed for its channel: not received until a person says when it reached a listed one"
                                          : "stamped in time, and handed over when that had passed: a person says when it was received";
    }
    void operator()(const PaymentLinked& event) const { about(payment_name(event.payment), "linked", "the same money as an earlier message told of: it counts once"); }
    void operator()(const PaymentGood& event) const { about(payment_name(event.payment), "good"); }
    void operator()(const PaymentBounced& event) const { about(payment_name(event.payment), "bounced"); }
    void operator()(const PaymentMatched& event) const { about(payment_name(event.payment), "matched"); }
    void operator()(const OfferingListed& event) const {
        const std::string others = base::joined(event.shares_account_with);
        about(offering_name(event.offering.id), "open",
              others.empty() ? "" : "its account is also of " + others + ": a wire goes to the offering that its references name; where they name none or several it waits at the desk");
    }
    void operator()(const OfferingSettled&) const { about(life_name(), "settled"); }
    void operator()(const TimeStepped&) const { about(clock_name(), "stepped"); }
    void operator()(const WithoutReplicaProposed&) const {
        about(replica_name(), "proposed", "another operator must approve it: rightsdesk replica approve; this record itself may be on one disk only");
    }
    void operator()(const ReplicaWaived&) const {
        about(replica_name(), "waived", "from now on an acknowledgement means one disk, as this one may; rightsdesk replica return ends it");
    }
    void operator()(const ReplicaRequired&) const { about(replica_name(), "required", "from now on an acknowledgement means two disks"); }
    void operator()(const FileSetAside& event) const { about(file_subject(event.source, event.file), "set_aside", "operations are told; nothing of it is in the books"); }
    void operator()(const FileTaken& event) const { about(file_subject(event.source, event.file), "taken"); }
    void operator()(const WatermarkAdvanced& event) const { about(watermark_name(event.watermark.source), "advanced"); }
    void operator()(const WatermarkProposed& event) const {
        about(watermark_name(event.proposal.source), "proposed", "another operator must approve it: rightsdesk gateway approve " + event.proposal.source);
    }
    void operator()(const WatermarkWithdrawn& event) const { about(watermark_name(event.source), "withdrawn"); }
    void operator()(const WatermarkDeclared& event) const {
        about(watermark_name(event.watermark.source), "declared", "what this source stamped up to then and never handed over is not waited for any more");
    }
    void operator()(const NoticeUnattributed& event) const { unlisted(event.item, event.why); }
    void operator()(const PaymentUnattributed& event) const { unlisted(event.item, event.why); }
    void operator()(const NoticeAttributed& event) const { about(item_name(event.item), "attributed"); }
    void operator()(const PaymentAttributed& event) const { about(item_name(event.item), "attributed"); }
    void operator()(const AlertAcknowledged& event) const { about(alert_name(event.number), "acknowledged", event.owner.empty() ? "" : event.owner + " has it in hand"); }
    void operator()(const AlertsSilenced& event) const { about(silence_name(event.silence.prefix), "silenced"); }
    void operator()(const SilenceLifted& event) const { about(silence_name(event.prefix), "lifted"); }
    void operator()(const SendingsIntended& event) const {
        if (event.sendings.empty()) return about("", "accepted");  // never the first event of a command
        const Sending& sending = event.sendings.front();
        about(sending_name(sending.way, sending.number), "intended", "to " + sending.to + "; rightsdesk sendings list " + sending.way + " shows what becomes of it");
    }
    void operator()(const SendingSettled& event) const { about(sending_name(event.way, event.number), event.retried ? "retried" : "abandoned"); }
    template <class Other>
    void operator()(const Other&) const { receipt.status = "accepted"; }

private:
    void about(std::string subject, std::string status, std::string explanation = {}) const {
        receipt.subject = std::move(subject);
        receipt.status = std::move(status);
        receipt.explanation = std::move(explanation);
    }
    void taken_back(std::string subject) const { about(std::move(subject), "taken_back", "it leaves the offering; its item is open again and may be attributed to another"); }
    void unlisted(const std::string& item, const std::string& why) const {
        about(item_name(item), "unattributed", why);
        receipt.reasons = {"unattributed"};
    }
};

}  // namespace

Receipt receipt_of(const Record& first, const std::string& log, Sequence sequence) {
    Receipt receipt;
    receipt.identity = first.cause;
    receipt.log = log;
    receipt.sequence = sequence;
    std::visit(Saying{receipt}, first.event);
    return receipt;
}

Identity undecodable_identity(const std::string& principal, const Bytes& message) {
    return {principal + "!undecodable", number_from_hash(base::sha256_hex(message.view()))};
}

std::uint64_t number_from_hash(const std::string& sha256_hex) { return std::stoull(sha256_hex.substr(0, 15), nullptr, 16); }

}  // namespace rightsdesk::domain
