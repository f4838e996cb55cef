// Raising and resolving, as one record's alerts need it: once a cause, numbered after the book's last.
#pragma once

#include <string>

#include "domain/alert_pipeline.h"
#include "domain/alert_wording.h"
#include "domain/escalating.h"

namespace rightsdesk::domain {

class AlertRaising {
public:
    AlertRaising(const Book& book, const Context& context) : book_(book), context_(context), so_far_(book) {}

    // What was raised and resolved, in order.
    Decision decision() && { return std::move(so_far_.decision); }

protected:
    // Once a cause: nothing while an alert of that cause is open.
    void raise(const std::string& cause, const std::string& subject, const Wording& wording, std::optional<Instant> too_late_at = std::nullopt,
               std::uint64_t escalates = 0) {
        Alert draft;
        draft.severity = wording.kind.severity;
        draft.kind = base::to_text(wording.kind.kind);
        draft.subject = subject;
        draft.cause = cause;
        draft.what = wording.what;
        draft.whom = wording.whom;
        draft.next = wording.next;
        draft.too_late_at = too_late_at;
        draft.escalates = escalates;
        pass_on(book_, context_, std::move(draft), so_far_);
    }

    // The same, for what changes while it lasts: an open alert that no longer says what is the matter gives way to one that does.
    void raise_as_it_is_now(const std::string& cause, const std::string& subject, const Wording& wording, std::optional<Instant> too_late_at) {
        const Alert* open = is_open(cause) ? book_.alert(book_.open_alert_of(cause)) : nullptr;
        if (open != nullptr && (open->what != wording.what || open->kind != base::to_text(wording.kind.kind) || open->too_late_at != too_late_at)) {
            resolve(cause, "alert " + std::to_string(so_far_.last + 1) + " says what it is now");
        }
        raise(cause, subject, wording, too_late_at);
    }

    void resolve(const std::string& cause, const std::string& why) {
        const std::uint64_t number = book_.open_alert_of(cause);
        if (number == 0 || !so_far_.resolved.insert(cause).second) return;
        so_far_.decision.add(AlertResolved{number, why, context_.now, true});
        resolve(escalation_cause(number), why);  // with its alert
    }

    [[nodiscard]] bool is_open(const std::string& cause) const { return domain::is_open(book_, so_far_, cause); }

    const Book& book_;
    const Context& context_;

private:
    AlertsSoFar so_far_;
};

}  // namespace rightsdesk::domain
