# What a reader of pages made of a document, and what of it a person keys.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xd5f2c94be7306a18;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";

# On the upright page: thousandths of its width and height from the left and the top.
struct ReadPlace {
  page @0 :UInt32;  # from 1
  left @1 :UInt32;
  top @2 :UInt32;
  width @3 :UInt32;
  height @4 :UInt32;
}

struct ReadField {
  field @0 :Text;  # a member of NoticeFields: "rights_held"
  text @1 :Text;  # as it stood there; empty where nothing was found
  confidence @2 :UInt32;  # 0 to 1000
  place @3 :ReadPlace;
  candidates @4 :List(Text);  # the likeliest first
}

struct NoticeReading {
  certain @0 :Bool;  # false: it is not decided before a person has keyed it
  reason @1 :Text;  # why not
  layout @2 :Text;  # a template's name; empty: none was recognised
  fields @3 :List(ReadField);  # personal
  missing @4 :List(Text);  # members of NoticeFields that a person must key
}

# What the notice itself keeps of it. Nothing in it is personal.
struct ReadingOnFile {
  layout @0 :Text;
  reason @1 :Text;
  missing @2 :List(Text);
  keyedBy @3 :Text;  # empty: nobody has keyed it
  keyedAt @4 :Types.MaybeInt64;
  keyedAs @5 :Text;  # of the keyed fields, hashed
  sameAs @6 :Text;  # the notice on file that it turned out to be
}
