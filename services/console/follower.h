// The thread that follows the desk: hears the feeds, folds every log, and says which sections of which boards have changed. The feeds are
// hints, the store is the truth: what is missing between two records is read there. What takes long is done a slice a turn, so that a record just heard
// of never waits for all of it; projections are made in a thread of their own.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bus/bus.h"
#include "console/board.h"
#include "console/log_reader.h"
#include "console/measured.h"
#include "console/sections.h"
#include "console/worker.h"
#include "runtime/clock.h"
#include "runtime/principals.h"
#include "runtime/snapshot.h"
#include "runtime/suite_config.h"

namespace rightsdesk::console {

inline constexpr std::size_t kMostQuestions = 1'024;                  // that wait for the follower
inline constexpr std::chrono::milliseconds kSectionPause{100};        // between two of one section, and longer where it is large:
inline constexpr std::size_t kSectionOctetsASecond = 300'000;         // so much of each goes to a board
inline constexpr std::chrono::seconds kServiceSilence{3};             // then a service is stale
inline constexpr std::chrono::seconds kStoreSilence{5};               // and the store

// A section as it is sent.
struct SentSection {
    Section section{};
    std::shared_ptr<const std::string> event;
};

// From the follower's thread, in order.
using PublishSections = std::function<void(const domain::OfferingId&, std::vector<SentSection>)>;

struct FollowedService {
    std::string name;
    std::vector<bus::Remote> feeds;  // every instance's
};

// Those of the suite's configuration. kInvalid where one has no key.
base::Result<std::vector<FollowedService>> followed_services(const runtime::SuiteConfig& config, const runtime::Principals& principals);

struct FollowerSettings {
    domain::ClockMode clock = domain::ClockMode::kReal;
    std::vector<FollowedService> services;
    bus::KeyPair key;
};

// How the follower stands, as of its last look once a second.
struct FollowerState {
    struct OfLog {
        std::string log;
        store::Sequence records = 0;
        store::Sequence behind = 0;
        bool folded = false;
        std::string damaged;
    };
    std::uint64_t looks = 0;
    std::vector<OfLog> logs;                                      // the desk's first, then of the offerings those that live first
    std::optional<std::chrono::nanoseconds> store_seen_ago;
    std::map<std::string, std::chrono::nanoseconds> heard_ago;    // by service
};
// As figures of the admin port, with what keeps the console from its work.
runtime::Snapshot snapshot_of(const FollowerState& state);

class Follower {
public:
    // `store`: of the log reader alone. Nothing is heard before `start`.
    Follower(FollowerSettings settings, bus::Bus& bus, std::unique_ptr<store::Store> store, const runtime::Clock& clock, Measured& measured, PublishSections publish);
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;
    ~Follower();

    base::Result<> start();
    // Follows no more; what is asked from now on is answered by nobody.
    void stop();

    // Done soon, in the follower's thread. False: too much waits.
    [[nodiscard]] bool ask(std::function<void(Follower&)> question);
    // Suite time, from any thread.
    [[nodiscard]] domain::Instant now() const;
    // From any thread.
    [[nodiscard]] FollowerState state() const;

    // ---- for questions, in its own thread ----
    [[nodiscard]] const Board* board(const domain::OfferingId& offering) const;
    [[nodiscard]] const FollowedLog& desk() const { return desk_; }
    [[nodiscard]] DeskView view() const { return {desk_.book(), desk_alerts_, health_list_, lines_}; }
    [[nodiscard]] std::vector<Json> offering_lines() const;
    [[nodiscard]] Json section(const domain::OfferingId& offering, Section section) const;
    // Every section as it is now, for a board that opens; from now on `publish` hears of this offering.
    std::vector<SentSection> open(const domain::OfferingId& offering);
    void close(const domain::OfferingId& offering);

private:
    struct Ears {
        std::string service;
        std::unique_ptr<bus::Listener> listener;
        std::chrono::nanoseconds heard{-1};  // monotonic; below 0: never
    };
    struct Following {
        std::unique_ptr<Board> board;
        store::Sequence head = 0;            // heard of or seen
        bool wanted = false;                 // a page is under way
        bool folded = false;                 // the end of the log was reached once
        std::string damaged;                 // why it is followed no further
        bool projecting = false;             // in the thread for that
        std::size_t watchers = 0;
        std::array<std::shared_ptr<const std::string>, kSections> sent{};
        std::array<std::chrono::nanoseconds, kSections> next{};
    };
    struct Health {
        domain::Alert alert;
        std::chrono::nanoseconds heard{0};
    };

    // From any thread; not counted as a question.
    void post(std::function<void(Follower&)> work);
    void run();
    [[nodiscard]] bool has_work() const;
    void hear();
    void hear(const bus::FeedMessage& message);
    void take_inbox();
    void take_page(ReadPage page);
    void take_heads(const std::map<std::string, store::Sequence>& heads);
    void take_records(const std::string& log, const std::vector<store::LogRecord>& records);
    void know_head(const std::string& log, store::Sequence head);
    void want_more(const std::string& log, Following& following);
    void desk_changed(const FoldedItem& item);
    void every_second();
    void keep_state();
    void look_again();
    void project();
    void project_small(Following& following);
    void publish_changes();
    [[nodiscard]] std::shared_ptr<const std::string> encoded(const domain::OfferingId& offering, const Following& following, Section section) const;
    bool renew(const domain::OfferingId& offering, Following& following, Section section);
    [[nodiscard]] Json head_json(const domain::OfferingId& offering, const Following& following) const;
    std::vector<std::string> stale_because(const Following& following) const;

    FollowerSettings settings_;
    bus::Bus& bus_;
    const runtime::Clock& clock_;
    Measured& measured_;
    PublishSections publish_;
    std::unique_ptr<store::Store> reading_;
    FollowedLog desk_;
    Following desk_following_;               // without a board
    std::map<domain::OfferingId, Following> offerings_;
    AlertList desk_alerts_;
    std::map<std::string, Health> health_;
    std::vector<domain::Alert> health_list_;
    std::vector<Json> lines_;
    std::vector<Ears> ears_;
    std::chrono::nanoseconds store_seen_{0}, next_second_{0};
    bool store_was_seen_ = false;
    std::string store_problem_;
    std::atomic<std::int64_t> stepped_now_{0};

    mutable std::mutex mutex_;
    FollowerState state_;
    std::vector<std::function<void(Follower&)>> inbox_;  // questions, and what the reader says
    std::size_t questions_ = 0;
    std::deque<std::function<void(Follower&)>> waiting_;  // taken from the inbox, and not done yet: the thread's own
    std::unique_ptr<LogReader> reader_;
    std::unique_ptr<Worker> projector_;
    std::atomic<bool> ending_{false};
    std::thread thread_;
};

}  // namespace rightsdesk::console
