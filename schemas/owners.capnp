# What a nominee certifies of the owners that it exercises for, and what becomes of it.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0x9d1c52c0a4b7e863;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");

struct CertifiedOwner {
  reference @0 :Text;  # the nominee's own for the beneficial owner: a number of theirs, never a name
  rights @1 :Int64;  # that the nominee holds for the owner
  basic @2 :Int64;  # subscribed for by the basic privilege
  over @3 :Int64;  # and by the over-subscription privilege
}

struct OwnersCertification {
  owners @0 :List(CertifiedOwner);
  inFull @1 :UInt32;  # of them: whose basic privilege is exercised in full
  overInFull @2 :Int64;  # that these ask for beyond it: what is eligible of the notice's over-subscription
  evidence @3 :Text;
  by @4 :Text;
  at @5 :Int64;  # when it was received
  voidBecause @6 :Text;  # not empty: it does not hold any more
}

# [intake] an earlier certification of the notice is replaced
struct OwnersCertified {
  notice @0 :Text;
  certification @1 :OwnersCertification;
}

# [intake] the notice was amended, and its owners' shares are not its own any more
struct CertificationVoided {
  notice @0 :Text;
  why @1 :Text;
}
