// Starting, turning, and how far the logs have been read.
#include "runtime/desk_service.h"

#include <algorithm>

#include "base/check.h"
#include "runtime/log_line.h"
#include "store/whole_log.h"

namespace rightsdesk::runtime {

const domain::Book& Books::book(const std::string& log) const {
    if (log == domain::kDesk) return desk;
    const domain::Book* found = offering(log);
    CHECK(found != nullptr);
    return *found;
}

std::vector<const domain::Book*> Books::all_offerings() const {
    std::vector<const domain::Book*> all;
    all.reserve(offerings.size());
    for (const auto& [id, book] : offerings) all.push_back(book.get());
    return all;
}

DeskService::DeskService(Foundations foundations, ServiceSettings settings)
    : on_(foundations),
      settings_(std::move(settings)),
      name_(base::to_text(foundations.handler.name())),
      leases_(foundations.store, foundations.clock, name_, settings_.instance, settings_.instances),
      watch_(std::make_unique<Watch>(on_.clock, health_, settings_.watch, name_ + "." + settings_.instance, settings_.clock == domain::ClockMode::kReal)),
      attempts_(std::make_unique<Attempts>(settings_.watch.run_folder, name_ + "." + settings_.instance)) {}

DeskService::~DeskService() = default;

base::Result<> DeskService::start() {
    const auto durable = on_.store.durability();
    if (!durable) return tl::unexpected(durable.error());
    if (!durable->problem.empty()) return base::unavailable("the store is not durable: " + durable->problem);
    const auto incarnation = on_.store.incarnation();
    if (!incarnation) return tl::unexpected(incarnation.error());
    if (const auto opened = open_place(domain::kDesk); !opened) return opened;
    if (const auto read = catch_up_all(); !read) return read;
    if (const auto lost = must_have_every_signed_log(); !lost) return lost;
    incarnation_ = trusted_ = *incarnation;
    on_.store.trust(trusted_);
    follow_waiver();
    if (const auto held = check_store_holds_all(); !held) return held;
    for (const auto& [log, place] : places_) {
        const auto sealed = place.ledger->head().sequence == 0 ? base::Result<>() : on_.keys.must_have(log);
        if (!sealed) return sealed;
    }
    if (const auto clock = ensure_clock(); !clock) return clock;
    watch_->begin(latest_record());
    look_at_last_death();

    const auto directory = [&principals = on_.principals](const std::string& key) { return principals.name_of(key); };
    auto door = on_.bus.open_door(settings_.door, settings_.key, directory);
    if (!door) return tl::unexpected(door.error());
    auto feed = on_.bus.open_feed(settings_.feed, settings_.key, directory);
    if (!feed) return tl::unexpected(feed.error());
    auto listener = on_.bus.listen(settings_.feeds, settings_.key, {"event/", "head/", "idle/"});
    if (!listener) return tl::unexpected(listener.error());
    door_ = std::move(*door);
    feed_ = std::move(*feed);
    listener_ = std::move(*listener);
    log_info("#STARTED", {{"instance", settings_.instance}, {"logs", places_.size()}});
    return {};
}

// The clock's mode is fixed when the store is created, by the deadline monitor.
base::Result<> DeskService::ensure_clock() {
    Place& desk = places_.at(domain::kDesk);
    if (books_.desk.clock() == nullptr && on_.handler.name() == domain::ServiceName::kDeadlineMonitor) {
        std::vector<Work> works(1);
        works[0].context = context_for(domain::kDesk);
        works[0].decide = [this, mode = settings_.clock](const domain::Context&) {
            domain::Decision decision;
            if (books_.desk.clock() == nullptr) decision.add(domain::DeskOpened{domain::DeskClock{mode, domain::Instant(0)}});
            return decision;
        };
        if (const auto committed = commit_all(desk, works); !committed) return committed;
    }
    if (books_.desk.clock() == nullptr) return base::unavailable("the desk has no clock yet: the deadline monitor makes it when it starts");
    if (books_.desk.clock()->mode != settings_.clock) {
        return base::invalid("this store was created with the " + base::to_text(books_.desk.clock()->mode) + " clock, and the configuration says " +
                             base::to_text(settings_.clock) + ": use a store of its own for each");
    }
    return {};
}

// For a message, before the next turn.
std::chrono::milliseconds DeskService::longest_wait(std::chrono::milliseconds wait) const {
    if (!waiting_.empty()) return std::chrono::milliseconds(0);
    if (quiet_) return until_reacting() > std::chrono::milliseconds(0) ? std::min(wait, until_reacting()) : wait;
    return waits_for_more_ ? std::min(wait, kOnItsWay) : std::chrono::milliseconds(0);
}

base::Result<bool> DeskService::turn(std::chrono::milliseconds wait) {
    on_.bus.wait(longest_wait(wait));
    troubled_ = silent_ = false;
    ++measured_.turns;
    auto lap = [this, began = on_.clock.monotonic()](Stage stage, bool had_work) mutable {
        const auto ended = on_.clock.monotonic();
        if (had_work) measured_.took(stage, ended - began);
        began = ended;
    };
    bool busy = hear();
    lap(Stage::kHear, busy);
    // Only what ends the service is an error: the rest is remembered as trouble, and the step is tried again in the next turn.
    const auto tried = [this, &busy]<class T>(const base::Result<T>& step) -> base::Result<> {
        if (!step) return trouble(step.error());
        if constexpr (std::is_same_v<T, bool>) busy = busy || *step;
        return {};
    };
    if (const auto watched = tried(watch_store()); !watched) return tl::unexpected(watched.error());
    // A store that hangs is asked once a turn: each further call would take as long, and whoever waits at the door with it.
    if (!may_write() || silent_) return answer_only();
    const std::uint64_t folded = measured_.folded_of_others;
    for (const auto step : {&DeskService::look_again, &DeskService::catch_up_all, &DeskService::look_around}) {
        if (const auto done = tried((this->*step)()); !done) return tl::unexpected(done.error());
        if (silent_) return answer_only();
    }
    lap(Stage::kCatchUp, measured_.folded_of_others > folded);
    follow_waiver();
    if (const auto taken = tried(take_leases()); !taken) return tl::unexpected(taken.error());
    const std::uint64_t requests = measured_.requests;
    if (const auto served = tried(serve_door()); !served) return tl::unexpected(served.error());
    lap(Stage::kServe, measured_.requests > requests);
    // What stops the acknowledging stops the acting too: a clock that stepped, a disk that is nearly full.
    if (health_.lets_act() && !silent_) {
        const std::uint64_t reactions = measured_.reactions;
        if (const auto reacted = tried(react_in_time()); !reacted) return tl::unexpected(reacted.error());
        lap(Stage::kReact, measured_.reactions > reactions);
    }
    if (health_.lets_act() && !silent_) {
        const std::uint64_t commits = measured_.held();
        if (const auto done = tried(due_all()); !done) return tl::unexpected(done.error());
        lap(Stage::kDue, measured_.held() > commits);
    }
    idle_ = !busy && waiting_.empty() && health_.lets_act();  // while nothing is acted on something may be left to do
    // What is said of being idle must stay true after a death: who comes back starts at the cursors that were saved.
    if (idle_ && !silent_ && settings_.clock == domain::ClockMode::kStepped) {
        if (const auto saved = tried(save_cursors()); !saved) return tl::unexpected(saved.error());
    }
    quiet_ = (!busy || troubled_) && !verifying_;
    lap(Stage::kPublish, false);
    send_published();
    lap(Stage::kPublish, busy);
    check_health();
    publish_periodically();
    return busy;
}

// Once a second, whether anything was heard or not.
base::Result<> DeskService::look_again() {
    if (on_.clock.monotonic() < next_look_) return {};
    for (auto& [log, place] : places_) place.behind = place.due = true;
    next_look_ = on_.clock.monotonic() + kLookInterval;
    if (const auto held = check_store_holds_all(); !held) return held;
    return save_cursors();
}

// ---- logs ----

base::Result<> DeskService::open_place(const std::string& log) {
    if (places_.contains(log)) return {};
    store::Sequence consumed = 0;  // of this offering, by the desk
    const bool followed = log != domain::kDesk && on_.handler.follows_offerings();
    if (followed && leases_.holds(domain::kDesk)) {
        const auto cursor = on_.store.cursor(domain::kDesk, name_, log);
        if (!cursor) return tl::unexpected(cursor.error());
        consumed = *cursor;
    }
    Place place;
    domain::Book* book = &books_.desk;
    if (log != domain::kDesk) book = books_.offerings.emplace(log, std::make_unique<domain::Book>(log)).first->second.get();
    place.ledger = std::make_unique<Ledger>(*book, &claimed_, [this, log = book->log()](const domain::Event& event) { return on_.handler.reacts_to(log, event); });
    place.cursors[domain::kDesk] = place.cursors[log] = Cursor{};  // until the lease is taken
    if (const auto expected = expect_signed(*place.ledger); !expected) {
        if (log != domain::kDesk) books_.offerings.erase(log);
        return expected;
    }
    if (followed) places_.at(domain::kDesk).cursors[log] = Cursor{consumed, consumed};
    places_.emplace(log, std::move(place));
    return {};
}

base::Result<> DeskService::open_listed_offerings() {
    if (books_.desk.offering_ids().size() + 1 == places_.size()) return {};
    for (const domain::OfferingId& id : books_.desk.offering_ids()) {
        if (const auto opened = open_place(id); !opened) return opened;
    }
    return {};
}

// What is due in an offering hangs on the desk as well: its time, its watermarks. And what the desk says (a watermark) rests on what
// was committed in the offerings before it: they are read again.
void DeskService::moved(Place& place) {
    look_what_is_due(place);
    if (place.ledger->log() != domain::kDesk) return;
    for (auto& [log, other] : places_) other.behind = other.behind || log != domain::kDesk;
}

void DeskService::look_what_is_due(Place& place) {
    place.due = true;
    if (place.ledger->log() != domain::kDesk) return;
    for (auto& [log, other] : places_) other.due = true;
}

// A record that was not committed by this instance just now: heard, or read.
base::Result<std::shared_ptr<const domain::Record>> DeskService::fold(Place& place, const store::LogRecord& record) {
    if (const auto applied = place.ledger->apply(record); !applied) return tl::unexpected(applied.error());
    ++measured_.folded_of_others;
    moved(place);
    const auto folded = place.ledger->recent(record.sequence);
    CHECK(folded.has_value());
    place.peer_wrote = place.peer_wrote || folded->record->service == name_;
    return folded->record;
}

base::Result<> DeskService::catch_up(Place& place) {
    if (!place.behind && place.ledger->whole()) return {};
    const auto read = store::read_to_end(on_.store, place.ledger->log(), place.ledger->head().sequence, [&](const store::LogRecord& record) -> base::Result<bool> {
        const auto folded = fold(place, record);
        if (!folded) return tl::unexpected(folded.error());
        if (place.unpublished && (*folded)->service == name_) publish(place, record, **folded);
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    if (!place.ledger->whole()) return base::failure(base::ErrorKind::kCorrupt, place.ledger->log() + ": its last item is not whole");
    if (const auto whole = place.ledger->at_end(); !whole) return whole;
    place.behind = false;
    place.unpublished = false;
    if (!place.away.empty()) log_info("#LOG_BACK", {{"log", place.ledger->log()}});
    place.away.clear();
    return {};
}

base::Result<> DeskService::leave_alone(Place& place, const base::Error& error) {
    const std::string& log = place.ledger->log();
    // What was never read could have taken numbers and addresses that others are asked for meanwhile.
    const bool known = place.ledger->head().sequence > 0;
    if (error.kind != base::ErrorKind::kUnavailable || !known || on_.store.lie_together(log, domain::kDesk)) return tl::unexpected(error);
    if (place.away.empty()) log_error("#LOG_AWAY", {{"log", log}, {"reason", error.message}});
    place.away = error.message;
    place.away_until = on_.clock.monotonic() + kAwayInterval;
    place.behind = true;
    return {};
}

base::Result<> DeskService::catch_up_all() {
    if (const auto read = catch_up(places_.at(domain::kDesk)); !read) return read;
    if (const auto opened = open_listed_offerings(); !opened) return opened;
    for (auto& [log, place] : places_) {
        if (is_away(place)) continue;
        const auto read = catch_up(place);
        if (const auto left = read ? read : leave_alone(place, read.error()); !left) return left;
    }
    return {};
}

// On the stepped clock a record may be heard before the step that it was decided after. Nothing is decided at a time before that of
// what it rests on: the desk, which tells the time, is read first.
base::Result<> DeskService::follow_time(const Ledger& ledger) {
    if (settings_.clock != domain::ClockMode::kStepped || ledger.log() == domain::kDesk) return {};
    const auto last = ledger.recent(ledger.head().sequence);
    if (!last || last->record->at <= now()) return {};
    Place& desk = places_.at(domain::kDesk);
    desk.behind = true;
    return catch_up(desk);
}

base::Result<std::vector<NumberedRecord>> DeskService::records_after(Place& source, store::Sequence after, std::size_t limit) {
    std::vector<NumberedRecord> records;
    while (records.size() < limit) {
        const auto recent = source.ledger->recent(after + records.size() + 1);
        if (!recent) break;
        records.push_back(*recent);
    }
    if (!records.empty() || after >= source.ledger->head().sequence) return records;
    const auto stored = on_.store.read_log(source.ledger->log(), after, limit);
    if (!stored) return tl::unexpected(stored.error());
    for (const store::LogRecord& record : *stored) {
        if (record.sequence > source.ledger->head().sequence) break;
        auto decoded = wire::decode_record(record.record, nullptr);
        if (!decoded) return base::failure(base::ErrorKind::kCorrupt, decoded.error().message);
        records.push_back({record.sequence, std::make_shared<const domain::Record>(std::move(*decoded))});
    }
    return records;
}

namespace {

bool personal_part_is_open(const domain::Record& record) {
    return std::visit(
        [](const auto& event) {
            if constexpr (requires { event.sealed.opened; }) return event.sealed.opened;
            else return true;
        },
        record.event);
}

}  // namespace

base::Result<domain::Record> DeskService::record_of(const std::string& log, const std::string& identity) {
    const auto place = places_.find(log);
    const auto dot = identity.rfind('.');
    if (place == places_.end() || dot == std::string::npos) return base::failure(base::ErrorKind::kNotFound, "there is no " + identity + " in " + log);
    const Claim* claim = place->second.ledger->claim(identity.substr(0, dot) + "/" + identity.substr(dot + 1));
    if (claim == nullptr) return base::failure(base::ErrorKind::kNotFound, "there is no " + identity + " in " + log);
    const auto records = records_after(place->second, claim->first - 1, 1);
    if (!records) return tl::unexpected(records.error());
    CHECK(!records->empty());
    if (personal_part_is_open(*records->front().record)) return *records->front().record;
    return opened_record(log, claim->first);
}

// With its personal part: what is decided by it may not depend on which process wrote it. Closed where the key was erased.
base::Result<domain::Record> DeskService::opened_record(const std::string& log, domain::Sequence sequence) {
    const auto key = on_.keys.key_of(log);
    if (!key && key.error().kind != base::ErrorKind::kNotFound) return tl::unexpected(key.error());
    const auto stored = on_.store.read_log(log, sequence - 1, 1);
    if (!stored) return tl::unexpected(stored.error());
    CHECK(!stored->empty());
    return wire::decode_record(stored->front().record, key ? *key : nullptr);
}

// A cursor that merely moved makes no record; it is saved once a second.
base::Result<> DeskService::save_cursors() {
    for (auto& [log, place] : places_) {
        if (!leases_.holds(log) || is_away(place)) continue;
        const auto saved = save_cursors_of(place);
        if (const auto left = saved ? saved : leave_alone(place, saved.error()); !left) return left;
    }
    return {};
}

// Each is an item of its own: where another instance has moved one, the others are saved all the same.
base::Result<> DeskService::save_cursors_of(Place& place) {
    store::Batch batch;
    batch.log = place.ledger->log();
    batch.epoch = epoch_of(place);
    std::vector<std::pair<const std::string*, Cursor*>> moved_ones;
    for (auto& [source, cursor] : place.cursors) {
        if (cursor.handled <= cursor.saved || batch.items.size() == store::kMaxItemsPerBatch) continue;
        batch.items.emplace_back().cursor = store::CursorMove{name_, source, cursor.saved, cursor.handled};
        moved_ones.emplace_back(&source, &cursor);
    }
    if (batch.items.empty()) return {};
    const auto saved = on_.store.commit(batch);
    if (!saved) return tl::unexpected(saved.error());
    for (std::size_t at = 0; at < moved_ones.size(); ++at) {
        const auto& [source, cursor] = moved_ones[at];
        if ((*saved)[at].outcome == store::ItemOutcome::kCommitted) {
            cursor->saved = cursor->handled;
            continue;
        }
        const auto stored = on_.store.cursor(batch.log, name_, *source);
        if (!stored) return tl::unexpected(stored.error());
        cursor->found_at(*stored);
    }
    return {};
}

// ---- what every decision is told ----

domain::Instant DeskService::now() const {
    return settings_.clock == domain::ClockMode::kStepped && books_.desk.clock() != nullptr ? books_.desk.clock()->time : watch_->now();
}

domain::Context DeskService::context_for(const std::string& log) {
    domain::Context context;
    context.now = now();
    context.service = name_;
    context.most_effects = settings_.most_effects;
    context.hash_key = [this, log](const std::string& text) {
        const auto key = on_.keys.key_of(log);
        CHECK(key.has_value());  // try_portion makes the key before anything is decided
        return wire::keyed_hash(**key, text);
    };
    return context;
}

Surroundings DeskService::surroundings() {
    return Surroundings{books_, [this](const std::string& log, const std::string& identity) { return record_of(log, identity); },
                        [this] { return waiting_for(); },
                        [this](const std::string& log, const std::string& text) { return hash_in(log, text); },
                        [this](const std::string& log, const std::string& source) { return follows(log, source); }};
}

std::string DeskService::hash_in(const std::string& log, const std::string& text) {
    const auto key = on_.keys.key_of(log);
    if (key) return wire::keyed_hash(**key, text);
    if (key.error().kind != base::ErrorKind::kNotFound) unhashed_ = key.error().message;
    return {};
}

base::Result<> DeskService::trouble(const base::Error& error) {
    if (!error.worth_retrying()) {
        log_error("#STOPPING", {{"reason", error.message}});
        return tl::unexpected(error);
    }
    note_silence(error);
    for (auto& [log, place] : places_) place.behind = true;
    if (health_.only("replica_missing")) return {};  // told already; whether the store itself answers is looked at all the time meanwhile
    if (watch_->is_out_of_memory(error.message)) {
        next_health_ = on_.clock.monotonic() + kUnhealthyInterval;
        return {};
    }
    if (health_.raise("store_unreachable", error.message, "see that Redis runs and its disk has room: tools/service status redis; then wait for this alert to clear", on_.clock.now())) {
        log_error("#STORE_UNREACHABLE", {{"reason", error.message}});
        next_health_ = on_.clock.monotonic();
    }
    return {};
}

}  // namespace rightsdesk::runtime
