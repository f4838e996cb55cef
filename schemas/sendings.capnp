# What goes outside because of alerts, by mail, webhook or to an Alertmanager: the entity, its events, what people do about it.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xc7e25b90a3f1d864;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";

enum WayType {
  mail @0;
  webhook @1;
  alertmanager @2;
}

# what is told of an alert
enum SendingNews {
  raised @0;
  released @1;  # it was held while the offering was suspended
  acknowledged @2;
  resolved @3;
  test @4;  # of no alert: a person tries the way
  standing @5;  # what was told stands still: of the desk's own troubles
}

enum SendingStatus {
  waiting @0;
  sent @1;
  refused @2;  # the other side will not take it: a person decides
  abandoned @3;  # by a person
}

enum SendingOutcome {
  sent @0;
  failed @1;  # it is tried again
  refused @2;
}

struct SendingItem {
  alert @0 :UInt64;  # its number in this log; 0: none
  news @1 :SendingNews;
}

# a trouble of the desk itself, which has no number
struct ToldTrouble {
  kind @0 :Text;
  subject @1 :Text;  # "service/intake": who told of it first
  what @2 :Text;
  whom @3 :Text;
  next @4 :Text;
  raisedAt @5 :Int64;
  resolvedAt @6 :Types.MaybeInt64;
  resolvedBecause @7 :Text;
}

struct Sending {
  way @0 :Text;
  number @1 :UInt64;  # dense for a way and log from 1: with both it is what a repeat is recognised by
  type @2 :WayType;
  to @3 :Text;  # whom, as the configuration said when it was intended; no secret
  items @4 :List(SendingItem);  # in the order in which they happened
  intendedAt @5 :Int64;
  readyAt @6 :Int64;  # later than intendedAt: more is collected into it until then
  status @7 :SendingStatus;
  attempts @8 :UInt32;  # that ended
  attemptedAt @9 :Types.MaybeInt64;  # the last
  nextAttemptAt @10 :Types.MaybeInt64;  # not before; absent: when its turn comes
  result @11 :Text;  # what the other side said last
  by @12 :Text;  # who asked for a test, retried or abandoned it
  why @13 :Text;
  key @14 :Text;  # of the desk's own troubles: the id that it went out with, which was made without the store
  troubles @15 :List(ToldTrouble);  # what its items told of, in their order
}

# one that was collecting takes one more
struct SendingJoined {
  way @0 :Text;
  number @1 :UInt64;
  item @2 :SendingItem;
}

# [notification]
struct SendingsIntended {
  sendings @0 :List(Sending);
  joined @1 :List(SendingJoined);
}

struct SendingAttempt {
  way @0 :Text;
  number @1 :UInt64;
  attempt @2 :UInt32;  # from 1
  at @3 :Int64;
  outcome @4 :SendingOutcome;
  result @5 :Text;
  nextAttemptAt @6 :Types.MaybeInt64;
}

# [notification]
struct SendingsAttempted {
  attempts @0 :List(SendingAttempt);
}

# [notification]
struct SendingSettled {
  way @0 :Text;
  number @1 :UInt64;
  retried @2 :Bool;  # else abandoned
  by @3 :Text;
  why @4 :Text;
  at @5 :Int64;
}

# [operator, notification]
struct SettleSending {
  offering @0 :Text;
  way @1 :Text;
  number @2 :UInt64;
  retry @3 :Bool;  # else it is abandoned
  why @4 :Text;
}

# [operator, notification] in the desk's log
struct TestWay {
  way @0 :Text;
  why @1 :Text;
}
