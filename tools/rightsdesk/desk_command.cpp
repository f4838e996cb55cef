// rightsdesk desk list|show|attribute|take-back|release: what came in and belongs to no offering yet, or to another than was
// thought; and what a service could not decide.
#include "base/texts.h"
#include "telling/history.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

// What a service could not decide, in one log; how many there are.
std::size_t list_quarantined(Session& session, const domain::Book& book, bool all, runtime::Json& answer) {
    std::size_t shown = 0;
    for (const std::string& id : book.item_ids()) {
        const domain::UnattributedItem& item = *book.item(id);
        if (!item.work || (!item.work->released_by.empty() && !all)) continue;
        ++shown;
        const domain::QuarantinedWork& work = *item.work;
        if (session.json) {
            answer.push_back(runtime::to_json(item));
            answer.back()["log"] = book.log();
            continue;
        }
        session.out << id << "  in quarantine, " << book.log() << ", " << work.service << ": " << item.why;
        if (!work.entity.empty()) session.out << "; frozen: " << work.entity;
        if (!work.released_by.empty()) session.out << "; released by " << work.released_by;
        session.out << "\n";
    }
    return shown;
}

Exit list_items(Session& session, bool all) {
    const auto books = must(session.suite().read_books());
    runtime::Json answer = runtime::Json::array();
    std::size_t shown = 0;
    for (const std::string& id : books->desk.item_ids()) {
        const domain::UnattributedItem& item = *books->desk.item(id);
        if (item.work || (item.attributed_to && !all)) continue;
        ++shown;
        if (session.json) {
            answer.push_back(runtime::to_json(item));
        } else {
            session.out << item.id << "  " << to_text(item.kind) << "  " << (item.attributed_to ? "attributed to " + *item.attributed_to : "waits") << ": " << item.why;
            if (!item.taken_back_from.empty()) session.out << "; taken back from " << base::joined(item.taken_back_from);
            session.out << "\n";
        }
    }
    shown += list_quarantined(session, books->desk, all, answer);
    for (const auto& [offering, book] : books->offerings) shown += list_quarantined(session, *book, all, answer);
    if (session.json) {
        session.out << runtime::json_text(answer) << "\n";
    } else if (shown == 0) {
        session.out << "nothing waits to be attributed" << (all ? "" : " (--all shows what was)") << "\n";
    }
    return Exit::kGood;
}

// An item of the desk, or of an offering: what a service could not decide lies in the log where it would have had its effect.
struct ItemShown {
    std::string item;
    std::string log = domain::kDesk;
};

Exit show_item(Session& session, const ItemShown& shown) {
    const std::string& id = shown.item;
    const auto history = must(history_of(*must(session.suite().store()), shown.log, {domain::item_name(id)}));
    if (history.empty()) throw Ending{Exit::kUnusable, "there is no item '" + id + "'; rightsdesk desk list --all names them"};
    if (session.json) {
        session.out << runtime::json_text(document_of(history)) << "\n";
        return Exit::kGood;
    }
    for (const Happened& happened : history) session.out << line_of(happened) << "\n" << runtime::json_text(runtime::to_json(happened.record.event)) << "\n";
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
        case domain::ItemKind::kUndecidable: throw Ending{Exit::kUnusable, given.item + " is in quarantine: rightsdesk desk release"};
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
        case domain::ItemKind::kUndecidable:
        case domain::ItemKind::kUndecodable: break;
    }
    throw Ending{Exit::kUnusable, id + " are bytes that nobody could read, or decide on: they were attributed to no offering"};
}

// At the door of the service that could not decide it.
Exit release(Session& session, const domain::ReleaseItem& given) {
    const auto books = must(session.suite().read_books());
    const domain::Book* book = given.offering.empty() ? &books->desk : books->offering(given.offering);
    if (book == nullptr) throw Ending{Exit::kUnusable, "there is no offering '" + given.offering + "'; rightsdesk offering list names them"};
    const domain::UnattributedItem* item = book->item(given.item);
    if (item == nullptr || !item->work) throw Ending{Exit::kUnusable, "nothing in quarantine is called '" + given.item + "' in " + book->log() + "; rightsdesk desk list names what is"};
    const auto service = base::enum_from_text<ServiceName>(item->work->service);
    if (!service) throw Ending{Exit::kUnusable, "'" + item->work->service + "' is no service of this release"};
    return session.send(session.actor(), *service, given);
}

}  // namespace

void add_desk(CLI::App& app, Session& session) {
    CLI::App* desk = subcommand(app, "desk", "what belongs to no offering yet, and what is in quarantine: list, show, attribute, take back, release", "");
    desk->require_subcommand(1);

    auto all = std::make_shared<bool>(false);
    CLI::App* lists = subcommand(*desk, "list", "notices and payments that came in on no offering's number, address or account, or on several offerings' and name none", "desk list --json");
    lists->add_flag("--all", *all, "also what has been attributed");
    lists->callback([&session, all] { session.run = [all](Session& run) { return list_items(run, *all); }; });

    auto shown = std::make_shared<ItemShown>();
    CLI::App* shows = subcommand(*desk, "show", "one item whole, as it came in", "desk show fax-1.20");
    shows->add_option("ITEM", shown->item)->required();
    shows->add_option("--offering", shown->log, "of what is in quarantine in an offering's log");
    shows->callback([&session, shown] { session.run = [shown](Session& run) { return show_item(run, *shown); }; });

    auto released = std::make_shared<domain::ReleaseItem>();
    CLI::App* releases = subcommand(*desk, "release",
                                    "decide once more what a service could not decide, after the fix, and then what waits for the same notice or payment, in order. "
                                    "What fails again is in quarantine again",
                                    "desk release intake.rare-medium-2002.17 --offering rare-medium-2002 --why 'fixed in 1.4.2' --as alice");
    releases->add_option("ITEM", released->item)->required();
    releases->add_option("--offering", released->offering, "where it is in an offering's log");
    releases->add_option("--why", released->why, "for the record")->required();
    releases->callback([&session, released] { session.run = [released](Session& run) { return release(run, *released); }; });

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
