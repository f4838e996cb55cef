// rightsdesk alerts list|show|kinds|acknowledge|silence|unsilence|history: which alerts there are, and what people do about them.
#include "domain/alert_kinds.h"
#include "domain/civil.h"
#include "domain/grouping.h"
#include "domain/silencing.h"
#include "telling/alert_text.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"
#include "store/whole_log.h"
#include "wire/wire.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

runtime::Json kind_document(const domain::AlertKindRow& row) {
    return {{"kind", base::to_text(row.kind)},
            {"nature", base::to_text(row.nature)},
            {"severity", base::to_text(row.severity)},
            {"worse", row.worse ? runtime::Json(base::to_text(*row.worse)) : runtime::Json()},
            {"worse_when", std::string(row.worse_when)},
            {"acknowledge_within", row.acknowledge_within},
            {"meaning", std::string(row.meaning)},
            {"whom", std::string(row.whom)},
            {"next", std::string(row.next)},
            {"too_late", std::string(row.too_late)},
            {"resolved_by", std::string(row.resolved_by)}};
}

void print_kind(std::ostream& out, const domain::AlertKindRow& row) {
    out << base::to_text(row.kind) << "  " << to_text(row.severity);
    if (row.worse) out << ", " << to_text(*row.worse) << " " << row.worse_when;
    out << (row.nature == domain::AlertNature::kReminder ? "  a reminder" : row.nature == domain::AlertNature::kHealth ? "  the desk's health" : "") << "\n";
    if (row.acknowledge_within > 0) print_row(out, "in hand within", std::to_string(row.acknowledge_within) + " minutes where it is critical; else alert_unacknowledged");
    print_row(out, "means", std::string(row.meaning));
    print_row(out, "whom", std::string(row.whom));
    print_row(out, "next", std::string(row.next));
    print_row(out, "too late", std::string(row.too_late));
    print_row(out, "ends by", std::string(row.resolved_by));
}

Exit list_kinds(Session& session, const std::string& wanted) {
    if (!wanted.empty() && domain::find_alert_kind(wanted) == nullptr) {
        throw Ending{Exit::kUnusable, "'" + wanted + "' is no kind of alert; rightsdesk alerts kinds names them"};
    }
    runtime::Json answer = runtime::Json::array();
    for (const domain::AlertKindRow& row : domain::alert_kinds()) {
        if (!wanted.empty() && base::to_text(row.kind) != wanted) continue;
        if (session.json) answer.push_back(kind_document(row));
        else print_kind(session.out, row);
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    return Exit::kGood;
}

void add_kinds(CLI::App& alerts, Session& session) {
    auto wanted = std::make_shared<std::string>();
    auto markdown = std::make_shared<bool>(false);
    CLI::App* kinds = subcommand(alerts, "kinds", "every kind of alert there is: its severity, what it means, whom it concerns, what to do, by when it is too late, what resolves it",
                                 "alerts kinds payment_bounced");
    kinds->add_option("KIND", *wanted, "this one alone");
    kinds->add_flag("--markdown", *markdown, "the whole table as services/notification/README.md has it");
    kinds->callback([&session, wanted, markdown] {
        session.run = [wanted, markdown](Session& run) {
            if (!*markdown) return list_kinds(run, *wanted);
            run.out << domain::alert_kinds_text();
            return Exit::kGood;
        };
    });
}

// ---- what there is ----

struct AlertFilter {
    std::string log;         // an offering, or desk; empty: all
    std::string kind;
    std::string severity;
    bool all = false;        // those that are resolved too
    bool each = false;       // a line for every one of a group
    bool nobodys = false;    // those that nobody has in hand alone

    [[nodiscard]] bool takes(const domain::Alert& alert) const {
        if (!all && alert.resolved_at) return false;
        if (nobodys && !alert.acknowledged_by.empty()) return false;
        return (kind.empty() || alert.kind == kind) && (severity.empty() || base::to_text(alert.severity) == severity);
    }
};

const domain::Book& book_of(const runtime::Books& books, const std::string& log) { return *books_of(books, log).front(); }

std::vector<domain::Alert> alerts_of(const domain::Book& book, const AlertFilter& filter) {
    std::vector<domain::Alert> alerts;
    for (std::uint64_t number = 1; number <= book.last_alert(); ++number) {
        if (const domain::Alert* alert = book.alert(number); alert != nullptr && filter.takes(*alert)) alerts.push_back(*alert);
    }
    return alerts;
}

void print_standing(std::ostream& out, const domain::Book& book, const domain::Alert& alert, domain::Instant now) {
    out << book.log() << " #" << alert.number << "  " << base::to_text(alert.severity) << "  " << alert.kind << "  " << alert.subject << "  " << standing_of(book, alert, now);
    if (alert.too_late_at && !alert.resolved_at) out << "  too late at " << domain::instant_text(*alert.too_late_at);
    out << "\n";
}

// A group in two lines: its first, and which others.
void print_group(std::ostream& out, const domain::Book& book, const domain::AlertGroup& group, domain::Instant now) {
    print_standing(out, book, group.alerts.front(), now);
    if (group.alerts.size() == 1) return;
    std::string numbers;
    for (std::size_t at = 1; at < group.alerts.size(); ++at) numbers += " #" + std::to_string(group.alerts[at].number);
    out << "  and " << group.alerts.size() - 1 << " more, until " << domain::instant_text(group.alerts.back().raised_at) << ":" << numbers << "\n";
}

void print_silence(std::ostream& out, const domain::Silence& silence) {
    out << "silence " << silence.prefix << "  until " << domain::instant_text(silence.until) << "  by " << silence.by << (silence.why.empty() ? "" : ": " + silence.why) << "\n";
}

Exit list_alerts(Session& session, const AlertFilter& filter) {
    if (!filter.kind.empty() && domain::find_alert_kind(filter.kind) == nullptr) {
        throw Ending{Exit::kUnusable, "'" + filter.kind + "' is no kind of alert; rightsdesk alerts kinds names them"};
    }
    if (!filter.severity.empty()) one_of<domain::Severity>(filter.severity, "severity");
    const auto books = must(session.suite().read_books());
    const domain::Instant now = session.stamp_or_now("");
    runtime::Json answer{{"alerts", runtime::Json::array()}, {"silences", runtime::Json::array()}};
    std::size_t shown = 0;
    for (const domain::Book* book : books_of(*books, filter.log)) {
        const std::vector<domain::Alert> alerts = alerts_of(*book, filter);
        shown += alerts.size();
        if (session.json || filter.each) {
            for (const domain::Alert& alert : alerts) {
                if (session.json) answer["alerts"].push_back(document_of(book->log(), alert));
                else print_standing(session.out, *book, alert, now);
            }
        } else {
            for (const domain::AlertGroup& group : domain::grouped_alerts(alerts)) print_group(session.out, *book, group, now);
        }
        for (const domain::Silence& silence : domain::silences_in_force(*book, now)) {
            if (session.json) answer["silences"].push_back(runtime::to_json(silence));
            else print_silence(session.out, silence);
        }
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    else if (shown == 0) session.out << (filter.all ? "there is no such alert" : "no such alert is open (--all shows those that are resolved)") << "\n";
    return Exit::kGood;
}

// An alert of a log.
struct NumberedAlert {
    std::uint64_t number = 0;
    std::string log;
};

const domain::Alert& alert_of(const domain::Book& book, std::uint64_t number) {
    const domain::Alert* alert = book.alert(number);
    if (alert == nullptr) throw Ending{Exit::kUnusable, book.log() + " has no alert " + std::to_string(number) + "; rightsdesk alerts list " + book.log() + " --all names them"};
    return *alert;
}

// What the log says of its alerts, or of one and the silences that cover it, oldest first.
void tell_history(Session& session, const domain::Book& book, const domain::Alert* of, runtime::Json& answer) {
    const std::string topic = of == nullptr ? "" : domain::alert_topic(book.log(), *of);
    must(store::read_to_end(*must(session.suite().store()), book.log(), 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
        auto record = wire::decode_record(stored.record, nullptr);
        if (!record) return base::failure(base::ErrorKind::kCorrupt, book.log() + " record " + std::to_string(stored.sequence) + ": " + record.error().message);
        const auto told = told_of_alerts(record->event);
        if (!told || (of != nullptr && !concerns_alert(record->event, of->number, topic))) return true;
        if (session.json) {
            answer.push_back({{"log", book.log()}, {"sequence", stored.sequence}, {"at", domain::instant_text(record->at)}, {"told", *told}});
            answer.back()["event"] = runtime::to_json(record->event);
        } else {
            session.out << domain::instant_text(record->at) << "  " << book.log() << "  " << *told << "\n";
        }
        return true;
    }));
}

Exit show_alert(Session& session, const NumberedAlert& wanted) {
    const std::string log = session.offering_or_only(wanted.log);
    const auto books = must(session.suite().read_books());
    const domain::Book& book = book_of(*books, log);
    const domain::Alert& alert = alert_of(book, wanted.number);
    runtime::Json history = runtime::Json::array();
    if (!session.json) {
        print_alert(session.out, log, alert);
        print_row(session.out, "stands", standing_of(book, alert, session.stamp_or_now("")));
    }
    tell_history(session, book, &alert, history);
    if (!session.json) return Exit::kGood;
    runtime::Json document = document_of(log, alert);
    document["history"] = history;
    session.out << runtime::json_text(document) << "\n";
    return Exit::kGood;
}

Exit show_history(Session& session, const NumberedAlert& wanted) {
    const auto books = must(session.suite().read_books());
    const std::string log = wanted.number == 0 ? wanted.log : session.offering_or_only(wanted.log);
    runtime::Json history = runtime::Json::array();
    for (const domain::Book* book : books_of(*books, log)) tell_history(session, *book, wanted.number == 0 ? nullptr : &alert_of(*book, wanted.number), history);
    if (session.json) session.out << runtime::json_text(history) << "\n";
    return Exit::kGood;
}

void add_shown(CLI::App& alerts, Session& session) {
    auto filter = std::make_shared<AlertFilter>();
    CLI::App* lists = subcommand(alerts, "list", "the alerts that are open, a line each, and the silences in force. Three and more of one kind that came within ten minutes are one group: its first, "
                               "and the numbers of the others", "alerts list rare-medium-2002 --severity critical --nobodys");
    lists->add_option("LOG", filter->log, "an offering, or desk; else all");
    lists->add_option("--kind", filter->kind, "rightsdesk alerts kinds names them");
    lists->add_option("--severity", filter->severity, "info, warning or critical");
    lists->add_flag("--all", filter->all, "those that are resolved too");
    lists->add_flag("--each", filter->each, "a line for every one of a group");
    lists->add_flag("--nobodys", filter->nobodys, "only what nobody has in hand");
    lists->callback([&session, filter] { session.run = [filter](Session& run) { return list_alerts(run, *filter); }; });

    auto shown = std::make_shared<NumberedAlert>();
    CLI::App* shows = subcommand(alerts, "show", "one alert whole: what happened, whom it concerns, what to do, until when, who has it in hand, and its history",
                                 "alerts show 17 --offering rare-medium-2002");
    shows->add_option("NUMBER", shown->number)->required();
    shows->add_option("--offering", shown->log, "whose alert it is, or desk; needed where several are open");
    shows->callback([&session, shown] { session.run = [shown](Session& run) { return show_alert(run, *shown); }; });

    auto past = std::make_shared<NumberedAlert>();
    CLI::App* history = subcommand(alerts, "history", "all that was told and done: raised, acknowledged, silenced, resolved, in the order of the log",
                                   "alerts history\n  rightsdesk alerts history 17 --offering rare-medium-2002");
    history->add_option("NUMBER", past->number, "of this one, and of the silences that covered it; else of all");
    history->add_option("--offering", past->log, "an offering, or desk; with a number needed where several are open");
    history->callback([&session, past] { session.run = [past](Session& run) { return show_history(run, *past); }; });
}

// ---- what people do ----

// Sends a command about the alerts of the offering named, or of the only one.
template <class Command>
Exit send_about(Session& session, Command command) {
    command.offering = session.offering_or_only(command.offering);
    return session.send(session.actor(), ServiceName::kNotification, command);
}

void add_acknowledge(CLI::App& alerts, Session& session) {
    auto given = std::make_shared<domain::AcknowledgeAlert>();
    CLI::App* acknowledge = subcommand(alerts, "acknowledge",
                                       "say that somebody has an alert in hand: you, or the owner that you name. One that somebody has is handed over by naming another owner. It "
                                       "stays open until its cause goes",
                                       "alerts acknowledge 17 --comment 'the guarantor sends it again' --as alice\n  rightsdesk alerts acknowledge 17 --owner bob --as alice");
    acknowledge->add_option("NUMBER", given->number)->required();
    acknowledge->add_option("--offering", given->offering, "whose alert it is, or desk; needed where several are open");
    acknowledge->add_option("--owner", given->owner, "who has it in hand; else who sends this");
    acknowledge->add_option("--comment", given->comment, "what is being done about it, for the record: no holder's name");
    acknowledge->callback([&session, given] { session.run = [given](Session& run) { return send_about(run, *given); }; });
}

void add_silences(CLI::App& alerts, Session& session) {
    auto silence = std::make_shared<std::pair<domain::SilenceAlerts, std::string>>();
    CLI::App* silences = subcommand(alerts, "silence",
                                    "stop sending the alerts of a topic until a time, for a reason; they are still numbered and kept, and alerts list shows them and the silence",
                                    "alerts silence alert/rare-medium-2002/info/ --until 2002-06-28T18:00:00-04:00 --why 'a test of the mail room' --as alice");
    silences->add_option("PREFIX", silence->first.prefix, "of topics: alert/<log>/<severity>/<kind>/")->required();
    silences->add_option("--offering", silence->first.offering, "whose alerts, or desk; needed where several are open");
    silences->add_option("--until", silence->second, "ISO 8601, with its offset")->required();
    silences->add_option("--why", silence->first.why, "for the record")->required();
    silences->callback([&session, silence] {
        session.run = [silence](Session& run) {
            if (silence->first.why.empty()) throw Ending{Exit::kUnusable, "--why: a silence needs a reason"};
            silence->first.until = instant_from(silence->second);
            return send_about(run, silence->first);
        };
    });

    auto lifted = std::make_shared<domain::LiftSilence>();
    CLI::App* lifts = subcommand(alerts, "unsilence", "end a silence before its time; alerts that come from now on are sent again, and alerts list shows those that came meanwhile",
                                 "alerts unsilence alert/rare-medium-2002/info/ --why 'the test is over' --as alice");
    lifts->add_option("PREFIX", lifted->prefix, "as it was silenced; alerts list shows it")->required();
    lifts->add_option("--offering", lifted->offering, "whose alerts, or desk; needed where several are open");
    lifts->add_option("--why", lifted->why, "for the record");
    lifts->callback([&session, lifted] { session.run = [lifted](Session& run) { return send_about(run, *lifted); }; });
}

}  // namespace

void add_alerts(CLI::App& app, Session& session) {
    CLI::App* alerts = subcommand(app, "alerts", "alerts: which are open and what is to be done; acknowledge, silence; every kind there is, and the history of all", "");
    alerts->alias("alert");  // as it was called before there was more to do about them
    alerts->require_subcommand(1);
    add_shown(*alerts, session);
    add_acknowledge(*alerts, session);
    add_silences(*alerts, session);
    add_kinds(*alerts, session);
}

}  // namespace rightsdesk::tools
