#include "domain/escalating.h"

#include "domain/alert_raising.h"
#include "domain/civil.h"
#include "domain/inhibiting.h"
#include "domain/silencing.h"

namespace rightsdesk::domain {

namespace {

Wording wording_of_unacknowledged(const std::string& log, const Alert& alert) {
    const std::string number = std::to_string(alert.number);
    return {AlertKind::kAlertUnacknowledged,
            "nobody has alert " + number + " in hand, " + alert.kind + " of " + alert.subject + ", since " + instant_text(alert.raised_at) + ": " + alert.what,
            "who leads operations; " + alert.whom,
            "rightsdesk alerts acknowledge " + number + " --offering " + log + " --owner WHO --as YOU; what is to be done: " + alert.next};
}

class Escalating : public AlertRaising {
public:
    using AlertRaising::AlertRaising;

    void escalate(const Alert& alert) {
        raise(escalation_cause(alert.number), alert.subject, wording_of_unacknowledged(book_.log(), alert), alert.too_late_at, alert.number);
    }
};

}  // namespace

std::optional<Instant> acknowledge_by(const Alert& alert, Instant sent) {
    const AlertKindRow* row = find_alert_kind(alert.kind);
    if (row == nullptr || row->acknowledge_within == 0 || alert.severity != Severity::kCritical) return std::nullopt;
    return Instant(sent.value + row->acknowledge_within * kNanosecondsPerMinute);
}

std::string escalation_cause(std::uint64_t number) { return "unacknowledged/" + std::to_string(number); }

Decision escalations_due(const Book& book, const Context& context) {
    Escalating escalating(book, context);
    std::size_t changed = 0;
    for (const auto& [due, number] : book.unacknowledged_alerts()) {
        if (context.now < due || changed >= context.most_effects) break;
        const Alert& alert = *book.alert(number);
        if (is_inhibited(book, alert.kind) || is_silenced(book, alert, context.now)) continue;
        escalating.escalate(alert);
        changed += 2;  // it, and the alert that says so
    }
    return std::move(escalating).decision();
}

}  // namespace rightsdesk::domain
