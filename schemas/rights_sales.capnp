# Rights that holders had the agent sell.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xe17b5c90a3d2468f;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";

# ---- commands: intake ----

struct RecordRightsSale {
  offering @0 :Text;
  reference @1 :Text;  # of the sale; it counts once
  rights @2 :Int64;
  proceeds @3 :Types.MaybeInt64;  # cents
  soldAt @4 :Int64;
  evidence @5 :Text;
}

# a mistaken entry is taken out of the counts by an entry of its own
struct ReverseRightsSale {
  offering @0 :Text;
  reference @1 :Text;
  why @2 :Text;
}

# ---- the entity: intake ----

struct SaleReversal {
  why @0 :Text;
  by @1 :Text;
  at @2 :Int64;
}

struct RightsSale {
  reference @0 :Text;
  rights @1 :Int64;
  proceeds @2 :Types.MaybeInt64;  # cents; absent: not said
  soldAt @3 :Int64;
  evidence @4 :Text;
  by @5 :Text;
  at @6 :Int64;  # when it was recorded
  reversed @7 :SaleReversal;  # absent: it stands
}

# ---- events: intake ----

struct RightsSold {
  sale @0 :RightsSale;
}

struct RightsSaleReversed {
  reference @0 :Text;
  reversal @1 :SaleReversal;
}
