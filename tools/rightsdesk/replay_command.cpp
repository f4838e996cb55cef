// rightsdesk replay: an offering as it stood, folded from its log to a record or an instant.
#include "domain/civil.h"
#include "telling/past.h"
#include "rightsdesk/replayed.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

Exit replay(Session& session, const std::string& offering, const std::string& until) {
    const Until parsed = must(parse_until(until));
    must(session.suite().read_books(offering));  // names the offerings there are, where this is none
    const Past past = must(fold_until(*must(session.suite().store()), offering, parsed));
    if (past.book.life() == nullptr) throw Ending{Exit::kUnusable, offering + " was not open yet at record " + std::to_string(past.sequence)};
    if (session.json) session.out << runtime::json_text(replay_document(past)) << "\n";
    else print_replay(session.out, past);
    return Exit::kGood;
}

}  // namespace

void add_replay(CLI::App& app, Session& session) {
    struct Given {
        std::string offering;
        std::string until;
    };
    auto given = std::make_shared<Given>();
    CLI::App* command = subcommand(app, "replay", "an offering as it stood: life, counts, notices, payments, allotments, from its log up to a record or an instant",
                                   "replay rare-medium-2002 --until 2002-06-28T17:00:00-04:00\n  rightsdesk replay rare-medium-2002 --until 120 --json");
    command->add_option("OFFERING", given->offering)->required();
    command->add_option("--until", given->until, "a record's number, or an instant with an offset; itself included")->required();
    command->callback([&session, given] { session.run = [given](Session& run) { return replay(run, given->offering, given->until); }; });
}

}  // namespace rightsdesk::tools
