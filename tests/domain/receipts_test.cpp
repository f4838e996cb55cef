// What a sender is told: by the first event of its item, and always the same.
#include "domain/receipts.h"

#include <gtest/gtest.h>

#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

Receipt receipt_for(const Event& event) {
    Record record;
    record.cause = {"fax-1", 17};
    record.event = event;
    return receipt_of(record, "rare-medium-2002", 41);
}

struct ReceiptRow {
    Event event;
    ReceiptKind kind;
    const char* subject;
    const char* status;
    const char* explanation;  // words of it
};

Event keyed_as(NoticeStatus status, std::vector<Reason> reasons, const std::string& same_as = "", bool again = false) {
    NoticeKeyed event;
    event.notice.id = "fax-1.17";
    event.notice.status = status;
    event.notice.reasons = std::move(reasons);
    event.notice.reading.emplace();
    if (!same_as.empty()) event.notice.reading->same_as = same_as;
    event.again = again;
    return event;
}

Event decided_as(NoticeStatus status, std::vector<Reason> reasons) {
    NoticeDecided event;
    event.notice.id = "fax-1.17";
    event.notice.status = status;
    event.notice.reasons = std::move(reasons);
    return event;
}

TEST(Receipts, say_what_became_of_the_message) {
    using K = ReceiptKind;
    Proposal proposal;
    proposal.id = "waiver-1";
    OwnersCertification certified;
    certified.owners = {{"A-1", Rights(500), Shares(500), Shares(200)}, {"A-2", Rights(200), Shares(100), Shares(100)}};
    certified.in_full = 1;
    certified.over_in_full = Shares(200);
    HolderRegister imported;
    imported.holders = 3;
    ListedOffering offering;
    offering.id = "rare-medium-2002";
    Payment payment;
    payment.id = "bank-1.3";
    const std::vector<ReceiptRow> rows = {
        {CommandRefused{"CureDefect", "notice/fax-1.17", Refusal::kTooLate, "the offering is tabulated", {}}, K::kRefused, "notice/fax-1.17", "refused",
         "too late in the offering's life for this (the offering is tabulated)"},
        {IdentityConflicted{{"fax-1", 17}, 7, "abc", {}}, K::kConflict, "record 7", "conflict", "send a new message under a new number"},
        {ItemQuarantined{"fax-1.17", "no message", {}}, K::kQuarantined, "item/fax-1.17", "quarantined", "no message"},
        {decided_as(NoticeStatus::kAccepted, {}), K::kAccepted, "notice/fax-1.17", "accepted", ""},
        {decided_as(NoticeStatus::kInQuestion, {Reason::kStampGap}), K::kAccepted, "notice/fax-1.17", "in_question", "differ by more than the tolerance"},
        {decided_as(NoticeStatus::kDefective, {Reason::kUndated, Reason::kHolderUnsigned}), K::kDefective, "notice/fax-1.17", "defective",
         "the guarantor must supply the date; a holder's signature is missing"},
        {decided_as(NoticeStatus::kLate, {Reason::kLate}), K::kDefective, "notice/fax-1.17", "late", "after the hour"},
        {decided_as(NoticeStatus::kMisdirected, {Reason::kMisdirected}), K::kDefective, "notice/fax-1.17", "misdirected", "not listed"},
        {decided_as(NoticeStatus::kRefused, {Reason::kUnreadable}), K::kRefused, "notice/fax-1.17", "refused", "cannot be read"},
        {decided_as(NoticeStatus::kRejected, {}), K::kRefused, "notice/fax-1.17", "rejected", ""},
        {decided_as(NoticeStatus::kWithdrawn, {}), K::kRefused, "notice/fax-1.17", "withdrawn", ""},
        {decided_as(NoticeStatus::kAwaitingKeying, {Reason::kAwaitingKeying}), K::kAccepted, "notice/fax-1.17", "awaiting_keying", "judged by when it came"},
        {keyed_as(NoticeStatus::kLate, {Reason::kLate}), K::kDefective, "notice/fax-1.17", "late", "after the hour"},
        {keyed_as(NoticeStatus::kLinked, {}, "mail-1.7"), K::kAccepted, "notice/fax-1.17", "linked", "it is mail-1.7, which has its delivery now"},
        {keyed_as(NoticeStatus::kAccepted, {}, "", true), K::kAccepted, "notice/fax-1.17", "accepted", "the same was keyed before"},
        {DeliveryLinked{"fax-1.17", {}}, K::kAccepted, "notice/fax-1.17", "linked", "it counts once"},
        {DefectCured{"fax-1.17", Reason::kUndated, "", "", {}, {}}, K::kAccepted, "notice/fax-1.17", "cured", ""},
        {NoticeConfirmed{"fax-1.17", {}, {}}, K::kAccepted, "notice/fax-1.17", "confirmed", ""},
        {CertificatesDelivered{"fax-1.17", {}}, K::kAccepted, "notice/fax-1.17", "certificates_recorded", ""},
        {NoticeRejected{"fax-1.17", "", ""}, K::kAccepted, "notice/fax-1.17", "rejected", ""},
        {NoticeWithdrawn{"fax-1.17", "", {}}, K::kAccepted, "notice/fax-1.17", "withdrawn", ""},
        {NoticeAmended{"fax-1.17", {}, {}, "", {}}, K::kAccepted, "notice/fax-1.17", "amended", ""},
        {RegisterPartKept{"aa", 9}, K::kAccepted, "register", "part_kept", "aa"},
        {RegisterImported{imported}, K::kAccepted, "register", "imported", "3 holders of record"},
        {OwnersCertified{"fax-1.17", certified}, K::kAccepted, "notice/fax-1.17", "owners_certified",
         "2 owners certified, 1 of them in full: 200 of 300 over-subscription shares are eligible"},
        {ProposalMade{proposal}, K::kAccepted, "proposal/waiver-1", "proposed", "another operator must approve waiver-1"},
        {ProposalApproved{"waiver-1", ProposalKind::kWaiver, "bob", false}, K::kAccepted, "proposal/waiver-1", "approval_recorded", ""},
        {ProposalApproved{"waiver-1", ProposalKind::kWaiver, "bob", true}, K::kAccepted, "proposal/waiver-1", "approved", ""},
        {PaymentAdvised{payment, "", {}}, K::kAccepted, "payment/bank-1.3", "advised", ""},
        {PaymentLinked{"bank-1.3", "", "", {}, {}}, K::kAccepted, "payment/bank-1.3", "linked", "it counts once"},
        {PaymentGood{"bank-1.3", {}, ""}, K::kAccepted, "payment/bank-1.3", "good", ""},
        {PaymentBounced{"bank-1.3", ReturnReason::kOther, {}}, K::kAccepted, "payment/bank-1.3", "bounced", ""},
        {PaymentMatched{"bank-1.3", {}}, K::kAccepted, "payment/bank-1.3", "matched", ""},
        {PaymentMatchUndone{"bank-1.3", "fax-1.17", {}, "", ""}, K::kAccepted, "payment/bank-1.3", "unmatched", ""},
        {PaymentRepresented{"bank-1.3", ReturnReason::kOther, {}}, K::kAccepted, "payment/bank-1.3", "represented", ""},
        {RefundReported{"bank-1.3", RefundStatus::kFailed, ""}, K::kAccepted, "refund/bank-1.3", "failed", ""},
        {OfferingListed{offering}, K::kAccepted, "offering/rare-medium-2002", "open", ""},
        {OfferingSettled{"", "", {}}, K::kAccepted, "life", "settled", ""},
        {TimeStepped{{}}, K::kAccepted, "clock", "stepped", ""},
        {WatermarkAdvanced{{"fax-1", {}}}, K::kAccepted, "watermark/fax-1", "advanced", ""},
        {WatermarkProposed{{"fax-1", {}, "it is dead", "alice", {}}}, K::kAccepted, "watermark/fax-1", "proposed", "rightsdesk gateway approve fax-1"},
        {WatermarkWithdrawn{"fax-1", "bob", ""}, K::kAccepted, "watermark/fax-1", "withdrawn", ""},
        {WatermarkDeclared{{"fax-1", {}, {"alice", "bob"}, "it is dead"}, {}}, K::kAccepted, "watermark/fax-1", "declared", "is not waited for any more"},
        {NoticeUnattributed{"fax-1.17", "no open offering lists it", {}}, K::kAccepted, "item/fax-1.17", "unattributed", "no open offering lists it"},
        {PaymentUnattributed{"bank-1.3", "nobody's account", {}}, K::kAccepted, "item/bank-1.3", "unattributed", "nobody's account"},
        {OfferingListed{offering, {"orchard-reit-2002"}}, K::kAccepted, "offering/rare-medium-2002", "open", "its account is also of orchard-reit-2002"},
        {RightsSold{{"S-1", {}, {}, {}, "", "", {}, {}}}, K::kAccepted, "sale/S-1", "recorded", ""},
        {WithoutReplicaProposed{"alice", "", {}}, K::kAccepted, "replica", "proposed", "another operator must approve it"},
        {ReplicaWaived{{"alice", "bob"}, "", {}}, K::kAccepted, "replica", "waived", "means one disk, as this one may"},
        {FileSetAside{"bank-1", "a.xml", std::string(64, '0'), "line 3"}, K::kAccepted, "file/bank-1/a.xml", "set_aside", "nothing of it is in the books"},
        {FileTaken{"bank-1", "a.xml", std::string(64, '0')}, K::kAccepted, "file/bank-1/a.xml", "taken", ""},
        {ReplicaRequired{"alice", "", {}}, K::kAccepted, "replica", "required", "means two disks"},
        {RightsSaleReversed{"S-1", {}}, K::kAccepted, "sale/S-1", "reversed", "both entries stay on record"},
        {ItemLinked{"bank-1.3", "camt.053-7", {}}, K::kAccepted, "item/bank-1.3", "linked", "it counts once"},
        {NoticeTakenBack{"fax-1.17", 1, "", ""}, K::kAccepted, "notice/fax-1.17", "taken_back", "may be attributed to another"},
        {PaymentTakenBack{"bank-1.3", 1, "", "", {}, {}, {}}, K::kAccepted, "payment/bank-1.3", "taken_back", "may be attributed to another"},
        {NoticeAttributed{"fax-1.17", "", "", {}}, K::kAccepted, "item/fax-1.17", "attributed", ""},
        {PaymentAttributed{"bank-1.3", "", "", {}}, K::kAccepted, "item/bank-1.3", "attributed", ""},
        {AlertAcknowledged{7, "bob"}, K::kAccepted, "alert/7", "acknowledged", ""},
        {AlertAcknowledged{7, "bob", "alice", "she called them", Instant(1)}, K::kAccepted, "alert/7", "acknowledged", "alice has it in hand"},
        {SilenceLifted{"alert/", "bob", "it is mended", {}}, K::kAccepted, "silence/alert/", "lifted", ""},
        {SendingSettled{"mail", 17, true, "bob", "it is mended", {}}, K::kAccepted, "sending/mail/17", "retried", ""},
        {AlertsSilenced{{"alert/", {}, "bob"}}, K::kAccepted, "silence/alert/", "silenced", ""},
        {OfferingExpired{}, K::kAccepted, "", "accepted", ""},
    };
    for (const ReceiptRow& row : rows) {
        const Receipt receipt = receipt_for(row.event);
        const std::string event(base::type_name(row.event));
        EXPECT_EQ(receipt.kind, row.kind) << event;
        EXPECT_EQ(receipt.subject, row.subject) << event;
        EXPECT_EQ(receipt.status, row.status) << event;
        EXPECT_NE(receipt.explanation.find(row.explanation), std::string::npos) << event << ": " << receipt.explanation;
        EXPECT_EQ(receipt.log, "rare-medium-2002");
        EXPECT_EQ(receipt.sequence, 41U);
        EXPECT_EQ(receipt.identity, (Identity{"fax-1", 17}));
        EXPECT_EQ(receipt_for(row.event), receipt) << "a repeat is told the same";
    }
}

TEST(Receipts, of_what_cannot_be_decoded_go_by_its_bytes) {
    const Identity one = undecodable_identity("fax-1", Bytes(std::string("no message")));
    EXPECT_EQ(one.source, "fax-1!undecodable");
    EXPECT_EQ(undecodable_identity("fax-1", Bytes(std::string("no message"))), one);
    EXPECT_NE(undecodable_identity("fax-1", Bytes(std::string("another"))).sequence, one.sequence);
    EXPECT_EQ(number_from_hash("00000000000000f" + std::string(49, '0')), 15U) << "sixty bits: fifteen digits of the hash";
}

// Whatever is decided, a person is told why, and no two reasons alike.
TEST(Words, every_reason_and_refusal_has_its_own) {
    std::set<std::string> told;
    for (std::size_t ordinal = 0; ordinal < base::enum_texts<Reason>().size(); ++ordinal) {
        const auto reason = static_cast<Reason>(ordinal);
        EXPECT_TRUE(told.insert(explain(reason)).second) << to_text(reason);
        EXPECT_NE(std::string(explain(reason)), "") << to_text(reason);
        const NoticeStatus alone = status_from({reason});
        EXPECT_EQ(alone == NoticeStatus::kAccepted, weight_of(reason) == Weight::kFlag) << to_text(reason) << ": only a remark keeps nobody out";
    }
    told.clear();
    for (std::size_t ordinal = 0; ordinal < base::enum_texts<Refusal>().size(); ++ordinal) {
        const auto refusal = static_cast<Refusal>(ordinal);
        EXPECT_NE(std::string(explain(refusal)), "") << to_text(refusal);
        EXPECT_TRUE(told.insert(explain(refusal)).second) << to_text(refusal);
    }
}

}  // namespace
}  // namespace rightsdesk::support
