#include "domain/inhibiting.h"

#include "domain/alert_kinds.h"
#include "domain/escalating.h"

namespace rightsdesk::domain {

namespace {

// What reminded of an instant that lay ahead reminds of nothing once it has passed: what comes of that is told by itself. One that was raised
// because the instant had passed stays true.
bool is_over(const Alert& alert, Instant now) { return alert.too_late_at && alert.raised_at < *alert.too_late_at && *alert.too_late_at <= now; }

bool is_suspended(const Book& book) { return book.life() != nullptr && book.life()->suspension.has_value(); }

}  // namespace

bool is_inhibited(const Book& book, const std::string& kind) {
    const AlertKindRow* row = find_alert_kind(kind);
    return row != nullptr && row->nature == AlertNature::kReminder && is_suspended(book);
}

Decision release_held(const Book& book, const Context& context) {
    Decision decision;
    if (is_suspended(book)) return decision;
    for (const std::uint64_t number : book.held_alerts()) {
        if (decision.events.size() >= context.most_effects) break;
        const Alert& alert = *book.alert(number);
        if (is_over(alert, context.now)) {
            decision.add(AlertResolved{number, "what it reminded of came while the offering was suspended", context.now, true});
        } else {
            decision.add(AlertReleased{number, context.now, acknowledge_by(alert, context.now)});
        }
    }
    if (!decision.events.empty() && book.life() != nullptr) decision.reads = {life_name()};
    return decision;
}

}  // namespace rightsdesk::domain
