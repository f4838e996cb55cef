#include "domain/silencing.h"

#include <algorithm>

namespace rightsdesk::domain {

Decision acknowledge_alert(const Book& book, const AcknowledgeAlert& command, const Context& context) {
    const Alert* alert = book.alert(command.number);
    if (alert == nullptr) return refuse("AcknowledgeAlert", alert_name(command.number), Refusal::kUnknownAlert, "");
    if (!alert->acknowledged_by.empty()) {
        return refuse("AcknowledgeAlert", alert_name(command.number), Refusal::kAlreadyDecided, "by " + alert->acknowledged_by);
    }
    Decision decision;
    return decision.add(AlertAcknowledged{command.number, context.person});
}

Decision silence_alerts(const Book& book, const SilenceAlerts& command, const Context& context) {
    const std::string own = "alert/" + book.log() + "/";
    if (!command.prefix.starts_with(own)) {
        return refuse("SilenceAlerts", silence_name(command.prefix), Refusal::kValueUnusable, "the prefix must start with " + own);
    }
    if (command.until <= context.now) return refuse("SilenceAlerts", silence_name(command.prefix), Refusal::kValueUnusable, "until must lie ahead");
    Decision decision;
    return decision.add(AlertsSilenced{Silence{command.prefix, command.until, context.person}});
}

bool is_silenced(const Book& book, const Alert& alert, Instant now) {
    const std::string topic = alert_topic(book.log(), alert);
    return std::any_of(book.silence_prefixes().begin(), book.silence_prefixes().end(), [&](const std::string& prefix) {
        return topic.starts_with(prefix) && now < book.silence(prefix)->until;
    });
}

}  // namespace rightsdesk::domain
