# The words that every message is written in: quantities as integers (money in cents, instants in nanoseconds since
# 1970-01-01T00:00:00Z, dates in days since 1970-01-01), and "maybe" wrappers: a null pointer is absent.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xb76fdd9cd5c1c391;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");

struct MaybeInt32 {
  value @0 :Int32;
}

struct MaybeInt64 {
  value @0 :Int64;
}

struct MaybePaymentDelivery {
  value @0 :PaymentDelivery;
}

struct MaybePaymentMethod {
  value @0 :PaymentMethod;
}

# An exact fraction, denominator above 0: shares per right.
struct Ratio {
  numerator @0 :Int64;
  denominator @1 :Int64;
}

# A deadline is a civil time in a named zone and the instant it stands for; all three are kept.
struct Deadline {
  civil @0 :Text;  # "2002-06-28T17:00:00"
  zone @1 :Text;  # "America/New_York"
  instant @2 :Int64;
}

enum Channel {
  fax @0;
  mail @1;
  hand @2;
  courier @3;
  telegram @4;
}

enum PaymentDelivery {
  herewith @0;
  separately @1;
}

enum PaymentMethod {
  wire @0;
  uncertifiedCheck @1;
  certifiedCheck @2;
  bankDraft @3;
  moneyOrder @4;
}

# What a reader could make of one filled-in form. Absent means: not found, or not certain. Nothing is ever guessed.
struct NoticeFields {
  issuer @0 :Text;
  prospectusDate @1 :MaybeInt32;
  expirationDate @2 :MaybeInt32;
  rightsHeld @3 :MaybeInt64;
  basicShares @4 :MaybeInt64;
  excessShares @5 :MaybeInt64;
  subscriptionPrice @6 :Text;  # as an exact decimal text of dollars, "2.00"
  aggregateCents @7 :MaybeInt64;
  paymentDelivery @8 :MaybePaymentDelivery;
  paymentMethod @9 :MaybePaymentMethod;
  transferorInstitution @10 :Text;
  transferDate @11 :MaybeInt32;
  confirmationNumber @12 :Text;
  maker @13 :Text;
  instrumentDate @14 :MaybeInt32;
  instrumentNumber @15 :Text;
  drawee @16 :Text;
  signatures @17 :List(Text);
  names @18 :List(Text);
  address @19 :Text;
  telephone @20 :Text;
  certificateNumbers @21 :List(Text);
  guarantorName @22 :Text;
  guarantorAddress @23 :Text;
  guarantorTelephone @24 :Text;
  signatory @25 :Text;  # who signed for the guarantor
  dated @26 :MaybeInt32;
  guaranteeDays @27 :MaybeInt32;  # "within three (3) business days after the date hereof"
}
