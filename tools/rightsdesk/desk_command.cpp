// rightsdesk desk list|show|attribute|take-back: what came in and belongs to no offering yet, or to another than was thought.
#include "base/texts.h"
#include "rightsdesk/history.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

Exit list_items(Session& session, bool all) {
    const auto books = must(session.suite().read_books());
    runtime::Json answer = runtime::Json::array();
    std::size_t shown = 0;
    for (const std::string& id : books->desk.item_ids()) {
        const domain::UnattributedItem& item = *books->desk.item(id);
        if (item.attributed_to && !all) continue;
        ++shown;
        if (session.json) {
            answer.push_back(runtime::to_json(item));
        } else {
            session.out << item.id << "  " << to_text(item.kind) << "  " << (item.attributed_to ? "attributed to " + *item.attributed_to : "waits") << ": " << item.why;
            if (!item.taken_back_from.empty()) session.out << "; taken back from " << base::joined(item.taken_back_from);
            session.out << "\n";
        }
    }
    if (session.json) {
        session.out << answer.dump(2) << "\n";
    } else if (shown == 0) {
        session.out << "nothing waits to be attributed" << (all ? "" : " (--all shows what was)") << "\n";
    }
    return Exit::kGood;
}

Exit show_item(Session& session, const std::string& id) {
    const auto history = must(history_of(*must(session.suite().store()), domain::kDesk, {domain::item_name(id)}));
    if (history.empty()) throw Ending{Exit::kUnusable, "there is no item '" + id + "'; rightsdesk desk list --all names them"};
    runtime::Json answer = runtime::Json::array();
    for (const Happened& happened : history) {
        runtime::Json record{{"sequence", happened.sequence}};
        record.update(runtime::to_json(happened.record));
        answer.push_back(std::move(record));
        if (!session.json) session.out << line_of(happened) << "\n" << answer.back()["event"].dump(2) << "\n";
    }
    if (session.json) session.out << answer.dump(2) << "\n";
    return Exit::kGood;
}

struct Attribution {
    std::string item;
    domain::OfferingId offering;
    std::string why;
};

Exit attribute(Session& session, const Attribution& given) {
    const auto books = must(session.suite().read_books());
    const domain::UnattributedItem* item = books->desk.item(given.item);
    if (item == nullptr) throw Ending{Exit::kUnusable, "there is no item '" + given.item + "'; rightsdesk desk list names them"};
    const std::string who = session.actor();
    switch (item->kind) {
        case domain::ItemKind::kNotice: return session.send(who, ServiceName::kIntake, domain::AttributeNotice{given.item, given.offering, given.why});
        case domain::ItemKind::kPayment: return session.send(who, ServiceName::kPaymentClearing, domain::AttributePayment{given.item, given.offering, given.why});
        case domain::ItemKind::kUndecodable: break;
    }
    throw Ending{Exit::kUnusable, given.item + " are bytes that nobody could read: they are kept, and belong to no offering; ask the sender to send again"};
}

Exit take_back(Session& session, const std::pair<std::string, std::string>& given) {
    const auto& [id, why] = given;
    const auto books = must(session.suite().read_books());
    const domain::UnattributedItem* item = books->desk.item(id);
    if (item == nullptr) throw Ending{Exit::kUnusable, "there is no item '" + id + "'; rightsdesk desk list --all names them"};
    const std::string who = session.actor();
    switch (item->kind) {
        case domain::ItemKind::kNotice: return session.send(who, ServiceName::kIntake, domain::TakeBackNotice{id, why});
        case domain::ItemKind::kPayment: return session.send(who, ServiceName::kPaymentClearing, domain::TakeBackPayment{id, why});
        case domain::ItemKind::kUndecodable: break;
    }
    throw Ending{Exit::kUnusable, id + " are bytes that nobody could read: they were attributed to no offering"};
}

}  // namespace

void add_desk(CLI::App& app, Session& session) {
    CLI::App* desk = subcommand(app, "desk", "what belongs to no offering yet: list, show, attribute, take back", "");
    desk->require_subcommand(1);

    auto all = std::make_shared<bool>(false);
    CLI::App* lists = subcommand(*desk, "list", "notices and payments that came in on no offering's number, address or account, or on several offerings' and name none", "desk list --json");
    lists->add_flag("--all", *all, "also what has been attributed");
    lists->callback([&session, all] { session.run = [all](Session& run) { return list_items(run, *all); }; });

    auto id = std::make_shared<std::string>();
    CLI::App* shows = subcommand(*desk, "show", "one item whole, as it came in", "desk show fax-1.20");
    shows->add_option("ITEM", *id)->required();
    shows->callback([&session, id] { session.run = [id](Session& run) { return show_item(run, *id); }; });

    auto given = std::make_shared<Attribution>();
    CLI::App* attributes = subcommand(*desk, "attribute", "say which offering an item belongs to; it is decided there by its own receipt stamp",
                                      "desk attribute fax-1.20 rare-medium-2002 --why 'the form names the issuer' --as alice");
    attributes->add_option("ITEM", given->item)->required();
    attributes->add_option("OFFERING", given->offering)->required();
    attributes->add_option("--why", given->why, "for the record")->required();
    attributes->callback([&session, given] { session.run = [given](Session& run) { return attribute(run, *given); }; });

    auto mistaken = std::make_shared<std::pair<std::string, std::string>>();
    CLI::App* takes_back = subcommand(*desk, "take-back",
                                      "an attribution was a mistake: the item leaves the offering that has it and is open again. A payment must not be applied, refunded or on its "
                                      "way back there, nor the allocation approved; its matches are undone. A notice is rejected there, and its certificates go back. Then "
                                      "desk attribute gives it to another, where it counts by its own stamp",
                                      "desk take-back bank-1.3 --why 'the sender meant the other issue' --as alice");
    takes_back->add_option("ITEM", mistaken->first)->required();
    takes_back->add_option("--why", mistaken->second, "for the record")->required();
    takes_back->callback([&session, mistaken] { session.run = [mistaken](Session& run) { return take_back(run, *mistaken); }; });
}

}  // namespace rightsdesk::tools
