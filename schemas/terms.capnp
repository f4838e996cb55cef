# The terms of one offering.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xa916fd8e88644623;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";

enum CalendarKind {
  nyse @0;
  fed @1;
  both @2;
  either @3;
  custom @4;
}

enum CountedFrom {
  noticeDate @0;
  expiration @1;
  fixedDate @2;
}

enum PaymentDue {
  expiration @0;
  cover @1;
}

# What a notice is whose certificates came for fewer rights than were guaranteed.
enum ShortCover {
  drop @0;
  asCovered @1;
}

enum TelephoneConfirmation {
  warn @0;
  require @1;
}

enum DeemedReceived {
  credit @0;
  clearance @1;
  receipt @2;
  refused @3;
}

enum DeemedExercise {
  money @0;
  moneyThenOverSubscription @1;
  capped @2;
}

enum Basis {
  basicShares @0;
  requested @1;
  recordHolding @2;
  twoPools @3;
  basicProrated @4;
  ladder @5;
}

enum Residual {
  largestRemainder @0;
}

enum PriceKind {
  fixed @0;
  estimated @1;
}

enum LowerPrice {
  refund @0;
  buyMore @1;
}

enum HigherPrice {
  reduce @0;
  bill @1;
}

enum Rounding {
  down @0;
  up @1;
  nearest @2;
}

enum Withdrawal {
  irrevocable @0;
  untilExpiration @1;
}

enum PaymentUser {
  anyone @0;
  guarantors @1;
}

enum RightsTransfer {
  transferable @0;
  notTransferable @1;
}

enum DrawnOn {
  anywhere @0;
  usBanks @1;  # no instrument that is said to be drawn abroad
}

enum OverSubscriber {
  anyone @0;
  holdersOfRecord @1;
}

enum NomineeJudged {
  asOneHolder @0;
  perBeneficialOwner @1;  # by the nominee's certification of its owners, where it gives one
}

struct CalendarTerms {
  kind @0 :CalendarKind;
  closings @1 :List(Int32);  # closed besides the kind's own holidays
}

struct ExtensionTerms {
  allowed @0 :Bool;
  lastDate @1 :Types.MaybeInt32;
  announceBy @2 :Text;  # as stated, "09:00 next business day"
  mostBusinessDays @3 :Types.MaybeInt32;  # in all, after the expiration first set
}

struct GuaranteedDeliveryTerms {
  enabled @0 :Bool;
  businessDays @1 :Int32;
  countedFrom @2 :CountedFrom;
  fixedDate @3 :Types.MaybeInt32;  # when counted_from is kFixedDate
  time @4 :Text;  # civil, in the expiration's zone
  paymentDue @5 :PaymentDue;
  telephoneConfirmation @6 :TelephoneConfirmation;
  signatureGuarantee @7 :Bool;  # certificates need a signature guarantee to complete a cover
  shortCover @8 :ShortCover;
}

struct ListedAddress {
  channel @0 :Types.Channel;
  address @1 :Text;  # a fax number in E.164, or the address as listed
}

struct MethodTerms {
  method @0 :Types.PaymentMethod;
  deemedReceived @1 :DeemedReceived;
  from @2 :PaymentUser;
}

# One step of a ladder of priorities: who stands on it, and what their claims are in proportion to.
struct LadderRung {
  holdingUpTo @0 :Types.MaybeInt64;  # holders of at most so many on the record date (odd lots); absent: everybody
  basis @1 :Basis;  # one of the first three
}

struct OverSubscriptionTerms {
  enabled @0 :Bool;
  requiresFullBasic @1 :Bool;
  basis @2 :Basis;
  residual @3 :Residual;
  capShares @4 :Types.MaybeInt64;  # a holder's basic and over-subscription shares together never exceed this
  capOfBasic @5 :Types.Ratio;  # over-subscription shares never exceed this multiple of the basic entitlement
  ladder @6 :List(LadderRung);  # when basis is kLadder: the first served first
  capOfOffered @7 :Types.Ratio;  # basic and over-subscription shares together never exceed this part of the shares offered
  ownershipLimit @8 :Types.MaybeInt64;  # shares that a holder may own afterwards, with what it held on the record date
  capMoney @9 :Types.MaybeInt64;  # cents that basic and over-subscription shares together may cost
  extraSupply @10 :Types.Ratio;  # further shares, as a part of those offered, when over-subscriptions demand them
  eligible @11 :OverSubscriber;
  nominee @12 :NomineeJudged;
  extraSupplyEligible @13 :OverSubscriber;  # of those who over-subscribe: to whom the further shares are sold
}

# One row of the list that guarantors are checked against (rules.md section 1, "guarantor").
struct GuarantorTerms {
  name @0 :Text;
  aliases @1 :List(Text);
  eligibleAs @2 :Text;  # "member of a registered national securities exchange", ...
  eligible @3 :Bool;  # false only on evidence, which `source` names
  validFrom @4 :Types.MaybeInt32;
  validTo @5 :Types.MaybeInt32;
  source @6 :Text;
}

# how many different people each needs
struct ApprovalTerms {
  extension @0 :Int32;
  allocation @1 :Int32;
  refund @2 :Int32;
  waiver @3 :Int32;
  suspension @4 :Int32;  # and resumption
  termination @5 :Int32;
  closing @6 :Int32;
  finalPrice @7 :Int32;
  instruction @8 :Bool;  # the last approval of what releases or returns names the issuer's signed instruction
}

# How the price of a share is made, and what a difference between the estimate and the final price does.
struct PriceTerms {
  kind @0 :PriceKind;
  lower @1 :LowerPrice;
  higher @2 :HigherPrice;
  billDays @3 :Int32;  # business days in which a shortfall may be paid, when higher is kBill
}

struct EntitlementTerms {
  rounding @0 :Rounding;
  stepUpTo @1 :Types.MaybeInt64;  # who holds any right is entitled to at least so many shares
}

# Who takes what is left, after the allocation, in the order of the terms.
struct StandbyTerms {
  purchaser @0 :Text;
  upTo @1 :Int64;
}

# The earlier hour for holders of record abroad and at army and fleet post offices; none unless `on` or `businessDays` is there.
struct ForeignTerms {
  on @0 :Types.MaybeInt32;  # a fixed day
  businessDays @1 :Types.MaybeInt32;  # or so many business days before the expiration as it stands
  time @2 :Text;  # civil, in the expiration's zone
}

struct Terms {
  id @0 :Text;
  issuer @1 :Text;
  title @2 :Text;
  agent @3 :Text;
  prospectusDate @4 :Types.MaybeInt32;
  sharesOffered @5 :Int64;
  sharesPerRight @6 :Types.Ratio;
  subscriptionPrice @7 :Int64;  # per share
  currency @8 :Text;
  payee @9 :Text;
  account @10 :Text;  # the segregated account: its credits belong to this offering
  expiration @11 :Types.Deadline;
  expirationInclusive @12 :Bool;  # "at or prior to", or "before"
  extension @13 :ExtensionTerms;
  calendar @14 :CalendarTerms;
  guaranteedDelivery @15 :GuaranteedDeliveryTerms;
  channels @16 :List(ListedAddress);
  payment @17 :List(MethodTerms);
  deemedExercise @18 :DeemedExercise;
  overSubscription @19 :OverSubscriptionTerms;
  gateways @20 :List(Text);  # whose watermarks the count waits for
  bankFeeds @21 :List(Text);
  approvals @22 :ApprovalTerms;
  reminderMinutes @23 :List(Int32);  # before the hour
  stampGapMinutes @24 :Int64;  # between a gateway's stamp and our own: beyond it, a person is asked
  guarantors @25 :List(GuarantorTerms);
  price @26 :PriceTerms;
  entitlement @27 :EntitlementTerms;
  withdrawal @28 :Withdrawal;
  minimumShares @29 :Types.MaybeInt64;  # subscribed in all, standby included
  standby @30 :List(StandbyTerms);
  rightsTransfer @31 :RightsTransfer;
  foreign @32 :ForeignTerms;
  drawnOn @33 :DrawnOn;
  rightsPerShare @34 :Types.Ratio;  # issued for a share held on the record date; absent: one
}
