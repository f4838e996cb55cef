// rightsdesk deadlines, rightsdesk allocate: answers that need no service running.
#include "rightsdesk/allocate.h"
#include "rightsdesk/deadlines.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

void add_offline(CLI::App& app, Session& session) {
    struct Given {
        std::string terms;
        std::string date;
        std::string subscriptions;
    };
    auto given = std::make_shared<Given>();
    CLI::App* deadline = subcommand(app, "deadlines", "every deadline that the terms make for a notice of a date, as JSON", "deadlines terms.toml --notice-date 2002-06-26");
    deadline->add_option("TERMS", given->terms, "the terms, TOML")->required();
    deadline->add_option("--notice-date", given->date, "the notice's date, 2002-06-26")->required();
    deadline->callback([&session, given] {
        session.run = [given](Session& run) { return static_cast<Exit>(deadlines(given->terms, given->date, run.out, run.err)); };
    });
    CLI::App* allocation = subcommand(app, "allocate", "allot the shares of an offering among the subscriptions of a file, as JSON", "allocate terms.toml subscriptions.csv");
    allocation->add_option("TERMS", given->terms, "the terms, TOML")->required();
    allocation->add_option("SUBSCRIPTIONS", given->subscriptions, "id,received_at,basic_entitlement,basic_requested,over_requested,record_holding,funds")->required();
    allocation->callback([&session, given] {
        session.run = [given](Session& run) { return static_cast<Exit>(allocate(given->terms, given->subscriptions, run.out, run.err)); };
    });
}

}  // namespace rightsdesk::tools
