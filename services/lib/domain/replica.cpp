#include "domain/replica.h"

namespace rightsdesk::domain {

bool goes_without_replica(const Book& desk) { return desk.replica() != nullptr && desk.replica()->waived; }

bool needs_no_replica(const Command& command) {
    return std::holds_alternative<ProposeWithoutReplica>(command) || std::holds_alternative<ApproveWithoutReplica>(command) ||
           std::holds_alternative<RequireReplica>(command);
}

Decision propose_without_replica(const Book& desk, const ProposeWithoutReplica& command, const Context& context) {
    const auto refused = [](Refusal why, const std::string& detail) { return refuse("ProposeWithoutReplica", replica_name(), why, detail); };
    if (context.person.empty()) return refused(Refusal::kNotPermitted, "a person proposes it");
    if (command.why.empty()) return refused(Refusal::kValueUnusable, "say why");
    if (goes_without_replica(desk)) return refused(Refusal::kAlreadyDecided, "the replica is not waited for already");
    const std::string by = desk.replica() == nullptr ? "" : desk.replica()->proposed_by;
    if (!by.empty() && by != context.person) return refused(Refusal::kAlreadyDecided, by + " has proposed it: rightsdesk replica approve --of " + by);
    Decision decision;
    return decision.add(WithoutReplicaProposed{context.person, command.why, context.now});
}

Decision approve_without_replica(const Book& desk, const ApproveWithoutReplica& command, const Context& context) {
    const auto refused = [](Refusal why, const std::string& detail) { return refuse("ApproveWithoutReplica", replica_name(), why, detail); };
    if (context.person.empty()) return refused(Refusal::kNotPermitted, "a person approves it");
    const ReplicaStanding* standing = desk.replica();
    if (standing == nullptr || standing->proposed_by.empty() || standing->proposed_by != command.proposed_by) {
        return refused(Refusal::kUnknownProposal, "nothing that " + command.proposed_by + " proposed waits for approval");
    }
    if (standing->proposed_by == context.person) return refused(Refusal::kSamePerson, "");
    Decision decision;
    return decision.add(ReplicaWaived{{standing->proposed_by, context.person}, standing->why, context.now});
}

Decision require_replica(const Book& desk, const RequireReplica& command, const Context& context) {
    const ReplicaStanding* standing = desk.replica();
    if (context.person.empty()) return refuse("RequireReplica", replica_name(), Refusal::kNotPermitted, "a person decides it");
    if (standing == nullptr || (!standing->waived && standing->proposed_by.empty())) {
        return refuse("RequireReplica", replica_name(), Refusal::kNothingToDo, "it is required");
    }
    Decision decision;
    return decision.add(ReplicaRequired{context.person, command.why, context.now});
}

}  // namespace rightsdesk::domain
