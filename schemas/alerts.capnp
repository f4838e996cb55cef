# What people were told, and did about it: events; a command.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0x9d1f6a2c47be83e1;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";
using Entities = import "entities.capnp";

struct AlertRaised {
  alert @0 :Entities.Alert;
}

struct AlertResolved {
  number @0 :UInt64;
  why @1 :Text;
  at @2 :Int64;
  kept @3 :Bool;  # the alert keeps why
}

struct AlertAcknowledged {
  number @0 :UInt64;
  by @1 :Text;
  owner @2 :Text;
  comment @3 :Text;
  at @4 :Types.MaybeInt64;
}

# held while the offering was suspended: it is sent from now on
struct AlertReleased {
  number @0 :UInt64;
  at @1 :Int64;
  acknowledgeBy @2 :Types.MaybeInt64;
}

struct AlertsSilenced {
  silence @0 :Entities.Silence;
}

struct SilenceLifted {
  prefix @0 :Text;
  by @1 :Text;
  why @2 :Text;
  at @3 :Int64;
}

# [operator, notification] a silence ends before its time
struct LiftSilence {
  offering @0 :Text;
  prefix @1 :Text;
  why @2 :Text;
}
