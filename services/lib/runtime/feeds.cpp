// The feeds: what others committed (heard), and what we did, know and are worried about (published).
#include <algorithm>
#include <utility>

#include "domain/alert_pipeline.h"
#include "runtime/desk_service.h"
#include "runtime/log_line.h"

namespace rightsdesk::runtime {

namespace {

// Of one feed message, beyond which another is begun.
constexpr std::size_t kMaxPublishedOctets = 256U * 1024U;
constexpr std::size_t kMaxPublishedRecords = 256;
// Of a log, heard and not folded yet, for want of what lies before them.
constexpr std::size_t kMaxRecordsAhead = 4'096;

}  // namespace

bool DeskService::hear() {
    take_in();
    waits_for_more_ = false;
    for (auto& [log, place] : places_) {
        fold_heard(place, store::kMaxNumber);
        waits_for_more_ = waits_for_more(place) || waits_for_more_;
    }
    return std::exchange(heard_records_, false) || waits_for_more_;
}

void DeskService::take_in() {
    for (const bus::FeedMessage& message : listener_->receive(kMaxHeardPerTurn)) {
        heard_records_ = heard_records_ || message.topic.starts_with("event/");
        hear_one(message);
    }
}

// A message that cannot be read is let go: the log is the truth, and it is looked at anyway.
void DeskService::hear_one(const bus::FeedMessage& message) {
    if (message.topic.starts_with("idle/")) {
        if (auto idle = wire::decode_idle(message.bytes)) idle_reports_[{idle->service, idle->instance}] = std::move(*idle);
        return;
    }
    if (message.topic.starts_with("head/")) {
        const auto head = wire::decode_published_head(message.bytes);
        if (!head) return;
        const auto place = places_.find(head->log);
        if (place == places_.end()) return;
        place->second.heard = std::max(place->second.heard, head->sequence);
        return;
    }
    auto published = wire::decode_published_records(message.bytes);
    if (!published) return;
    for (domain::Published& record : published->records) {
        if (!hear_record(record)) return;
    }
}

// False when what follows it is of no use either.
bool DeskService::hear_record(domain::Published& published) {
    const auto found = places_.find(published.log);
    if (found == places_.end()) {
        places_.at(domain::kDesk).behind = true;  // an offering that we have not heard of
        return false;
    }
    Place& place = found->second;
    place.heard = std::max(place.heard, published.sequence);
    if (published.sequence <= place.ledger->head().sequence) return true;
    if (place.ahead.size() >= kMaxRecordsAhead) {
        place.behind = true;
        return false;
    }
    place.ahead.try_emplace(published.sequence, store::LogRecord{published.sequence, published.epoch, std::move(published.digest), std::move(published.link), std::move(published.record)});
    return true;
}

// What was heard and is the next, up to a number. Each service tells of its own records: one may be heard before another's that it follows.
void DeskService::fold_heard(Place& place, store::Sequence through) {
    while (!place.ahead.empty()) {
        const auto first = place.ahead.begin();
        const store::Sequence next = place.ledger->head().sequence + 1;
        if (first->first > std::min(next, through)) return;
        const auto record = place.ahead.extract(first);
        if (record.key() < next || fold(place, record.mapped())) continue;
        place.ahead.clear();  // of another log than ours, perhaps: the store has the truth
        place.behind = true;
    }
}

// What was told of and does not come was lost on the way, and is read from the store; most often it comes a moment later, and need not be.
bool DeskService::waits_for_more(Place& place) {
    if (place.behind || place.heard <= place.ledger->head().sequence) place.turns_waited = 0;
    else if (++place.turns_waited > kMostWaits) place.behind = true;
    return place.turns_waited > 0 && !place.behind;
}

void DeskService::publish(const Place& place, store::LogRecord record, const domain::Record& decoded) {
    const std::string& log = place.ledger->log();
    committed_[log].push_back({log, record.epoch, record.sequence, std::move(record.digest), std::move(record.link), std::move(record.record)});
    publish_alert(log, decoded.event);
}

void DeskService::publish_alert(const std::string& log, const domain::Event& event) {
    std::uint64_t number = 0;
    if (const auto* raised = std::get_if<domain::AlertRaised>(&event)) number = raised->alert.number;
    if (const auto* resolved = std::get_if<domain::AlertResolved>(&event)) number = resolved->number;
    if (const auto* acknowledged = std::get_if<domain::AlertAcknowledged>(&event)) number = acknowledged->number;
    if (const auto* released = std::get_if<domain::AlertReleased>(&event)) number = released->number;
    const domain::Alert* alert = number == 0 ? nullptr : books_.book(log).alert(number);
    if (alert == nullptr || !domain::goes_out(books_.book(log), *alert, now())) return;
    alerts_.push_back({domain::alert_topic(log, *alert), wire::encode(domain::PublishedAlert{log, *alert})});
}

void DeskService::send_published() {
    // Many in one message: each message costs every listener a decryption and a wake-up.
    for (auto& [log, records] : committed_) {
        domain::PublishedRecords together;
        std::size_t octets = 0;
        for (domain::Published& record : records) {
            octets += record.record.size();
            together.records.push_back(std::move(record));
            if (octets < kMaxPublishedOctets && together.records.size() < kMaxPublishedRecords) continue;
            feed_->publish("event/" + log + "/", wire::encode(together));
            together.records.clear();
            octets = 0;
        }
        if (!together.records.empty()) feed_->publish("event/" + log + "/", wire::encode(together));
    }
    committed_.clear();
    for (const bus::FeedMessage& message : alerts_) feed_->publish(message.topic, message.bytes);
    alerts_.clear();
}

void DeskService::publish_periodically() {
    const auto now_monotonic = on_.clock.monotonic();
    if (idle_ && !troubled_) {
        // On the real clock nobody steps on when all are idle, and whoever hears of it is woken: now and then is enough.
        if (settings_.clock == domain::ClockMode::kStepped) publish_idle(false);
        if (now_monotonic >= next_idle_) {
            next_idle_ = now_monotonic + kHeadInterval;
            publish_idle(true);
        }
    }
    if (now_monotonic < next_heads_) return;
    next_heads_ = now_monotonic + kHeadInterval;
    for (const auto& [log, place] : places_) {
        feed_->publish("head/" + log + "/", wire::encode(domain::PublishedHead{log, place.ledger->head().epoch, place.ledger->head().sequence}));
        if (on_.handler.name() == domain::ServiceName::kNotification) {
            feed_->publish("alerthead/" + log + "/", wire::encode(domain::AlertHead{log, books_.book(log).last_alert()}));
        }
    }
    for (const domain::Alert& alert : health_.alerts(name_)) {
        feed_->publish(domain::alert_topic(domain::kDesk, alert), wire::encode(domain::PublishedAlert{domain::kDesk, alert}));
    }
}

void DeskService::check_health() {
    if (on_.clock.monotonic() < next_health_) return;
    const domain::Instant asked = on_.clock.now();
    const auto durable = on_.store.durability();
    if (durable) watch_->look_at_store(*durable, asked, on_.clock.now());
    const auto now_wrong = [&]() -> std::pair<std::string, std::string> {
        if (!durable) return {"store_unreachable", durable.error().message};
        if (!durable->problem.empty()) return {"store_not_durable", durable->problem};
        return {durable->replica_problem.empty() ? "" : "replica_missing", durable->replica_problem};
    }();
    for (const char* old : {"store_not_durable", "store_unreachable", "replica_missing"}) {
        // While the store does not answer, nothing is known of the others.
        if (durable && old != now_wrong.first && health_.clear(old)) log_info("#HEALTHY_AGAIN", {{"problem", old}});
    }
    const std::string mend = now_wrong.first == "replica_missing" ? "'The replica'): bring it back, or two people go on without it (rightsdesk replica go-on-without)"
                                                                  : "'the store')";
    if (!now_wrong.first.empty() &&
        health_.raise(now_wrong.first, now_wrong.second, "mend the store (deploy/RUNBOOK.md, " + mend + ": nothing is acknowledged until then", on_.clock.now())) {
        log_error("#UNHEALTHY", {{"problem", now_wrong.first}, {"reason", now_wrong.second}});
    }
    next_health_ = on_.clock.monotonic() + (health_.good() ? kHealthInterval : kUnhealthyInterval);
}

}  // namespace rightsdesk::runtime
