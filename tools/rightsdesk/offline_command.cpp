// rightsdesk deadlines, rightsdesk allocate: answers that need no service running; allocate --live reads the store.
#include "rightsdesk/allocate.h"
#include "rightsdesk/deadlines.h"
#include "rightsdesk/live_allocation_command.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

struct AllocateAsked {
    std::string terms;
    std::string subscriptions;
    std::string live;
    domain::LiveChoice choice;
};

Exit allocate_live_offering(Session& session, const AllocateAsked& asked) {
    const auto books = must(session.suite().read_books(asked.live));
    const domain::Book& book = *books->offering(asked.live);
    if (book.life() == nullptr) throw Ending{Exit::kUnavailable, asked.live + " is being opened"};
    const LiveRuns runs = must(run_live(book, asked.choice));
    if (session.json) session.out << runtime::json_text(live_document(book, runs)) << "\n";
    else print_live(session.out, book, runs);
    return Exit::kGood;
}

Exit allocate_as_asked(Session& session, const AllocateAsked& asked) {
    const bool files = !asked.terms.empty() && !asked.subscriptions.empty();
    const bool any_file = !asked.terms.empty() || !asked.subscriptions.empty();
    if (!asked.live.empty() && !any_file) return allocate_live_offering(session, asked);
    if (!asked.live.empty() || !files) throw Ending{Exit::kUnusable, "give either TERMS and SUBSCRIPTIONS, or --live OFFERING"};
    if (asked.choice.with_protects || asked.choice.with_uncollected) throw Ending{Exit::kUnusable, "--with-protects and --with-uncollected belong to --live"};
    return static_cast<Exit>(allocate(asked.terms, asked.subscriptions, session.out, session.err));
}

void add_allocate(CLI::App& app, Session& session) {
    auto asked = std::make_shared<AllocateAsked>();
    CLI::App* command = subcommand(app, "allocate",
                                   "allot the shares of an offering among the subscriptions of a file, as JSON; or, with --live, what an open offering would allot now",
                                   "allocate terms.toml subscriptions.csv\n  rightsdesk allocate --live rare-medium-2002 --with-protects");
    command->add_option("TERMS", asked->terms, "the terms, TOML");
    command->add_option("SUBSCRIPTIONS", asked->subscriptions, "id,received_at,basic_entitlement,basic_requested,over_requested,record_holding,funds");
    command->add_option("--live", asked->live, "an offering: from its log, covered notices and good money alone unless more is said; decides nothing");
    command->add_flag("--with-protects", asked->choice.with_protects, "with --live: notices that are not covered yet as well");
    command->add_flag("--with-uncollected", asked->choice.with_uncollected, "with --live: money that the bank has not confirmed yet as well");
    command->callback([&session, asked] { session.run = [asked](Session& run) { return allocate_as_asked(run, *asked); }; });
}

}  // namespace

void add_offline(CLI::App& app, Session& session) {
    struct Given {
        std::string terms;
        std::string date;
    };
    auto given = std::make_shared<Given>();
    CLI::App* deadline = subcommand(app, "deadlines", "every deadline that the terms make for a notice of a date, as JSON", "deadlines terms.toml --notice-date 2002-06-26");
    deadline->add_option("TERMS", given->terms, "the terms, TOML")->required();
    deadline->add_option("--notice-date", given->date, "the notice's date, 2002-06-26")->required();
    deadline->callback([&session, given] {
        session.run = [given](Session& run) { return static_cast<Exit>(deadlines(given->terms, given->date, run.out, run.err)); };
    });
    add_allocate(app, session);
}

}  // namespace rightsdesk::tools
