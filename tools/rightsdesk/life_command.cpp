// `rightsdesk offering suspend|resume|terminate|close-day|price`: what two people decide about an offering's life besides
// extending it. Each is proposed here and approved by `rightsdesk offering approve`.
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

// The options of every proposal: the offering and why.
template <class Change>
CLI::App* proposing(CLI::App& offering, const std::string& name, const std::string& what, const std::string& example, Change& change) {
    CLI::App* app = subcommand(offering, name, what, example);
    app->add_option("OFFERING", change.offering)->required();
    app->add_option("--why", change.why, "the reason, for the record")->required();
    return app;
}

template <class Change>
void sends(CLI::App* app, Session& session, const std::shared_ptr<Change>& change) {
    app->callback([&session, change] {
        session.run = [change](Session& run) { return run.send(run.actor(), ServiceName::kDeadlineMonitor, *change); };
    });
}

void add_suspension(CLI::App& offering, Session& session) {
    auto suspension = std::make_shared<domain::ProposeSuspension>();
    CLI::App* suspend = proposing(offering, "suspend", "propose a suspension: nothing is acted upon until it is resumed",
                                  "offering suspend rare-medium-2002 --cancel-through 2002-06-27T17:00:00 --why 'net asset value fell' --as alice", *suspension);
    suspend->add_option("--cancel-through", suspension->cancel_through, "holders may withdraw until then, civil time in the offering's zone; else nobody may");
    sends(suspend, session, suspension);

    auto resumption = std::make_shared<domain::ProposeResumption>();
    sends(proposing(offering, "resume", "propose to resume a suspended offering; one whose hour passed is extended first",
                    "offering resume rare-medium-2002 --why 'it recovered' --as alice", *resumption),
          session, resumption);
}

void add_termination(CLI::App& offering, Session& session) {
    auto termination = std::make_shared<domain::ProposeTermination>();
    sends(proposing(offering, "terminate", "propose to terminate an offering: all money is returned", "offering terminate rare-medium-2002 --why 'minimum not reached' --as alice",
                    *termination),
          session, termination);
}

void add_closing(CLI::App& offering, Session& session) {
    auto closing = std::make_shared<domain::ProposeClosing>();
    auto day = std::make_shared<std::string>();
    CLI::App* close = proposing(offering, "close-day", "propose that a day is no business day after all; every open deadline that counts over it moves",
                                "offering close-day rare-medium-2002 --day 2002-07-01 --why 'the exchange is closed' --as alice", *closing);
    close->add_option("--day", *day, "the day, like 2002-07-01")->required();
    close->callback([&session, closing, day] {
        session.run = [closing, day](Session& run) {
            closing->day = date_from(*day);
            return run.send(run.actor(), ServiceName::kDeadlineMonitor, *closing);
        };
    });
}

void add_final_price(CLI::App& offering, Session& session) {
    auto price = std::make_shared<domain::ProposeFinalPrice>();
    auto dollars = std::make_shared<std::string>();
    CLI::App* app = proposing(offering, "price", "propose the final price of an offering whose price is estimated, after the hour",
                              "offering price lument-2022 --price 3.06 --why 'five-day average' --as alice", *price);
    app->add_option("--price", *dollars, "dollars and cents a share")->required();
    app->callback([&session, price, dollars] {
        session.run = [price, dollars](Session& run) {
            price->price = money_from(*dollars);
            return run.send(run.actor(), ServiceName::kDeadlineMonitor, *price);
        };
    });
}

}  // namespace

void add_life(CLI::App& offering, Session& session) {
    add_suspension(offering, session);
    add_termination(offering, session);
    add_closing(offering, session);
    add_final_price(offering, session);
}

}  // namespace rightsdesk::tools
