#include "console/follower.h"

#include <algorithm>

#include "console/rows.h"
#include "domain/civil.h"
#include "runtime/log_line.h"
#include "wire/wire.h"

namespace rightsdesk::console {

namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::milliseconds kTurn{20};        // how soon a question is seen
constexpr std::chrono::milliseconds kSlice{20};       // of one kind of work in a turn
constexpr std::size_t kNoticesAtOnce = 50;            // looked at again between two looks at the clock
constexpr std::size_t kMostProjections = 16;          // that wait for their thread
constexpr std::chrono::seconds kHealthAbsence{5};     // then it is well again
constexpr std::size_t kMostHeard = 50;               // between two looks at the clock
constexpr std::size_t kMostInbox = kMostQuestions + 100;

std::int64_t milliseconds_of(nanoseconds time) { return std::chrono::duration_cast<std::chrono::milliseconds>(time).count(); }

}  // namespace

base::Result<std::vector<FollowedService>> followed_services(const runtime::SuiteConfig& config, const runtime::Principals& principals) {
    std::vector<FollowedService> services;
    services.reserve(config.services.size());
    for (const auto& [name, endpoints] : config.services) {
        const auto key = principals.public_key_of(name);
        if (!key) return base::invalid(config.principals_file() + ": the service " + name + " has no key there");
        FollowedService service{name, {}};
        for (const runtime::InstanceEndpoints& instance : endpoints.instances()) service.feeds.push_back({instance.feed, *key});
        services.push_back(std::move(service));
    }
    return services;
}

Follower::Follower(FollowerSettings settings, bus::Bus& bus, std::unique_ptr<store::Store> store, const runtime::Clock& clock, Measured& measured, PublishSections publish)
    : settings_(std::move(settings)), bus_(bus), clock_(clock), measured_(measured), publish_(std::move(publish)), reading_(std::move(store)),
      desk_(domain::kDesk, [](const FoldedItem&) {}, [this](const FoldedItem& item) { desk_changed(item); }) {}

Follower::~Follower() { stop(); }

void Follower::stop() {
    ending_ = true;
    if (thread_.joinable()) thread_.join();
    reader_.reset();
    projector_.reset();
}

base::Result<> Follower::start() {
    for (const FollowedService& service : settings_.services) {
        auto listener = bus_.listen(service.feeds, settings_.key, {"event/", "head/", "idle/", std::string("alert/") + domain::kDesk + "/"});
        if (!listener) return tl::unexpected(listener.error());
        ears_.push_back({service.name, std::move(*listener), nanoseconds(-1)});
    }
    // std::function copies; the page travels behind a pointer.
    reader_ = std::make_unique<LogReader>(
        std::move(reading_),
        LogReader::Hear{[this](ReadPage page) { post([page = std::make_shared<ReadPage>(std::move(page))](Follower& self) { self.take_page(std::move(*page)); }); },
                        [this](std::map<std::string, store::Sequence> heads) { post([heads = std::move(heads)](Follower& self) { self.take_heads(heads); }); },
                        [this](const base::Error& error) { post([error](Follower& self) { self.store_problem_ = error.message; }); }});
    projector_ = std::make_unique<Worker>(kMostProjections);
    thread_ = std::thread([this] { run(); });
    return {};
}

void Follower::post(std::function<void(Follower&)> work) {
    const std::lock_guard lock(mutex_);
    if (inbox_.size() < kMostInbox) inbox_.push_back(std::move(work));
}

bool Follower::ask(std::function<void(Follower&)> question) {
    const std::lock_guard lock(mutex_);
    if (questions_ >= kMostQuestions) return false;
    ++questions_;
    inbox_.push_back([question = std::move(question)](Follower& self) {
        {
            const std::lock_guard counting(self.mutex_);
            --self.questions_;
        }
        question(self);
    });
    return true;
}

domain::Instant Follower::now() const {
    return settings_.clock == domain::ClockMode::kStepped ? domain::Instant(stepped_now_) : clock_.now();
}

void Follower::run() {
    while (!ending_) {
        bus_.wait(has_work() ? std::chrono::milliseconds(0) : kTurn);
        hear();
        take_inbox();
        if (clock_.monotonic() >= next_second_) every_second();
        look_again();
        project();
        publish_changes();
    }
}

bool Follower::has_work() const {
    return !waiting_.empty() || std::any_of(offerings_.begin(), offerings_.end(), [](const auto& one) { return one.second.board->to_look_at_again() > 0; });
}

// What a change of an offering's life leaves to be done. While its log is folded for the first time, another such change may still come.
void Follower::look_again() {
    const nanoseconds until = clock_.monotonic() + kSlice;
    for (auto& [offering, following] : offerings_) {
        while (following.folded && following.board->to_look_at_again() > 0 && clock_.monotonic() < until) following.board->look_again(kNoticesAtOnce);
    }
}

void Follower::project() {
    for (auto& [offering, following] : offerings_) {
        const nanoseconds began = clock_.monotonic();
        if (following.projecting || following.board->to_look_at_again() > 0 || !following.board->projection_due(began)) continue;
        const auto asked = std::make_shared<const ProjectionAsked>(following.board->ask_projection());
        following.projecting = projector_->take([this, offering = offering, asked, began] {
            const auto made = std::make_shared<ProjectionMade>(make_projection(*asked));
            post([offering, made, began](Follower& self) {
                Following& of = self.offerings_.at(offering);
                of.projecting = false;
                const nanoseconds now = self.clock_.monotonic();
                of.board->take_projection(std::move(*made), now, now - began, kProjectionPause);
            });
        });
    }
}

// The chart's past of a small offering, while its log is folded: as often as it costs little.
void Follower::project_small(Following& following) {
    const nanoseconds began = clock_.monotonic();
    if (!following.board->is_small() || !following.board->projection_due(began)) return;
    auto made = make_projection(following.board->ask_projection());
    following.board->take_projection(std::move(made), began, clock_.monotonic() - began, nanoseconds(0));
}

// ---- what comes in ----

void Follower::hear() {
    const nanoseconds until = clock_.monotonic() + kSlice;
    for (Ears& ears : ears_) {
        // What a feed has for us and is not taken now waits there.
        for (bool more = true; more && clock_.monotonic() < until;) {
            const auto messages = ears.listener->receive(kMostHeard);
            more = messages.size() == kMostHeard;
            for (const bus::FeedMessage& message : messages) {
                ears.heard = clock_.monotonic();
                hear(message);
            }
        }
    }
}

void Follower::hear(const bus::FeedMessage& message) {
    if (message.topic.starts_with("event/")) {
        const auto published = wire::decode_published_records(message.bytes);
        if (!published) return;
        for (const domain::Published& one : published->records) {
            take_records(one.log, {{one.sequence, one.epoch, one.digest, one.link, one.record}});
            know_head(one.log, one.sequence);
        }
    } else if (message.topic.starts_with("head/")) {
        if (const auto head = wire::decode_published_head(message.bytes)) know_head(head->log, head->sequence);
    } else if (message.topic.starts_with("alert/")) {
        const auto published = wire::decode_published_alert(message.bytes);
        if (!published || published->alert.number != 0) return;
        const std::string key = published->alert.subject + " " + published->alert.kind;
        if (published->alert.resolved_at) health_.erase(key);
        else health_[key] = {published->alert, clock_.monotonic()};
    }
}

void Follower::take_inbox() {
    {
        const std::lock_guard lock(mutex_);
        std::move(inbox_.begin(), inbox_.end(), std::back_inserter(waiting_));
        inbox_.clear();
    }
    for (const nanoseconds until = clock_.monotonic() + kSlice; !waiting_.empty();) {
        const auto work = std::move(waiting_.front());
        waiting_.pop_front();
        work(*this);
        if (clock_.monotonic() >= until) return;
    }
}

void Follower::take_page(ReadPage page) {
    const bool desk = page.log == domain::kDesk;
    const auto found = offerings_.find(page.log);
    if (!desk && found == offerings_.end()) return;
    Following& following = desk ? desk_following_ : found->second;
    following.wanted = false;
    if (!page.records) {
        store_problem_ = page.records.error().message;
        if (page.records.error().kind == base::ErrorKind::kCorrupt) following.damaged = page.records.error().message;
        return;
    }
    if (page.records->empty()) following.folded = true;
    // The next one is read while this one is folded.
    const store::Sequence folded = desk ? desk_.head().sequence : following.board->log().head().sequence, last = page.after + page.records->size();
    if (page.after <= folded && last > folded && following.damaged.empty()) {
        following.wanted = true;
        reader_->want(page.log, last);
    }
    take_records(page.log, *page.records);
    // Whether that was the end is what the store's heads or an empty page say: a page alone is no head.
    following.head = std::max(following.head, last);
    if (!page.records->empty()) want_more(page.log, following);
}

void Follower::take_heads(const std::map<std::string, store::Sequence>& heads) {
    store_seen_ = clock_.monotonic();
    store_was_seen_ = true;
    store_problem_.clear();
    for (const auto& [log, head] : heads) know_head(log, head);
}

void Follower::take_records(const std::string& log, const std::vector<store::LogRecord>& records) {
    const bool desk = log == domain::kDesk;
    const auto found = offerings_.find(log);
    if (!desk && found == offerings_.end()) return;
    Following& following = desk ? desk_following_ : found->second;
    if (!following.damaged.empty()) return;
    for (const store::LogRecord& record : records) {
        const auto taken = desk ? desk_.take(record) : following.board->take(record);
        if (!taken) {
            following.damaged = taken.error().message;
            runtime::log_error("#LOG_DAMAGED", {{"log", log}, {"reason", following.damaged}});
            return;
        }
        if (!desk && !following.folded) project_small(following);
    }
}

void Follower::know_head(const std::string& log, store::Sequence head) {
    const bool desk = log == domain::kDesk;
    const auto found = offerings_.find(log);
    if (!desk && found == offerings_.end()) return;
    Following& following = desk ? desk_following_ : found->second;
    following.head = std::max(following.head, head);
    const store::Sequence folded = desk ? desk_.head().sequence : following.board->log().head().sequence;
    if (following.head > folded) want_more(log, following);
    else if (head > 0) following.folded = true;
}

void Follower::want_more(const std::string& log, Following& following) {
    if (following.wanted || !following.damaged.empty()) return;
    following.wanted = true;
    reader_->want(log, following.board == nullptr ? desk_.head().sequence : following.board->log().head().sequence);
}

void Follower::desk_changed(const FoldedItem& item) {
    const domain::Book& book = desk_.book();
    bool proposed = false;  // by somebody, of the desk's own matters: it stands among each offering's proposals
    for (const domain::EntityName& entity : item.written) {
        proposed = proposed || entity == domain::replica_name() || entity.starts_with("watermark_proposal/");
        if (entity.starts_with("alert/")) {
            if (const domain::Alert* alert = book.alert(std::stoull(entity.substr(6)))) desk_alerts_.refresh(*alert);
        }
    }
    for (const domain::OfferingId& id : book.offering_ids()) {
        Following& following = offerings_[id];
        if (following.board != nullptr) continue;
        following.board = std::make_unique<Board>(id);
        want_more(id, following);
    }
    if (const domain::DeskClock* clock = book.clock()) stepped_now_ = clock->time.value;
    for (auto& [id, following] : offerings_) {
        for (const Section section : {Section::kDesk, Section::kAlerts, Section::kExceptions, Section::kClock, Section::kHead}) following.board->change(section);
        if (proposed) following.board->change(Section::kProposals);
    }
}

void Follower::every_second() {
    const nanoseconds time = clock_.monotonic();
    next_second_ = time + std::chrono::seconds(1);
    std::erase_if(health_, [&](const auto& one) { return time - one.second.heard > kHealthAbsence; });
    std::vector<domain::Alert> health;
    health.reserve(health_.size());
    for (const auto& [key, one] : health_) health.push_back(one.alert);
    const bool changed = health != health_list_;
    health_list_ = std::move(health);
    lines_ = offering_lines();
    for (auto& [id, following] : offerings_) {
        // Time alone makes things due and too late; what is the same in the end is not sent.
        for (const Section section : {Section::kHead, Section::kClock, Section::kExceptions, Section::kDesk}) following.board->change(section);
        if (changed) following.board->change(Section::kAlerts);
        following.next[static_cast<std::size_t>(Section::kHead)] = nanoseconds(0);
        if (following.head > following.board->log().head().sequence) want_more(id, following);
    }
    if (desk_following_.head > desk_.head().sequence) want_more(domain::kDesk, desk_following_);
    keep_state();
}

void Follower::keep_state() {
    const nanoseconds time = clock_.monotonic();
    FollowerState state;
    const auto add = [&](const std::string& log, const FollowedLog& followed, const Following& following) {
        const store::Sequence records = followed.head().sequence;
        // The desk of a suite that has done nothing yet is empty, and read whole.
        const bool empty = following.board == nullptr && store_was_seen_ && following.head == 0;
        state.logs.push_back({log, records, following.head > records ? following.head - records : 0, following.folded || empty, following.damaged});
    };
    state.logs.reserve(offerings_.size() + 1);
    add(domain::kDesk, desk_, desk_following_);
    for (const bool over : {false, true}) {
        for (const auto& [id, following] : offerings_) {
            if (domain::is_over(domain::stage_of(following.board->book())) == over) add(id, following.board->log(), following);
        }
    }
    if (store_was_seen_) state.store_seen_ago = time - store_seen_;
    for (const Ears& ears : ears_) {
        if (ears.heard >= nanoseconds(0)) state.heard_ago[ears.service] = time - ears.heard;
    }
    const std::lock_guard lock(mutex_);
    state.looks = state_.looks + 1;
    state_ = std::move(state);
}

FollowerState Follower::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

// ---- what goes out ----

const Board* Follower::board(const domain::OfferingId& offering) const {
    const auto found = offerings_.find(offering);
    return found == offerings_.end() ? nullptr : found->second.board.get();
}

std::vector<Json> Follower::offering_lines() const {
    std::vector<Json> lines;
    lines.reserve(offerings_.size());
    for (const auto& [id, following] : offerings_) lines.push_back(offering_line(*following.board, now(), following.folded));
    return lines;
}

std::vector<std::string> Follower::stale_because(const Following& following) const {
    std::vector<std::string> why;
    const nanoseconds time = clock_.monotonic();
    for (const Ears& ears : ears_) {
        if (ears.heard < nanoseconds(0)) why.push_back(ears.service + " has not been heard yet");
        else if (time - ears.heard > kServiceSilence) why.push_back(ears.service + " has not been heard for " + std::to_string(milliseconds_of(time - ears.heard) / 1'000) + " s");
    }
    if (!store_was_seen_) why.push_back("the store has not answered yet" + (store_problem_.empty() ? "" : ": " + store_problem_));
    else if (time - store_seen_ > kStoreSilence) why.push_back("the store has not answered for " + std::to_string(milliseconds_of(time - store_seen_) / 1'000) + " s");
    if (!following.damaged.empty()) why.push_back("the log is damaged and followed no further: " + following.damaged);
    if (!desk_following_.damaged.empty()) why.push_back("the desk's log is damaged and followed no further: " + desk_following_.damaged);
    if (!following.folded) why.push_back("the log is being read for the first time");
    if (const std::size_t left = following.board->to_look_at_again(); left > 0) {
        why.push_back("the offering has changed as a whole, and " + std::to_string(left) + " of " + std::to_string(following.board->book().notice_ids().size()) + " notices are still to be looked at again");
    }
    return why;
}

Json Follower::head_json(const domain::OfferingId& offering, const Following& following) const {
    const nanoseconds time = clock_.monotonic();
    const store::Head& head = following.board->log().head();
    Json services = Json::array();
    for (const Ears& ears : ears_) {
        const bool never = ears.heard < nanoseconds(0);
        services.push_back({{"service", ears.service}, {"heartbeat_age_ms", never ? Json() : Json(milliseconds_of(time - ears.heard))}, {"stale", never || time - ears.heard > kServiceSilence}});
    }
    const auto why = stale_because(following);
    const domain::Instant suite_now = now();
    return {{"offering", offering}, {"epoch", head.epoch}, {"sequence", head.sequence}, {"desk_sequence", desk_.head().sequence}, {"log_head", std::max(following.head, head.sequence)},
            {"behind", following.head > head.sequence ? following.head - head.sequence : 0}, {"now", domain::instant_text(suite_now)},
            {"now_civil", domain::civil_text(suite_now, following.board->zone())}, {"zone", following.board->zone()}, {"clock", base::to_text(settings_.clock)},
            {"made_at", domain::instant_text(clock_.now())}, {"store_age_ms", store_was_seen_ ? Json(milliseconds_of(time - store_seen_)) : Json()}, {"services", services},
            {"stale", !why.empty()}, {"why", why}, {"catching_up", !following.folded}};
}

Json Follower::section(const domain::OfferingId& offering, Section section) const {
    const Following& following = offerings_.at(offering);
    if (section == Section::kHead) return head_json(offering, following);
    return section_json(section, *following.board, view(), now());
}

std::shared_ptr<const std::string> Follower::encoded(const domain::OfferingId& offering, const Following& following, Section which) const {
    const store::Head& head = following.board->log().head();
    return std::make_shared<const std::string>("event: " + base::to_text(which) + "\nid: " + std::to_string(head.epoch) + "-" + std::to_string(head.sequence) + "\ndata: " +
                                               runtime::json_line(section(offering, which)) + "\n\n");
}

// What follows the id: the same section at a later record is the same.
static std::string_view data_of(const std::string& event) { return std::string_view(event).substr(event.find("\ndata: ")); }

// True where it is another than the one sent last.
bool Follower::renew(const domain::OfferingId& offering, Following& following, Section section) {
    const auto at = static_cast<std::size_t>(section);
    const nanoseconds began = clock_.monotonic();
    auto event = encoded(offering, following, section);
    measured_.encoded(section, clock_.monotonic() - began);
    following.board->seen(section);
    following.next[at] = clock_.monotonic() + kSectionPause + std::chrono::milliseconds(event->size() * 1'000 / kSectionOctetsASecond);
    if (following.sent[at] != nullptr && data_of(*following.sent[at]) == data_of(*event)) return false;
    following.sent[at] = std::move(event);
    return true;
}

void Follower::publish_changes() {
    for (auto& [offering, following] : offerings_) {
        if (following.watchers == 0) continue;
        std::vector<SentSection> sections;
        for (std::size_t at = 0; at < kSections; ++at) {
            const auto section = static_cast<Section>(at);
            if (!following.board->changed(section) || clock_.monotonic() < following.next[at]) continue;
            if (renew(offering, following, section)) sections.push_back({section, following.sent[at]});
        }
        if (!sections.empty()) publish_(offering, std::move(sections));
    }
}

std::vector<SentSection> Follower::open(const domain::OfferingId& offering) {
    std::vector<SentSection> sections;
    const auto found = offerings_.find(offering);
    if (found == offerings_.end()) return sections;
    Following& following = found->second;
    ++following.watchers;
    sections.reserve(kSections);
    for (std::size_t at = 0; at < kSections; ++at) {
        const auto section = static_cast<Section>(at);
        // Those who look already hear what this one finds, by the next turn.
        if (following.watchers == 1 || following.sent[at] == nullptr) {
            renew(offering, following, section);
        }
        sections.push_back({section, following.sent[at]});
    }
    return sections;
}

void Follower::close(const domain::OfferingId& offering) {
    const auto found = offerings_.find(offering);
    if (found != offerings_.end() && found->second.watchers > 0) --found->second.watchers;
}

}  // namespace rightsdesk::console
