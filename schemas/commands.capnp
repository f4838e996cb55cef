# What the doors take.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xd34784f103d00a08;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";
using Entities = import "entities.capnp";
using RightsSales = import "rights_sales.capnp";
using Quarantine = import "quarantine.capnp";
using Replica = import "replica.capnp";
using Keying = import "keying.capnp";
using FeedFiles = import "feed_files.capnp";

# A document as a gateway received it.
struct SubmitNotice {
  document @0 :Data;
  mediaType @1 :Text;  # "text/plain"
  sha256 @2 :Text;  # hex, of `document`, as the gateway computed it
  stamp @3 :Int64;  # last page complete
  channel @4 :Types.Channel;
  address @5 :Text;  # the number or address that it came in on
  senderStation @6 :Text;
  pages @7 :Int32;
  complete @8 :Bool;  # false: a partial fax
  delivery @9 :Text;  # delivery id; a notice and a check in one envelope share it
  keyed @10 :Types.NoticeFields;  # where the gateway has already keyed them, or its reader read them with certainty
  reading @11 :Keying.NoticeReading;  # of a picture; absent: none, or a gateway from before pictures were read
}

# intake: a person keys a notice that could not be read with certainty
struct KeyNotice {
  offering @0 :Text;
  notice @1 :Text;
  fields @2 :Types.NoticeFields;  # they hold over what was read
  blank @3 :List(Text);  # members of NoticeFields of which the person says that the page has nothing there
}

struct DeliverCertificates {
  offering @0 :Text;
  notice @1 :Text;
  stamp @2 :Int64;
  channel @3 :Types.Channel;
  address @4 :Text;
  delivery @5 :Text;
  rights @6 :Int64;
  certificateNumbers @7 :List(Text);
  signatureGuarantee @8 :Bool;
  missingDocuments @9 :List(Text);  # other required documents that did not come
  deliveredBy @10 :Text;  # a firm's name as the mail room reads it, never a holder's; empty: not said
}

# The certificates of a delivery were sent back to whom they came from: those of a notice that does not count any more.
struct ReturnCertificates {
  offering @0 :Text;
  notice @1 :Text;
  delivery @2 :Text;
  reference @3 :Text;  # of what they went back with
}

# intake: a person says of a delivery that was asked about whether it counts, and for how many rights
struct SettleCertificates {
  offering @0 :Text;
  notice @1 :Text;
  delivery @2 :Text;
  counts @3 :Bool;
  rights @4 :Types.MaybeInt64;  # absent: as many as were delivered
  evidence @5 :Text;
}

struct ConfirmByTelephone {
  offering @0 :Text;
  notice @1 :Text;
  caller @2 :Text;  # personal
  at @3 :Int64;
}

# From a gateway at intake's door, from a bank feed at payment clearing's: "I hold receipts for all I stamped up to".
struct AdvanceWatermark {
  through @0 :Int64;
}

# From an operator, of a source that will not tell its own any more: another operator approves it.
struct ProposeWatermark {
  source @0 :Text;
  through @1 :Int64;
  why @2 :Text;
}

struct ApproveWatermark {
  source @0 :Text;
  through @1 :Int64;
  proposedBy @2 :Text;
}

struct WithdrawWatermark {
  source @0 :Text;
  why @1 :Text;
}

struct CureDefect {
  offering @0 :Text;
  notice @1 :Text;
  reason @2 :Entities.Reason;
  value @3 :Text;  # what was missing, "2002-06-27"; empty where the evidence alone mends it
  evidence @4 :Text;
  at @5 :Int64;  # when the cure was received: it counts at or before the hour
}

struct ProposeWaiver {
  offering @0 :Text;
  notice @1 :Text;
  reason @2 :Entities.Reason;
  why @3 :Text;
}

struct RejectNotice {
  offering @0 :Text;
  notice @1 :Text;
  why @2 :Text;
}

# The holder takes a notice back: where the terms say so until the hour, or while a suspension leaves it open.
struct WithdrawNotice {
  offering @0 :Text;
  notice @1 :Text;
  evidence @2 :Text;
  at @3 :Int64;  # when the withdrawal was received
}

# Other numbers of shares than the notice said, from the same holder through the same guarantor.
struct AmendNotice {
  offering @0 :Text;
  notice @1 :Text;
  basicShares @2 :Int64;
  excessShares @3 :Int64;
  evidence @4 :Text;
  at @5 :Int64;  # when the amendment was received
}

# A nominee's list of the owners that it exercises for: its over-subscription is judged by each of them from now on.
struct CertifyOwners {
  offering @0 :Text;
  notice @1 :Text;
  owners @2 :List(import "owners.capnp".CertifiedOwner);
  evidence @3 :Text;
  at @4 :Int64;  # when the certification was received
}

# A rights certificate delivered with its election filled in: an exercise without a guarantee.
struct ExerciseDirectly {
  offering @0 :Text;
  stamp @1 :Int64;
  channel @2 :Types.Channel;
  address @3 :Text;
  delivery @4 :Text;
  certificateNumbers @5 :List(Text);
  rights @6 :Int64;
  basicShares @7 :Int64;
  excessShares @8 :Int64;
  paymentMethod @9 :Types.MaybePaymentMethod;
  confirmationNumber @10 :Text;
  instrumentNumber @11 :Text;
  signedByAll @12 :Bool;
  signatureGuarantee @13 :Bool;
  missingDocuments @14 :List(Text);
  names @15 :List(Text);  # personal
  holderAddress @16 :Text;  # personal
}

struct AttributeNotice {
  item @0 :Text;
  offering @1 :Text;
  why @2 :Text;
}

# A proposal, at the door whose matter it is: waivers at intake's, extensions at deadline monitor's, allocations and
# refunds at payment clearing's.
struct Approve {
  offering @0 :Text;
  proposal @1 :Text;
  instruction @2 :Text;  # reference to the issuer's signed instruction
}

struct ConfirmWire {
  account @0 :Text;  # credited: of one offering, or of several
  amount @1 :Int64;
  currency @2 :Text;
  valueDate @3 :Types.MaybeInt32;
  creditedAt @4 :Types.MaybeInt64;  # the bank's credit time
  institution @5 :Text;  # transferor
  debtor @6 :Text;  # personal
  references @7 :Entities.PaymentReferences;
  remittance @8 :Text;  # free text, as sent
  messageId @9 :Text;  # the bank's message
}

struct ReceiveInstrument {
  address @0 :Text;  # where it came in; routes it to its offering
  channel @1 :Types.Channel;
  stamp @2 :Int64;
  delivery @3 :Text;
  method @4 :Types.PaymentMethod;
  amount @5 :Int64;
  currency @6 :Text;
  payee @7 :Text;
  maker @8 :Text;  # personal
  drawee @9 :Text;  # bank on which it is drawn, or issuer
  number @10 :Text;
  instrumentDate @11 :Types.MaybeInt32;
  noticeReference @12 :Text;  # written on it
  draweeCountry @13 :Text;  # "US", "CA"; empty: not said
}

# The bank's word on an instrument that was deposited, found by account, number, drawee and amount.
struct ConfirmClearance {
  account @0 :Text;
  number @1 :Text;
  drawee @2 :Text;
  amount @3 :Int64;
  clearedAt @4 :Int64;  # 0: the bank told the day only
  messageId @5 :Text;
  clearedOn @6 :Types.MaybeInt32;  # where it told no time
}

struct ReturnedWire {
  currency @0 :Text;
  valueDate @1 :Types.MaybeInt32;
  references @2 :Entities.PaymentReferences;
}

struct ReportBounce {
  account @0 :Text;
  number @1 :Text;
  drawee @2 :Text;
  amount @3 :Int64;
  reason @4 :Entities.ReturnReason;
  returnedAt @5 :Int64;
  messageId @6 :Text;
  wire @7 :ReturnedWire;  # absent: an instrument, by number and drawee
}

struct MatchPayment {
  offering @0 :Text;
  payment @1 :Text;
  notice @2 :Text;
  amount @3 :Types.MaybeInt64;  # absent: what is not matched yet
  why @4 :Text;
}

# Takes the match back: the money waits in suspense again.
struct UnmatchPayment {
  offering @0 :Text;
  payment @1 :Text;
  notice @2 :Text;
  why @3 :Text;
}

struct SchedulePart {
  notice @0 :Text;
  amount @1 :Int64;
}

# A nominee's one payment for many notices, as its schedule says.
struct MatchBySchedule {
  offering @0 :Text;
  payment @1 :Text;
  parts @2 :List(SchedulePart);  # each notice once
  why @3 :Text;
}

# A check that came back for reason A or B was deposited again: a new, later clearing.
struct RepresentInstrument {
  offering @0 :Text;
  payment @1 :Text;
  at @2 :Int64;
}

# A person says when money came of which the bank tells a date only, on a day on which money becomes late.
struct SettleReceipt {
  offering @0 :Text;
  payment @1 :Text;
  receivedAt @2 :Int64;
  evidence @3 :Text;
}

# The bank's word on one refund that was approved.
struct ReportRefund {
  offering @0 :Text;
  payment @1 :Text;
  paid @2 :Bool;
  reference @3 :Text;  # of the payment made; why, where it failed
}

struct AttributePayment {
  item @0 :Text;
  offering @1 :Text;
  why @2 :Text;
}

# Computes the final allocation again and proposes it; the present open proposal is superseded.
struct ProposeAllocation {
  offering @0 :Text;
  why @1 :Text;
}

struct OpenOffering {
  termsToml @0 :Text;
}

struct ProposeExtension {
  offering @0 :Text;
  to @1 :Text;  # civil time in the terms' zone
  why @2 :Text;
}

# Shares issued and refunds paid, as the transfer agent and the bank confirmed.
struct ProposeSuspension {
  offering @0 :Text;
  cancelThrough @1 :Text;  # civil time in the terms' zone; empty: nobody may withdraw
  why @2 :Text;
}

struct ProposeResumption {
  offering @0 :Text;
  why @1 :Text;
}

# All money goes back; no share is sold.
struct ProposeTermination {
  offering @0 :Text;
  why @1 :Text;
}

# A day on which the terms' calendar is closed after all: every open deadline that counts over it moves.
struct ProposeClosing {
  offering @0 :Text;
  day @1 :Int32;
  why @2 :Text;
}

# What an estimated price came to.
struct ProposeFinalPrice {
  offering @0 :Text;
  price @1 :Int64;
  why @2 :Text;
}

struct SettleOffering {
  offering @0 :Text;
  reference @1 :Text;
}

struct StepTime {
  to @0 :Int64;
}

struct AcknowledgeAlert {
  offering @0 :Text;
  number @1 :UInt64;
  owner @2 :Text;  # who has it in hand; empty: who sends this
  comment @3 :Text;
}

struct SilenceAlerts {
  offering @0 :Text;
  prefix @1 :Text;  # of topics
  until @2 :Int64;
  why @3 :Text;
}

# deadline monitor: what time is it, and is everybody idle at it
struct AskClock {
}

# notification
struct ReplayAlerts {
  offering @0 :Text;
  prefix @1 :Text;  # of topics
  from @2 :UInt64;  # the first number wanted
}

# every door
struct AskHealth {
}

# intake: a part of the record-date list; kept as a document, it counts for nothing until ImportRegister names it
struct KeepRegisterPart {
  offering @0 :Text;
  part @1 :Data;  # CSV, cut between records
  sha256 @2 :Text;  # hex, of `part`
}

# intake: the register that notices are checked against from now on, and those on file again
struct ImportRegister {
  offering @0 :Text;
  parts @1 :List(Text);  # SHA-256, hex, in order: kept before
  holders @2 :UInt64;  # lines, as the sender counted them
  rights @3 :Int64;  # in all, as the sender added them
  why @4 :Text;
}

# intake, payment clearing: the item's attribution to the offering that has it was a mistake; it is open again
struct TakeBackNotice {
  item @0 :Text;
  why @1 :Text;
}

struct TakeBackPayment {
  item @0 :Text;
  why @1 :Text;
}

struct EnvelopeBody {
  union {
    command @0 :Command;
    question @1 :Question;
  }
}

# What a knocker sends. `identity.source` must be the principal that the connection proved to be.
struct Envelope {
  identity @0 :Entities.Identity;
  operatorName @1 :Text;  # stated by a principal that acts for others; else empty
  body @2 :EnvelopeBody;
}

struct Command {
  union {
    submitNotice @0 :SubmitNotice;
    deliverCertificates @1 :DeliverCertificates;
    confirmByTelephone @2 :ConfirmByTelephone;
    advanceWatermark @3 :AdvanceWatermark;
    cureDefect @4 :CureDefect;
    proposeWaiver @5 :ProposeWaiver;
    rejectNotice @6 :RejectNotice;
    attributeNotice @7 :AttributeNotice;
    approve @8 :Approve;
    confirmWire @9 :ConfirmWire;
    receiveInstrument @10 :ReceiveInstrument;
    confirmClearance @11 :ConfirmClearance;
    reportBounce @12 :ReportBounce;
    matchPayment @13 :MatchPayment;
    attributePayment @14 :AttributePayment;
    proposeAllocation @15 :ProposeAllocation;
    openOffering @16 :OpenOffering;
    proposeExtension @17 :ProposeExtension;
    settleOffering @18 :SettleOffering;
    stepTime @19 :StepTime;
    acknowledgeAlert @20 :AcknowledgeAlert;
    silenceAlerts @21 :SilenceAlerts;
    withdrawNotice @22 :WithdrawNotice;
    amendNotice @23 :AmendNotice;
    exerciseDirectly @24 :ExerciseDirectly;
    unmatchPayment @25 :UnmatchPayment;
    matchBySchedule @26 :MatchBySchedule;
    representInstrument @27 :RepresentInstrument;
    reportRefund @28 :ReportRefund;
    proposeSuspension @29 :ProposeSuspension;
    proposeResumption @30 :ProposeResumption;
    proposeTermination @31 :ProposeTermination;
    proposeClosing @32 :ProposeClosing;
    proposeFinalPrice @33 :ProposeFinalPrice;
    keepRegisterPart @34 :KeepRegisterPart;
    importRegister @35 :ImportRegister;
    settleReceipt @36 :SettleReceipt;
    returnCertificates @37 :ReturnCertificates;
    certifyOwners @38 :CertifyOwners;
    takeBackNotice @39 :TakeBackNotice;
    takeBackPayment @40 :TakeBackPayment;
    recordRightsSale @41 :RightsSales.RecordRightsSale;
    reverseRightsSale @42 :RightsSales.ReverseRightsSale;
    settleCertificates @43 :SettleCertificates;
    releaseItem @44 :Quarantine.ReleaseItem;
    acceptClock @45 :Quarantine.AcceptClock;
    proposeWithoutReplica @46 :Replica.ProposeWithoutReplica;
    approveWithoutReplica @47 :Replica.ApproveWithoutReplica;
    requireReplica @48 :Replica.RequireReplica;
    keyNotice @49 :KeyNotice;
    reportFileSetAside @50 :FeedFiles.ReportFileSetAside;
    reportFileTaken @51 :FeedFiles.ReportFileTaken;
    liftSilence @52 :import "alerts.capnp".LiftSilence;
    settleSending @53 :import "sendings.capnp".SettleSending;
    testWay @54 :import "sendings.capnp".TestWay;
    proposeWatermark @55 :ProposeWatermark;
    approveWatermark @56 :ApproveWatermark;
    withdrawWatermark @57 :WithdrawWatermark;
  }
}

struct Question {
  union {
    askClock @0 :AskClock;
    replayAlerts @1 :ReplayAlerts;
    askHealth @2 :AskHealth;
  }
}
