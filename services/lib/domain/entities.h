// The entities of an offering and of the desk: the folded state that decisions are taken on. Each has one writing
// service, named above it. A name such as "notice/fax-1.17" is its key in the store.
#pragma once

#include <variant>

#include "base/either.h"
#include "domain/owners.h"
#include "domain/reading.h"
#include "domain/reasons.h"
#include "domain/sending.h"
#include "domain/terms.h"

namespace rightsdesk::domain {

// The transport's identity: who sent it, under which number of the sender's own.
struct Identity {
    std::string source;
    std::uint64_t sequence = 0;
    RIGHTSDESK_DESCRIBE(Identity, source, sequence)
};

// ---- intake: notice ----

// What a notice says, without what is personal; that travels sealed (see events.h).
struct NoticeContent {
    std::optional<std::string> issuer;
    std::optional<Date> prospectus_date;
    std::optional<Date> expiration_date;
    std::optional<Rights> rights_held;
    std::optional<Shares> basic_shares;
    std::optional<Shares> excess_shares;
    std::optional<std::string> subscription_price;
    std::optional<Money> aggregate_cents;
    std::optional<PaymentDelivery> payment_delivery;
    std::optional<PaymentMethod> payment_method;
    std::optional<std::string> transferor_institution;
    std::optional<Date> transfer_date;
    std::optional<std::string> confirmation_number;
    std::optional<Date> instrument_date;
    std::optional<std::string> instrument_number;
    std::optional<std::string> drawee;
    std::vector<std::string> certificate_numbers;
    std::optional<std::string> guarantor_name;  // a firm's
    std::optional<Date> dated;
    std::optional<std::int32_t> guarantee_days = {};  // the form's own period; the terms' holds
    RIGHTSDESK_DESCRIBE(NoticeContent, issuer, prospectus_date, expiration_date, rights_held, basic_shares, excess_shares, subscription_price,
                        aggregate_cents, payment_delivery, payment_method, transferor_institution, transfer_date, confirmation_number,
                        instrument_date, instrument_number, drawee, certificate_numbers, guarantor_name, dated, guarantee_days)
};

struct Delivery {
    std::string id;              // the gateway's delivery id: what came in one envelope shares it
    std::string gateway;
    Channel channel = Channel::kFax;
    std::string address;         // the number or address that it came in on
    bool listed = false;         // for that channel, by the terms
    Instant stamp;               // the gateway's receipt stamp: it decides
    Instant arrived;             // our own, beside it
    std::string sender_station;
    std::string document;        // SHA-256, hex
    std::string media_type;
    std::int32_t pages = 0;
    RIGHTSDESK_DESCRIBE(Delivery, id, gateway, channel, address, listed, stamp, arrived, sender_station, document, media_type, pages)
};

struct CertificatesSentBack {
    std::string reference;       // of what they went back with
    Instant at;
    RIGHTSDESK_DESCRIBE(CertificatesSentBack, reference, at)
};

// What a person answered to the questions about a delivery of certificates.
struct CertificatesSettlement {
    bool counts = true;
    std::optional<Rights> rights;        // absent: as many as were delivered
    std::string evidence;
    std::string by;
    Instant at;
    RIGHTSDESK_DESCRIBE(CertificatesSettlement, counts, rights, evidence, by, at)
};

struct CertificatesReceived {
    std::string delivery;
    Instant stamp;
    Channel channel = Channel::kCourier;
    bool listed = true;
    Rights rights;
    std::vector<std::string> certificate_numbers;
    bool signature_guarantee = false;
    std::vector<std::string> missing_documents;
    std::string delivered_by;            // a firm's name as the mail room read it; empty: not said
    std::optional<CertificatesSentBack> returned;  // to whom they came from; absent: they are here
    std::string repeats = {};            // the delivery that brought all these numbers before: its rights are those rights
    std::vector<CertificateQuestion> questions = {};  // none: it counts unasked
    std::vector<NoticeId> on_file_for = {};           // the other notices that its numbers are on file for
    std::optional<CertificatesSettlement> settled = {};
    std::optional<Instant> arrived = {};              // our own stamp, beside the gateway's; absent: from before it was kept
    RIGHTSDESK_DESCRIBE(CertificatesReceived, delivery, stamp, channel, listed, rights, certificate_numbers, signature_guarantee, missing_documents,
                        delivered_by, returned, repeats, questions, on_file_for, settled, arrived)
};

// Where a holder of record lives: abroad and at army and fleet post offices an earlier hour may hold (rules.md section 2).
RIGHTSDESK_ENUM(HolderPlace, kDomestic, kAbroad, kArmyPost)

// What the register of record-date holders says of a notice. Nothing in it is personal: holders are numbers of lines.
struct RegisterFinding {
    std::uint32_t revision = 0;                      // of the register that was looked at
    std::vector<std::uint32_t> lines;                // of it, that the notice's certificates or names are on; none: not on the register
    Rights rights;                                   // that these lines hold
    Shares shares;                                   // that they held on the record date
    std::vector<std::string> unknown_certificates;   // numbers on the notice that no line has
    bool names_agree = true;                         // with the lines that the certificates are on
    HolderPlace place = HolderPlace::kDomestic;      // not domestic where no line is
    bool several = false;                            // by name alone, and several holders have it: nothing of them is added up or taken
    RIGHTSDESK_DESCRIBE(RegisterFinding, revision, lines, rights, shares, unknown_certificates, names_agree, place, several)
};

// The paper that an exercise is made on (rules.md section 1): both enter the allocation.
RIGHTSDESK_ENUM(NoticeForm, kGuaranteedDelivery, kDirectExercise)

struct Notice {
    NoticeId id;
    NoticeStatus status = NoticeStatus::kAccepted;
    std::vector<Reason> reasons;         // open ones, in enumerator order
    std::vector<Reason> cured;
    std::vector<Reason> waived;
    NoticeContent content;
    Shares basic_entitlement;            // floor(rights x ratio)
    std::vector<Delivery> deliveries;    // the first made the notice; the earliest valid one counts
    std::vector<CertificatesReceived> certificates;
    bool confirmed_by_telephone = false;
    std::vector<std::string> keys;       // business keys, hashed; the first is the full one
    std::optional<NoticeId> possible_duplicate_of;
    NoticeForm form = NoticeForm::kGuaranteedDelivery;
    std::optional<RegisterFinding> on_register = {};  // absent: no register was there to be looked at
    std::optional<OwnersCertification> owners = {};   // absent: none was certified, and it is judged as one holder's
    bool taken_back = false;                          // its attribution to this offering was a mistake: it is another's
    std::optional<Instant> confirmed_at = {};         // by telephone; absent where it was confirmed: from before its time was kept
    std::optional<ReadingOnFile> reading = {};        // absent: it was not read from a picture
    RIGHTSDESK_DESCRIBE(Notice, id, status, reasons, cured, waived, content, basic_entitlement, deliveries, certificates, confirmed_by_telephone,
                        keys, possible_duplicate_of, form, on_register, owners, taken_back, confirmed_at, reading)
};

// The record-date list as imported. The list itself is a document, in parts; the last import replaces those before.
struct HolderRegister {
    std::uint32_t revision = 1;
    std::vector<std::string> parts;      // SHA-256, hex, in order: CSV, cut between records
    std::uint64_t holders = 0;
    Rights rights;                       // in all
    std::string why;
    std::string by;
    Instant at;
    RIGHTSDESK_DESCRIBE(HolderRegister, revision, parts, holders, rights, why, by, at)
};

// A holder had the agent sell rights. An entry stands until a reversing one takes it out of the counts.
struct SaleReversal {
    std::string why;
    std::string by;
    Instant at;
    RIGHTSDESK_DESCRIBE(SaleReversal, why, by, at)
};

struct RightsSale {                      // intake
    std::string reference;               // of the sale; it counts once
    Rights rights;
    std::optional<Money> proceeds;       // absent: not said
    Instant sold_at;
    std::string evidence;
    std::string by;
    Instant at;                          // when it was recorded
    std::optional<SaleReversal> reversed;
    RIGHTSDESK_DESCRIBE(RightsSale, reference, rights, proceeds, sold_at, evidence, by, at, reversed)
};

// ---- payment clearing: payment, funding, allotment, allocation, refund ----

// Taken back: its attribution to this offering was a mistake, and it is in none of its books.
RIGHTSDESK_ENUM(PaymentStatus, kUncollected, kGood, kBounced, kTakenBack)

struct Match {
    NoticeId notice;
    Money amount;
    Evidence evidence = Evidence::kPerson;
    std::string by;  // a person's name where a person matched it
    RIGHTSDESK_DESCRIBE(Match, notice, amount, evidence, by)
};

struct Candidate {
    NoticeId notice;
    std::vector<Unmatched> fell_short;
    RIGHTSDESK_DESCRIBE(Candidate, notice, fell_short)
};

struct PaymentReferences {
    std::string imad;
    std::string uetr;
    std::string servicer_reference;
    std::string end_to_end;
    std::string instrument_number;
    std::string notice_reference;        // a notice id found in the remittance text or on the instrument
    RIGHTSDESK_DESCRIBE(PaymentReferences, imad, uetr, servicer_reference, end_to_end, instrument_number, notice_reference)
};

// Why a person says when an instrument was received that counts on receipt: it was stamped in time and handed over when that had passed,
// or it came to an address that is not listed for its channel (rules.md section 1).
RIGHTSDESK_ENUM(ReceiptQuestion, kHandedOverLate, kMisdirected)

struct ReceiptDoubt {
    ReceiptQuestion why = ReceiptQuestion::kHandedOverLate;
    Instant stamp;                       // the gateway's
    RIGHTSDESK_DESCRIBE(ReceiptDoubt, why, stamp)
};

struct Payment {
    PaymentId id;
    PaymentMethod method = PaymentMethod::kWire;
    PaymentStatus status = PaymentStatus::kUncollected;
    Money amount;
    std::string currency;
    std::string institution;             // transferor or drawee
    std::optional<Date> value_date;
    std::optional<Instant> credited_at;  // the bank's credit time; absent where it gave a date only
    std::optional<Instant> received_at;  // when it was deemed received by the terms; absent while it was not
    PaymentReferences references;
    std::vector<std::string> messages;   // every message that told of it; it counts once
    std::vector<std::string> keys;       // business keys, hashed
    std::vector<Match> matches;
    std::vector<Candidate> candidates;   // while unmatched: who was looked at and why each fell short
    std::optional<ReturnReason> returned;
    Money applied;                       // bought shares
    Money refundable;
    Money refunded;
    std::vector<NoticeId> not_for;       // a person took the money from these: only a person gives it back to them
    std::optional<Date> cleared_on = {}; // of an instrument that cleared, where the bank gave a date only and that proved nothing
    std::optional<ReceiptDoubt> doubt = {};  // absent: the stamp was taken
    RIGHTSDESK_DESCRIBE(Payment, id, method, status, amount, currency, institution, value_date, credited_at, received_at, references, messages,
                        keys, matches, candidates, returned, applied, refundable, refunded, not_for, cleared_on, doubt)
};

// Neither returned by the bank nor taken back to the desk.
inline bool may_be_matched(const Payment& payment) { return payment.status != PaymentStatus::kBounced && payment.status != PaymentStatus::kTakenBack; }

// What the money of one notice amounts to; `applied` once the offering is counted. Pending after the count: its money may still come
// with the certificates, and it is deemed to exercise what it asks for.
RIGHTSDESK_ENUM(Application, kPending, kFull, kPart, kDeemedOver, kCapped, kLapsed)

struct Funding {
    NoticeId notice;
    Money due;                // price x (basic + excess) as asked
    Money good_in_time;       // deemed received before it was due: by the hour, or with the certificates (money_due.h)
    Money good_late;
    Money uncollected;
    Application application = Application::kPending;
    Shares asked_basic;
    Shares asked_over;
    Shares deemed_basic;
    Shares deemed_over;
    std::string rule;         // "money_then_over_subscription: ..." : asked X, money Y, deemed Z, rule R
    RIGHTSDESK_DESCRIBE(Funding, notice, due, good_in_time, good_late, uncollected, application, asked_basic, asked_over, deemed_basic, deemed_over,
                        rule)
};

RIGHTSDESK_ENUM(AllocationKind, kPreliminary, kFinal)
RIGHTSDESK_ENUM(AllocationStatus, kStarted, kComputed, kProposed, kApproved)

struct StandbyPart {
    std::string purchaser;
    Shares shares;
    RIGHTSDESK_DESCRIBE(StandbyPart, purchaser, shares)
};

struct Allocation {
    AllocationKind kind = AllocationKind::kPreliminary;
    AllocationStatus status = AllocationStatus::kStarted;
    std::uint32_t revision = 1;
    Shares supply;
    Shares basic_allotted;
    Shares over_requested;
    Shares over_allotted;
    Shares protects;              // shares allotted to notices not yet covered, or not yet paid where money is due with the certificates
    Ratio proration;              // the first round's shares available over total claims, reduced
    std::uint32_t rounds = 0;
    std::string residual_rule;
    std::uint32_t lines = 0;
    std::string digest;           // SHA-256 over the lines
    std::optional<ProposalId> proposal;
    Shares extra_supply;          // of the supply: shares beyond those offered, because over-subscriptions demanded them
    std::vector<StandbyPart> standby;  // what is left, in the order of the terms
    std::uint32_t recorded = 0;   // lines of this revision in the log, those set to nothing included: the next chunk begins after them
    RIGHTSDESK_DESCRIBE(Allocation, kind, status, revision, supply, basic_allotted, over_requested, over_allotted, protects, proration, rounds,
                        residual_rule, lines, digest, proposal, extra_supply, standby, recorded)
};

struct Allotment {
    NoticeId notice;
    AllocationKind kind = AllocationKind::kPreliminary;
    Shares basic;
    Shares over;
    Money applied;                // price x (basic + over)
    RIGHTSDESK_DESCRIBE(Allotment, notice, kind, basic, over, applied)
};

RIGHTSDESK_ENUM(RefundStatus, kProposed, kApproved, kPaid, kFailed)
RIGHTSDESK_ENUM(RefundCause, kProrated, kOverpaid, kUnfundedRemainder, kLateMoney, kNotCounted, kUncovered, kUnmatched, kTerminated)

struct Refund {
    PaymentId payment;
    std::optional<NoticeId> notice;
    Money amount;
    RefundCause cause = RefundCause::kUnmatched;
    RefundStatus status = RefundStatus::kProposed;
    PaymentMethod channel = PaymentMethod::kWire;  // the payment's own: money goes back the way it came
    std::string reference;                         // of the payment made, or why it failed
    RIGHTSDESK_DESCRIBE(Refund, payment, notice, amount, cause, status, channel, reference)
};

// ---- deadline monitor: life, cover clock ----

// Proposed and approved lie between tabulated and settled: they are the final allocation's status, see stage_of().
RIGHTSDESK_ENUM(Stage, kOpen, kExpired, kCounted, kTabulated, kProposed, kApproved, kSettled, kTerminated)

// Nothing is counted, matched or waited for any more.
inline bool is_over(Stage stage) { return stage == Stage::kSettled || stage == Stage::kTerminated; }

struct Extension {
    Deadline before;
    Deadline after;
    std::vector<std::string> approved_by;
    RIGHTSDESK_DESCRIBE(Extension, before, after, approved_by)
};

// While it lasts nothing is acted upon: not the hour, no cover deadline, no reminder (rules.md section 2).
struct Suspension {
    Instant since;
    std::optional<Deadline> cancel_through;  // until then holders may withdraw, whatever the terms say of revocation
    std::string why;
    std::vector<std::string> approved_by;
    RIGHTSDESK_DESCRIBE(Suspension, since, cancel_through, why, approved_by)
};

// What is owed to others by a stated hour after the expiration, and may not be done by then (rules.md section 7).
RIGHTSDESK_ENUM(Owed, kSharesReport, kConfirmations)

struct OwedReminder {
    Owed owed = Owed::kSharesReport;
    std::int32_t minutes = 0;                // before the deadline; 0: it has passed
    Deadline deadline;
    RIGHTSDESK_DESCRIBE(OwedReminder, owed, minutes, deadline)
};

struct Life {
    Terms terms;                             // with closings added and the final price set since it was opened
    Stage stage = Stage::kOpen;
    Deadline expiration;                     // as it stands
    std::vector<Extension> extensions;
    std::vector<std::int32_t> reminded;      // minutes before the present expiration already reminded of
    std::optional<Instant> expired_at;
    std::optional<Instant> counted_at;
    std::optional<Instant> tabulated_at;
    std::optional<Instant> settled_at;
    std::optional<Suspension> suspension;    // while suspended
    std::optional<Instant> terminated_at;
    std::optional<Money> estimated_price;    // what the final price replaced
    std::optional<Deadline> bill_until;      // money that the final price bills is in time until then
    std::vector<OwedReminder> owed_reminded = {};  // sent
    RIGHTSDESK_DESCRIBE(Life, terms, stage, expiration, extensions, reminded, expired_at, counted_at, tabulated_at, settled_at, suspension,
                        terminated_at, estimated_price, bill_until, owed_reminded)
};

RIGHTSDESK_ENUM(CoverState, kRunning, kComplete, kMissed)
RIGHTSDESK_ENUM(Missing, kCertificates, kRightsShort, kSignatureGuarantee, kOtherDocuments)

struct CoverClock {
    NoticeId notice;
    Deadline deadline;
    std::string clause;                      // the terms' words that made it
    CoverState state = CoverState::kRunning;
    std::optional<Instant> completed_at;     // the stamp of what completed it
    std::vector<Missing> missing;
    std::vector<std::int32_t> reminded;      // minutes before it already reminded of
    std::optional<Rights> covered_rights = {};  // complete for so many, fewer than guaranteed; absent: for all
    RIGHTSDESK_DESCRIBE(CoverClock, notice, deadline, clause, state, completed_at, missing, reminded, covered_rights)
};

// ---- proposals: written by the service whose matter it is ----

RIGHTSDESK_ENUM(ProposalKind, kExtension, kWaiver, kAllocation, kRefunds, kSuspension, kResumption, kTermination, kClosing, kFinalPrice)
RIGHTSDESK_ENUM(ProposalStatus, kOpen, kApproved, kSuperseded, kPreparing)  // preparing: what it is about is being recorded, in parts

struct Proposal {
    ProposalId id;
    ProposalKind kind = ProposalKind::kExtension;
    ProposalStatus status = ProposalStatus::kOpen;
    std::string proposed_by;                 // a person, or the service for what it computes
    bool by_person = true;                   // then the proposer counts as one of those who must agree
    std::vector<std::string> approved_by;
    std::int32_t needed = 2;                 // different people
    std::string why;
    std::optional<Deadline> extend_to;       // extension
    std::optional<NoticeId> notice;          // waiver
    std::optional<Reason> reason;            // waiver
    std::vector<NoticeId> comparable;        // waiver: comparable items already refused
    Money total;                             // refunds
    std::optional<Date> closing;             // closing
    std::optional<Money> price;              // final price
    std::optional<Deadline> cancel_through;  // suspension
    std::string instruction = {};            // the issuer's signed one, by reference, as the last approval that named one did
    RIGHTSDESK_DESCRIBE(Proposal, id, kind, status, proposed_by, by_person, approved_by, needed, why, extend_to, notice, reason, comparable, total,
                        closing, price, cancel_through, instruction)
};

// ---- notification: alert ----

RIGHTSDESK_ENUM(Severity, kInfo, kWarning, kCritical)

struct Alert {
    std::uint64_t number = 0;                // dense in its log from 1; 0: the desk itself, from memory
    std::uint64_t previous_on_topic = 0;
    Severity severity = Severity::kInfo;
    std::string kind;                        // "notice_defective"
    std::string subject;                     // "notice/fax-1.17"
    std::string cause;                       // alerts with one cause are raised once, and resolved when it goes
    std::string what;                        // what happened
    std::string whom;                        // to whom it matters
    std::string next;                        // what to do
    std::optional<Instant> too_late_at;      // when it becomes too late
    Instant raised_at;
    std::optional<Instant> resolved_at;
    std::string acknowledged_by;
    std::string owner = {};                  // who has it in hand; empty: nobody, or who acknowledged it before this was kept
    std::string comment = {};
    std::optional<Instant> acknowledged_at = {};  // absent: not, or before this was kept
    std::string resolved_because = {};       // empty: it is not, or before this was kept
    std::optional<Instant> held_since = {};  // not sent while the offering is suspended
    std::optional<Instant> acknowledge_by = {};  // else it is told again, as another's alert; absent: it is not, or of before this was kept
    std::uint64_t escalates = 0;             // the number of the alert that nobody acknowledged; 0: none
    std::uint64_t escalated_by = 0;          // the number of the alert that says so; 0: none
    std::uint64_t group = 0;                 // the number of the first of its kind that came shortly before, or its own; 0: of before groups were kept
    std::string silenced = {};               // the prefix of the silence that covered it when it was raised
    RIGHTSDESK_DESCRIBE(Alert, number, previous_on_topic, severity, kind, subject, cause, what, whom, next, too_late_at, raised_at, resolved_at,
                        acknowledged_by, owner, comment, acknowledged_at, resolved_because, held_since, acknowledge_by, escalates, escalated_by, group, silenced)
};

struct Silence {
    std::string prefix;                      // of topics
    Instant until;
    std::string by;                          // whose it is
    std::string why = {};                    // empty: of before it was asked for
    std::optional<Instant> since = {};
    std::optional<Instant> lifted_at = {};   // before its end
    std::string lifted_by = {};
    RIGHTSDESK_DESCRIBE(Silence, prefix, until, by, why, since, lifted_at, lifted_by)
};

// ---- desk ----

RIGHTSDESK_ENUM(ClockMode, kReal, kStepped)

struct DeskClock {      // deadline monitor
    ClockMode mode = ClockMode::kReal;
    Instant time;       // stepped mode: now
    std::optional<Instant> accepted = {};  // real mode: the time that a person vouched for last
    RIGHTSDESK_DESCRIBE(DeskClock, mode, time, accepted)
};

struct ListedOffering {  // deadline monitor: what routes need to know of an offering
    OfferingId id;
    std::string terms_toml;   // as given; opened in the offering's own log by cursor
    std::string account;
    std::vector<ListedAddress> channels;
    RIGHTSDESK_DESCRIBE(ListedOffering, id, terms_toml, account, channels)
};

struct Watermark {  // intake (gateways), payment clearing (bank feeds)
    std::string source;
    Instant through;  // the source holds receipts for everything that it stamped up to here
    std::vector<std::string> declared_by = {};  // by these two people in its stead; empty: it told so itself
    std::string why = {};                       // of those
    RIGHTSDESK_DESCRIBE(Watermark, source, through, declared_by, why)
};

// What somebody proposes to declare in a source's stead.
struct WatermarkProposal {  // intake (gateways), payment clearing (bank feeds)
    std::string source;
    Instant through;
    std::string why;
    std::string by;  // empty: none waits any more
    Instant at;
    RIGHTSDESK_DESCRIBE(WatermarkProposal, source, through, why, by, at)
};

// Whether what is acknowledged must be on the replica's disk too, where one is configured: two people may go on without it.
struct ReplicaStanding {  // deadline monitor
    bool waived = false;
    std::string proposed_by;          // of the proposal that waits for another; empty: none
    std::string why;
    std::vector<std::string> people;  // who go on without it
    Instant since;
    RIGHTSDESK_DESCRIBE(ReplicaStanding, waived, proposed_by, why, people, since)
};

RIGHTSDESK_ENUM(ItemKind, kNotice, kPayment, kUndecodable, kUndecidable)

// What a service could not decide, in the log where it would have had its effect.
struct QuarantinedWork {
    std::string service;
    bool message = false;              // a message, whose bytes are in its record; else a reaction, or what time made due
    std::string source;                // of a reaction: the log consumed
    Sequence record = 0;               // of a reaction: its number there; 0: none
    std::string entity;                // that it is about: this service decides nothing about it until the release; empty: none is known
    std::uint32_t attempts = 0;        // that failed; 0: it only waits for its entity
    std::string released_by;
    Instant at;
    RIGHTSDESK_DESCRIBE(QuarantinedWork, service, message, source, record, entity, attempts, released_by, at)
};

// Of a payment: what further messages, and an offering that it was taken back from, know beyond its first message.
struct ItemMoney {
    std::vector<std::string> keys;             // business keys, hashed with the desk's key
    PaymentReferences references;              // of all messages
    std::vector<std::string> messages;         // every message that told of it; it counts once
    std::string remittance;                    // of the further messages
    std::optional<Instant> credited_at;        // the bank's credit time, where a further message gave one
    std::optional<Instant> received_at;        // good since then in the books that it was taken back from: it cleared, or a person settled it
    std::optional<Date> cleared_on;            // it cleared that day, at no time that the bank told
    RIGHTSDESK_DESCRIBE(ItemMoney, keys, references, messages, remittance, credited_at, received_at, cleared_on)
};

struct UnattributedItem {  // intake (notices, bytes), payment clearing (payments)
    std::string id;                    // "<source>.<sequence>": the desk record of that identity holds it whole
    ItemKind kind = ItemKind::kNotice;
    std::string why;
    std::optional<OfferingId> attributed_to;
    std::uint32_t attributions = 0;                   // how often it was attributed
    std::vector<OfferingId> taken_back_from = {};     // the offerings that it was given to by mistake, in order of their ids
    std::optional<ItemMoney> money = {};              // absent: of a notice, and of a payment of before it was kept
    std::optional<QuarantinedWork> work = {};         // of what a service could not decide
    RIGHTSDESK_DESCRIBE(UnattributedItem, id, kind, why, attributed_to, attributions, taken_back_from, money, work)
};

struct Entity : std::variant<Notice, Payment, Funding, Allocation, Allotment, Refund, Life, CoverClock, Proposal, Alert, Silence, DeskClock,
                            ListedOffering, Watermark, UnattributedItem, HolderRegister, RightsSale, ReplicaStanding, Sending, WatermarkProposal> {
    RIGHTSDESK_EITHER(Entity)
};

}  // namespace rightsdesk::domain
