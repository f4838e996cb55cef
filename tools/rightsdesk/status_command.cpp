// rightsdesk status: do the services answer, every instance of each, and are they well?
#include "base/texts.h"
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

domain::HealthStatus health_of(Session& session, const std::string& service, const std::string& instance, std::chrono::seconds patience, Exit& worst) {
    const auto door = *base::enum_from_text<domain::ServiceName>(service);
    const auto reply = session.suite().ask("reader", door, domain::AskHealth{}, patience, instance);
    domain::HealthStatus health{service, instance, false, {reply ? "the door answered something else" : "no answer: " + reply.error().message}};
    if (reply) {
        if (const auto* told = std::get_if<domain::HealthStatus>(&reply->body)) health = *told;
    } else {
        worst = Exit::kUnavailable;
    }
    if (!health.healthy && worst == Exit::kGood) worst = Exit::kFailed;
    return health;
}

Exit status(Session& session, std::chrono::seconds patience) {
    nlohmann::ordered_json answer = nlohmann::ordered_json::array();
    Exit worst = Exit::kGood;
    for (const std::string& service : base::enum_texts<domain::ServiceName>()) {
        const auto instances = session.suite().config().services.at(service).instances();
        for (const runtime::InstanceEndpoints& instance : instances) {
            const domain::HealthStatus health = health_of(session, service, instance.name, patience, worst);
            answer.push_back(runtime::to_json(health));
            if (session.json) continue;
            // Which of several acts on a log matters; one alone acts on all.
            const std::string holds = instances.size() < 2 || health.holds.empty() ? "" : ", acts on " + base::joined(health.holds);
            session.out << runtime::process_name(health.service, health.instance) << ": " << (health.healthy ? "well" : "not well") << holds << "\n";
            for (const std::string& problem : health.problems) session.out << "  " << problem << "\n";
        }
    }
    if (session.json) session.out << runtime::json_text(answer) << "\n";
    return worst;
}

}  // namespace

void add_status(CLI::App& app, Session& session) {
    auto wait = std::make_shared<int>(2);
    CLI::App* command = subcommand(app, "status", "whether every instance of the four services answers and is well; exit 3 when one does not answer", "status --wait 20");
    command->add_option("--wait", *wait, "seconds to wait for each")->capture_default_str()->check(CLI::Range(1, 600));
    command->callback([&session, wait] { session.run = [wait](Session& run) { return status(run, std::chrono::seconds(*wait)); }; });
}

}  // namespace rightsdesk::tools
