// What happened. Events are all there is: an entity is the fold of its log (book.h). Writing service in brackets.
#pragma once

#include <variant>

#include "domain/alert_events.h"
#include "domain/attribution_events.h"
#include "domain/feed_file_events.h"
#include "domain/replica_events.h"
#include "domain/sending_events.h"

namespace rightsdesk::domain {

// The personal part of a record: it travels sealed with its offering's key; erasing the key is the purge. `opened` is
// false when the reader has no key.
struct Personal {
    std::vector<std::string> names;
    std::vector<std::string> signatures;
    std::string address;
    std::string telephone;
    std::string maker;
    std::string guarantor_address;
    std::string guarantor_telephone;
    std::string signatory;
    std::string debtor;
    std::string caller;
    std::optional<NoticeFields> read = {};       // with certainty, of a notice that a person keys
    std::vector<ReadField> readings = {};        // what a reader of pages found
    RIGHTSDESK_DESCRIBE(Personal, names, signatures, address, telephone, maker, guarantor_address, guarantor_telephone, signatory, debtor, caller, read, readings)
};

struct Sealed {
    Personal personal;
    bool opened = true;
    bool operator==(const Sealed&) const = default;
};

// ---- any service ----

struct CommandRefused {          // refusals are events too
    std::string command;         // type name
    std::string subject;
    Refusal refusal = Refusal::kNotPermitted;
    std::string detail;
    Bytes message;               // as received, where it is at most 64 KiB; else its SHA-256 is in `detail`
    RIGHTSDESK_DESCRIBE(CommandRefused, command, subject, refusal, detail, message)
};

struct IdentityConflicted {      // the same identity with another body: for a person, never "already done"
    Identity identity;           // as claimed
    Sequence first = 0;          // the first event of the earlier claim
    std::string payload_hash;    // of the later body
    Bytes message;
    RIGHTSDESK_DESCRIBE(IdentityConflicted, identity, first, payload_hash, message)
};

struct ItemQuarantined {         // bytes that nobody could decode or decide on
    std::string item;
    std::string why;
    Bytes message;
    std::optional<QuarantinedWork> work = {};  // absent: bytes that cannot be read
    RIGHTSDESK_DESCRIBE(ItemQuarantined, item, why, message, work)
};

struct QuarantineReleased {      // by the service whose work it is, which decides it once more because of this record
    std::string item;
    std::string entity;
    std::string by;
    std::string why;
    RIGHTSDESK_DESCRIBE(QuarantineReleased, item, entity, by, why)
};

// ---- intake ----

struct NoticeDecided {           // [intake] the first decision on a notice: accepted, defective, late, misdirected ... by its reasons
    Notice notice;
    Sealed sealed;
    RIGHTSDESK_DESCRIBE(NoticeDecided, notice, sealed)
};

struct NoticeKeyed {             // [intake] what could not be read; decided by the receipt stamp of then. DeliveryLinked follows where it is one on file
    Notice notice;               // as it is then
    std::string by;
    Instant at;
    bool again = false;          // the very same had been keyed: nothing changes
    Sealed sealed;
    RIGHTSDESK_DESCRIBE(NoticeKeyed, notice, by, at, again, sealed)
};

struct DeliveryLinked {          // [intake] the same notice by another channel: one notice, two deliveries
    NoticeId notice;
    Delivery delivery;
    RIGHTSDESK_DESCRIBE(DeliveryLinked, notice, delivery)
};

RIGHTSDESK_ENUM(RedecisionCause, kExtension, kCure, kWaiver, kRejection, kMoney, kDelivery, kTelephone, kAmendment, kClosing, kRegister, kAttribution)

struct NoticeRedecided {         // [intake] with before and after
    NoticeId notice;
    RedecisionCause cause = RedecisionCause::kExtension;
    std::string detail;          // why, by whom
    NoticeStatus before = NoticeStatus::kAccepted;
    NoticeStatus after = NoticeStatus::kAccepted;
    std::vector<Reason> reasons_before;
    std::vector<Reason> reasons_after;
    RIGHTSDESK_DESCRIBE(NoticeRedecided, notice, cause, detail, before, after, reasons_before, reasons_after)
};

struct DefectCured {             // [intake] supplies what was missing; a NoticeRedecided follows
    NoticeId notice;
    Reason reason = Reason::kUndated;
    std::string value;
    std::string evidence;
    Instant at;
    NoticeContent content;       // the notice's content with the cure in it
    RIGHTSDESK_DESCRIBE(DefectCured, notice, reason, value, evidence, at, content)
};

struct NoticeConfirmed {         // [intake] by telephone
    NoticeId notice;
    Instant at;
    Sealed sealed;
    RIGHTSDESK_DESCRIBE(NoticeConfirmed, notice, at, sealed)
};

struct CertificatesDelivered {   // [intake]
    NoticeId notice;
    CertificatesReceived received;
    std::vector<std::string> keys = {};  // of its numbers, hashed
    RIGHTSDESK_DESCRIBE(CertificatesDelivered, notice, received, keys)
};

struct CertificatesReturned {    // [intake] to whom they came from, of a notice that does not count any more
    NoticeId notice;
    std::string delivery;
    std::string reference;
    Instant at;
    RIGHTSDESK_DESCRIBE(CertificatesReturned, notice, delivery, reference, at)
};

struct CertificatesSettled {     // [intake] a person answered what was asked about a delivery
    NoticeId notice;
    std::string delivery;
    CertificatesSettlement settlement;
    RIGHTSDESK_DESCRIBE(CertificatesSettled, notice, delivery, settlement)
};

struct NoticeRejected {          // [intake]
    NoticeId notice;
    std::string why;
    std::string by;
    RIGHTSDESK_DESCRIBE(NoticeRejected, notice, why, by)
};

struct NoticeWithdrawn {         // [intake] by the holder, while the terms or a suspension leave it open
    NoticeId notice;
    std::string evidence;
    Instant at;
    RIGHTSDESK_DESCRIBE(NoticeWithdrawn, notice, evidence, at)
};

struct NoticeAmended {           // [intake] other numbers of shares; a NoticeRedecided follows where the reasons change
    NoticeId notice;
    NoticeContent before;
    NoticeContent after;
    std::string evidence;
    Instant at;
    RIGHTSDESK_DESCRIBE(NoticeAmended, notice, before, after, evidence, at)
};

struct RegisterPartKept {        // [intake] as a document; nothing is judged by it yet
    std::string sha256;
    std::uint64_t octets = 0;
    RIGHTSDESK_DESCRIBE(RegisterPartKept, sha256, octets)
};

struct RegisterImported {        // [intake] notices are checked against it from here on; a RegisterCompared follows for those on file
    HolderRegister imported;
    RIGHTSDESK_DESCRIBE(RegisterImported, imported)
};

struct ComparedNotice {
    NoticeId notice;
    RegisterFinding finding;
    std::vector<std::string> keys;   // of its holders, hashed
    std::optional<NoticeId> possible_duplicate_of = {};  // that an import found: an earlier notice has one of its certificates
    RIGHTSDESK_DESCRIBE(ComparedNotice, notice, finding, keys, possible_duplicate_of)
};

struct RegisterCompared {        // [intake] notices on file when a register was imported, in bounded chunks; NoticeRedecided where reasons change
    std::uint32_t revision = 0;
    std::vector<ComparedNotice> notices;
    bool more = false;               // a further chunk follows
    RIGHTSDESK_DESCRIBE(RegisterCompared, revision, notices, more)
};

struct RightsSold {              // [intake] by the agent, as a holder told it
    RightsSale sale;
    RIGHTSDESK_DESCRIBE(RightsSold, sale)
};

struct RightsSaleReversed {      // [intake] a mistaken entry: it counts no more
    std::string reference;
    SaleReversal reversal;
    RIGHTSDESK_DESCRIBE(RightsSaleReversed, reference, reversal)
};

// ---- proposals, by the service whose matter it is ----

struct ProposalMade {
    Proposal proposal;
    RIGHTSDESK_DESCRIBE(ProposalMade, proposal)
};

struct ProposalApproved {        // by one person; `complete` when enough different people agree: the effect follows
    ProposalId proposal;
    ProposalKind kind = ProposalKind::kExtension;
    std::string by;
    bool complete = false;
    std::string instruction = {};  // the issuer's signed one, by reference
    RIGHTSDESK_DESCRIBE(ProposalApproved, proposal, kind, by, complete, instruction)
};

struct ProposalSuperseded {
    ProposalId proposal;
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposalSuperseded, proposal, why)
};

struct DefectWaived {            // [intake]
    NoticeId notice;
    Reason reason = Reason::kUndated;
    ProposalId proposal;
    RIGHTSDESK_DESCRIBE(DefectWaived, notice, reason, proposal)
};

// ---- payment clearing ----

struct PaymentAdvised {          // money somebody told us of: uncollected until it is good
    Payment payment;
    std::string remittance;
    Sealed sealed;
    RIGHTSDESK_DESCRIBE(PaymentAdvised, payment, remittance, sealed)
};

struct PaymentLinked {           // another message of the same money: it counts once
    PaymentId payment;
    std::string message;
    std::string matched_on;      // the reference that agreed
    PaymentReferences references;  // the payment's, with what this message added
    std::vector<std::string> keys; // further business keys, hashed
    RIGHTSDESK_DESCRIBE(PaymentLinked, payment, message, matched_on, references, keys)
};

struct PaymentGood {             // good funds, deemed received at
    PaymentId payment;
    Instant received_at;
    std::string rule;            // "wire: credit"
    RIGHTSDESK_DESCRIBE(PaymentGood, payment, received_at, rule)
};

struct PaymentBounced {
    PaymentId payment;
    ReturnReason reason = ReturnReason::kOther;
    Instant returned_at;
    RIGHTSDESK_DESCRIBE(PaymentBounced, payment, reason, returned_at)
};

struct PaymentMatched {
    PaymentId payment;
    Match match;
    RIGHTSDESK_DESCRIBE(PaymentMatched, payment, match)
};

struct PaymentUnmatched {        // it waits in suspense, visible, with the candidates and why each fell short
    PaymentId payment;
    std::vector<Candidate> candidates;
    RIGHTSDESK_DESCRIBE(PaymentUnmatched, payment, candidates)
};

struct PaymentMatchUndone {      // the part that was matched to the notice waits in suspense again
    PaymentId payment;
    NoticeId notice;
    Money amount;
    std::string by;
    std::string why;
    RIGHTSDESK_DESCRIBE(PaymentMatchUndone, payment, notice, amount, by, why)
};

struct PaymentRepresented {      // deposited again after a return: uncollected until it clears
    PaymentId payment;
    ReturnReason returned = ReturnReason::kOther;  // why it had come back
    Instant at;
    RIGHTSDESK_DESCRIBE(PaymentRepresented, payment, returned, at)
};

struct ClearanceDated {          // it cleared, on a day on which money becomes late and at no time that the bank told: uncollected, for a person
    PaymentId payment;
    Date cleared_on;
    std::string message;
    RIGHTSDESK_DESCRIBE(ClearanceDated, payment, cleared_on, message)
};

struct NoticeFunded {            // what the money of a notice amounts to now
    Funding funding;
    RIGHTSDESK_DESCRIBE(NoticeFunded, funding)
};

struct PaymentApplied {          // at the count: asked X, money Y, deemed Z, rule R
    Funding funding;
    RIGHTSDESK_DESCRIBE(PaymentApplied, funding)
};

// An allocation is a header, chunks that restart by number, and a closing event; readers act on it only after that.
struct AllocationStarted {
    Allocation allocation;
    RIGHTSDESK_DESCRIBE(AllocationStarted, allocation)
};

struct AllotmentsRecorded {
    AllocationKind kind = AllocationKind::kPreliminary;
    std::uint32_t revision = 1;
    std::uint32_t chunk = 0;
    std::vector<Allotment> allotments;
    RIGHTSDESK_DESCRIBE(AllotmentsRecorded, kind, revision, chunk, allotments)
};

struct AllocationComputed {      // closes a preliminary one
    std::uint32_t revision = 1;
    RIGHTSDESK_DESCRIBE(AllocationComputed, revision)
};

struct AllocationProposed {      // closes a final one; its proposal, made before, can be approved from here on
    std::uint32_t revision = 1;
    ProposalId proposal;
    RIGHTSDESK_DESCRIBE(AllocationProposed, revision, proposal)
};

struct AllocationApproved {      // takes effect: MoneyApplied follows, the rest is refundable
    std::uint32_t revision = 1;
    ProposalId proposal;
    RIGHTSDESK_DESCRIBE(AllocationApproved, revision, proposal)
};

struct MoneyPart {
    PaymentId payment;
    Money applied;               // of this payment, in all
    Money refundable;
    RIGHTSDESK_DESCRIBE(MoneyPart, payment, applied, refundable)
};

struct MoneyApplied {            // the effect of an approved allocation on the money, in chunks
    std::uint32_t chunk = 0;
    std::vector<MoneyPart> parts;
    RIGHTSDESK_DESCRIBE(MoneyApplied, chunk, parts)
};

struct RefundsStarted {
    ProposalId proposal;
    std::uint32_t count = 0;
    Money total;
    std::string digest;
    RIGHTSDESK_DESCRIBE(RefundsStarted, proposal, count, total, digest)
};

struct RefundsRecorded {
    std::uint32_t chunk = 0;
    std::vector<Refund> refunds;
    RIGHTSDESK_DESCRIBE(RefundsRecorded, chunk, refunds)
};

struct RefundsProposed {         // closes them: the proposal can be approved from here on
    ProposalId proposal;
    RIGHTSDESK_DESCRIBE(RefundsProposed, proposal)
};

struct RefundsApproved {         // follows the approval, in chunks
    ProposalId proposal;
    std::vector<PaymentId> payments;
    RIGHTSDESK_DESCRIBE(RefundsApproved, proposal, payments)
};

struct RefundsPaid {             // at settlement, in chunks
    std::string reference;
    std::vector<PaymentId> payments;
    RIGHTSDESK_DESCRIBE(RefundsPaid, reference, payments)
};

struct RefundReported {          // one refund, as the bank reports it: paid, or failed with why; failed money is refundable again
    PaymentId payment;
    RefundStatus status = RefundStatus::kPaid;
    std::string reference;
    RIGHTSDESK_DESCRIBE(RefundReported, payment, status, reference)
};

// ---- deadline monitor ----

struct OfferingOpened {
    Terms terms;
    std::string terms_toml;
    RIGHTSDESK_DESCRIBE(OfferingOpened, terms, terms_toml)
};

struct OfferingExtended {
    ProposalId proposal;
    Extension extension;
    RIGHTSDESK_DESCRIBE(OfferingExtended, proposal, extension)
};

struct ReminderDue {             // before the hour
    std::int32_t minutes = 0;
    Deadline deadline;
    RIGHTSDESK_DESCRIBE(ReminderDue, minutes, deadline)
};

struct OfferingExpired {
    Deadline deadline;
    RIGHTSDESK_DESCRIBE(OfferingExpired, deadline)
};

struct OfferingCounted {         // every source that the terms name has a watermark past the hour
    std::vector<Watermark> watermarks;
    Instant at;
    RIGHTSDESK_DESCRIBE(OfferingCounted, watermarks, at)
};

struct CoverClockStarted {
    CoverClock clock;
    RIGHTSDESK_DESCRIBE(CoverClockStarted, clock)
};

struct CoverReminderDue {
    NoticeId notice;
    std::int32_t minutes = 0;
    std::vector<Missing> missing;
    RIGHTSDESK_DESCRIBE(CoverReminderDue, notice, minutes, missing)
};

struct CoverIncomplete {         // something came, something is still missing
    NoticeId notice;
    std::vector<Missing> missing;
    RIGHTSDESK_DESCRIBE(CoverIncomplete, notice, missing)
};

struct CoverCompleted {
    NoticeId notice;
    Instant at;
    std::optional<Rights> rights = {};  // fewer than guaranteed, where the terms let it count for these; absent: for all
    RIGHTSDESK_DESCRIBE(CoverCompleted, notice, at, rights)
};

struct CoverDeadlineMissed {
    NoticeId notice;
    std::vector<Missing> missing;
    RIGHTSDESK_DESCRIBE(CoverDeadlineMissed, notice, missing)
};

struct OfferingTabulated {
    std::uint32_t covered = 0;
    std::uint32_t uncovered = 0;
    Instant at;
    RIGHTSDESK_DESCRIBE(OfferingTabulated, covered, uncovered, at)
};

struct OfferingSettled {
    std::string reference;
    std::string by;
    Instant at;
    RIGHTSDESK_DESCRIBE(OfferingSettled, reference, by, at)
};

struct OfferingSuspended {
    ProposalId proposal;
    Suspension suspension;
    RIGHTSDESK_DESCRIBE(OfferingSuspended, proposal, suspension)
};

struct OfferingResumed {
    ProposalId proposal;
    Instant at;
    RIGHTSDESK_DESCRIBE(OfferingResumed, proposal, at)
};

struct OfferingTerminated {      // all money is refundable; nothing is counted any more
    ProposalId proposal;
    std::string why;
    Instant at;
    RIGHTSDESK_DESCRIBE(OfferingTerminated, proposal, why, at)
};

struct ClosingAdded {            // to the terms' calendar; a CoverClockMoved follows for every deadline that counts over it
    ProposalId proposal;
    Date day;
    std::string why;
    std::optional<Deadline> bill_until = {};  // where it moves the day until which a final price bills: as it is now
    RIGHTSDESK_DESCRIBE(ClosingAdded, proposal, day, why, bill_until)
};

struct CoverClockMoved {         // with before and after
    Deadline before;
    CoverClock clock;
    RIGHTSDESK_DESCRIBE(CoverClockMoved, before, clock)
};

struct FinalPriceSet {           // what is due of every notice is counted anew
    ProposalId proposal;
    Money estimated;
    Money price;
    std::optional<Deadline> bill_until;
    RIGHTSDESK_DESCRIBE(FinalPriceSet, proposal, estimated, price, bill_until)
};

struct OwedReminderDue {         // what is owed after the hour is not done, and its deadline is near or past
    OwedReminder reminder;
    RIGHTSDESK_DESCRIBE(OwedReminderDue, reminder)
};

// ---- the desk's log ----

struct DeskOpened {              // [deadline monitor] real or stepped is fixed here
    DeskClock clock;
    RIGHTSDESK_DESCRIBE(DeskOpened, clock)
};

struct TimeStepped {             // [deadline monitor]
    Instant to;
    RIGHTSDESK_DESCRIBE(TimeStepped, to)
};

struct ClockAccepted {           // [deadline monitor] every service whose clock shows about this time goes on by it
    Instant time;
    std::string by;
    std::string why;
    RIGHTSDESK_DESCRIBE(ClockAccepted, time, by, why)
};

struct OfferingListed {          // [deadline monitor]
    ListedOffering offering;
    std::vector<OfferingId> shares_account_with = {};  // offerings that had the account before
    RIGHTSDESK_DESCRIBE(OfferingListed, offering, shares_account_with)
};

struct WatermarkAdvanced {       // [intake, payment clearing]
    Watermark watermark;
    RIGHTSDESK_DESCRIBE(WatermarkAdvanced, watermark)
};

struct WatermarkProposed {       // [intake, payment clearing]
    WatermarkProposal proposal;
    RIGHTSDESK_DESCRIBE(WatermarkProposed, proposal)
};

struct WatermarkWithdrawn {      // [intake, payment clearing] nobody approves it any more
    std::string source;
    std::string by;              // empty: the source told as much itself
    std::string why;
    RIGHTSDESK_DESCRIBE(WatermarkWithdrawn, source, by, why)
};

struct WatermarkDeclared {       // [intake, payment clearing] by two people in the source's stead
    Watermark watermark;
    Instant at;
    RIGHTSDESK_DESCRIBE(WatermarkDeclared, watermark, at)
};

struct Event : std::variant<CommandRefused, IdentityConflicted, ItemQuarantined, NoticeDecided, DeliveryLinked, NoticeRedecided, DefectCured, NoticeConfirmed,
                 CertificatesDelivered, NoticeRejected, ProposalMade, ProposalApproved, ProposalSuperseded, DefectWaived, PaymentAdvised,
                 PaymentLinked, PaymentGood, PaymentBounced, PaymentMatched, PaymentUnmatched, NoticeFunded, PaymentApplied, AllocationStarted,
                 AllotmentsRecorded, AllocationComputed, AllocationProposed, AllocationApproved, MoneyApplied, RefundsStarted, RefundsRecorded, RefundsProposed,
                 RefundsApproved, RefundsPaid, OfferingOpened, OfferingExtended, ReminderDue, OfferingExpired, OfferingCounted, CoverClockStarted,
                 CoverReminderDue, CoverIncomplete, CoverCompleted, CoverDeadlineMissed, OfferingTabulated, OfferingSettled, AlertRaised,
                 AlertResolved, AlertAcknowledged, AlertsSilenced, DeskOpened, TimeStepped, OfferingListed, WatermarkAdvanced, NoticeUnattributed,
                 PaymentUnattributed, NoticeAttributed, PaymentAttributed, NoticeWithdrawn, NoticeAmended, PaymentMatchUndone, PaymentRepresented,
                 RefundReported, OfferingSuspended, OfferingResumed, OfferingTerminated, ClosingAdded, CoverClockMoved, FinalPriceSet,
                 RegisterPartKept, RegisterImported, RegisterCompared, ClearanceDated, CertificatesReturned, OwnersCertified, CertificationVoided, ItemLinked,
                 NoticeTakenBack, PaymentTakenBack, AttributionUndone, RightsSold, RightsSaleReversed, CertificatesSettled, OwedReminderDue,
                 QuarantineReleased, ClockAccepted, WithoutReplicaProposed, ReplicaWaived, ReplicaRequired, EpochRaised, NoticeKeyed,
                 FileSetAside, FileTaken, SilenceLifted, AlertReleased, SendingsIntended, SendingsAttempted, SendingSettled,
                 WatermarkProposed, WatermarkWithdrawn, WatermarkDeclared> {
    RIGHTSDESK_EITHER(Event)
};

// One record of a log. Epoch, sequence and link are the store's, beside these bytes.
struct Record {
    std::string service;         // who wrote it
    Instant at;                  // the deciding service's `now`
    Identity cause;              // of the command; for a reaction: source log and the number reacted to; for time: "clock"
    std::string payload_hash;    // hex, of the message that caused it; empty for reactions and time
    std::string principal;       // the sender, as proved
    std::string operator_name;   // where the principal acts for others
    std::uint32_t position = 0;  // in its item, from 0
    std::uint32_t of = 1;        // events in its item
    Event event;
    RIGHTSDESK_DESCRIBE(Record, service, at, cause, payload_hash, principal, operator_name, position, of, event)
};

}  // namespace rightsdesk::domain
