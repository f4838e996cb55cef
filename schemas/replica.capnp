# Going on without the replica, and the epoch that a promoted one begins.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xd98f3a6be1c72450;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");

# ---- commands: deadline monitor ----

struct ProposeWithoutReplica {
  why @0 :Text;
}

struct ApproveWithoutReplica {
  proposedBy @0 :Text;
}

struct RequireReplica {
  why @0 :Text;
}

# ---- the entity: deadline monitor ----

struct ReplicaStanding {
  waived @0 :Bool;
  proposedBy @1 :Text;  # of the proposal that waits for another; empty: none
  why @2 :Text;
  people @3 :List(Text);  # who go on without it
  since @4 :Int64;
}

# ---- events: deadline monitor ----

struct WithoutReplicaProposed {
  by @0 :Text;
  why @1 :Text;
  at @2 :Int64;
}

struct ReplicaWaived {
  people @0 :List(Text);
  why @1 :Text;
  at @2 :Int64;
}

struct ReplicaRequired {
  by @0 :Text;
  why @1 :Text;
  at @2 :Int64;
}

# [rightsdesk promote] the first record of the epoch, in every log
struct EpochRaised {
  epoch @0 :UInt64;
  people @1 :List(Text);
  why @2 :Text;
  oldPrimary @3 :Text;
}
