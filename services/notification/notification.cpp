#include "notification/notification.h"

#include <algorithm>

#include "domain/alerting.h"
#include "domain/escalating.h"
#include "domain/inhibiting.h"
#include "domain/silencing.h"

namespace rightsdesk::notification {

using namespace domain;  // the handler is told in the domain's words

namespace {

std::string log_of(const runtime::Books& books, const OfferingId& id) { return books.offering(id) == nullptr ? std::string(kDesk) : id; }

AlertPage page_of(const Book& book, const ReplayAlerts& wanted) {
    AlertPage page;
    page.log = book.log();
    for (std::uint64_t number = std::max<std::uint64_t>(1, wanted.from); number <= book.last_alert(); ++number) {
        const Alert* alert = book.alert(number);
        if (alert == nullptr || !alert_topic(book.log(), *alert).starts_with(wanted.prefix)) continue;
        if (page.alerts.size() == kMaxAlertsPerPage) {
            page.more = true;
            break;
        }
        page.alerts.push_back(*alert);
    }
    return page;
}

}  // namespace

std::string Notification::route(const runtime::Surroundings& around, const Command& command) const {
    if (const auto* acknowledgement = std::get_if<AcknowledgeAlert>(&command)) return log_of(around.books, acknowledgement->offering);
    if (const auto* silence = std::get_if<SilenceAlerts>(&command)) return log_of(around.books, silence->offering);
    if (const auto* lifted = std::get_if<LiftSilence>(&command)) return log_of(around.books, lifted->offering);
    return kDesk;
}

Decision Notification::decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) {
    const Book& book = around.books.book(log);
    const auto unknown = [&](const OfferingId& id) { return id != log; };
    if (const auto* acknowledgement = std::get_if<AcknowledgeAlert>(&command)) {
        if (unknown(acknowledgement->offering)) return refuse("AcknowledgeAlert", "", Refusal::kUnknownOffering, acknowledgement->offering);
        return acknowledge_alert(book, *acknowledgement, context);
    }
    if (const auto* silence = std::get_if<SilenceAlerts>(&command)) {
        if (unknown(silence->offering)) return refuse("SilenceAlerts", "", Refusal::kUnknownOffering, silence->offering);
        return silence_alerts(book, *silence, context);
    }
    if (const auto* lifted = std::get_if<LiftSilence>(&command)) {
        if (unknown(lifted->offering)) return refuse("LiftSilence", "", Refusal::kUnknownOffering, lifted->offering);
        return lift_silence(book, *lifted, context);
    }
    return refuse(std::string(base::type_name(command)), "", Refusal::kWrongDoor, "this is notification's");
}

Decision Notification::react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const Record& record,
                             const Context& context) {
    if (source != target) return {};  // what the desk records raises alerts in the desk's own log
    return alerts_for(around.books.book(target), record, context);
}

Decision Notification::due(const runtime::Surroundings& around, const std::string& log, const Context& context) {
    const Book& book = around.books.book(log);
    Decision released = release_held(book, context);
    return released.events.empty() ? escalations_due(book, context) : released;
}

runtime::Answer Notification::answer(const runtime::Surroundings& around, const Question& question) {
    const auto* replay = std::get_if<ReplayAlerts>(&question);
    if (replay == nullptr) return runtime::wrong_door();
    return page_of(around.books.book(log_of(around.books, replay->offering)), *replay);
}

}  // namespace rightsdesk::notification
