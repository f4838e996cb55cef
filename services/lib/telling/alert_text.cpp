#include "telling/alert_text.h"

#include <ostream>

#include "domain/civil.h"
#include "domain/silencing.h"
#include "telling/text_row.h"

namespace rightsdesk::telling {

namespace {

std::string after_colon(const std::string& text) { return text.empty() ? "" : ": " + text; }

struct AlertTelling {
    std::optional<std::string> operator()(const domain::AlertRaised& event) const {
        const domain::Alert& alert = event.alert;
        return "#" + std::to_string(alert.number) + " raised: " + base::to_text(alert.severity) + " " + alert.kind + ", " + alert.subject + (alert.held_since ? ", held while the offering is suspended" : "") +
               (alert.silenced.empty() ? "" : ", not sent: silenced") + after_colon(alert.what);
    }
    std::optional<std::string> operator()(const domain::AlertResolved& event) const { return "#" + std::to_string(event.number) + " resolved" + after_colon(event.why); }
    std::optional<std::string> operator()(const domain::AlertAcknowledged& event) const {
        const bool other = !event.owner.empty() && event.owner != event.by;
        return "#" + std::to_string(event.number) + " acknowledged by " + event.by + (other ? ", " + event.owner + " has it in hand" : "") + after_colon(event.comment);
    }
    std::optional<std::string> operator()(const domain::AlertReleased& event) const {
        return "#" + std::to_string(event.number) + " sent: it was held while the offering was suspended";
    }
    std::optional<std::string> operator()(const domain::AlertsSilenced& event) const {
        const domain::Silence& silence = event.silence;
        return silence.prefix + " silenced by " + silence.by + " until " + domain::instant_text(silence.until) + after_colon(silence.why);
    }
    std::optional<std::string> operator()(const domain::SilenceLifted& event) const { return "the silence of " + event.prefix + " lifted by " + event.by + after_colon(event.why); }
    template <class Other>
    std::optional<std::string> operator()(const Other&) const { return std::nullopt; }
};

}  // namespace

std::string standing_of(const domain::Book& book, const domain::Alert& alert, domain::Instant now) {
    if (alert.resolved_at) return "resolved";
    if (const std::string owner = domain::owner_of(alert); !owner.empty()) return owner + " has it in hand";
    if (alert.held_since) return "held while the offering is suspended";
    const domain::Silence* silence = domain::silence_of(book, alert, now);
    return silence == nullptr ? "open" : "silenced until " + domain::instant_text(silence->until);
}

void print_alert(std::ostream& out, const std::string& log, const domain::Alert& alert) {
    const std::string owner = domain::owner_of(alert);
    out << log << " #" << alert.number << "  " << domain::instant_text(alert.raised_at) << "  " << base::to_text(alert.severity) << "  " << alert.kind << "  " << alert.subject
        << (alert.resolved_at ? "  RESOLVED" : alert.held_since ? "  HELD" : "") << (alert.acknowledged_by.empty() ? "" : "  acknowledged by " + alert.acknowledged_by) << "\n";
    print_row(out, "what", alert.what);
    print_row(out, "whom", alert.whom);
    print_row(out, "next", alert.next);
    if (alert.too_late_at) print_row(out, "too late at", domain::instant_text(*alert.too_late_at));
    if (alert.escalated_by != 0) print_row(out, "told again", "nobody acknowledged it in time: #" + std::to_string(alert.escalated_by));
    else if (alert.acknowledge_by && owner.empty() && !alert.resolved_at) print_row(out, "in hand by", domain::instant_text(*alert.acknowledge_by));
    if (!owner.empty()) print_row(out, "in hand", owner + (alert.acknowledged_at ? " since " + domain::instant_text(*alert.acknowledged_at) : "") + after_colon(alert.comment));
    if (alert.resolved_at) print_row(out, "resolved", domain::instant_text(*alert.resolved_at) + after_colon(alert.resolved_because));
    out << std::flush;
}

void print_member(std::ostream& out, const std::string& log, const domain::Alert& alert) {
    out << log << " #" << alert.number << "  with #" << alert.group << "  " << alert.subject << (alert.resolved_at ? "  RESOLVED" : alert.held_since ? "  HELD" : "")
        << (alert.acknowledged_by.empty() ? "" : "  acknowledged by " + alert.acknowledged_by) << after_colon(alert.what) << std::endl;
}

runtime::Json document_of(const std::string& log, const domain::Alert& alert) {
    runtime::Json document{{"log", log}, {"topic", domain::alert_topic(log, alert)}};
    document.update(runtime::to_json(alert));
    return document;
}

std::optional<std::string> told_of_alerts(const domain::Event& event) { return std::visit(AlertTelling{}, event); }

bool concerns_alert(const domain::Event& event, std::uint64_t number, const std::string& topic) {
    if (const auto* raised = std::get_if<domain::AlertRaised>(&event)) return raised->alert.number == number || raised->alert.escalates == number;
    if (const auto* resolved = std::get_if<domain::AlertResolved>(&event)) return resolved->number == number;
    if (const auto* acknowledged = std::get_if<domain::AlertAcknowledged>(&event)) return acknowledged->number == number;
    if (const auto* released = std::get_if<domain::AlertReleased>(&event)) return released->number == number;
    if (const auto* silenced = std::get_if<domain::AlertsSilenced>(&event)) return topic.starts_with(silenced->silence.prefix);
    const auto* lifted = std::get_if<domain::SilenceLifted>(&event);
    return lifted != nullptr && topic.starts_with(lifted->prefix);
}

}  // namespace rightsdesk::telling
