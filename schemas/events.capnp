# What happened: the records of the logs.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xc57aacec602aa2e9;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";
using Terms = import "terms.capnp";
using Entities = import "entities.capnp";
using Certificates = import "certificates.capnp";
using Allocations = import "allocations.capnp";
using Commands = import "commands.capnp";
using Attributions = import "attributions.capnp";
using RightsSales = import "rights_sales.capnp";
using Quarantine = import "quarantine.capnp";
using Alerts = import "alerts.capnp";
using Sendings = import "sendings.capnp";
using Reminders = import "reminders.capnp";
using Replica = import "replica.capnp";
using Keying = import "keying.capnp";
using FeedFiles = import "feed_files.capnp";

# The personal part of a record: it travels sealed with its offering's key; erasing the key is the purge. `opened` is
# false when the reader has no key.
struct Personal {
  names @0 :List(Text);
  signatures @1 :List(Text);
  address @2 :Text;
  telephone @3 :Text;
  maker @4 :Text;
  guarantorAddress @5 :Text;
  guarantorTelephone @6 :Text;
  signatory @7 :Text;
  debtor @8 :Text;
  caller @9 :Text;
  read @10 :Types.NoticeFields;  # with certainty, of a notice that a person keys
  readings @11 :List(Keying.ReadField);  # what a reader of pages found
}

# refusals are events too
struct CommandRefused {
  command @0 :Text;  # type name
  subject @1 :Text;
  refusal @2 :Entities.Refusal;
  detail @3 :Text;
  message @4 :Data;  # as received, where it is at most 64 KiB; else its SHA-256 is in `detail`
}

# the same identity with another body: for a person, never "already done"
struct IdentityConflicted {
  identity @0 :Entities.Identity;  # as claimed
  first @1 :UInt64;  # the first event of the earlier claim
  payloadHash @2 :Text;  # of the later body
  message @3 :Data;
}

# bytes that nobody could decode or decide on
struct ItemQuarantined {
  item @0 :Text;
  why @1 :Text;
  message @2 :Data;
  work @3 :Quarantine.QuarantinedWork;  # absent: bytes that cannot be read
}

# [intake] the first decision on a notice: accepted, defective, late, misdirected ... by its reasons
struct NoticeDecided {
  notice @0 :Entities.Notice;
  sealed @1 :Data;
}

# [intake] a person keyed what could not be read; decided by the receipt stamp of then. A DeliveryLinked follows where it is one on file.
struct NoticeKeyed {
  notice @0 :Entities.Notice;  # as it is then
  by @1 :Text;
  at @2 :Int64;
  again @3 :Bool;  # the very same had been keyed: nothing changes
  sealed @4 :Data;
}

# [intake] the same notice by another channel: one notice, two deliveries
struct DeliveryLinked {
  notice @0 :Text;
  delivery @1 :Entities.Delivery;
}

enum RedecisionCause {
  extension @0;
  cure @1;
  waiver @2;
  rejection @3;
  money @4;
  delivery @5;
  telephone @6;
  amendment @7;
  closing @8;
  register @9;
  attribution @10;
}

# [intake] with before and after
struct NoticeRedecided {
  notice @0 :Text;
  cause @1 :RedecisionCause;
  detail @2 :Text;  # why, by whom
  before @3 :Entities.NoticeStatus;
  after @4 :Entities.NoticeStatus;
  reasonsBefore @5 :List(Entities.Reason);
  reasonsAfter @6 :List(Entities.Reason);
}

# [intake] supplies what was missing; a NoticeRedecided follows
struct DefectCured {
  notice @0 :Text;
  reason @1 :Entities.Reason;
  value @2 :Text;
  evidence @3 :Text;
  at @4 :Int64;
  content @5 :Entities.NoticeContent;  # the notice's content with the cure in it
}

# [intake] by telephone
struct NoticeConfirmed {
  notice @0 :Text;
  at @1 :Int64;
  sealed @2 :Data;
}

# [intake]
struct CertificatesDelivered {
  notice @0 :Text;
  received @1 :Certificates.CertificatesReceived;
  keys @2 :List(Text);  # of its numbers, hashed
}

# [intake]
struct NoticeRejected {
  notice @0 :Text;
  why @1 :Text;
  by @2 :Text;
}

struct NoticeWithdrawn {
  notice @0 :Text;
  evidence @1 :Text;
  at @2 :Int64;
}

# other numbers of shares; a NoticeRedecided follows where the reasons change
struct NoticeAmended {
  notice @0 :Text;
  before @1 :Entities.NoticeContent;
  after @2 :Entities.NoticeContent;
  evidence @3 :Text;
  at @4 :Int64;
}

struct ProposalMade {
  proposal @0 :Entities.Proposal;
}

# by one person; `complete` when enough different people agree: the effect follows in the same commit
struct ProposalApproved {
  proposal @0 :Text;
  kind @1 :Entities.ProposalKind;
  by @2 :Text;
  complete @3 :Bool;
  instruction @4 :Text;  # the issuer's signed one, by reference
}

struct ProposalSuperseded {
  proposal @0 :Text;
  why @1 :Text;
}

# [intake]
struct DefectWaived {
  notice @0 :Text;
  reason @1 :Entities.Reason;
  proposal @2 :Text;
}

# money somebody told us of: uncollected until it is good
struct PaymentAdvised {
  payment @0 :Entities.Payment;
  remittance @1 :Text;
  sealed @2 :Data;
}

# another message of the same money: it counts once
struct PaymentLinked {
  payment @0 :Text;
  message @1 :Text;
  matchedOn @2 :Text;  # the reference that agreed
  references @3 :Entities.PaymentReferences;  # the payment's, with what this message added
  keys @4 :List(Text);  # further business keys, hashed
}

# good funds, deemed received at
struct PaymentGood {
  payment @0 :Text;
  receivedAt @1 :Int64;
  rule @2 :Text;  # "wire: credit"
}

struct PaymentBounced {
  payment @0 :Text;
  reason @1 :Entities.ReturnReason;
  returnedAt @2 :Int64;
}

struct PaymentMatched {
  payment @0 :Text;
  match @1 :Entities.Match;
}

# it waits in suspense, visible, with the candidates and why each fell short
struct PaymentUnmatched {
  payment @0 :Text;
  candidates @1 :List(Entities.Candidate);
}

# what the money of a notice amounts to now
struct PaymentMatchUndone {
  payment @0 :Text;
  notice @1 :Text;
  amount @2 :Int64;
  by @3 :Text;
  why @4 :Text;
}

struct PaymentRepresented {
  payment @0 :Text;
  returned @1 :Entities.ReturnReason;  # why it had come back
  at @2 :Int64;
}

# it cleared, on a day on which money becomes late and at no time that the bank told: uncollected, for a person
struct ClearanceDated {
  payment @0 :Text;
  clearedOn @1 :Int32;
  message @2 :Text;
}

struct NoticeFunded {
  funding @0 :Entities.Funding;
}

# at the count: asked X, money Y, deemed Z, rule R
struct PaymentApplied {
  funding @0 :Entities.Funding;
}

# An allocation is a header, chunks that restart by number, and a closing event; readers act on it only after that.
struct AllocationStarted {
  allocation @0 :Allocations.Allocation;
}

struct AllotmentsRecorded {
  kind @0 :Allocations.AllocationKind;
  revision @1 :UInt32;
  chunk @2 :UInt32;
  allotments @3 :List(Allocations.Allotment);
}

# closes a preliminary one
struct AllocationComputed {
  revision @0 :UInt32;
}

# closes a final one; its ProposalMade is in the same commit
struct AllocationProposed {
  revision @0 :UInt32;
  proposal @1 :Text;
}

# takes effect: money applied, the rest refundable
struct AllocationApproved {
  revision @0 :UInt32;
  proposal @1 :Text;
}

struct MoneyPart {
  payment @0 :Text;
  applied @1 :Int64;  # of this payment, in all
  refundable @2 :Int64;
}

# the effect of an approved allocation on the money, in chunks
struct MoneyApplied {
  chunk @0 :UInt32;
  parts @1 :List(MoneyPart);
}

struct RefundsStarted {
  proposal @0 :Text;
  count @1 :UInt32;
  total @2 :Int64;
  digest @3 :Text;
}

struct RefundsRecorded {
  chunk @0 :UInt32;
  refunds @1 :List(Allocations.Refund);
}

# closes them
struct RefundsProposed {
  proposal @0 :Text;
}

struct RefundsApproved {
  proposal @0 :Text;
  payments @1 :List(Text);
}

# at settlement
struct RefundsPaid {
  reference @0 :Text;
  payments @1 :List(Text);
}

struct RefundReported {
  payment @0 :Text;
  status @1 :Allocations.RefundStatus;
  reference @2 :Text;
}

struct OfferingOpened {
  terms @0 :Terms.Terms;
  termsToml @1 :Text;
}

struct OfferingExtended {
  proposal @0 :Text;
  extension @1 :Entities.Extension;
}

struct OfferingExpired {
  deadline @0 :Types.Deadline;
}

# every source that the terms name has a watermark past the hour
struct OfferingCounted {
  watermarks @0 :List(Entities.Watermark);
  at @1 :Int64;
}

struct CoverClockStarted {
  clock @0 :Entities.CoverClock;
}

# something came, something is still missing
struct CoverIncomplete {
  notice @0 :Text;
  missing @1 :List(Entities.Missing);
}

struct CoverCompleted {
  notice @0 :Text;
  at @1 :Int64;
  rights @2 :Types.MaybeInt64;  # fewer than guaranteed, where the terms let it count for these; absent: for all
}

struct CoverDeadlineMissed {
  notice @0 :Text;
  missing @1 :List(Entities.Missing);
}

struct OfferingTabulated {
  covered @0 :UInt32;
  uncovered @1 :UInt32;
  at @2 :Int64;
}

struct OfferingSettled {
  reference @0 :Text;
  by @1 :Text;
  at @2 :Int64;
}

struct OfferingSuspended {
  proposal @0 :Text;
  suspension @1 :Entities.Suspension;
}

struct OfferingResumed {
  proposal @0 :Text;
  at @1 :Int64;
}

# all money is refundable; nothing is counted any more
struct OfferingTerminated {
  proposal @0 :Text;
  why @1 :Text;
  at @2 :Int64;
}

# to the terms' calendar; a CoverClockMoved follows for every deadline that counts over it
struct ClosingAdded {
  proposal @0 :Text;
  day @1 :Int32;
  why @2 :Text;
  billUntil @3 :Types.Deadline;  # where it moves the day until which a final price bills: as it is now
}

struct CoverClockMoved {
  before @0 :Types.Deadline;
  clock @1 :Entities.CoverClock;
}

# what is due of every notice is counted anew
struct FinalPriceSet {
  proposal @0 :Text;
  estimated @1 :Int64;
  price @2 :Int64;
  billUntil @3 :Types.Deadline;
}

# [deadline monitor] real or stepped is fixed here
struct DeskOpened {
  clock @0 :Entities.DeskClock;
}

# [deadline monitor]
struct TimeStepped {
  to @0 :Int64;
}

# [deadline monitor]
struct OfferingListed {
  offering @0 :Entities.ListedOffering;
  sharesAccountWith @1 :List(Text);  # offerings that had the account before
}

# [intake, payment clearing]
struct WatermarkAdvanced {
  watermark @0 :Entities.Watermark;
}

# [intake, payment clearing]
struct WatermarkProposed {
  proposal @0 :Entities.WatermarkProposal;
}

# [intake, payment clearing] nobody approves it any more
struct WatermarkWithdrawn {
  source @0 :Text;
  by @1 :Text;  # empty: the source told as much itself
  why @2 :Text;
}

# [intake, payment clearing] by two people in the source's stead
struct WatermarkDeclared {
  watermark @0 :Entities.Watermark;
  at @1 :Int64;
}

# One record of a log. Epoch, sequence and link are the store's, beside these bytes.
struct Record {
  service @0 :Text;  # who wrote it
  at @1 :Int64;  # the deciding service's `now`
  cause @2 :Entities.Identity;  # of the command; for a reaction: source log and the number reacted to; for time: "clock"
  payloadHash @3 :Text;  # hex, of the message that caused it; empty for reactions and time
  principal @4 :Text;  # the sender, as proved
  operatorName @5 :Text;  # where the principal acts for others
  position @6 :UInt32;  # in its item, from 0
  of @7 :UInt32;  # events in its item
  event @8 :Event;
}

struct RegisterPartKept {
  sha256 @0 :Text;
  octets @1 :UInt64;
}

# Notices are checked against it from here on; a RegisterCompared follows for those on file.
struct RegisterImported {
  imported @0 :Entities.HolderRegister;
}

struct ComparedNotice {
  notice @0 :Text;
  finding @1 :Entities.RegisterFinding;
  keys @2 :List(Text);  # of its holders, hashed
  possibleDuplicateOf @3 :Text;  # found by the import: an earlier notice has one of its certificates; absent: none, or asked before
}

struct RegisterCompared {
  revision @0 :UInt32;
  notices @1 :List(ComparedNotice);
  more @2 :Bool;  # a further chunk follows
}

struct Event {
  union {
    commandRefused @0 :CommandRefused;
    identityConflicted @1 :IdentityConflicted;
    itemQuarantined @2 :ItemQuarantined;
    noticeDecided @3 :NoticeDecided;
    deliveryLinked @4 :DeliveryLinked;
    noticeRedecided @5 :NoticeRedecided;
    defectCured @6 :DefectCured;
    noticeConfirmed @7 :NoticeConfirmed;
    certificatesDelivered @8 :CertificatesDelivered;
    noticeRejected @9 :NoticeRejected;
    proposalMade @10 :ProposalMade;
    proposalApproved @11 :ProposalApproved;
    proposalSuperseded @12 :ProposalSuperseded;
    defectWaived @13 :DefectWaived;
    paymentAdvised @14 :PaymentAdvised;
    paymentLinked @15 :PaymentLinked;
    paymentGood @16 :PaymentGood;
    paymentBounced @17 :PaymentBounced;
    paymentMatched @18 :PaymentMatched;
    paymentUnmatched @19 :PaymentUnmatched;
    noticeFunded @20 :NoticeFunded;
    paymentApplied @21 :PaymentApplied;
    allocationStarted @22 :AllocationStarted;
    allotmentsRecorded @23 :AllotmentsRecorded;
    allocationComputed @24 :AllocationComputed;
    allocationProposed @25 :AllocationProposed;
    allocationApproved @26 :AllocationApproved;
    moneyApplied @27 :MoneyApplied;
    refundsStarted @28 :RefundsStarted;
    refundsRecorded @29 :RefundsRecorded;
    refundsProposed @30 :RefundsProposed;
    refundsApproved @31 :RefundsApproved;
    refundsPaid @32 :RefundsPaid;
    offeringOpened @33 :OfferingOpened;
    offeringExtended @34 :OfferingExtended;
    reminderDue @35 :Reminders.ReminderDue;
    offeringExpired @36 :OfferingExpired;
    offeringCounted @37 :OfferingCounted;
    coverClockStarted @38 :CoverClockStarted;
    coverReminderDue @39 :Reminders.CoverReminderDue;
    coverIncomplete @40 :CoverIncomplete;
    coverCompleted @41 :CoverCompleted;
    coverDeadlineMissed @42 :CoverDeadlineMissed;
    offeringTabulated @43 :OfferingTabulated;
    offeringSettled @44 :OfferingSettled;
    alertRaised @45 :Alerts.AlertRaised;
    alertResolved @46 :Alerts.AlertResolved;
    alertAcknowledged @47 :Alerts.AlertAcknowledged;
    alertsSilenced @48 :Alerts.AlertsSilenced;
    deskOpened @49 :DeskOpened;
    timeStepped @50 :TimeStepped;
    offeringListed @51 :OfferingListed;
    watermarkAdvanced @52 :WatermarkAdvanced;
    noticeUnattributed @53 :Attributions.NoticeUnattributed;
    paymentUnattributed @54 :Attributions.PaymentUnattributed;
    noticeAttributed @55 :Attributions.NoticeAttributed;
    paymentAttributed @56 :Attributions.PaymentAttributed;
    noticeWithdrawn @57 :NoticeWithdrawn;
    noticeAmended @58 :NoticeAmended;
    paymentMatchUndone @59 :PaymentMatchUndone;
    paymentRepresented @60 :PaymentRepresented;
    refundReported @61 :RefundReported;
    offeringSuspended @62 :OfferingSuspended;
    offeringResumed @63 :OfferingResumed;
    offeringTerminated @64 :OfferingTerminated;
    closingAdded @65 :ClosingAdded;
    coverClockMoved @66 :CoverClockMoved;
    finalPriceSet @67 :FinalPriceSet;
    registerPartKept @68 :RegisterPartKept;
    registerImported @69 :RegisterImported;
    registerCompared @70 :RegisterCompared;
    clearanceDated @71 :ClearanceDated;
    certificatesReturned @72 :Certificates.CertificatesReturned;
    certificatesSettled @81 :Certificates.CertificatesSettled;
    ownersCertified @73 :import "owners.capnp".OwnersCertified;
    certificationVoided @74 :import "owners.capnp".CertificationVoided;
    itemLinked @75 :Attributions.ItemLinked;
    noticeTakenBack @76 :Attributions.NoticeTakenBack;
    paymentTakenBack @77 :Attributions.PaymentTakenBack;
    attributionUndone @78 :Attributions.AttributionUndone;
    rightsSold @79 :RightsSales.RightsSold;
    rightsSaleReversed @80 :RightsSales.RightsSaleReversed;
    owedReminderDue @82 :Reminders.OwedReminderDue;
    quarantineReleased @83 :Quarantine.QuarantineReleased;
    clockAccepted @84 :Quarantine.ClockAccepted;
    withoutReplicaProposed @85 :Replica.WithoutReplicaProposed;
    replicaWaived @86 :Replica.ReplicaWaived;
    replicaRequired @87 :Replica.ReplicaRequired;
    epochRaised @88 :Replica.EpochRaised;
    noticeKeyed @89 :NoticeKeyed;
    fileSetAside @90 :FeedFiles.FileSetAside;
    fileTaken @91 :FeedFiles.FileTaken;
    silenceLifted @92 :Alerts.SilenceLifted;
    alertReleased @93 :Alerts.AlertReleased;
    sendingsIntended @94 :Sendings.SendingsIntended;
    sendingsAttempted @95 :Sendings.SendingsAttempted;
    sendingSettled @96 :Sendings.SendingSettled;
    watermarkProposed @97 :WatermarkProposed;
    watermarkWithdrawn @98 :WatermarkWithdrawn;
    watermarkDeclared @99 :WatermarkDeclared;
  }
}
