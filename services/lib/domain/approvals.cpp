#include "domain/approvals.h"

#include <algorithm>

#include "base/texts.h"

namespace rightsdesk::domain {

namespace {

constexpr std::size_t kMostComparableShown = 20;  // in words; the proposal itself has all

}  // namespace

ProposalId next_proposal_id(const Book& book, ProposalKind kind) {
    std::size_t count = 0;
    for (const ProposalId& id : book.proposal_ids()) {
        if (book.proposal(id)->kind == kind) ++count;
    }
    return to_text(kind) + "-" + std::to_string(count + 1);
}

Proposal computed_proposal(const Book& book, ProposalKind kind, std::int32_t needed, const std::string& why, const Context& context) {
    Proposal proposal;
    proposal.id = next_proposal_id(book, kind);
    proposal.kind = kind;
    proposal.status = ProposalStatus::kPreparing;
    proposal.proposed_by = context.service;
    proposal.by_person = false;
    proposal.needed = needed;
    proposal.why = why;
    return proposal;
}

std::optional<Refusal> objection_to(const Proposal& proposal, const std::string& person) {
    if (proposal.status != ProposalStatus::kOpen) return Refusal::kAlreadyDecided;
    if (person.empty()) return Refusal::kNotPermitted;
    const bool proposed_it = proposal.by_person && proposal.proposed_by == person;
    const bool approved_it = std::find(proposal.approved_by.begin(), proposal.approved_by.end(), person) != proposal.approved_by.end();
    if (proposed_it || approved_it) return Refusal::kSamePerson;
    return std::nullopt;
}

ProposalApproved approval_of(const Proposal& proposal, const std::string& person, const std::string& instruction) {
    const auto people = static_cast<std::int32_t>(proposal.approved_by.size() + (proposal.by_person ? 1 : 0) + 1);
    return ProposalApproved{proposal.id, proposal.kind, person, people >= proposal.needed, instruction};
}

bool lacks_instruction(const Terms& terms, const Proposal& proposal, const ProposalApproved& approval) {
    if (!terms.approvals.instruction || !approval.complete || !approval.instruction.empty() || !proposal.instruction.empty()) return false;
    switch (proposal.kind) {
        case ProposalKind::kExtension:
        case ProposalKind::kTermination:
        case ProposalKind::kAllocation:
        case ProposalKind::kRefunds: return true;
        case ProposalKind::kWaiver:
        case ProposalKind::kSuspension:
        case ProposalKind::kResumption:
        case ProposalKind::kClosing:
        case ProposalKind::kFinalPrice: break;
    }
    return false;
}

std::string waiver_text(const Proposal& proposal) {
    if (!proposal.notice || !proposal.reason) return {};
    std::string text = "it waives " + to_text(*proposal.reason) + " of " + *proposal.notice + "; ";
    const std::vector<NoticeId>& others = proposal.comparable;
    if (others.empty()) return text + "no other notice is refused for the same";
    const std::size_t shown = std::min(others.size(), kMostComparableShown);
    text += "refused for the same: " + base::joined(std::vector<std::string>(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(shown)), ", ");
    return text + (others.size() > shown ? " and " + std::to_string(others.size() - shown) + " more" : "");
}

std::vector<std::string> people_behind(const Proposal& proposal, const ProposalApproved& approval) {
    std::vector<std::string> people;
    if (proposal.by_person) people.push_back(proposal.proposed_by);
    people.insert(people.end(), proposal.approved_by.begin(), proposal.approved_by.end());
    people.push_back(approval.by);
    return people;
}

namespace {

const Proposal* proposal_with(const Book& book, ProposalKind kind, ProposalStatus status) {
    for (const ProposalId& id : book.proposal_ids()) {
        const Proposal* proposal = book.proposal(id);
        if (proposal->kind == kind && proposal->status == status) return proposal;
    }
    return nullptr;
}

}  // namespace

const Proposal* open_proposal(const Book& book, ProposalKind kind) { return proposal_with(book, kind, ProposalStatus::kOpen); }
const Proposal* being_prepared(const Book& book, ProposalKind kind) { return proposal_with(book, kind, ProposalStatus::kPreparing); }

}  // namespace rightsdesk::domain
