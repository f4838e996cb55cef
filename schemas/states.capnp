# What the store holds beside the logs: one folded entity each.
# Changed only by adding: a field gets the next number, an enumerator the next place; none is renumbered or reused.
@0xb6a4e02d9c71f358;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("rightsdesk::schema");
using Entities = import "entities.capnp";
using Allocations = import "allocations.capnp";
using Attributions = import "attributions.capnp";
using RightsSales = import "rights_sales.capnp";
using Replica = import "replica.capnp";
using Sendings = import "sendings.capnp";

struct State {
  union {
    notice @0 :Entities.Notice;
    payment @1 :Entities.Payment;
    funding @2 :Entities.Funding;
    allocation @3 :Allocations.Allocation;
    allotment @4 :Allocations.Allotment;
    refund @5 :Allocations.Refund;
    life @6 :Entities.Life;
    coverClock @7 :Entities.CoverClock;
    proposal @8 :Entities.Proposal;
    alert @9 :Entities.Alert;
    silence @10 :Entities.Silence;
    deskClock @11 :Entities.DeskClock;
    listedOffering @12 :Entities.ListedOffering;
    watermark @13 :Entities.Watermark;
    unattributedItem @14 :Attributions.UnattributedItem;
    holderRegister @15 :Entities.HolderRegister;
    rightsSale @16 :RightsSales.RightsSale;
    replicaStanding @17 :Replica.ReplicaStanding;
    sending @18 :Sendings.Sending;
    watermarkProposal @19 :Entities.WatermarkProposal;
  }
}
