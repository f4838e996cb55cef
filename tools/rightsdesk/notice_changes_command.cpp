// `rightsdesk notice withdraw|amend`: what a holder asks for about a notice that it gave.
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

// The options that both have, and who sends it.
template <class Change>
CLI::App* changing(CLI::App& notice, Session& session, const std::string& name, const std::string& what, const std::string& example, const std::shared_ptr<Change>& change) {
    auto at = std::make_shared<std::string>();
    CLI::App* app = subcommand(notice, name, what, example);
    app->add_option("NOTICE", change->notice)->required();
    app->add_option("--offering", change->offering, "needed where several are open");
    app->add_option("--evidence", change->evidence, "what shows it: a letter, a fax, a call")->required();
    app->add_option("--at", *at, "when it was received, with its offset; else now, by the desk's clock");
    app->callback([&session, change, at] {
        session.run = [change, at](Session& run) {
            change->offering = run.offering_or_only(change->offering);
            change->at = run.stamp_or_now(*at);
            return run.send(run.actor(), ServiceName::kIntake, *change);
        };
    });
    return app;
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
}

}  // namespace rightsdesk::tools
