#include "domain/silencing.h"

#include <algorithm>

#include "domain/alert_kinds.h"

namespace rightsdesk::domain {

namespace {

bool is_in_force(const Silence& silence, Instant now) { return now < silence.until && !silence.lifted_at; }

std::string too_long() { return "at most " + std::to_string(kMostWordsOfPeople) + " octets"; }

// The kind of the desk's own troubles that a prefix names: "alert/desk/critical/store_unreachable/". Nothing of others.
const AlertKindRow* trouble_in(std::string_view prefix) {
    std::string_view kind = prefix;
    for (int segment = 0; segment < 3; ++segment) {
        const auto slash = kind.find('/');
        if (slash == std::string_view::npos) return nullptr;
        kind.remove_prefix(slash + 1);
    }
    const AlertKindRow* row = find_alert_kind(kind.substr(0, kind.find('/')));
    return row != nullptr && row->nature == AlertNature::kHealth ? row : nullptr;
}

}  // namespace

std::string owner_of(const Alert& alert) { return alert.owner.empty() ? alert.acknowledged_by : alert.owner; }

Decision acknowledge_alert(const Book& book, const AcknowledgeAlert& command, const Context& context) {
    const Alert* alert = book.alert(command.number);
    if (alert == nullptr) return refuse("AcknowledgeAlert", alert_name(command.number), Refusal::kUnknownAlert, "");
    if (std::max(command.owner.size(), command.comment.size()) > kMostWordsOfPeople) {
        return refuse("AcknowledgeAlert", alert_name(command.number), Refusal::kValueUnusable, too_long());
    }
    const bool handed_over = !command.owner.empty() && command.owner != owner_of(*alert);
    if (!alert->acknowledged_by.empty() && !handed_over) {
        return refuse("AcknowledgeAlert", alert_name(command.number), Refusal::kAlreadyDecided, owner_of(*alert) + " has it in hand");
    }
    Decision decision;
    const std::string owner = command.owner.empty() ? context.person : command.owner;
    decision.add(AlertAcknowledged{command.number, context.person, owner, command.comment, context.now});
    const Alert* escalated = book.alert(alert->escalates);
    if (escalated != nullptr && escalated->acknowledged_by.empty()) decision.add(AlertAcknowledged{escalated->number, context.person, owner, command.comment, context.now});
    return decision;
}

Decision silence_alerts(const Book& book, const SilenceAlerts& command, const Context& context) {
    const std::string own = "alert/" + book.log() + "/";
    const auto refused = [&](const std::string& detail) { return refuse("SilenceAlerts", silence_name(command.prefix), Refusal::kValueUnusable, detail); };
    if (!command.prefix.starts_with(own)) return refused("the prefix must start with " + own);
    if (const AlertKindRow* trouble = trouble_in(command.prefix)) {
        return refused(base::to_text(trouble->kind) + " is a trouble of the desk itself: it is told from memory, without the store, until it is over, and cannot be silenced");
    }
    if (command.until <= context.now) return refused("until must lie ahead");
    if (command.why.empty()) return refused("a silence needs a reason");
    if (command.why.size() > kMostWordsOfPeople) return refused(too_long());
    Decision decision;
    return decision.add(AlertsSilenced{Silence{command.prefix, command.until, context.person, command.why, context.now}});
}

Decision lift_silence(const Book& book, const LiftSilence& command, const Context& context) {
    const Silence* silence = book.silence(command.prefix);
    if (silence == nullptr || !is_in_force(*silence, context.now)) {
        return refuse("LiftSilence", silence_name(command.prefix), Refusal::kNothingToDo, "no silence of that prefix is in force");
    }
    Decision decision;
    return decision.add(SilenceLifted{command.prefix, context.person, command.why, context.now});
}

const Silence* silence_of(const Book& book, const Alert& alert, Instant now) {
    const std::string topic = alert_topic(book.log(), alert);
    for (const std::string& prefix : book.silence_prefixes()) {
        const Silence* silence = book.silence(prefix);
        if (topic.starts_with(prefix) && is_in_force(*silence, now)) return silence;
    }
    return nullptr;
}

std::vector<Silence> silences_in_force(const Book& book, Instant now) {
    std::vector<Silence> silences;
    for (const std::string& prefix : book.silence_prefixes()) {
        if (const Silence& silence = *book.silence(prefix); is_in_force(silence, now)) silences.push_back(silence);
    }
    return silences;
}

bool is_silenced(const Book& book, const Alert& alert, Instant now) { return silence_of(book, alert, now) != nullptr; }

}  // namespace rightsdesk::domain
