// rightsdesk offering check|open|show|extend|approve|list
#include <algorithm>

#include "domain/approvals.h"
#include "domain/money_text.h"
#include "domain/preview.h"
#include "rightsdesk/offering_check.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "terms/terms_file.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

constexpr std::size_t kMostEffectsShown = 20;

void print_offering(Session& session, const domain::Book& book) {
    const domain::Life& life = *book.life();
    session.out << life.terms.id << "  " << life.terms.issuer << "  " << to_text(domain::stage_of(book)) << "  expires " << life.expiration.civil << " "
                << life.expiration.zone << "  " << domain::grouped(life.terms.shares_offered.value) << " shares at "
                << domain::money_text(life.terms.subscription_price) << "  " << book.notice_ids().size() << " notices, " << book.payment_ids().size()
                << " payments\n";
}

void print_open_proposals(Session& session, const domain::Book& book) {
    for (const domain::ProposalId& id : book.proposal_ids()) {
        const domain::Proposal& proposal = *book.proposal(id);
        session.out << "  " << id << "  " << to_text(proposal.status) << "  proposed by " << proposal.proposed_by;
        for (const std::string& person : proposal.approved_by) session.out << ", approved by " << person;
        if (!proposal.instruction.empty()) session.out << ", on the issuer's instruction " << proposal.instruction;
        session.out << (proposal.why.empty() ? "" : ": " + proposal.why) << "\n";
        if (const std::string waived = domain::waiver_text(proposal); !waived.empty()) session.out << "    " << waived << "\n";
        const std::vector<std::string> effects = domain::effects_of(book, proposal);
        for (std::size_t at = 0; at < std::min(effects.size(), kMostEffectsShown); ++at) session.out << "    would change " << effects[at] << "\n";
        if (effects.size() > kMostEffectsShown) session.out << "    and " << effects.size() - kMostEffectsShown << " more (--json has all)\n";
    }
}

Exit show_offering(Session& session, const std::string& offering) {
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& book = *books->offering(offering);
    if (book.life() == nullptr) throw Ending{Exit::kUnavailable, offering + " is being opened"};
    if (session.json) {
        nlohmann::ordered_json answer = runtime::to_json(*book.life());
        answer["stage"] = to_text(domain::stage_of(book));
        answer["proposals"] = nlohmann::ordered_json::array();
        for (const domain::ProposalId& id : book.proposal_ids()) {
            answer["proposals"].push_back(runtime::to_json(*book.proposal(id)));
            answer["proposals"].back()["would_change"] = domain::effects_of(book, *book.proposal(id));
        }
        session.out << runtime::json_text(answer) << "\n";
        return Exit::kGood;
    }
    print_offering(session, book);
    print_open_proposals(session, book);
    return Exit::kGood;
}

Exit list_offerings(Session& session) {
    const auto books = must(session.suite().read_books());
    nlohmann::ordered_json answer = nlohmann::ordered_json::array();
    for (const auto& [id, book] : books->offerings) {
        if (book->life() == nullptr) continue;
        if (!session.json) print_offering(session, *book);
        answer.push_back({{"id", id}, {"stage", to_text(domain::stage_of(*book))}, {"expiration", runtime::to_json(book->life()->expiration)},
                          {"notices", book->notice_ids().size()}, {"payments", book->payment_ids().size()}});
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    return Exit::kGood;
}

}  // namespace

void add_offering(CLI::App& app, Session& session) {
    CLI::App* offering = subcommand(app, "offering", "offerings: check, open, show, extend, suspend, resume, terminate, close-day, price, approve, list", "");
    offering->require_subcommand(1);

    auto terms = std::make_shared<std::string>();
    CLI::App* check = subcommand(*offering, "check", "say an offering's terms in words, or each mistake in them; needs no service", "offering check terms.toml");
    check->add_option("TERMS", *terms, "the terms, TOML")->required();
    check->callback([&session, terms] {
        session.run = [terms](Session& run) { return static_cast<Exit>(check_offering(*terms, run.json, run.out, run.err)); };
    });

    CLI::App* open = subcommand(*offering, "open", "open an offering by its terms", "offering open terms.toml --as alice");
    open->add_option("TERMS", *terms, "the terms, TOML")->required()->check(CLI::ExistingFile);
    open->callback([&session, terms] {
        session.run = [terms](Session& run) { return run.send(run.actor(), ServiceName::kDeadlineMonitor, domain::OpenOffering{read_file(*terms, terms::kMaxFileBytes)}); };
    });

    auto shown = std::make_shared<std::string>();
    CLI::App* shows = subcommand(*offering, "show", "one offering, its stage, deadlines and proposals", "offering show rare-medium-2002");
    shows->add_option("OFFERING", *shown)->required();
    shows->callback([&session, shown] { session.run = [shown](Session& run) { return show_offering(run, *shown); }; });

    auto extension = std::make_shared<domain::ProposeExtension>();
    CLI::App* extend = subcommand(*offering, "extend", "propose an extension; another operator approves it",
                                  "offering extend rare-medium-2002 --to 2002-07-01T17:00:00 --why 'fax outage' --as alice");
    extend->add_option("OFFERING", extension->offering)->required();
    extend->add_option("--to", extension->to, "the new hour, civil time in the offering's zone")->required();
    extend->add_option("--why", extension->why, "the reason, for the record")->required();
    extend->callback([&session, extension] {
        session.run = [extension](Session& run) { return run.send(run.actor(), ServiceName::kDeadlineMonitor, *extension); };
    });

    auto approval = std::make_shared<domain::Approve>();
    CLI::App* approve = subcommand(*offering, "approve", "approve a proposed extension, suspension, resumption, termination, closing or price", "offering approve rare-medium-2002 extension-1 --as bob");
    approve->add_option("OFFERING", approval->offering)->required();
    approve->add_option("PROPOSAL", approval->proposal)->required();
    approve->add_option("--instruction", approval->instruction, "reference to the issuer's signed instruction, which the terms may require");
    approve->callback([&session, approval] {
        session.run = [approval](Session& run) { return run.send(run.actor(), ServiceName::kDeadlineMonitor, *approval); };
    });

    add_life(*offering, session);
    CLI::App* lists = subcommand(*offering, "list", "the offerings that are open", "offering list --json");
    lists->callback([&session] { session.run = list_offerings; });
}

}  // namespace rightsdesk::tools
