#include "domain/desk_troubles.h"

#include <algorithm>

#include "domain/alert_kinds.h"
#include "domain/alert_raising.h"
#include "domain/civil.h"
#include "domain/sending_intents.h"

namespace rightsdesk::domain {

namespace {

const std::string kServiceSubject = "service/";

// "disk_nearly_full//var/documents/intake" of the service intake is the trouble "disk_nearly_full//var/documents".
std::string trouble_of(const Alert& alert) {
    const std::string teller = "/" + alert.subject.substr(std::min(alert.subject.size(), kServiceSubject.size()));
    return alert.cause.ends_with(teller) ? alert.cause.substr(0, alert.cause.size() - teller.size()) : alert.cause;
}

class TellingOfTroubles : public AlertRaising {
public:
    using AlertRaising::AlertRaising;

    void about(const std::string& cause, const Alert& heard) {
        const auto kind = base::enum_from_text<AlertKind>(heard.kind);
        if (kind) raise(cause, heard.subject, {*kind, heard.what, heard.whom, heard.next});
    }
    void over(const std::string& cause) { resolve(cause, "no process says so any more"); }
};

std::vector<const Alert*> standing_in(const Book& book) {
    std::vector<const Alert*> standing;
    for (std::uint64_t number = 1; number <= book.last_alert(); ++number) {
        const Alert* alert = book.alert(number);
        if (alert != nullptr && !alert->resolved_at) standing.push_back(alert);
    }
    return standing;
}

// Made where no store numbers them: the instant keeps them apart from those of a file that was lost.
void add_keys(const Book& book, const Context& context, Decision& decision) {
    for (Event& event : decision.events) {
        auto* intended = std::get_if<SendingsIntended>(&event);
        if (intended == nullptr) continue;
        for (Sending& sending : intended->sendings) {
            sending.key = sending_id(book.log(), sending.way, sending.number) + "/" + instant_text(context.now);
        }
    }
}

}  // namespace

void HeardTroubles::told(const std::string& process, const Alert& alert) {
    if (!processes_.contains(process) || find_alert_kind(alert.kind) == nullptr) return;
    Trouble& trouble = standing_[trouble_of(alert)];
    if (trouble.tellers.empty()) {
        trouble.alert = alert;
        trouble.alert.subject = kServiceSubject + process;
    }
    trouble.tellers[process] = 0;
}

void HeardTroubles::lives(const std::string& process) {
    for (auto at = standing_.begin(); at != standing_.end();) {
        auto& tellers = at->second.tellers;
        const auto teller = tellers.find(process);
        if (teller != tellers.end() && ++teller->second >= kSignsWithout) tellers.erase(teller);
        at = tellers.empty() ? standing_.erase(at) : std::next(at);
    }
}

void HeardTroubles::go_on_from(const Book& book) {
    for (const Alert* alert : standing_in(book)) {
        const std::string process = alert->subject.substr(std::min(alert->subject.size(), kServiceSubject.size()));
        if (!processes_.contains(process)) continue;
        Trouble& trouble = standing_[alert->cause];
        if (trouble.tellers.empty()) trouble.alert = *alert;
        trouble.tellers.try_emplace(process, 0);
    }
}

Decision troubles_due(const Book& book, const HeardTroubles& heard, const std::vector<Way>& ways, const Context& context) {
    TellingOfTroubles telling(book, context);
    std::vector<std::uint64_t> to_tell_again;
    for (const Alert* alert : standing_in(book)) {
        if (!heard.standing().contains(alert->cause)) telling.over(alert->cause);
        else if (alert->severity == Severity::kCritical) to_tell_again.push_back(alert->number);
    }
    for (const auto& [cause, trouble] : heard.standing()) telling.about(cause, trouble.alert);
    Decision decision = std::move(telling).decision();
    add_sendings(book, ways, context, decision);
    if (decision.events.empty()) decision = standing_due(book, ways, context, to_tell_again, kToldAgainAfter);
    add_keys(book, context, decision);
    return decision;
}

Sending for_the_record(const Book& book, const Sending& sending) {
    Sending kept = sending;
    kept.troubles.clear();
    kept.troubles.reserve(kept.items.size());
    for (SendingItem& item : kept.items) {
        ToldTrouble told;
        if (const Alert* alert = book.alert(item.alert)) {
            told = {alert->kind, alert->subject, alert->what, alert->whom, alert->next, alert->raised_at, alert->resolved_at, alert->resolved_because};
            // What was over only later was not told as over.
            if (item.news != SendingNews::kResolved) {
                told.resolved_at.reset();
                told.resolved_because.clear();
            }
        }
        kept.troubles.push_back(std::move(told));
        item.alert = 0;
    }
    return kept;
}

Decision recorded_sendings(const Book& desk, const std::vector<const Book*>& kept, const Context& context, std::size_t most) {
    SendingsIntended event;
    std::map<std::string, std::uint64_t> last;
    for (const Book* book : kept) {
        for (const auto& [way, sendings] : book->sendings()) {
            for (std::uint64_t number = 1; number <= sendings.last && event.sendings.size() < most; ++number) {
                const Sending* sending = book->sending(way, number);
                if (sending == nullptr || sending->status == SendingStatus::kWaiting || desk.sendings_on(way).keys.contains(sending->key)) continue;
                Sending record = for_the_record(*book, *sending);
                record.number = ++last.try_emplace(way, desk.sendings_on(way).last).first->second;
                record.ready_at = context.now;  // from when a person's retry of it may go
                event.sendings.push_back(std::move(record));
            }
        }
    }
    Decision decision;
    if (!event.sendings.empty()) decision.add(std::move(event));
    return decision;
}

}  // namespace rightsdesk::domain
