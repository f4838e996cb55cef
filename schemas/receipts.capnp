# What the doors answer, and what goes out on the feeds.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xb2b2731936656c4e;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Entities = import "entities.capnp";

enum ReceiptKind {
  accepted @0;
  defective @1;
  duplicate @2;
  refused @3;
  conflict @4;
  quarantined @5;
  retryLater @6;
}

# For a repeat the door sends the original receipt, byte for byte.
struct Receipt {
  identity @0 :Entities.Identity;
  kind @1 :ReceiptKind;
  log @2 :Text;  # where its first event is
  sequence @3 :UInt64;  # that event's number; 0: nothing was recorded (retry later)
  subject @4 :Text;  # "notice/fax-1.17"
  status @5 :Text;  # "accepted", "late", ... of the subject
  reasons @6 :List(Text);  # as text, with what mends each in `explanation`
  explanation @7 :Text;
}

struct ClockStatus {
  clock @0 :Entities.DeskClock;
  idle @1 :Bool;
  waitingFor @2 :List(Text);  # "payment_clearing at rare-medium-2002: 41 of 44"
}

struct AlertPage {
  log @0 :Text;
  alerts @1 :List(Entities.Alert);
  more @2 :Bool;
}

struct HealthStatus {
  service @0 :Text;
  instance @1 :Text;
  healthy @2 :Bool;
  problems @3 :List(Text);
  holds @4 :List(Text);  # the logs that this instance consumes and acts on in time
}

struct ReplyBody {
  union {
    receipt @0 :Receipt;
    clockStatus @1 :ClockStatus;
    alertPage @2 :AlertPage;
    healthStatus @3 :HealthStatus;
  }
}

struct Reply {
  identity @0 :Entities.Identity;  # of the envelope answered
  body @1 :ReplyBody;
}

# One committed record.
struct Published {
  log @0 :Text;
  epoch @1 :UInt64;
  sequence @2 :UInt64;
  digest @3 :Text;
  link @4 :Text;
  record @5 :Data;
}

# topic "event/<log>/": records committed one after the other, a hint; the log is the truth
struct PublishedRecords {
  records @0 :List(Published);
}

# topic "head/<log>/", four times a second
struct PublishedHead {
  log @0 :Text;
  epoch @1 :UInt64;
  sequence @2 :UInt64;
}

struct Position {
  log @0 :Text;
  head @1 :UInt64;  # folded up to here
  handled @2 :UInt64;  # reacted to up to here
  target @3 :Text;  # the log that what follows from it goes to
}

# topic "idle/": nothing left to do at these positions, which are those of the logs that the instance holds
struct Idle {
  service @0 :Text;
  instance @1 :Text;
  now @2 :Int64;  # the service's own
  positions @3 :List(Position);
}

# topic "alert/<log>/<severity>/<kind>/"
struct PublishedAlert {
  log @0 :Text;
  alert @1 :Entities.Alert;
}

# topic "alerthead/<log>/", four times a second
struct AlertHead {
  log @0 :Text;
  last @1 :UInt64;
}
