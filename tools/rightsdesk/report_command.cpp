// rightsdesk report: an offering's reports, from its log.
#include "base/texts.h"
#include "domain/report.h"
#include "telling/contract_tables.h"
#include "rightsdesk/report_text.h"
#include "rightsdesk/session.h"
#include "telling/table_text.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

struct ReportAsked {
    std::string offering;
    std::string kind = "summary";
    std::string format;
};

ReportFormat format_asked(const Session& session, const ReportAsked& asked) {
    if (asked.format.empty()) return session.json ? ReportFormat::kJson : ReportFormat::kText;
    const auto format = one_of<ReportFormat>(asked.format, "format");
    if (session.json && format != ReportFormat::kJson) throw Ending{Exit::kUnusable, "--json and --format " + asked.format + " are two formats: give one"};
    return format;
}

Exit report_summary(Session& session, const domain::Book& book, ReportFormat format) {
    const domain::Report made = domain::report_of(book);
    switch (format) {
        case ReportFormat::kText: print_report(session.out, made); break;
        case ReportFormat::kJson: session.out << runtime::json_text(runtime::to_json(made)) << "\n"; break;
        case ReportFormat::kCsv: throw Ending{Exit::kUnusable, "the summary is no table; as CSV there are --kind tally, count, holders, guarantors, refunds and exceptions"};
    }
    return made.does_not_tie.empty() ? Exit::kGood : Exit::kFailed;
}

Exit report(Session& session, const ReportAsked& asked) {
    const auto kind = one_of<ReportKind>(asked.kind, "kind of report");
    const ReportFormat format = format_asked(session, asked);
    const auto books = must(session.suite().read_books(asked.offering));
    const domain::Book& book = *books->offering(asked.offering);
    if (book.life() == nullptr) throw Ending{Exit::kUnavailable, asked.offering + " is being opened"};
    if (kind == ReportKind::kSummary) return report_summary(session, book, format);
    const domain::Table table = must(contract_table(*must(session.suite().store()), asked.offering, kind));
    switch (format) {
        case ReportFormat::kText: print_table(session.out, table); break;
        case ReportFormat::kCsv: write_csv(session.out, table); break;
        case ReportFormat::kJson: session.out << runtime::json_text(table_document(table)) << "\n"; break;
    }
    if (table.does_not_tie.empty()) return Exit::kGood;
    session.err << "DOES NOT TIE: " << base::joined(table.does_not_tie, "; ") << "\n";
    return Exit::kFailed;
}

}  // namespace

void add_report(CLI::App& app, Session& session) {
    auto asked = std::make_shared<ReportAsked>();
    CLI::App* command = subcommand(app, "report", "an offering's reports: the summary, and those that the issuer is owed; exit 1 when one does not tie",
                                   "report rare-medium-2002\n  rightsdesk report rare-medium-2002 --kind tally --format csv");
    command->add_option("OFFERING", asked->offering)->required();
    command->add_option("--kind", asked->kind,
                        "summary: notice by notice, payments, totals; tally: business date by business date; count: the morning after; holders; guarantors; "
                        "refunds; exceptions")
        ->capture_default_str();
    command->add_option("--format", asked->format, "text, csv or json; without it text, or json where --json is given");
    command->callback([&session, asked] { session.run = [asked](Session& run) { return report(run, *asked); }; });
}

}  // namespace rightsdesk::tools
