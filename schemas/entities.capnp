# The entities: the folded state beside the logs, and the reasons that everything carries.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xab52658f3ddf5363;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";
using Terms = import "terms.capnp";
using Certificates = import "certificates.capnp";
using Keying = import "keying.capnp";

struct MaybeReason {
  value @0 :Reason;
}

struct MaybeReturnReason { value @0 :ReturnReason; }

enum Reason {
  anotherOffering @0;
  unreadable @1;
  misdirected @2;
  late @3;
  incompleteFax @4;
  stampGap @5;
  undated @6;
  postDated @7;
  rightsMissing @8;
  sharesMissing @9;
  holderUnsigned @10;
  holderNamesMissing @11;
  holderAddressMissing @12;
  holderTelephoneMissing @13;
  guarantorMissing @14;
  guarantorUnsigned @15;
  guarantorIneligible @16;
  guarantorUnknown @17;
  paymentDeliveryUnclear @18;
  paymentMethodUnclear @19;
  herewithByFax @20;
  aggregateDiffers @21;
  priceDiffers @22;
  basicBeyondRights @23;
  overWithoutFullBasic @24;
  telephoneUnconfirmed @25;
  possibleDuplicate @26;
  guaranteeLapsed @27;
  methodNotAccepted @28;
  guaranteedDeliveryClosed @29;
  telephoneRequired @30;
  notOnRegister @31;
  transferee @32;
  certificateUnknown @33;
  rightsBeyondRegister @34;
  registerNameDiffers @35;
  afterForeignCutOff @36;
  overNotEligible @37;
  guaranteePeriodDiffers @38;
  severalHolders @39;
  paymentDetailsMissing @40;
  sharesByMoney @41;
  awaitingKeying @42;
}

enum Weight {
  flag @0;
  question @1;
  defect @2;
  late @3;
  misdirected @4;
  refusal @5;
  keying @6;
}

enum NoticeStatus {
  accepted @0;
  inQuestion @1;
  defective @2;
  late @3;
  misdirected @4;
  refused @5;
  rejected @6;
  withdrawn @7;
  awaitingKeying @8;
  linked @9;  # it turned out to be another notice, and its delivery is counted there
}

enum Refusal {
  notPermitted @0;
  unknownOffering @1;
  unknownNotice @2;
  unknownPayment @3;
  unknownProposal @4;
  unknownItem @5;
  unknownAlert @6;
  offeringExists @7;
  termsUnusable @8;
  tooEarly @9;
  tooLate @10;
  notAllowedByTerms @11;
  beyondLimit @12;
  samePerson @13;
  alreadyDecided @14;
  nothingToDo @15;
  amountUnusable @16;
  currencyDiffers @17;
  payeeDiffers @18;
  backwards @19;
  notIdle @20;
  hashDiffers @21;
  wrongClock @22;
  wrongDoor @23;
  alreadyMatched @24;
  valueUnusable @25;
  methodNotAccepted @26;
  suspended @27;
  irrevocable @28;
  instructionMissing @29;
  frozen @30;
  keyedOtherwise @31;
}

enum Evidence {
  confirmationNumber @0;
  uniqueReference @1;
  instrumentNumber @2;
  noticeReference @3;
  exactAmount @4;
  person @5;
  schedule @6;
}

enum Unmatched {
  amountDiffers @0;
  institutionDiffers @1;
  dateDiffers @2;
  confirmationDiffers @3;
  instrumentDiffers @4;
  severalCandidates @5;
  noCandidate @6;
  nameOnly @7;
  noticeNotOpen @8;
  takenBack @9;
}

enum ReturnReason {
  notSufficientFunds @0;
  uncollectedFunds @1;
  stopPayment @2;
  closedAccount @3;
  unableToLocate @4;
  frozenAccount @5;
  staleDated @6;
  postDated @7;
  endorsementMissing @8;
  endorsementIrregular @9;
  signatureMissing @10;
  signatureIrregular @11;
  nonCashItem @12;
  alteredItem @13;
  unableToRead @14;
  doesNotMatchAccount @15;
  refusedByMaker @16;
  duplicate @17;
  forgery @18;
  other @19;
}

# The transport's identity: who sent it, under which number of the sender's own.
struct Identity {
  source @0 :Text;
  sequence @1 :UInt64;
}

# What a notice says, without what is personal; that travels sealed (see events.h).
struct NoticeContent {
  issuer @0 :Text;
  prospectusDate @1 :Types.MaybeInt32;
  expirationDate @2 :Types.MaybeInt32;
  rightsHeld @3 :Types.MaybeInt64;
  basicShares @4 :Types.MaybeInt64;
  excessShares @5 :Types.MaybeInt64;
  subscriptionPrice @6 :Text;
  aggregateCents @7 :Types.MaybeInt64;
  paymentDelivery @8 :Types.MaybePaymentDelivery;
  paymentMethod @9 :Types.MaybePaymentMethod;
  transferorInstitution @10 :Text;
  transferDate @11 :Types.MaybeInt32;
  confirmationNumber @12 :Text;
  instrumentDate @13 :Types.MaybeInt32;
  instrumentNumber @14 :Text;
  drawee @15 :Text;
  certificateNumbers @16 :List(Text);
  guarantorName @17 :Text;  # a firm's
  dated @18 :Types.MaybeInt32;
  guaranteeDays @19 :Types.MaybeInt32;  # the form's own period; absent: not read, or a notice from before it was
}

struct Delivery {
  id @0 :Text;  # the gateway's delivery id: what came in one envelope shares it
  gateway @1 :Text;
  channel @2 :Types.Channel;
  address @3 :Text;  # the number or address that it came in on
  listed @4 :Bool;  # for that channel, by the terms
  stamp @5 :Int64;  # the gateway's receipt stamp: it decides
  arrived @6 :Int64;  # our own, beside it
  senderStation @7 :Text;
  document @8 :Text;  # SHA-256, hex
  mediaType @9 :Text;
  pages @10 :Int32;
}

# The paper that an exercise is made on: both enter the allocation.
enum NoticeForm {
  guaranteedDelivery @0;
  directExercise @1;
}

enum HolderPlace {
  domestic @0;
  abroad @1;
  armyPost @2;
}

# What the register of record-date holders says of a notice. Nothing in it is personal: holders are numbers of lines.
struct RegisterFinding {
  revision @0 :UInt32;  # of the register that was looked at
  lines @1 :List(UInt32);  # of it, that the notice's certificates or names are on; none: not on the register
  rights @2 :Int64;  # that these lines hold
  shares @3 :Int64;  # that they held on the record date
  unknownCertificates @4 :List(Text);  # numbers on the notice that no line has
  namesAgree @5 :Bool;  # with the lines that the certificates are on
  place @6 :HolderPlace;
  several @7 :Bool;  # found by name alone, and several holders of record have it
}

# The record-date list as imported: documents, in parts. The last import replaces those before.
struct HolderRegister {
  revision @0 :UInt32;
  parts @1 :List(Text);  # SHA-256, hex, in order: CSV, cut between records
  holders @2 :UInt64;
  rights @3 :Int64;  # in all
  why @4 :Text;
  by @5 :Text;
  at @6 :Int64;
}

struct Notice {
  id @0 :Text;
  status @1 :NoticeStatus;
  reasons @2 :List(Reason);  # open ones, in enumerator order
  cured @3 :List(Reason);
  waived @4 :List(Reason);
  content @5 :NoticeContent;
  basicEntitlement @6 :Int64;  # floor(rights x ratio)
  deliveries @7 :List(Delivery);  # the first made the notice; the earliest valid one counts
  certificates @8 :List(Certificates.CertificatesReceived);
  confirmedByTelephone @9 :Bool;
  keys @10 :List(Text);  # business keys, hashed; the first is the full one
  possibleDuplicateOf @11 :Text;
  form @12 :NoticeForm;
  onRegister @13 :RegisterFinding;  # absent: no register was there to be looked at
  owners @14 :import "owners.capnp".OwnersCertification;  # absent: none was certified, and it is judged as one holder's
  takenBack @15 :Bool;  # its attribution to this offering was a mistake: it is another's
  confirmedAt @16 :Types.MaybeInt64;  # by telephone; absent: not, or before its time was kept
  reading @17 :Keying.ReadingOnFile;  # absent: it was not read from a picture
}

enum PaymentStatus {
  uncollected @0;
  good @1;
  bounced @2;
  takenBack @3;  # from the offering that it was attributed to by mistake: in none of its books
}

struct Match {
  notice @0 :Text;
  amount @1 :Int64;
  evidence @2 :Evidence;
  by @3 :Text;  # a person's name where a person matched it
}

struct Candidate {
  notice @0 :Text;
  fellShort @1 :List(Unmatched);
}

struct PaymentReferences {
  imad @0 :Text;
  uetr @1 :Text;
  servicerReference @2 :Text;
  endToEnd @3 :Text;
  instrumentNumber @4 :Text;
  noticeReference @5 :Text;  # a notice id found in the remittance text or on the instrument
}

# Why a person says when an instrument was received that counts on receipt.
enum ReceiptQuestion {
  handedOverLate @0;
  misdirected @1;
}

struct ReceiptDoubt { why @0 :ReceiptQuestion; stamp @1 :Int64; }  # the gateway's stamp

struct Payment {
  id @0 :Text;
  method @1 :Types.PaymentMethod;
  status @2 :PaymentStatus;
  amount @3 :Int64;
  currency @4 :Text;
  institution @5 :Text;  # transferor or drawee
  valueDate @6 :Types.MaybeInt32;
  creditedAt @7 :Types.MaybeInt64;  # the bank's credit time; absent where it gave a date only
  receivedAt @8 :Types.MaybeInt64;  # when it was deemed received by the terms; absent while it was not
  references @9 :PaymentReferences;
  messages @10 :List(Text);  # every message that told of it; it counts once
  keys @11 :List(Text);  # business keys, hashed
  matches @12 :List(Match);
  candidates @13 :List(Candidate);  # while unmatched: who was looked at and why each fell short
  returned @14 :MaybeReturnReason;
  applied @15 :Int64;  # bought shares
  refundable @16 :Int64;
  refunded @17 :Int64;
  notFor @18 :List(Text);  # a person took the money from these: only a person gives it back to them
  clearedOn @19 :Types.MaybeInt32;  # of an instrument that cleared, where the bank gave a date only and that proved nothing
  doubt @20 :ReceiptDoubt;  # of an instrument that counts on receipt; absent: its stamp was taken
}

enum Application {
  pending @0;
  full @1;
  part @2;
  deemedOver @3;
  capped @4;
  lapsed @5;
}

struct Funding {
  notice @0 :Text;
  due @1 :Int64;  # price x (basic + excess) as asked
  goodInTime @2 :Int64;  # deemed received when due: by the hour, or with the certificates
  goodLate @3 :Int64;
  uncollected @4 :Int64;
  application @5 :Application;
  askedBasic @6 :Int64;
  askedOver @7 :Int64;
  deemedBasic @8 :Int64;
  deemedOver @9 :Int64;
  rule @10 :Text;  # "money_then_over_subscription: ..." : asked X, money Y, deemed Z, rule R
}

enum Stage {
  open @0;
  expired @1;
  counted @2;
  tabulated @3;
  proposed @4;
  approved @5;
  settled @6;
  terminated @7;
}

struct Extension {
  before @0 :Types.Deadline;
  after @1 :Types.Deadline;
  approvedBy @2 :List(Text);
}

# While it lasts nothing is acted upon: not the hour, no cover deadline, no reminder.
struct Suspension {
  since @0 :Int64;
  cancelThrough @1 :Types.Deadline;  # until then holders may withdraw
  why @2 :Text;
  approvedBy @3 :List(Text);
}

struct Life {
  terms @0 :Terms.Terms;
  stage @1 :Stage;
  expiration @2 :Types.Deadline;  # as it stands
  extensions @3 :List(Extension);
  reminded @4 :List(Int32);  # minutes before the present expiration already reminded of
  expiredAt @5 :Types.MaybeInt64;
  countedAt @6 :Types.MaybeInt64;
  tabulatedAt @7 :Types.MaybeInt64;
  settledAt @8 :Types.MaybeInt64;
  suspension @9 :Suspension;  # while suspended
  terminatedAt @10 :Types.MaybeInt64;
  estimatedPrice @11 :Types.MaybeInt64;  # what the final price replaced
  billUntil @12 :Types.Deadline;  # money that the final price bills is in time until then
  owedReminded @13 :List(OwedReminder);  # sent
}

# What is owed to others by a stated hour after the expiration.
enum Owed {
  sharesReport @0;
  confirmations @1;
}

struct OwedReminder {
  owed @0 :Owed;
  minutes @1 :Int32;  # before the deadline; 0: it has passed
  deadline @2 :Types.Deadline;
}

enum CoverState {
  running @0;
  complete @1;
  missed @2;
}

enum Missing {
  certificates @0;
  rightsShort @1;
  signatureGuarantee @2;
  otherDocuments @3;
}

struct CoverClock {
  notice @0 :Text;
  deadline @1 :Types.Deadline;
  clause @2 :Text;  # the terms' words that made it
  state @3 :CoverState;
  completedAt @4 :Types.MaybeInt64;  # the stamp of what completed it
  missing @5 :List(Missing);
  reminded @6 :List(Int32);  # minutes before it already reminded of
  coveredRights @7 :Types.MaybeInt64;  # complete for so many, fewer than guaranteed; absent: for all
}

enum ProposalKind {
  extension @0;
  waiver @1;
  allocation @2;
  refunds @3;
  suspension @4;
  resumption @5;
  termination @6;
  closing @7;
  finalPrice @8;
}

enum ProposalStatus {
  open @0;
  approved @1;
  superseded @2;
  preparing @3;  # what it is about is being recorded, in parts
}

struct Proposal {
  id @0 :Text;
  kind @1 :ProposalKind;
  status @2 :ProposalStatus;
  proposedBy @3 :Text;  # a person, or the service for what it computes
  byPerson @4 :Bool;  # then the proposer counts as one of those who must agree
  approvedBy @5 :List(Text);
  needed @6 :Int32;  # different people
  why @7 :Text;
  extendTo @8 :Types.Deadline;  # extension
  notice @9 :Text;  # waiver
  reason @10 :MaybeReason;  # waiver
  comparable @11 :List(Text);  # waiver: comparable items already refused
  total @12 :Int64;  # refunds
  closing @13 :Types.MaybeInt32;
  price @14 :Types.MaybeInt64;  # final price
  cancelThrough @15 :Types.Deadline;  # suspension
  instruction @16 :Text;  # the issuer's signed one, by reference, as an approval gave it
}

enum Severity {
  info @0;
  warning @1;
  critical @2;
}

struct Alert {
  number @0 :UInt64;  # dense in its log from 1; 0: the desk itself, from memory
  previousOnTopic @1 :UInt64;
  severity @2 :Severity;
  kind @3 :Text;  # "notice_defective"
  subject @4 :Text;  # "notice/fax-1.17"
  cause @5 :Text;  # alerts with one cause are raised once, and resolved when it goes
  what @6 :Text;  # what happened
  whom @7 :Text;  # to whom it matters
  next @8 :Text;  # what to do
  tooLateAt @9 :Types.MaybeInt64;  # when it becomes too late
  raisedAt @10 :Int64;
  resolvedAt @11 :Types.MaybeInt64;
  acknowledgedBy @12 :Text;
  owner @13 :Text;  # who has it in hand; empty: nobody, or who acknowledged it before this was kept
  comment @14 :Text;
  acknowledgedAt @15 :Types.MaybeInt64;  # absent: not, or before this was kept
  resolvedBecause @16 :Text;
  heldSince @17 :Types.MaybeInt64;  # not sent while the offering is suspended
  acknowledgeBy @18 :Types.MaybeInt64;  # else it is told again, as another's alert; absent: it is not, or of before this was kept
  escalates @19 :UInt64;  # the number of the alert that nobody acknowledged; 0: none
  escalatedBy @20 :UInt64;  # the number of the alert that says so; 0: none
  group @21 :UInt64;  # the number of the first of its kind that came shortly before, or its own; 0: of before groups were kept
  silenced @22 :Text;  # the prefix of the silence that covered it when it was raised
}

struct Silence {
  prefix @0 :Text;  # of topics
  until @1 :Int64;
  by @2 :Text;  # whose it is
  why @3 :Text;  # empty: of before it was asked for
  since @4 :Types.MaybeInt64;
  liftedAt @5 :Types.MaybeInt64;  # before its end
  liftedBy @6 :Text;
}

enum ClockMode {
  real @0;
  stepped @1;
}

# deadline monitor
struct DeskClock {
  mode @0 :ClockMode;
  time @1 :Int64;  # stepped mode: now
  accepted @2 :Types.MaybeInt64;  # real mode: the time that a person vouched for last
}

# deadline monitor: what routes need to know of an offering
struct ListedOffering {
  id @0 :Text;
  termsToml @1 :Text;  # as given; opened in the offering's own log by cursor
  account @2 :Text;
  channels @3 :List(Terms.ListedAddress);
}

# intake (gateways), payment clearing (bank feeds)
struct Watermark {
  source @0 :Text;
  through @1 :Int64;  # the source holds receipts for everything that it stamped up to here
  declaredBy @2 :List(Text);  # by these two people in its stead; empty: it told so itself
  why @3 :Text;  # of those
}

# intake (gateways), payment clearing (bank feeds): what somebody proposes to declare in a source's stead
struct WatermarkProposal {
  source @0 :Text;
  through @1 :Int64;
  why @2 :Text;
  by @3 :Text;  # empty: none waits any more
  at @4 :Int64;
}
