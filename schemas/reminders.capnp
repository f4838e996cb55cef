# The events that remind of a deadline. Split off events.capnp, which is long.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xb7c3c9a1e4d2f605;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";
using Entities = import "entities.capnp";

# before the hour
struct ReminderDue {
  minutes @0 :Int32;
  deadline @1 :Types.Deadline;
}

struct CoverReminderDue {
  notice @0 :Text;
  minutes @1 :Int32;
  missing @2 :List(Entities.Missing);
}

# what is owed after the hour is not done, and its deadline is near or past
struct OwedReminderDue {
  reminder @0 :Entities.OwedReminder;
}
