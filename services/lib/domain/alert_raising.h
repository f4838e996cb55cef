// Raising and resolving, as one record's alerts need it: once a cause, numbered after the book's last.
#pragma once

#include <map>
#include <set>
#include <string>

#include "domain/alert_wording.h"
#include "domain/decision.h"

namespace rightsdesk::domain {

class AlertRaising {
public:
    AlertRaising(const Book& book, const Context& context) : book_(book), context_(context), last_(book.last_alert()) {}

    // What was raised and resolved, in order.
    Decision decision() && { return std::move(decision_); }

protected:
    // Once a cause: nothing while an alert of that cause is open.
    void raise(const std::string& cause, const std::string& subject, const Wording& wording, std::optional<Instant> too_late_at = std::nullopt) {
        if (is_open(cause)) return;
        Alert alert;
        alert.number = ++last_;
        alert.severity = wording.kind.severity;
        alert.kind = base::to_text(wording.kind.kind);
        alert.subject = subject;
        alert.cause = cause;
        alert.what = wording.what;
        alert.whom = wording.whom;
        alert.next = wording.next;
        alert.too_late_at = too_late_at;
        alert.raised_at = context_.now;
        const std::string topic = alert_topic(book_.log(), alert);
        const auto before = last_on_topic_.find(topic);
        alert.previous_on_topic = before == last_on_topic_.end() ? book_.last_alert_on(topic) : before->second;
        last_on_topic_[topic] = alert.number;
        raised_.insert(cause);
        decision_.add(AlertRaised{alert});
    }

    // The same, for what changes while it lasts: an open alert that no longer says what is the matter gives way to one that does.
    void raise_as_it_is_now(const std::string& cause, const std::string& subject, const Wording& wording, std::optional<Instant> too_late_at) {
        const Alert* open = is_open(cause) ? book_.alert(book_.open_alert_of(cause)) : nullptr;
        if (open != nullptr && (open->what != wording.what || open->kind != base::to_text(wording.kind.kind) || open->too_late_at != too_late_at)) {
            resolve(cause, "alert " + std::to_string(last_ + 1) + " says what it is now");
        }
        raise(cause, subject, wording, too_late_at);
    }

    void resolve(const std::string& cause, const std::string& why) {
        const std::uint64_t number = book_.open_alert_of(cause);
        if (number == 0 || !resolved_.insert(cause).second) return;
        decision_.add(AlertResolved{number, why, context_.now, true});
    }

    [[nodiscard]] bool is_open(const std::string& cause) const {
        return raised_.contains(cause) || (book_.open_alert_of(cause) != 0 && !resolved_.contains(cause));
    }

    const Book& book_;
    const Context& context_;

private:
    std::uint64_t last_;
    std::map<std::string, std::uint64_t> last_on_topic_;
    std::set<std::string> raised_, resolved_;  // causes, by this record
    Decision decision_;
};

}  // namespace rightsdesk::domain
