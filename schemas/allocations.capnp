# The entities of an allocation and of what is returned. Split off entities.capnp, which is long.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xd0d2804f58f23cf9;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";

enum AllocationKind {
  preliminary @0;
  final @1;
}

enum AllocationStatus {
  started @0;
  computed @1;
  proposed @2;
  approved @3;
}

struct StandbyPart {
  purchaser @0 :Text;
  shares @1 :Int64;
}

struct Allocation {
  kind @0 :AllocationKind;
  status @1 :AllocationStatus;
  revision @2 :UInt32;
  supply @3 :Int64;
  basicAllotted @4 :Int64;
  overRequested @5 :Int64;
  overAllotted @6 :Int64;
  protects @7 :Int64;  # shares allotted to notices not yet covered
  proration @8 :Types.Ratio;  # the first round's shares available over total claims, reduced
  rounds @9 :UInt32;
  residualRule @10 :Text;
  lines @11 :UInt32;
  digest @12 :Text;  # SHA-256 over the lines
  proposal @13 :Text;
  extraSupply @14 :Int64;  # of the supply: shares beyond those offered
  standby @15 :List(StandbyPart);  # what is left, in the order of the terms
  recorded @16 :UInt32;  # lines of this revision in the log: the next chunk begins after them
}

struct Allotment {
  notice @0 :Text;
  kind @1 :AllocationKind;
  basic @2 :Int64;
  over @3 :Int64;
  applied @4 :Int64;  # price x (basic + over)
}

enum RefundStatus {
  proposed @0;
  approved @1;
  paid @2;
  failed @3;
}

enum RefundCause {
  prorated @0;
  overpaid @1;
  unfundedRemainder @2;
  lateMoney @3;
  notCounted @4;
  uncovered @5;
  unmatched @6;
  terminated @7;
}

struct Refund {
  payment @0 :Text;
  notice @1 :Text;
  amount @2 :Int64;
  cause @3 :RefundCause;
  status @4 :RefundStatus;
  channel @5 :Types.PaymentMethod;  # the payment's own: money goes back the way it came
  reference @6 :Text;  # of the payment made, or why it failed
}
