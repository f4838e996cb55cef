# What belongs to no offering yet: items in the desk's log, given to an offering and taken back from it.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0x9d3c1f7a52b8e604;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";
using Entities = import "entities.capnp";
using Commands = import "commands.capnp";
using Quarantine = import "quarantine.capnp";

# ---- the entity ----

enum ItemKind {
  notice @0;
  payment @1;
  undecodable @2;
  undecidable @3;
}

# Of a payment: what further messages, and an offering that it was taken back from, know beyond its first message.
struct ItemMoney {
  keys @0 :List(Text);  # business keys, hashed with the desk's key
  references @1 :Entities.PaymentReferences;  # of all messages
  messages @2 :List(Text);  # every message that told of it; it counts once
  remittance @3 :Text;  # of the further messages
  creditedAt @4 :Types.MaybeInt64;  # the bank's credit time, where a further message gave one
  receivedAt @5 :Types.MaybeInt64;  # good since then in the books that it was taken back from: it cleared, or a person settled it
  clearedOn @6 :Types.MaybeInt32;  # it cleared that day, at no time that the bank told
}

# intake (notices, bytes), payment clearing (payments)
struct UnattributedItem {
  id @0 :Text;  # "<source>.<sequence>": the desk record of that identity holds it whole
  kind @1 :ItemKind;
  why @2 :Text;
  attributedTo @3 :Text;
  attributions @4 :UInt32;  # how often it was attributed
  takenBackFrom @5 :List(Text);  # the offerings that it was given to by mistake, in order of their ids
  money @6 :ItemMoney;  # absent: of a notice, and of a payment of before it was kept
  work @7 :Quarantine.QuarantinedWork;  # of what a service could not decide
}

# ---- the desk's log ----

# [intake] came in on a number or address that no offering lists
struct NoticeUnattributed {
  item @0 :Text;
  why @1 :Text;
  notice @2 :Commands.SubmitNotice;  # without the document's bytes: they are kept under their SHA-256
}

struct UnattributedPayment {
  union {
    confirmWire @0 :Commands.ConfirmWire;
    receiveInstrument @1 :Commands.ReceiveInstrument;
    confirmClearance @2 :Commands.ConfirmClearance;
    reportBounce @3 :Commands.ReportBounce;
  }
}

# [payment clearing] came into an account that no offering has or several have, and nothing says whose it is
struct PaymentUnattributed {
  item @0 :Text;
  why @1 :Text;
  payment @2 :UnattributedPayment;
  money @3 :ItemMoney;
}

# [payment clearing] another message of money that is an item: it counts once
struct ItemLinked {
  item @0 :Text;
  message @1 :Text;
  money @2 :ItemMoney;  # with what this message added
}

# [intake] consumed into the offering by cursor, once
struct NoticeAttributed {
  item @0 :Text;
  offering @1 :Text;
  why @2 :Text;
  notice @3 :Commands.SubmitNotice;
  attribution @4 :UInt32;  # which of the item's, from 1; 0: of before they were counted
}

# [payment clearing] with what further messages added to it
struct PaymentAttributed {
  item @0 :Text;
  offering @1 :Text;
  why @2 :Text;
  payment @3 :UnattributedPayment;
  attribution @4 :UInt32;
  receivedAt @5 :Types.MaybeInt64;
  clearedOn @6 :Types.MaybeInt32;
}

# [intake, payment clearing] as an offering's log says: consumed from there by cursor, once; the item is open again
struct AttributionUndone {
  item @0 :Text;
  offering @1 :Text;
  why @2 :Text;
  by @3 :Text;
  references @4 :Entities.PaymentReferences;
  receivedAt @5 :Types.MaybeInt64;
  clearedOn @6 :Types.MaybeInt32;
}

# ---- an offering's log ----

# [intake] its attribution to this offering was a mistake; it is rejected here, with its certificates to go back
struct NoticeTakenBack {
  notice @0 :Text;
  attribution @1 :UInt32;
  why @2 :Text;
  by @3 :Text;
}

# [payment clearing] the same of money: it is in none of this offering's books any more
struct PaymentTakenBack {
  payment @0 :Text;
  attribution @1 :UInt32;
  why @2 :Text;
  by @3 :Text;
  references @4 :Entities.PaymentReferences;  # of all messages that told of it here
  receivedAt @5 :Types.MaybeInt64;  # good since then, where more than its first message says so
  clearedOn @6 :Types.MaybeInt32;
}
