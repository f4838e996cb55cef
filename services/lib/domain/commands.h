// What the doors take. Each command says which door, and who may send it, in roles.h.
#pragma once

#include <variant>

#include "base/bytes.h"
#include "domain/entities.h"

namespace rightsdesk::domain {

using base::Bytes;

// ---- intake ----

// A document as a gateway received it.
struct SubmitNotice {
    Bytes document;
    std::string media_type;                  // "text/plain"
    std::string sha256;                      // hex, of `document`, as the gateway computed it
    Instant stamp;                           // last page complete
    Channel channel = Channel::kFax;
    std::string address;                     // the number or address that it came in on
    std::string sender_station;
    std::int32_t pages = 1;
    bool complete = true;                    // false: a partial fax
    std::string delivery;                    // delivery id; a notice and a check in one envelope share it
    std::optional<NoticeFields> keyed;       // where the gateway has already keyed them, or its reader read them with certainty
    std::optional<NoticeReading> reading = {};  // of a picture; absent: none
    RIGHTSDESK_DESCRIBE(SubmitNotice, document, media_type, sha256, stamp, channel, address, sender_station, pages, complete, delivery, keyed, reading)
};

// A person keys a notice that could not be read with certainty.
struct KeyNotice {
    OfferingId offering;
    NoticeId notice;
    NoticeFields fields;                     // they hold over what was read
    std::vector<std::string> blank;          // members of NoticeFields of which the person says that the page has nothing there
    RIGHTSDESK_DESCRIBE(KeyNotice, offering, notice, fields, blank)
};

struct DeliverCertificates {
    OfferingId offering;
    NoticeId notice;
    Instant stamp;
    Channel channel = Channel::kCourier;
    std::string address;
    std::string delivery;
    Rights rights;
    std::vector<std::string> certificate_numbers;
    bool signature_guarantee = false;
    std::vector<std::string> missing_documents;  // other required documents that did not come
    std::string delivered_by;                // a firm's name as the mail room reads it, never a holder's; empty: not said
    RIGHTSDESK_DESCRIBE(DeliverCertificates, offering, notice, stamp, channel, address, delivery, rights, certificate_numbers, signature_guarantee,
                        missing_documents, delivered_by)
};

// The certificates of a delivery were sent back to whom they came from: those of a notice that does not count any more.
struct ReturnCertificates {
    OfferingId offering;
    NoticeId notice;
    std::string delivery;                    // the mail room's delivery id
    std::string reference;                   // of what they went back with: the courier's number, a letter's
    RIGHTSDESK_DESCRIBE(ReturnCertificates, offering, notice, delivery, reference)
};

// A person says of a delivery that was asked about whether it counts, and for how many rights.
struct SettleCertificates {
    OfferingId offering;
    NoticeId notice;
    std::string delivery;
    bool counts = true;
    std::optional<Rights> rights;            // absent: as many as were delivered
    std::string evidence;
    RIGHTSDESK_DESCRIBE(SettleCertificates, offering, notice, delivery, counts, rights, evidence)
};

struct ConfirmByTelephone {
    OfferingId offering;
    NoticeId notice;
    std::string caller;                      // personal
    Instant at;
    RIGHTSDESK_DESCRIBE(ConfirmByTelephone, offering, notice, caller, at)
};

// From a gateway at intake's door, from a bank feed at payment clearing's: "I hold receipts for all I stamped up to".
struct AdvanceWatermark {
    Instant through;
    RIGHTSDESK_DESCRIBE(AdvanceWatermark, through)
};

// Of a source that is dead and will not tell its own any more: another operator approves it. At the door that the source's own come to.
struct ProposeWatermark {
    std::string source;
    Instant through;
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeWatermark, source, through, why)
};

// What was proposed, word by word: a proposal that was changed meanwhile is not approved by it.
struct ApproveWatermark {
    std::string source;
    Instant through;
    std::string proposed_by;
    RIGHTSDESK_DESCRIBE(ApproveWatermark, source, through, proposed_by)
};

struct WithdrawWatermark {
    std::string source;
    std::string why;
    RIGHTSDESK_DESCRIBE(WithdrawWatermark, source, why)
};

struct CureDefect {
    OfferingId offering;
    NoticeId notice;
    Reason reason = Reason::kUndated;
    std::string value;                       // what was missing, "2002-06-27"; empty where the evidence alone mends it
    std::string evidence;
    Instant at;                              // when the cure was received: it counts at or before the hour
    RIGHTSDESK_DESCRIBE(CureDefect, offering, notice, reason, value, evidence, at)
};

struct ProposeWaiver {
    OfferingId offering;
    NoticeId notice;
    Reason reason = Reason::kUndated;
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeWaiver, offering, notice, reason, why)
};

struct RejectNotice {
    OfferingId offering;
    NoticeId notice;
    std::string why;
    RIGHTSDESK_DESCRIBE(RejectNotice, offering, notice, why)
};

// The holder takes a notice back: where the terms say so until the hour, or while a suspension leaves it open.
struct WithdrawNotice {
    OfferingId offering;
    NoticeId notice;
    std::string evidence;
    Instant at;                              // when the withdrawal was received
    RIGHTSDESK_DESCRIBE(WithdrawNotice, offering, notice, evidence, at)
};

// Other numbers of shares than the notice said, from the same holder through the same guarantor.
struct AmendNotice {
    OfferingId offering;
    NoticeId notice;
    Shares basic_shares;
    Shares excess_shares;
    std::string evidence;
    Instant at;                              // when the amendment was received
    RIGHTSDESK_DESCRIBE(AmendNotice, offering, notice, basic_shares, excess_shares, evidence, at)
};

// A nominee's list of the owners that it exercises for: its over-subscription is judged by each of them from now on.
struct CertifyOwners {
    OfferingId offering;
    NoticeId notice;
    std::vector<CertifiedOwner> owners;      // 1 to kMaxCertifiedOwners
    std::string evidence;
    Instant at;                              // when the certification was received
    RIGHTSDESK_DESCRIBE(CertifyOwners, offering, notice, owners, evidence, at)
};

// A rights certificate delivered with its election filled in: an exercise without a guarantee.
struct ExerciseDirectly {
    OfferingId offering;
    Instant stamp;
    Channel channel = Channel::kCourier;
    std::string address;
    std::string delivery;
    std::vector<std::string> certificate_numbers;
    Rights rights;                           // represented by the certificates
    Shares basic_shares;                     // 0: not said
    Shares excess_shares;
    std::optional<PaymentMethod> payment_method;
    std::optional<std::string> confirmation_number;   // of the wire
    std::optional<std::string> instrument_number;     // of the check, draft or order
    bool signed_by_all = true;               // every holder named on the certificates signed
    bool signature_guarantee = false;
    std::vector<std::string> missing_documents;
    std::vector<std::string> names;          // personal
    std::string holder_address;              // personal
    RIGHTSDESK_DESCRIBE(ExerciseDirectly, offering, stamp, channel, address, delivery, certificate_numbers, rights, basic_shares, excess_shares,
                        payment_method, confirmation_number, instrument_number, signed_by_all, signature_guarantee, missing_documents, names,
                        holder_address)
};

// A part of the record-date list: it is kept as a document, and counts for nothing until ImportRegister names it.
struct KeepRegisterPart {
    OfferingId offering;
    Bytes part;                              // CSV (services/lib/terms/register_file.h), cut between records
    std::string sha256;                      // hex, of `part`
    RIGHTSDESK_DESCRIBE(KeepRegisterPart, offering, part, sha256)
};

inline constexpr std::size_t kMaxRegisterParts = 512;

// The register of record-date holders that notices are checked against from now on, and those on file again.
struct ImportRegister {
    OfferingId offering;
    std::vector<std::string> parts;          // SHA-256, hex, in order, 1 to kMaxRegisterParts: kept before
    std::uint64_t holders = 0;               // lines, as the sender counted them
    Rights rights;                           // in all, as the sender added them
    std::string why;
    RIGHTSDESK_DESCRIBE(ImportRegister, offering, parts, holders, rights, why)
};

// A holder had the agent sell rights, and they are sold.
struct RecordRightsSale {
    OfferingId offering;
    std::string reference;                   // of the sale; it counts once
    Rights rights;
    std::optional<Money> proceeds;
    Instant sold_at;
    std::string evidence;
    RIGHTSDESK_DESCRIBE(RecordRightsSale, offering, reference, rights, proceeds, sold_at, evidence)
};

// Such an entry was a mistake: it counts no more, and both stay on record.
struct ReverseRightsSale {
    OfferingId offering;
    std::string reference;
    std::string why;
    RIGHTSDESK_DESCRIBE(ReverseRightsSale, offering, reference, why)
};

struct AttributeNotice {
    std::string item;
    OfferingId offering;
    std::string why;
    RIGHTSDESK_DESCRIBE(AttributeNotice, item, offering, why)
};

// The notice's attribution was a mistake: it leaves the offering that has it, and the item is open again.
struct TakeBackNotice {
    std::string item;
    std::string why;
    RIGHTSDESK_DESCRIBE(TakeBackNotice, item, why)
};

// A proposal, at the door whose matter it is: waivers at intake's, extensions at deadline monitor's, allocations and
// refunds at payment clearing's.
struct Approve {
    OfferingId offering;
    ProposalId proposal;
    std::string instruction = {};            // reference to the issuer's signed instruction (rules.md sections 2 and 4)
    RIGHTSDESK_DESCRIBE(Approve, offering, proposal, instruction)
};

// ---- payment clearing ----

struct ConfirmWire {
    std::string account;                     // credited: of one offering, or of several
    Money amount;
    std::string currency;
    std::optional<Date> value_date;
    std::optional<Instant> credited_at;      // the bank's credit time
    std::string institution;                 // transferor
    std::string debtor;                      // personal
    PaymentReferences references;
    std::string remittance;                  // free text, as sent
    std::string message_id;                  // the bank's message
    RIGHTSDESK_DESCRIBE(ConfirmWire, account, amount, currency, value_date, credited_at, institution, debtor, references, remittance, message_id)
};

struct ReceiveInstrument {
    std::string address;                     // where it came in; routes it to its offering
    Channel channel = Channel::kMail;
    Instant stamp;
    std::string delivery;
    PaymentMethod method = PaymentMethod::kUncertifiedCheck;
    Money amount;
    std::string currency;
    std::string payee;
    std::string maker;                       // personal
    std::string drawee;                      // bank on which it is drawn, or issuer
    std::string number;
    std::optional<Date> instrument_date;
    std::string notice_reference;            // written on it
    std::string drawee_country = {};         // "US", "CA"; empty: not said
    RIGHTSDESK_DESCRIBE(ReceiveInstrument, address, channel, stamp, delivery, method, amount, currency, payee, maker, drawee, number,
                        instrument_date, notice_reference, drawee_country)
};

// The bank's word on an instrument that was deposited, found by account, number, drawee and amount.
struct ConfirmClearance {
    std::string account;
    std::string number;
    std::string drawee;
    Money amount;
    Instant cleared_at;                      // 0: the bank told the day only. It is no optional, for gateways of before write it as a number
    std::string message_id;
    std::optional<Date> cleared_on = {};     // where it told no time
    RIGHTSDESK_DESCRIBE(ConfirmClearance, account, number, drawee, amount, cleared_at, message_id, cleared_on)
};

// What the bank says of a wire that it takes back: as it told of it.
struct ReturnedWire {
    std::string currency;
    std::optional<Date> value_date;
    PaymentReferences references;
    RIGHTSDESK_DESCRIBE(ReturnedWire, currency, value_date, references)
};

struct ReportBounce {                        // of an instrument by number and drawee, or of a wire
    std::string account;
    std::string number;
    std::string drawee;
    Money amount;
    ReturnReason reason = ReturnReason::kOther;
    Instant returned_at;
    std::string message_id;
    std::optional<ReturnedWire> wire = {};
    RIGHTSDESK_DESCRIBE(ReportBounce, account, number, drawee, amount, reason, returned_at, message_id, wire)
};

// A feed could not take a file: it lies in the feed's set-aside/, with its reason beside it, and nothing of it was sent.
struct ReportFileSetAside {
    std::string file;                        // its name, 1 to kMaxFileNameOctets
    std::string sha256;                      // hex, of its octets
    std::string why;                         // with the line, and what to do; for a person
    RIGHTSDESK_DESCRIBE(ReportFileSetAside, file, sha256, why)
};

// The file of that name, mended or by a profile that was mended, has been taken since.
struct ReportFileTaken {
    std::string file;
    std::string sha256;
    RIGHTSDESK_DESCRIBE(ReportFileTaken, file, sha256)
};

inline constexpr std::size_t kMaxFileNameOctets = 255;
inline constexpr std::size_t kMaxFileReasonOctets = 2'000;

struct MatchPayment {
    OfferingId offering;
    PaymentId payment;
    NoticeId notice;
    std::optional<Money> amount;             // absent: what is not matched yet
    std::string why;
    RIGHTSDESK_DESCRIBE(MatchPayment, offering, payment, notice, amount, why)
};

// Takes the match back: the money waits in suspense again.
struct UnmatchPayment {
    OfferingId offering;
    PaymentId payment;
    NoticeId notice;
    std::string why;
    RIGHTSDESK_DESCRIBE(UnmatchPayment, offering, payment, notice, why)
};

struct SchedulePart {
    NoticeId notice;
    Money amount;
    RIGHTSDESK_DESCRIBE(SchedulePart, notice, amount)
};

// A nominee's one payment for many notices, as its schedule says.
struct MatchBySchedule {
    OfferingId offering;
    PaymentId payment;
    std::vector<SchedulePart> parts;         // 1 to kMaxScheduleParts, each notice once
    std::string why;
    RIGHTSDESK_DESCRIBE(MatchBySchedule, offering, payment, parts, why)
};

inline constexpr std::size_t kMaxScheduleParts = 10'000;

// A check that came back for reason A or B was deposited again: a new, later clearing.
struct RepresentInstrument {
    OfferingId offering;
    PaymentId payment;
    Instant at;
    RIGHTSDESK_DESCRIBE(RepresentInstrument, offering, payment, at)
};

// A person says when money came of which the bank tells a date only, on a day on which money becomes late.
struct SettleReceipt {
    OfferingId offering;
    PaymentId payment;
    Instant received_at;
    std::string evidence;
    RIGHTSDESK_DESCRIBE(SettleReceipt, offering, payment, received_at, evidence)
};

// The bank's word on one refund that was approved.
struct ReportRefund {
    OfferingId offering;
    PaymentId payment;
    bool paid = true;
    std::string reference;                   // of the payment made; why, where it failed
    RIGHTSDESK_DESCRIBE(ReportRefund, offering, payment, paid, reference)
};

struct AttributePayment {
    std::string item;
    OfferingId offering;
    std::string why;
    RIGHTSDESK_DESCRIBE(AttributePayment, item, offering, why)
};

// The same of money: it leaves the offering's books, while it is not used there.
struct TakeBackPayment {
    std::string item;
    std::string why;
    RIGHTSDESK_DESCRIBE(TakeBackPayment, item, why)
};

// Computes the final allocation again and proposes it; the present open proposal is superseded.
struct ProposeAllocation {
    OfferingId offering;
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeAllocation, offering, why)
};

// ---- deadline monitor ----

struct OpenOffering {
    std::string terms_toml;
    RIGHTSDESK_DESCRIBE(OpenOffering, terms_toml)
};

struct ProposeExtension {
    OfferingId offering;
    std::string to;                          // civil time in the terms' zone
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeExtension, offering, to, why)
};

struct ProposeSuspension {
    OfferingId offering;
    std::string cancel_through;              // civil time in the terms' zone; empty: nobody may withdraw
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeSuspension, offering, cancel_through, why)
};

struct ProposeResumption {
    OfferingId offering;
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeResumption, offering, why)
};

// All money goes back; no share is sold.
struct ProposeTermination {
    OfferingId offering;
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeTermination, offering, why)
};

// A day on which the terms' calendar is closed after all: every open deadline that counts over it moves.
struct ProposeClosing {
    OfferingId offering;
    Date day;
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeClosing, offering, day, why)
};

// What an estimated price came to.
struct ProposeFinalPrice {
    OfferingId offering;
    Money price;
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeFinalPrice, offering, price, why)
};

// Shares issued and refunds paid, as the transfer agent and the bank confirmed.
struct SettleOffering {
    OfferingId offering;
    std::string reference;
    RIGHTSDESK_DESCRIBE(SettleOffering, offering, reference)
};

struct StepTime {
    Instant to;
    RIGHTSDESK_DESCRIBE(StepTime, to)
};

// That acknowledgements mean one disk while the replica is missing. Another operator approves it; it is committed without the replica.
struct ProposeWithoutReplica {
    std::string why;
    RIGHTSDESK_DESCRIBE(ProposeWithoutReplica, why)
};

struct ApproveWithoutReplica {
    std::string proposed_by;
    RIGHTSDESK_DESCRIBE(ApproveWithoutReplica, proposed_by)
};

// Back to two disks, or the proposal withdrawn: one operator is enough.
struct RequireReplica {
    std::string why;
    RIGHTSDESK_DESCRIBE(RequireReplica, why)
};

// ---- notification ----

struct AcknowledgeAlert {
    OfferingId offering;
    std::uint64_t number = 0;
    std::string owner = {};                  // who has it in hand; empty: who sends this
    std::string comment = {};
    RIGHTSDESK_DESCRIBE(AcknowledgeAlert, offering, number, owner, comment)
};

struct SilenceAlerts {
    OfferingId offering;
    std::string prefix;                      // of topics
    Instant until;
    std::string why = {};
    RIGHTSDESK_DESCRIBE(SilenceAlerts, offering, prefix, until, why)
};

struct LiftSilence {                         // before its end
    OfferingId offering;
    std::string prefix;                      // as it was silenced
    std::string why;
    RIGHTSDESK_DESCRIBE(LiftSilence, offering, prefix, why)
};

struct SettleSending {                       // one that waits or was refused: tried again at once, or abandoned
    OfferingId offering;
    std::string way;
    std::uint64_t number = 0;
    bool retry = false;                      // else it is abandoned
    std::string why;
    RIGHTSDESK_DESCRIBE(SettleSending, offering, way, number, retry, why)
};

struct TestWay {                             // sends a word of no alert, in the desk's log
    std::string way;
    std::string why;
    RIGHTSDESK_DESCRIBE(TestWay, way, why)
};

// ---- any service; the deadline monitor ----

struct ReleaseItem {   // at the door of the service whose work it is, after the fix: with it goes what waits for its entity, in order
    OfferingId offering;                     // empty: the desk's
    std::string item;
    std::string why;
    RIGHTSDESK_DESCRIBE(ReleaseItem, offering, item, why)
};

struct AcceptClock {   // after a step of the wall clock: "it is right now"
    Instant time;                            // as the operator knows it
    std::string why;
    RIGHTSDESK_DESCRIBE(AcceptClock, time, why)
};

struct Command : std::variant<SubmitNotice, DeliverCertificates, ConfirmByTelephone, AdvanceWatermark, CureDefect, ProposeWaiver, RejectNotice,
                             AttributeNotice, Approve, ConfirmWire, ReceiveInstrument, ConfirmClearance, ReportBounce, MatchPayment,
                             AttributePayment, ProposeAllocation, OpenOffering, ProposeExtension, SettleOffering, StepTime, AcknowledgeAlert,
                             SilenceAlerts, WithdrawNotice, AmendNotice, ExerciseDirectly, UnmatchPayment, MatchBySchedule, RepresentInstrument,
                             ReportRefund, ProposeSuspension, ProposeResumption, ProposeTermination, ProposeClosing, ProposeFinalPrice,
                             KeepRegisterPart, ImportRegister, SettleReceipt, ReturnCertificates, CertifyOwners, TakeBackNotice,
                             TakeBackPayment, RecordRightsSale, ReverseRightsSale, SettleCertificates, ReleaseItem, AcceptClock, ProposeWithoutReplica,
                             ApproveWithoutReplica, RequireReplica, KeyNotice, ReportFileSetAside, ReportFileTaken, LiftSilence, SettleSending, TestWay,
                             ProposeWatermark, ApproveWatermark, WithdrawWatermark> {
    RIGHTSDESK_EITHER(Command)
};

// ---- questions: they change nothing and leave no record ----

struct AskClock {   // deadline monitor: what time is it, and is everybody idle at it
    RIGHTSDESK_DESCRIBE(AskClock)
};

struct ReplayAlerts {  // notification
    OfferingId offering;
    std::string prefix;                      // of topics
    std::uint64_t from = 1;                  // the first number wanted
    RIGHTSDESK_DESCRIBE(ReplayAlerts, offering, prefix, from)
};

struct AskHealth {  // every door
    RIGHTSDESK_DESCRIBE(AskHealth)
};

using Question = std::variant<AskClock, ReplayAlerts, AskHealth>;

// What a knocker sends. `identity.source` must be the principal that the connection proved to be.
struct Envelope {
    Identity identity;
    std::string operator_name;               // stated by a principal that acts for others; else empty
    std::variant<Command, Question> body = Question(AskHealth{});
    RIGHTSDESK_DESCRIBE(Envelope, identity, operator_name, body)
};

}  // namespace rightsdesk::domain
