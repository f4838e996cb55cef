// rightsdesk alerts kinds|acknowledge|silence: which alerts there are, and what people do about them.
#include "domain/alert_kinds.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using domain::ServiceName;

namespace {

runtime::Json document_of(const domain::AlertKindRow& row) {
    return {{"kind", base::to_text(row.kind)},
            {"nature", base::to_text(row.nature)},
            {"severity", base::to_text(row.severity)},
            {"worse", row.worse ? runtime::Json(base::to_text(*row.worse)) : runtime::Json()},
            {"worse_when", std::string(row.worse_when)},
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
        if (session.json) answer.push_back(document_of(row));
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

void add_answers(CLI::App& alerts, Session& session) {
    auto acknowledgement = std::make_shared<domain::AcknowledgeAlert>();
    CLI::App* acknowledge = subcommand(alerts, "acknowledge", "say that you have an alert in hand", "alerts acknowledge 17 --offering rare-medium-2002 --as alice");
    acknowledge->add_option("NUMBER", acknowledgement->number)->required();
    acknowledge->add_option("--offering", acknowledgement->offering, "whose alert it is, or desk; needed where several are open");
    acknowledge->callback([&session, acknowledgement] {
        session.run = [acknowledgement](Session& run) {
            acknowledgement->offering = run.offering_or_only(acknowledgement->offering);
            return run.send(run.actor(), ServiceName::kNotification, *acknowledgement);
        };
    });

    auto silence = std::make_shared<std::pair<domain::SilenceAlerts, std::string>>();
    CLI::App* silences = subcommand(alerts, "silence", "stop sending the alerts of a topic until a time; they are still numbered and kept",
                                    "alerts silence alert/rare-medium-2002/info/ --until 2002-06-28T18:00:00-04:00 --as alice");
    silences->add_option("PREFIX", silence->first.prefix, "of topics: alert/<log>/<severity>/<kind>/")->required();
    silences->add_option("--offering", silence->first.offering, "whose alerts, or desk; needed where several are open");
    silences->add_option("--until", silence->second, "ISO 8601, with its offset")->required();
    silences->callback([&session, silence] {
        session.run = [silence](Session& run) {
            silence->first.offering = run.offering_or_only(silence->first.offering);
            silence->first.until = instant_from(silence->second);
            return run.send(run.actor(), ServiceName::kNotification, silence->first);
        };
    });
}

}  // namespace

void add_alerts(CLI::App& app, Session& session) {
    CLI::App* alerts = subcommand(app, "alerts", "alerts: which kinds there are; acknowledge, silence", "");
    alerts->alias("alert");  // as it was called before there was more to do about them
    alerts->require_subcommand(1);
    add_kinds(*alerts, session);
    add_answers(*alerts, session);
}

}  // namespace rightsdesk::tools
