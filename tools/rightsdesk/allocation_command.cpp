// rightsdesk allocation show|propose|approve|settle
#include "base/texts.h"
#include "domain/money_text.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::AllocationKind;
using domain::ServiceName;

namespace {

constexpr AllocationKind kKinds[] = {AllocationKind::kPreliminary, AllocationKind::kFinal};

runtime::Json allocation_document(const domain::Book& book, AllocationKind kind) {
    const domain::Allocation* allocation = book.allocation(kind);
    if (allocation == nullptr) return {};
    runtime::Json answer = runtime::to_json(*allocation);
    answer["allotments"] = runtime::Json::array();
    for (const domain::NoticeId& id : in_natural_order(book.notice_ids())) {
        if (const domain::Allotment* allotment = book.allotment(kind, id)) answer["allotments"].push_back(runtime::to_json(*allotment));
    }
    return answer;
}

void print_allocation(std::ostream& out, const domain::Book& book, const domain::Allocation& allocation) {
    out << to_text(allocation.kind) << " allocation, revision " << allocation.revision << ": " << to_text(allocation.status)
        << (allocation.proposal ? " as " + *allocation.proposal : "") << "\n";
    print_row(out, "supply", domain::grouped(allocation.supply.value));
    print_row(out, "basic", domain::grouped(allocation.basic_allotted.value));
    print_row(out, "over", domain::grouped(allocation.over_allotted.value) + " of " + domain::grouped(allocation.over_requested.value) + " requested, in " +
                               std::to_string(allocation.rounds) + " rounds");
    print_row(out, "proration", std::to_string(allocation.proration.numerator) + "/" + std::to_string(allocation.proration.denominator));
    print_row(out, "protects", domain::grouped(allocation.protects.value));
    print_row(out, "digest", allocation.digest);
    for (const domain::NoticeId& id : in_natural_order(book.notice_ids())) {
        const domain::Allotment* allotment = book.allotment(allocation.kind, id);
        if (allotment == nullptr) continue;
        out << "    " << id << "  " << domain::grouped(allotment->basic.value) << " + " << domain::grouped(allotment->over.value) << "  "
            << domain::money_text(allotment->applied) << "\n";
    }
}

void print_allocation_proposals(std::ostream& out, const domain::Book& book) {
    for (const domain::ProposalId& id : book.proposal_ids()) {
        const domain::Proposal& proposal = *book.proposal(id);
        if (proposal.kind != domain::ProposalKind::kAllocation && proposal.kind != domain::ProposalKind::kRefunds) continue;
        out << id << "  " << to_text(proposal.status) << "  " << proposal.approved_by.size() << " of " << proposal.needed << " approvals"
            << (proposal.approved_by.empty() ? "" : " (" + base::joined(proposal.approved_by, ", ") + ")")
            << (proposal.instruction.empty() ? "" : ", on the issuer's instruction " + proposal.instruction) << "\n";
    }
}

Exit show_allocations(Session& session, const std::string& named) {
    const std::string offering = session.offering_or_only(named);
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& book = *books->offering(offering);
    if (session.json) {
        runtime::Json answer;
        for (const AllocationKind kind : kKinds) answer[to_text(kind)] = allocation_document(book, kind);
        session.out << runtime::json_text(answer) << "\n";
        return Exit::kGood;
    }
    bool any = false;
    for (const AllocationKind kind : kKinds) {
        if (const domain::Allocation* allocation = book.allocation(kind)) {
            print_allocation(session.out, book, *allocation);
            any = true;
        }
    }
    if (!any) session.out << "nothing is allocated yet: the preliminary allocation comes with the count, the final one with the tabulation\n";
    print_allocation_proposals(session.out, book);
    return Exit::kGood;
}

}  // namespace

void add_allocation(CLI::App& app, Session& session) {
    CLI::App* allocation = subcommand(app, "allocation", "allocations: show, propose, approve, settle", "");
    allocation->require_subcommand(1);

    auto shown = std::make_shared<std::string>();
    CLI::App* shows = subcommand(*allocation, "show", "the preliminary and the final allocation, line by line, and their proposals", "allocation show rare-medium-2002");
    shows->add_option("OFFERING", *shown, "needed where several are open");
    shows->callback([&session, shown] { session.run = [shown](Session& run) { return show_allocations(run, *shown); }; });

    auto proposal = std::make_shared<domain::ProposeAllocation>();
    CLI::App* propose = subcommand(*allocation, "propose", "compute the final allocation again and propose it; the present open proposal is superseded",
                                   "allocation propose rare-medium-2002 --why 'fax-1.9 waived' --as alice");
    propose->add_option("OFFERING", proposal->offering)->required();
    propose->add_option("--why", proposal->why, "for the record")->required();
    propose->callback([&session, proposal] {
        session.run = [proposal](Session& run) { return run.send(run.actor(), ServiceName::kPaymentClearing, *proposal); };
    });

    auto approval = std::make_shared<domain::Approve>();
    CLI::App* approve = subcommand(*allocation, "approve", "approve a proposed allocation or its refunds; it takes two people",
                                   "allocation approve rare-medium-2002 allocation-1 --as bob");
    approve->add_option("OFFERING", approval->offering)->required();
    approve->add_option("PROPOSAL", approval->proposal)->required();
    approve->add_option("--instruction", approval->instruction, "reference to the issuer's signed instruction, which the terms may require");
    approve->callback([&session, approval] {
        session.run = [approval](Session& run) { return run.send(run.actor(), ServiceName::kPaymentClearing, *approval); };
    });

    auto settlement = std::make_shared<domain::SettleOffering>();
    CLI::App* settle = subcommand(*allocation, "settle", "shares issued and refunds paid, as the transfer agent and the bank confirmed",
                                  "allocation settle rare-medium-2002 --reference 'TA advice 2002-07-08' --as alice");
    settle->add_option("OFFERING", settlement->offering)->required();
    settle->add_option("--reference", settlement->reference, "of the confirmations")->required();
    settle->callback([&session, settlement] {
        session.run = [settlement](Session& run) { return run.send(run.actor(), ServiceName::kDeadlineMonitor, *settlement); };
    });
}

}  // namespace rightsdesk::tools
