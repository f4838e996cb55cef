# Files that a bank feed could not take, and those that it took later.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xf24d18ef49d53e1e;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");

# [bank feed, payment clearing]
struct ReportFileSetAside {
  file @0 :Text;
  sha256 @1 :Text;  # hex, of its octets
  why @2 :Text;
}

# [bank feed, payment clearing] the file of that name has been taken since
struct ReportFileTaken {
  file @0 :Text;
  sha256 @1 :Text;
}

# in the desk's log, by payment clearing
struct FileSetAside {
  source @0 :Text;  # the feed
  file @1 :Text;
  sha256 @2 :Text;
  why @3 :Text;
}

struct FileTaken {
  source @0 :Text;
  file @1 :Text;
  sha256 @2 :Text;
}
