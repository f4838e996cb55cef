// What a service tells of itself: counted while it works (measured.h), looked at when it is asked, and, of the books, looked at as seldom as
// it takes to stay cheap.
#include <algorithm>

#include "domain/alert_kinds.h"
#include "runtime/desk_service.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

namespace {

constexpr std::size_t kMostNamed = 8;  // entities in one line of the log

double as_figure(std::uint64_t number) { return static_cast<double>(number); }

bool is_over(const domain::Book& book) {
    const domain::Life* life = book.life();
    return life != nullptr && domain::is_over(life->stage);
}

// Figures by log, those of the logs without a label of their own added up.
class ByLog {
public:
    void add(MetricKind kind, double value, std::vector<std::string> labels) { sums_[{kind, std::move(labels)}] += value; }
    // Of several the least.
    void least(MetricKind kind, double value, std::vector<std::string> labels) {
        double& least = sums_.try_emplace({kind, std::move(labels)}, value).first->second;
        least = std::min(least, value);
    }
    void tell(Figures& figures) const {
        for (const auto& [key, value] : sums_) figures.add(key.first, value, key.second);
    }

private:
    std::map<std::pair<MetricKind, std::vector<std::string>>, double> sums_;
};

// The alert's subject beside what was written, so that the id of a notice stands in every line about it.
std::string subject_of(const domain::Event& event) {
    const auto* raised = std::get_if<domain::AlertRaised>(&event);
    return raised == nullptr ? std::string() : raised->alert.subject;
}

}  // namespace

Snapshot DeskService::snapshot() {
    Snapshot snapshot;
    Figures& figures = snapshot.figures;
    measured_.tell(figures);
    figures.add(MetricKind::kDoorWaitingRequests, as_figure(waiting_.size()));
    look_at_books();
    tell_logs(figures);
    tell_health(figures);
    figures.samples.insert(figures.samples.end(), of_books_.samples.begin(), of_books_.samples.end());
    for (const Health::Standing& one : health_.standing()) {
        if (one.stops) snapshot.not_ready.push_back({one.kind, one.what});
    }
    if (door_ == nullptr) snapshot.not_ready.push_back({"starting", "the door is not open yet"});
    if (!may_write()) snapshot.not_ready.push_back({"store_untrusted", "the store is not known to hold what it held"});
    return snapshot;
}

// Those that live before those that are over: whoever looks wants to see them.
void DeskService::choose_logs_told() {
    told_ = {domain::kDesk};
    for (const bool over : {false, true}) {
        for (const auto& [log, place] : places_) {
            if (told_.size() < kMostLogsTold && is_over(books_.book(log)) == over) told_.insert(log);
        }
    }
}

void DeskService::tell_logs(Figures& figures) {
    ByLog logs;
    for (const auto& [log, place] : places_) {
        const std::string label = log_label(log);
        const store::Sequence head = place.ledger->head().sequence;
        const bool held = leases_.holds(log);
        store::Sequence unreacted = 0;
        for (const auto& [source, cursor] : place.cursors) {
            const auto from = places_.find(source);
            if (held && from != places_.end()) unreacted += from->second.ledger->head().sequence - std::min(from->second.ledger->head().sequence, std::max(cursor.handled, cursor.saved));
        }
        const domain::Book& book = place.ledger->book();
        const auto quarantined = std::count_if(book.quarantined().begin(), book.quarantined().end(), [&](const std::string& id) { return book.item(id)->work->service == name_; });
        logs.add(MetricKind::kLogRecords, as_figure(head), {label});
        logs.add(MetricKind::kLogUnreadRecords, as_figure(place.heard - std::min(place.heard, head)), {label});
        logs.add(MetricKind::kLogUnreactedRecords, as_figure(unreacted), {label});
        logs.add(MetricKind::kLogHeld, held ? 1 : 0, {label});
        logs.add(MetricKind::kLogAway, place.away.empty() ? 0 : 1, {label});
        logs.add(MetricKind::kQuarantinedItems, as_figure(static_cast<std::uint64_t>(quarantined)), {label});
    }
    logs.tell(figures);
}

void DeskService::tell_health(Figures& figures) const {
    const auto standing = health_.standing();
    const auto stands = [&](const std::string& kind) { return std::any_of(standing.begin(), standing.end(), [&](const auto& one) { return one.kind == kind; }); };
    for (const domain::AlertKindRow& row : domain::alert_kinds()) {
        if (row.nature == domain::AlertNature::kHealth) figures.add(MetricKind::kProblem, stands(base::to_text(row.kind)) ? 1 : 0, {base::to_text(row.kind)});
    }
    const bool answers = !stands("store_unreachable");
    figures.add(MetricKind::kStoreDurable, answers && !stands("store_not_durable") ? 1 : 0);
    if (answers) watch_->tell_store(figures);
    figures.add(MetricKind::kClockInDoubt, std::any_of(standing.begin(), standing.end(), [](const auto& one) { return one.stops && one.kind.starts_with("clock_"); }) ? 1 : 0);
    watch_->tell_clock(figures);
    figures.add(MetricKind::kDeskTimeSeconds, static_cast<double>(now().value) / 1e9);
}

// Each service tells what is its own to decide, of all logs: also an instance that holds none, so that the figures outlive the one that does.
void DeskService::look_at_books() {
    const auto began = on_.clock.monotonic();
    if (began < next_books_) return;
    choose_logs_told();
    ByLog books;
    for (const auto& [log, place] : places_) {
        const domain::Book& book = place.ledger->book();
        const std::string label = log_label(log);
        switch (on_.handler.name()) {
            case domain::ServiceName::kIntake: break;
            case domain::ServiceName::kPaymentClearing: {
                if (book.is_desk()) break;
                const domain::SuspenseFigures suspense = domain::suspense_of(book);
                books.add(MetricKind::kSuspenseCents, static_cast<double>(suspense.amount.value), {label});
                books.add(MetricKind::kSuspensePayments, as_figure(suspense.payments), {label});
                break;
            }
            case domain::ServiceName::kDeadlineMonitor: {
                if (book.is_desk()) break;
                const domain::DeadlineFigures deadlines = domain::deadlines_at(book, now());
                books.add(MetricKind::kDeadlinesPending, as_figure(deadlines.expirations_pending), {label, "expiration"});
                books.add(MetricKind::kDeadlinesPending, as_figure(deadlines.covers_pending), {label, "cover"});
                books.add(MetricKind::kDeadlinesOverdue, as_figure(deadlines.expirations_overdue), {label, "expiration"});
                books.add(MetricKind::kDeadlinesOverdue, as_figure(deadlines.covers_overdue), {label, "cover"});
                if (deadlines.nearest) books.least(MetricKind::kDeadlineNearestSeconds, static_cast<double>((*deadlines.nearest - now()).value) / 1e9, {label});
                break;
            }
            case domain::ServiceName::kNotification: {
                const auto alerts = standing_alerts_[log].look(book);
                for (std::size_t at = 0; at < base::enum_texts<domain::Severity>().size(); ++at) {
                    const auto severity = static_cast<domain::Severity>(at);
                    const auto of = [&](const auto& counts) { return counts.contains(severity) ? as_figure(counts.at(severity)) : 0.0; };
                    books.add(MetricKind::kAlertsStanding, of(alerts.standing), {label, base::to_text(severity)});
                    books.add(MetricKind::kAlertsUnacknowledged, of(alerts.unacknowledged), {label, base::to_text(severity)});
                }
                if (!book.is_desk()) break;
                for (const std::string& kind : base::enum_texts<domain::ItemKind>()) books.add(MetricKind::kUnattributedItems, 0, {kind});
                for (const std::string& id : book.item_ids()) {
                    const domain::UnattributedItem& item = *book.item(id);
                    if (!item.attributed_to) books.add(MetricKind::kUnattributedItems, 1, {base::to_text(item.kind)});
                }
                break;
            }
        }
    }
    of_books_ = {};
    books.tell(of_books_);
    on_.handler.tell(books_, now(), of_books_);
    const auto ended = on_.clock.monotonic();
    next_books_ = ended + std::max<std::chrono::nanoseconds>(kBooksInterval, kBooksShare * (ended - began));
}

// One line for each record committed, at level debug: what it is, because of what, and the entities that it is about. No more in a second
// than what a disk and a reader stand; how many were left out is counted.
void DeskService::follow(const std::string& log, store::Sequence first, const std::vector<domain::Record>& records, const domain::Folding& folding) {
    const auto at = on_.clock.monotonic();
    if (at - followed_since_ >= std::chrono::seconds(1)) {
        followed_since_ = at;
        followed_ = 0;
    }
    std::vector<std::string> about;
    for (const auto& [name, version] : folding.written()) {
        if (about.size() < kMostNamed) about.push_back(name);
    }
    for (const domain::Record& record : records) {
        if (++followed_ > kMostFollowedPerSecond) {
            ++measured_.lines_left_out;
            continue;
        }
        log_debug("#COMMITTED", {{"log", log}, {"record", first + record.position}, {"event", base::type_name(record.event)},
                                 {"because", record.cause.source + "." + std::to_string(record.cause.sequence)}, {"about", about}, {"subject", subject_of(record.event)}});
    }
}

}  // namespace rightsdesk::runtime
