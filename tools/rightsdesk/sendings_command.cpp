// rightsdesk sendings list|show|retry|abandon|test: what goes outside because of alerts, what became of it, and what people do about it.
#include "domain/civil.h"
#include "domain/desk_troubles.h"
#include "domain/sending_attempts.h"
#include "domain/ways.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "runtime/kept_book.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

using domain::Sending;
using domain::ServiceName;

namespace {

struct SendingsWanted {
    std::string way;             // empty: all
    std::uint64_t number = 0;    // 0: all
    std::string log;             // an offering, or desk; empty: all
    std::string status;          // empty: all
    std::string why;
    std::size_t last = 50;       // of each log and way
};

// The latest of a way that are wanted, oldest first.
std::vector<const Sending*> sendings_of(const domain::Book& book, const std::string& way, const SendingsWanted& wanted) {
    std::vector<const Sending*> found;
    for (std::uint64_t number = book.sendings_on(way).last; number > 0 && found.size() < wanted.last; --number) {
        const Sending* sending = book.sending(way, number);
        if (sending != nullptr && (wanted.status.empty() || base::to_text(sending->status) == wanted.status)) found.push_back(sending);
    }
    std::reverse(found.begin(), found.end());
    return found;
}

runtime::Json document_of(const std::string& log, const Sending& sending) {
    runtime::Json document{{"id", domain::sending_id(log, sending)}, {"log", log}};
    document.update(runtime::to_json(sending));
    return document;
}

std::string items_text(const Sending& sending) {
    constexpr std::size_t kNamed = 5;
    std::string text;
    for (std::size_t at = 0; at < std::min(kNamed, sending.items.size()); ++at) {
        const domain::SendingItem& item = sending.items[at];
        const std::string of = at < sending.troubles.size() ? sending.troubles[at].kind + " " : item.alert == 0 ? "" : "#" + std::to_string(item.alert) + " ";
        text += (at == 0 ? "" : ", ") + of + base::to_text(item.news);
    }
    return text + (sending.items.size() > kNamed ? " and " + std::to_string(sending.items.size() - kNamed) + " more" : "");
}

std::string standing_text(const Sending& sending) {
    std::string text = base::to_text(sending.status);
    if (sending.attempted_at) text += (sending.status == domain::SendingStatus::kSent ? " " : ", last tried ") + domain::instant_text(*sending.attempted_at);
    if (sending.attempts > 1) text += ", " + std::to_string(sending.attempts) + " attempts";
    if (sending.status == domain::SendingStatus::kWaiting && sending.next_attempt_at) text += ", again " + domain::instant_text(*sending.next_attempt_at);
    return text;
}

void print_sending(std::ostream& out, const std::string& log, const Sending& sending) {
    out << domain::sending_id(log, sending) << "  " << domain::instant_text(sending.intended_at) << "  " << items_text(sending) << "  " << standing_text(sending);
    if (!sending.result.empty() && sending.status != domain::SendingStatus::kSent) out << ": " << sending.result;
    out << "\n";
}

// What is told of the desk's own troubles, from notification's file: that which is on record (`keys`, by way) is left out.
std::vector<Sending> kept_sendings(Session& session, const std::map<std::string, std::set<std::string>>& keys, const SendingsWanted& wanted) {
    std::map<std::string, Sending> by_key;  // what is carried over from one file to the next is in both: the later one counts
    for (const auto& book : runtime::read_kept_books(runtime::troubles_file(session.suite().config().watch.run_folder), domain::kDesk)) {
        for (const auto& [way, sendings] : book->sendings()) {
            if (!wanted.way.empty() && way != wanted.way) continue;
            for (std::uint64_t number = 1; number <= sendings.last; ++number) {
                const Sending* sending = book->sending(way, number);
                if (sending == nullptr || (keys.contains(way) && keys.at(way).contains(sending->key))) continue;
                if (wanted.number != 0 && sending->number != wanted.number) continue;
                by_key[sending->key] = domain::for_the_record(*book, *sending);
            }
        }
    }
    std::vector<Sending> kept;
    kept.reserve(by_key.size());
    for (auto& [key, sending] : by_key) {
        if (wanted.status.empty() || base::to_text(sending.status) == wanted.status) kept.push_back(std::move(sending));
    }
    std::sort(kept.begin(), kept.end(), [](const Sending& one, const Sending& other) { return one.intended_at < other.intended_at; });
    if (kept.size() > wanted.last) kept.erase(kept.begin(), kept.end() - static_cast<std::ptrdiff_t>(wanted.last));
    return kept;
}

// True where there are any.
bool tell_kept(Session& session, const std::map<std::string, std::set<std::string>>& keys, const SendingsWanted& wanted, runtime::Json& answer) {
    answer["not_on_record"] = runtime::Json::array();
    if (!wanted.log.empty() && wanted.log != domain::kDesk) return false;
    const std::vector<Sending> kept = kept_sendings(session, keys, wanted);
    if (!kept.empty() && !session.json) session.out << "of the desk's own troubles, not on record yet (" << runtime::troubles_file(session.suite().config().watch.run_folder) << "):\n";
    for (const Sending& sending : kept) {
        if (session.json) answer["not_on_record"].push_back(document_of(domain::kDesk, sending));
        else print_sending(session.out, domain::kDesk, sending);
    }
    return !kept.empty();
}

Exit list_sendings(Session& session, const SendingsWanted& wanted) {
    if (!wanted.status.empty()) (void)one_of<domain::SendingStatus>(wanted.status, "status of a sending");
    runtime::Json answer{{"ways", runtime::Json::array()}, {"sendings", runtime::Json::array()}};
    const auto books = session.suite().read_books();
    if (!books) {
        (void)tell_kept(session, {}, wanted, answer);
        if (session.json) session.out << runtime::json_text(answer) << "\n";
        throw Ending{Exit::kUnavailable, "this is what notification has kept by itself; of the store: " + books.error().message};
    }
    bool any = false;
    std::map<std::string, std::set<std::string>> keys;
    for (const auto& [way, sendings] : (*books)->desk.sendings()) keys[way] = sendings.keys;
    for (const domain::Book* book : books_of(**books, wanted.log)) {
        for (const auto& [way, sendings] : book->sendings()) {
            if (!wanted.way.empty() && way != wanted.way) continue;
            any = true;
            const std::uint64_t sent = domain::sent_of(*book, way);
            answer["ways"].push_back({{"log", book->log()}, {"way", way}, {"intended", sendings.last}, {"sent", sent}, {"waiting", sendings.waiting.size()}, {"refused", sendings.refused.size()}});
            if (!session.json) {
                session.out << book->log() << "/" << way << "  " << sendings.last << " intended, " << sent << " sent, " << sendings.waiting.size() << " wait, " << sendings.refused.size()
                            << " refused\n";
            }
            for (const Sending* sending : sendings_of(*book, way, wanted)) {
                if (session.json) answer["sendings"].push_back(document_of(book->log(), *sending));
                else print_sending(session.out, book->log(), *sending);
            }
        }
    }
    any = tell_kept(session, keys, wanted, answer) || any;
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    else if (!any) session.out << "nothing was to go out" << (wanted.way.empty() ? "" : " by " + wanted.way) << "; [paths] ways_out of the configuration names the file with the ways\n";
    return Exit::kGood;
}

const Sending& sending_of(const domain::Book& book, const SendingsWanted& wanted) {
    const Sending* sending = book.sending(wanted.way, wanted.number);
    if (sending == nullptr) {
        throw Ending{Exit::kUnusable, book.log() + " has no sending " + std::to_string(wanted.number) + " by '" + wanted.way + "'; rightsdesk sendings list names them"};
    }
    return *sending;
}

// What became of it, attempt by attempt; what people did.
std::optional<std::string> told_of_sending(const domain::Event& event, const SendingsWanted& wanted) {
    const auto is_it = [&](const auto& each) { return each.way == wanted.way && each.number == wanted.number; };
    if (const auto* intended = std::get_if<domain::SendingsIntended>(&event)) {
        const auto here = std::find_if(intended->sendings.begin(), intended->sendings.end(), is_it);
        if (here != intended->sendings.end()) return "intended: " + items_text(*here) + ", to " + here->to + (here->by.empty() ? "" : ", by " + here->by);
        std::string more;
        for (const domain::SendingJoined& joined : intended->joined) {
            if (is_it(joined)) more += " #" + std::to_string(joined.item.alert) + " " + base::to_text(joined.item.news);
        }
        if (!more.empty()) return "collected:" + more;
    }
    if (const auto* attempted = std::get_if<domain::SendingsAttempted>(&event)) {
        const auto here = std::find_if(attempted->attempts.begin(), attempted->attempts.end(), is_it);
        if (here != attempted->attempts.end()) return "attempt " + std::to_string(here->attempt) + ": " + base::to_text(here->outcome) + (here->result.empty() ? "" : ": " + here->result);
    }
    const auto* settled = std::get_if<domain::SendingSettled>(&event);
    if (settled == nullptr || !is_it(*settled)) return std::nullopt;
    return std::string(settled->retried ? "retried" : "abandoned") + " by " + settled->by + ": " + settled->why;
}

Exit show_sending(Session& session, SendingsWanted wanted) {
    wanted.log = session.offering_or_only(wanted.log);
    const auto books = must(session.suite().read_books());
    const domain::Book& book = *books_of(*books, wanted.log).front();
    const Sending& sending = sending_of(book, wanted);
    runtime::Json history = runtime::Json::array();
    if (!session.json) {
        print_sending(session.out, book.log(), sending);
        print_row(session.out, "to", sending.to);
        for (const domain::ToldTrouble& trouble : sending.troubles) print_row(session.out, "of", trouble.kind + ", since " + domain::instant_text(trouble.raised_at) + ": " + trouble.what);
        for (const domain::SendingItem& item : sending.items) {
            if (const domain::Alert* alert = book.alert(item.alert)) print_row(session.out, base::to_text(item.news), "#" + std::to_string(item.alert) + " " + alert->kind + ": " + alert->what);
        }
    }
    must(store::read_to_end(*must(session.suite().store()), book.log(), 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
        auto record = wire::decode_record(stored.record, nullptr);
        if (!record) return base::failure(base::ErrorKind::kCorrupt, book.log() + " record " + std::to_string(stored.sequence) + ": " + record.error().message);
        const auto told = told_of_sending(record->event, wanted);
        if (!told) return true;
        history.push_back({{"sequence", stored.sequence}, {"at", domain::instant_text(record->at)}, {"told", *told}});
        if (!session.json) session.out << "  " << domain::instant_text(record->at) << "  " << *told << "\n";
        return true;
    }));
    if (!session.json) return Exit::kGood;
    runtime::Json document = document_of(book.log(), sending);
    document["history"] = history;
    session.out << runtime::json_text(document) << "\n";
    return Exit::kGood;
}

// One that is named; or, without a number, all of the way that stand still: those that wait after a failure, and those refused.
std::vector<std::uint64_t> numbers_to_settle(const domain::Book& book, const SendingsWanted& wanted, bool retry) {
    if (wanted.number != 0) return {sending_of(book, wanted).number};
    const domain::WaySendings& sendings = book.sendings_on(wanted.way);
    std::vector<std::uint64_t> numbers(sendings.refused.begin(), sendings.refused.end());
    for (const auto& [ready, number] : sendings.waiting) {
        if (!retry || book.sending(wanted.way, number)->next_attempt_at) numbers.push_back(number);
    }
    return numbers;
}

Exit settle_sendings(Session& session, SendingsWanted wanted, bool retry) {
    if (wanted.why.empty()) throw Ending{Exit::kUnusable, "--why: it needs a reason, for the record"};
    wanted.log = session.offering_or_only(wanted.log);
    const auto books = must(session.suite().read_books());
    const std::vector<std::uint64_t> numbers = numbers_to_settle(*books_of(*books, wanted.log).front(), wanted, retry);
    if (numbers.empty()) throw Ending{Exit::kUnusable, "nothing of " + wanted.log + " stands still by '" + wanted.way + "'; rightsdesk sendings list shows what there is"};
    Exit worst = Exit::kGood;
    for (const std::uint64_t number : numbers) {
        const Exit end = session.send(session.actor(), ServiceName::kNotification, domain::SettleSending{wanted.log, wanted.way, number, retry, wanted.why});
        if (end != Exit::kGood) worst = end;
    }
    return worst;
}

void add_list_and_show(CLI::App& sendings, Session& session) {
    auto listed = std::make_shared<SendingsWanted>();
    CLI::App* lists = subcommand(sendings, "list",
                                 "what was to go outside, way by way: which alerts, when, and what became of it (waiting, sent, refused, abandoned), with what the other side said. What went out of the desk's own troubles is named by its key; before it is on record, and while the store is away, it comes from the file that notification keeps on this host",
                                 "sendings list\n  rightsdesk sendings list mail-desk --status waiting");
    lists->add_option("WAY", listed->way, "by this way alone; the file that [paths] ways_out names has them");
    lists->add_option("--offering", listed->log, "of this log alone: an offering, or desk");
    lists->add_option("--status", listed->status, "waiting, sent, refused or abandoned");
    lists->add_option("--last", listed->last, "at most so many of each log and way, the latest")->capture_default_str()->check(CLI::Range(1, 1'000'000));
    lists->callback([&session, listed] { session.run = [listed](Session& run) { return list_sendings(run, *listed); }; });

    auto shown = std::make_shared<SendingsWanted>();
    CLI::App* shows = subcommand(sendings, "show", "one sending whole: to whom, what it tells, and every attempt with its result. Its id is what a repeat is recognised by at the other side",
                                 "sendings show mail-desk 17 --offering rare-medium-2002");
    shows->add_option("WAY", shown->way)->required();
    shows->add_option("NUMBER", shown->number)->required();
    shows->add_option("--offering", shown->log, "whose, or desk; needed where several are open");
    shows->callback([&session, shown] { session.run = [shown](Session& run) { return show_sending(run, *shown); }; });
}

void add_settling(CLI::App& sendings, Session& session, bool retry) {
    auto settled = std::make_shared<SendingsWanted>();
    CLI::App* settles = subcommand(sendings, retry ? "retry" : "abandon",
                                   retry ? "try again at once what failed or was refused: one, or all of a way that stand still. What failed is tried again by itself, every five minutes at least"
                                         : "let go what waits or was refused, for good: one, or all of a way. The alerts stay as they are; the record says who let it go and why",
                                   retry ? "sendings retry mail-desk --why 'the mail server is back' --as alice" : "sendings abandon hook 17 --offering rare-medium-2002 --why 'the receiver is gone' --as alice");
    settles->add_option("WAY", settled->way)->required();
    settles->add_option("NUMBER", settled->number, retry ? "this one; else all that stand still" : "this one; else all that wait or were refused");
    settles->add_option("--offering", settled->log, "whose, or desk; needed where several are open");
    settles->add_option("--why", settled->why, "for the record")->required();
    settles->callback([&session, settled, retry] { session.run = [settled, retry](Session& run) { return settle_sendings(run, *settled, retry); }; });
}

void add_test_of_way(CLI::App& sendings, Session& session) {
    auto tested = std::make_shared<domain::TestWay>();
    CLI::App* tests = subcommand(sendings, "test", "send a word that is no alert, to see whether a way works; rightsdesk sendings list WAY --offering desk shows what became of it",
                                 "sendings test mail-desk --why 'after the change of servers' --as alice");
    tests->add_option("WAY", tested->way)->required();
    tests->add_option("--why", tested->why, "goes out with it");
    tests->callback([&session, tested] { session.run = [tested](Session& run) { return run.send(run.actor(), ServiceName::kNotification, *tested); }; });
}

}  // namespace

void add_sendings(CLI::App& app, Session& session) {
    CLI::App* sendings = subcommand(app, "sendings", "what goes outside because of alerts, by mail, webhook or to an Alertmanager: what became of it, and what to do where it stands still", "");
    sendings->require_subcommand(1);
    add_list_and_show(*sendings, session);
    for (const bool retry : {true, false}) add_settling(*sendings, session, retry);
    add_test_of_way(*sendings, session);
}

}  // namespace rightsdesk::tools
