# What a service could not decide, what stands still because of it, and its release; and a clock that a person vouches for.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xc21f6be0a94d3786;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");

# In the log where it would have had its effect.
struct QuarantinedWork {
  service @0 :Text;
  message @1 :Bool;  # a message, whose bytes are in its record; else a reaction, or what time made due
  source @2 :Text;  # of a reaction: the log consumed
  record @3 :UInt64;  # of a reaction: its number there; 0: none
  entity @4 :Text;  # that it is about, frozen until the release; empty: none is known
  attempts @5 :UInt32;  # that failed; 0: it only waits for its entity
  releasedBy @6 :Text;
  at @7 :Int64;
}

# [operator, the service's own door] after the fix: with it goes what waits for its entity, in order
struct ReleaseItem {
  offering @0 :Text;  # empty: the desk's
  item @1 :Text;
  why @2 :Text;
}

# by the service whose work it is, which decides it once more because of this record
struct QuarantineReleased {
  item @0 :Text;
  entity @1 :Text;
  by @2 :Text;
  why @3 :Text;
}

# [operator, deadline monitor] after a step of the wall clock: "it is right now"
struct AcceptClock {
  time @0 :Int64;  # as the operator knows it
  why @1 :Text;
}

# [deadline monitor] every service whose clock shows about this time goes on by it
struct ClockAccepted {
  time @0 :Int64;
  by @1 :Text;
  why @2 :Text;
}
