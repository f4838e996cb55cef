// Approvals: what needs two people is a proposal, and an approval by another (rules.md section 2: "two people approve,
// never one", after SEC v. Equiniti/AST 2024).
#pragma once

#include <optional>

#include "domain/decision.h"

namespace rightsdesk::domain {

// "extension-2": one more than the proposals of this kind in the book.
ProposalId next_proposal_id(const Book& book, ProposalKind kind);

// What a service computes and people approve: being prepared until its subject is recorded, so that nobody can approve it yet.
Proposal computed_proposal(const Book& book, ProposalKind kind, std::int32_t needed, const std::string& why, const Context& context);

// Whether `person` may still speak for this proposal; the refusal when not.
std::optional<Refusal> objection_to(const Proposal& proposal, const std::string& person);

// The approval of `person`, complete when enough different people agree: the proposer, where a person, counts as one.
// `instruction`: the issuer's signed one, by reference; empty where none is named.
ProposalApproved approval_of(const Proposal& proposal, const std::string& person, const std::string& instruction = {});

// Whether an approval that would complete the proposal lacks the issuer's signed instruction which the terms need for it (rules.md section 2:
// "Release and return of funds need a signed instruction of the issuer"; section 4: "The issuer approves an allocation before it is
// effected"): to an extension, a termination, an allocation and refunds. One that an earlier approval named is enough.
bool lacks_instruction(const Terms& terms, const Proposal& proposal, const ProposalApproved& approval);

// What a waiver waives, for the person who is asked, and the comparable notices already refused for the same beside it (rules.md
// section 7: a waiver is uniform). Empty for the other kinds, which `why` and the preview tell of.
std::string waiver_text(const Proposal& proposal);

// The people who agree once `approval` is counted, in order: for the record of what it made.
std::vector<std::string> people_behind(const Proposal& proposal, const ProposalApproved& approval);

// The open proposal of a kind, if any: there is never more than one of an extension, an allocation or of refunds.
const Proposal* open_proposal(const Book& book, ProposalKind kind);
// The one whose subject is still being recorded, likewise.
const Proposal* being_prepared(const Book& book, ProposalKind kind);

}  // namespace rightsdesk::domain
