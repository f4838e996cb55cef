// Going on without the replica (two people approve, never one) and requiring it again. Where none is configured it changes nothing. Pure.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Whether an acknowledgement means one disk now, though a replica may be configured.
bool goes_without_replica(const Book& desk);

// These are committed without the replica's word: while it is missing, nobody could say so otherwise.
bool needs_no_replica(const Command& command);

// Refuses: kNotPermitted without a person; kValueUnusable without a reason; kAlreadyDecided when it is so, or another person has proposed it
// (who is then to be approved). Proposing again renews one's own reason.
Decision propose_without_replica(const Book& desk, const ProposeWithoutReplica& command, const Context& context);
// Refuses: kUnknownProposal when that person has proposed nothing that waits; kSamePerson.
Decision approve_without_replica(const Book& desk, const ApproveWithoutReplica& command, const Context& context);
// Refuses: kNothingToDo when it is required and nobody proposed otherwise.
Decision require_replica(const Book& desk, const RequireReplica& command, const Context& context);

}  // namespace rightsdesk::domain
