// rightsdesk status: do the services answer, and are they well?
#include "rightsdesk/session.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

namespace {

Exit status(Session& session, int patience_seconds) {
    nlohmann::ordered_json answer = nlohmann::ordered_json::array();
    Exit worst = Exit::kGood;
    for (const std::string& name : base::enum_texts<domain::ServiceName>()) {
        const auto door = *base::enum_from_text<domain::ServiceName>(name);
        const auto reply = session.suite().ask("reader", door, domain::AskHealth{}, std::chrono::seconds(patience_seconds));
        domain::HealthStatus health{name, "", false, {reply ? "the door answered something else" : "no answer: " + reply.error().message}};
        if (reply) {
            if (const auto* told = std::get_if<domain::HealthStatus>(&reply->body)) health = *told;
        } else {
            worst = Exit::kUnavailable;
        }
        if (!health.healthy && worst == Exit::kGood) worst = Exit::kFailed;
        answer.push_back(runtime::to_json(health));
        if (session.json) continue;
        session.out << name << ": " << (health.healthy ? "well" : "not well") << "\n";
        for (const std::string& problem : health.problems) session.out << "  " << problem << "\n";
    }
    if (session.json) session.out << answer.dump(2) << "\n";
    return worst;
}

}  // namespace

void add_status(CLI::App& app, Session& session) {
    auto wait = std::make_shared<int>(2);
    CLI::App* command = subcommand(app, "status", "whether the four services answer and are well; exit 3 when one does not answer", "status --wait 20");
    command->add_option("--wait", *wait, "seconds to wait for each")->capture_default_str()->check(CLI::Range(1, 600));
    command->callback([&session, wait] { session.run = [wait](Session& run) { return status(run, *wait); }; });
}

}  // namespace rightsdesk::tools
