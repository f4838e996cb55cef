// rightsdesk rights sold|reverse|list: rights that holders had the agent sell, for the issuer's daily tally.
#include "domain/money_text.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

struct SaleGiven {
    domain::RecordRightsSale command;
    std::int64_t rights = 0;
    std::string proceeds;
    std::string at;
};

Exit list_sales(Session& session, const std::string& named) {
    const domain::OfferingId offering = session.offering_or_only(named);
    const auto books = must(session.suite().read_books(offering));
    const domain::Book& book = *books->offering(offering);
    runtime::Json answer = runtime::Json::array();
    for (const std::string& reference : in_natural_order(book.sale_references())) {
        const domain::RightsSale& sale = *book.sale(reference);
        answer.push_back(runtime::to_json(sale));
        if (session.json) continue;
        session.out << sale.reference << "  " << domain::grouped(sale.rights.value) << " rights" << (sale.proceeds ? " for " + domain::money_text(*sale.proceeds) : "") << ", by "
                    << sale.by << ": " << sale.evidence;
        if (sale.reversed) session.out << "; reversed by " << sale.reversed->by << ", " << sale.reversed->why;
        session.out << "\n";
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    else if (answer.empty()) session.out << "no sale of rights is on record for " << offering << "\n";
    return Exit::kGood;
}

void add_sold(CLI::App& rights, Session& session) {
    auto given = std::make_shared<SaleGiven>();
    CLI::App* sold = subcommand(rights, "sold",
                                "record rights that a holder had the agent sell. A reference counts once, however often it is told; the daily tally has the "
                                "sum (report --kind tally). Rights sold and exercised beyond those that the register says were issued raise an alert",
                                "rights sold BR-2002-06-14-7 --rights 12000 --proceeds 1440.00 --at 2002-06-14T11:20:00-04:00 --evidence 'confirmation of the broker' --as alice");
    sold->add_option("REFERENCE", given->command.reference, "of the sale: the broker's confirmation; no holder's name")->required();
    sold->add_option("--rights", given->rights, "how many")->required();
    sold->add_option("--proceeds", given->proceeds, "what they brought, in dollars");
    sold->add_option("--at", given->at, "when they were sold, with its offset")->required();
    sold->add_option("--evidence", given->command.evidence, "what shows it, for the record; no holder's name")->required();
    sold->add_option("--offering", given->command.offering, "needed where several are open");
    sold->callback([&session, given] {
        session.run = [given](Session& run) {
            domain::RecordRightsSale& command = given->command;
            command.offering = run.offering_or_only(command.offering);
            command.rights = domain::Rights(given->rights);
            if (!given->proceeds.empty()) command.proceeds = money_from(given->proceeds);
            command.sold_at = instant_from(given->at);
            return run.send(run.actor(), ServiceName::kIntake, command);
        };
    });
}

void add_reversal(CLI::App& rights, Session& session) {
    auto given = std::make_shared<domain::ReverseRightsSale>();
    CLI::App* reverse = subcommand(rights, "reverse",
                                   "a sale was recorded by mistake: a reversing entry takes it out of the counts from today on, and both stay on record. The right one is "
                                   "recorded under another reference",
                                   "rights reverse BR-2002-06-14-7 --why 'another issue was sold' --as alice");
    reverse->add_option("REFERENCE", given->reference)->required();
    reverse->add_option("--why", given->why, "for the record")->required();
    reverse->add_option("--offering", given->offering, "needed where several are open");
    reverse->callback([&session, given] {
        session.run = [given](Session& run) {
            given->offering = run.offering_or_only(given->offering);
            return run.send(run.actor(), ServiceName::kIntake, *given);
        };
    });
}

}  // namespace

void add_rights(CLI::App& app, Session& session) {
    CLI::App* rights = subcommand(app, "rights", "rights that holders had the agent sell: record a sale, reverse one, list them", "");
    rights->require_subcommand(1);
    add_sold(*rights, session);
    add_reversal(*rights, session);
    auto named = std::make_shared<std::string>();
    CLI::App* lists = subcommand(*rights, "list", "the sales on record, those reversed as well", "rights list rare-medium-2002");
    lists->add_option("OFFERING", *named, "needed where several are open");
    lists->callback([&session, named] { session.run = [named](Session& run) { return list_sales(run, *named); }; });
}

}  // namespace rightsdesk::tools
