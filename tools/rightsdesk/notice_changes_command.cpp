// `rightsdesk notice withdraw|amend|owners`: what a holder asks for about a notice that it gave, and whom it gave it for.
#include <fstream>

#include "rightsdesk/owners_file.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

// The options that all have, and who sends it. `prepare` is done first: it may end the command.
template <class Change>
CLI::App* changing(CLI::App& notice, Session& session, const std::string& name, const std::string& what, const std::string& example, const std::shared_ptr<Change>& change,
                   const std::function<void()>& prepare = [] {}) {
    auto at = std::make_shared<std::string>();
    CLI::App* app = subcommand(notice, name, what, example);
    app->add_option("NOTICE", change->notice)->required();
    app->add_option("--offering", change->offering, "needed where several are open");
    app->add_option("--evidence", change->evidence, "what shows it: a letter, a fax, a call")->required();
    app->add_option("--at", *at, "when it was received, with its offset; else now, by the desk's clock");
    app->callback([&session, change, at, prepare] {
        session.run = [change, at, prepare](Session& run) {
            prepare();
            change->offering = run.offering_or_only(change->offering);
            change->at = run.stamp_or_now(*at);
            return run.send(run.actor(), ServiceName::kIntake, *change);
        };
    });
    return app;
}

void add_notice_owners(CLI::App& notice, Session& session) {
    auto certification = std::make_shared<domain::CertifyOwners>();
    auto file = std::make_shared<std::string>();
    const auto read = [certification, file] {
        std::ifstream owners(*file, std::ios::binary);
        if (!owners) throw Ending{Exit::kUnusable, *file + ": cannot be opened"};
        certification->owners = must(read_owners(owners, *file));
    };
    CLI::App* owners = changing(notice, session, "owners", "a nominee's certification of its owners: its over-subscription is judged by each of them; replaces an earlier one",
                                "notice owners fax-1.9 owners.csv --evidence 'nominee holder certification of 2002-06-27' --as alice", certification, read);
    owners->add_option("SCHEDULE", *file, "a CSV file with the columns owner,rights,basic,over; an owner is a reference, never a name")->required();
}

}  // namespace

void add_notice_changes(CLI::App& notice, Session& session) {
    auto withdrawal = std::make_shared<domain::WithdrawNotice>();
    changing(notice, session, "withdraw", "the holder takes a notice back, where the terms or a suspension leave that open",
             "notice withdraw fax-1.9 --evidence 'letter of 2002-06-27' --as alice", withdrawal);

    auto amendment = std::make_shared<domain::AmendNotice>();
    CLI::App* amend = changing(notice, session, "amend", "other numbers of shares; fewer only where a notice may be withdrawn",
                               "notice amend fax-1.9 --basic 1500 --excess 200 --evidence 'fax of 2002-06-27 11:02' --as alice", amendment);
    amend->add_option("--basic", amendment->basic_shares.value, "basic shares, from now on")->required()->check(CLI::NonNegativeNumber);
    amend->add_option("--excess", amendment->excess_shares.value, "over-subscription shares, from now on")->required()->check(CLI::NonNegativeNumber);
    add_notice_owners(notice, session);
}

}  // namespace rightsdesk::tools
