#include "notification/notification.h"

#include <algorithm>

#include "domain/alerting.h"
#include "domain/escalating.h"
#include "domain/inhibiting.h"
#include "domain/sending_intents.h"
#include "domain/silencing.h"
#include "runtime/exposition.h"

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

template <class Message>
constexpr bool kIsAboutAlerts = std::is_same_v<Message, AcknowledgeAlert> || std::is_same_v<Message, SilenceAlerts> || std::is_same_v<Message, LiftSilence> ||
                               std::is_same_v<Message, SettleSending>;

}  // namespace

std::string Notification::route(const runtime::Surroundings& around, const Command& command) const {
    return std::visit(
        [&]<class Message>(const Message& message) {
            if constexpr (kIsAboutAlerts<Message>) return log_of(around.books, message.offering);
            else return std::string(kDesk);
        },
        command);
}

Decision Notification::decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) {
    Decision decision = decide_about_alerts(around.books.book(log), command, context);
    add_sendings(around.books.book(log), outside_.ways(), context, decision);
    return decision;
}

Decision Notification::decide_about_alerts(const Book& book, const Command& command, const Context& context) {
    return std::visit(
        [&]<class Message>(const Message& message) -> Decision {
            if constexpr (kIsAboutAlerts<Message>) {
                if (message.offering != book.log()) return refuse(std::string(base::type_name(command)), "", Refusal::kUnknownOffering, message.offering);
            }
            if constexpr (std::is_same_v<Message, AcknowledgeAlert>) return acknowledge_alert(book, message, context);
            else if constexpr (std::is_same_v<Message, SilenceAlerts>) return silence_alerts(book, message, context);
            else if constexpr (std::is_same_v<Message, LiftSilence>) return lift_silence(book, message, context);
            else if constexpr (std::is_same_v<Message, SettleSending>) return settle_sending(book, message, context);
            else if constexpr (std::is_same_v<Message, TestWay>) return test_way(book, outside_.ways(), message, context);
            else return refuse(std::string(base::type_name(command)), "", Refusal::kWrongDoor, "this is notification's");
        },
        command);
}

Decision Notification::react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const Record& record,
                             const Context& context) {
    if (source != target) return {};  // what the desk records raises alerts in the desk's own log
    Decision decision = alerts_for(around.books.book(target), record, context);
    add_sendings(around.books.book(target), outside_.ways(), context, decision);
    return decision;
}

Decision Notification::due(const runtime::Surroundings& around, const std::string& log, const Context& context) {
    const Book& book = around.books.book(log);
    for (const auto alerts_due : {release_held, escalations_due}) {
        Decision decision = alerts_due(book, context);
        if (decision.events.empty()) continue;
        add_sendings(book, outside_.ways(), context, decision);
        return decision;
    }
    Decision standing = way_alerts_due(book, outside_.ways(), context);
    add_sendings(book, outside_.ways(), context, standing);
    if (!standing.events.empty()) return standing;
    if (book.is_desk()) {
        Decision recorded = troubles_.due(book, context);
        if (!recorded.events.empty()) return recorded;
    }
    return outside_.due(book, context);
}

void Notification::tell(const runtime::Books& books, Instant now, runtime::Figures& figures) {
    CountsByWay counts = counts_of_troubles_();
    outside_.count_attempts(counts);
    outside_.count(books.desk, now, counts);
    for (const auto& [id, book] : books.offerings) outside_.count(*book, now, counts);
    for (const auto& [way, of_way] : counts) {
        for (const std::string& outcome : base::enum_texts<SendingOutcome>()) {
            const auto found = of_way.attempts.find(*base::enum_from_text<SendingOutcome>(outcome));
            figures.add(runtime::MetricKind::kSendingAttemptsTotal, found == of_way.attempts.end() ? 0.0 : static_cast<double>(found->second), {way, outcome});
        }
        figures.add(runtime::MetricKind::kSendingsWaiting, static_cast<double>(of_way.waiting), {way});
        figures.add(runtime::MetricKind::kSendingsOldestWaitingSeconds, of_way.oldest_seconds, {way});
        figures.add(runtime::MetricKind::kSendingsLimited, static_cast<double>(of_way.limited), {way});
        figures.add(runtime::MetricKind::kSendingsRefused, static_cast<double>(of_way.refused), {way});
    }
}

runtime::Answer Notification::answer(const runtime::Surroundings& around, const Question& question) {
    const auto* replay = std::get_if<ReplayAlerts>(&question);
    if (replay == nullptr) return runtime::wrong_door();
    return page_of(around.books.book(log_of(around.books, replay->offering)), *replay);
}

}  // namespace rightsdesk::notification
