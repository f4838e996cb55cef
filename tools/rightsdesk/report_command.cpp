// rightsdesk report: an offering's report, from its log.
#include "domain/report.h"
#include "rightsdesk/report_text.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

Exit report(Session& session, const std::string& offering) {
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& book = *books->offering(offering);
    if (book.life() == nullptr) throw Ending{Exit::kUnavailable, offering + " is being opened"};
    const domain::Report made = domain::report_of(book);
    if (session.json) {
        session.out << runtime::to_json(made).dump(2) << "\n";
    } else {
        print_report(session.out, made);
    }
    return made.does_not_tie.empty() ? Exit::kGood : Exit::kFailed;
}

}  // namespace

void add_report(CLI::App& app, Session& session) {
    auto offering = std::make_shared<std::string>();
    CLI::App* command = subcommand(app, "report", "an offering's report: per notice what was asked, decided and why, paid, allotted, refunded; exit 1 when it does not tie",
                                   "report rare-medium-2002");
    command->add_option("OFFERING", *offering)->required();
    command->callback([&session, offering] { session.run = [offering](Session& run) { return report(run, *offering); }; });
}

}  // namespace rightsdesk::tools
