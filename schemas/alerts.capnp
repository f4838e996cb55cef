# What people were told, and did about it: events.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0x9d1f6a2c47be83e1;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Entities = import "entities.capnp";

struct AlertRaised {
  alert @0 :Entities.Alert;
}

struct AlertResolved {
  number @0 :UInt64;
  why @1 :Text;
  at @2 :Int64;
}

struct AlertAcknowledged {
  number @0 :UInt64;
  by @1 :Text;
}

struct AlertsSilenced {
  silence @0 :Entities.Silence;
}
