# Certificates as papers: what came, what is asked about it, and what went back. Split off entities.capnp and events.capnp, which are long.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0x9b6f30c1d2a7e845;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Types = import "types.capnp";

# What a person is asked about delivered certificates before they count.
enum CertificateQuestion {
  partlyOnFile @0;
  ofAnotherNotice @1;
  exercisedDirectly @2;
  notOnRegister @3;
  rightsBeyondRegister @4;
  handedOverLate @5;
}

struct CertificatesReceived {
  delivery @0 :Text;
  stamp @1 :Int64;
  channel @2 :Types.Channel;
  listed @3 :Bool;
  rights @4 :Int64;
  certificateNumbers @5 :List(Text);
  signatureGuarantee @6 :Bool;
  missingDocuments @7 :List(Text);
  deliveredBy @8 :Text;  # a firm's name as the mail room read it; empty: not said
  returned @9 :CertificatesSentBack;  # absent: they are here
  repeats @10 :Text;  # the delivery that brought all these numbers before; empty: none, or a delivery from before it was asked
  questions @11 :List(CertificateQuestion);  # none: it counts unasked
  onFileFor @12 :List(Text);  # the other notices that its numbers are on file for
  settled @13 :CertificatesSettlement;  # what a person answered; absent: nothing yet
  arrived @14 :Types.MaybeInt64;  # our own stamp, beside the gateway's; absent: a delivery from before it was kept
}

struct CertificatesSentBack { reference @0 :Text; at @1 :Int64; }  # the reference: of what they went back with

struct CertificatesSettlement {
  counts @0 :Bool;
  rights @1 :Types.MaybeInt64;  # absent: as many as were delivered
  evidence @2 :Text;
  by @3 :Text;
  at @4 :Int64;
}

# [intake] to whom they came from, of a notice that does not count any more
struct CertificatesReturned {
  notice @0 :Text;
  delivery @1 :Text;
  reference @2 :Text;
  at @3 :Int64;
}

# [intake] a person answered what was asked about a delivery
struct CertificatesSettled {
  notice @0 :Text;
  delivery @1 :Text;
  settlement @2 :CertificatesSettlement;
}
