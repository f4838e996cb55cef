// rightsdesk explain: how a holder came to its shares, from the log, step by step.
#include "telling/derivation_text.h"
#include "telling/past.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

using domain::AllocationKind;

struct Explained {
    domain::NoticeId notice;
    std::string offering;
    std::string kind;
};

AllocationKind kind_to_explain(const domain::Book& book, const std::string& asked) {
    if (!asked.empty()) return one_of<AllocationKind>(asked, "kind of allocation");
    if (book.allocation(AllocationKind::kFinal) != nullptr) return AllocationKind::kFinal;
    if (book.allocation(AllocationKind::kPreliminary) != nullptr) return AllocationKind::kPreliminary;
    throw Ending{Exit::kUnusable, "nothing is allocated yet in " + book.log() + "; what would be now: rightsdesk allocate --live " + book.log()};
}

Exit explain(Session& session, const Explained& given) {
    const std::string offering = session.offering_or_only(given.offering);
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& now = *books->offering(offering);
    const AllocationKind kind = kind_to_explain(now, given.kind);
    const domain::Book then = must(fold_to_allocation(*must(session.suite().store()), offering, kind));
    const domain::Derivation derivation = must(derive_allotment(then, now, given.notice, kind));
    if (session.json) {
        session.out << runtime::json_text(derivation_document(derivation)) << "\n";
    } else {
        print_derivation(session.out, derivation);
    }
    if (derivation.differs.empty()) return Exit::kGood;
    session.err << "the derivation of " << given.notice << " DIFFERS from the log's allocation\n";
    return Exit::kFailed;
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
    auto given = std::make_shared<Explained>();
    CLI::App* command = subcommand(app, "explain", "how a notice came to its shares: each step with its numbers and the clause of the terms, derived anew; exit 1 when the log's allocation says otherwise",
                                   "explain fax-1.5 --offering rare-medium-2002 --kind final");
    command->add_option("NOTICE", given->notice)->required();
    command->add_option("--offering", given->offering, "needed where several are open");
    command->add_option("--kind", given->kind, "preliminary or final; without it the final one where it is there");
    command->callback([&session, given] { session.run = [given](Session& run) { return explain(run, *given); }; });
}

}  // namespace rightsdesk::tools
