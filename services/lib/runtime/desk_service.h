// One service of the suite: the loop that all four share. Each turn takes the same steps, in this order:
//
//     receive -> decode -> decide -> commit -> acknowledge -> publish
//
// first for what was heard on the feeds and for the door's requests, then for the records not yet reacted to, then for
// what is due. Nothing is acknowledged before it is durable. What was heard is a hint, the log is the truth: the service
// looks at every log once a second whether it heard anything or not. What comes in while the disk is waited for is decoded meanwhile.
// One thread; calls wait for the store only.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bus/bus.h"
#include "domain/watched_figures.h"
#include "heads/head_files.h"
#include "runtime/attempts.h"
#include "runtime/clock.h"
#include "runtime/handler.h"
#include "runtime/health.h"
#include "runtime/key_ring.h"
#include "runtime/leases.h"
#include "runtime/ledger.h"
#include "runtime/measured.h"
#include "runtime/principals.h"
#include "runtime/reverification.h"
#include "runtime/snapshot.h"
#include "runtime/watch.h"
#include "store/store.h"
#include "wire/wire.h"

namespace rightsdesk::runtime {

// Bounds of one turn.
inline constexpr std::size_t kMaxRequestsPerTurn = 512;
inline constexpr std::size_t kMaxReactionsPerTurn = 1'024;
inline constexpr std::size_t kMaxHeardPerTurn = 4'096;
inline constexpr std::size_t kMaxBatchOctets = 8U * 1024U * 1024U;
inline constexpr std::size_t kLogPage = 1'024;
inline constexpr int kMaxAttempts = 8;      // of one batch against other writers, within a turn
inline constexpr int kMaxDuePerTurn = 64;   // things due in one log
inline constexpr std::size_t kMaxVerifiedPerTurn = 2'000;  // records, after the store was started again
static_assert(kMaxRequestsPerTurn <= store::kMaxItemsPerBatch && kMaxReactionsPerTurn <= store::kMaxItemsPerBatch);
static_assert(kMaxBatchOctets < store::kMaxBatchOctets);
static_assert(4 * domain::kMostEffects < store::kMaxOperationsPerBatch);  // an event, a state and a read for each entity, and the closing

inline constexpr std::chrono::milliseconds kHeadInterval{250};
inline constexpr std::chrono::milliseconds kLookInterval{1'000};
// What was told of and comes by another feed is waited for, so often: who committed it tells of it once its receipts are out. Reading it
// from the store costs Redis, and everybody else, more than the wait.
inline constexpr std::chrono::milliseconds kOnItsWay{2};
inline constexpr int kMostWaits = 8;
// Whoever reacts writes to the disk that a sender waits for: of its time a service takes one part in nine at most for that, while what
// follows from few records can wait for more of them. People, whom it is told, do not see the difference.
inline constexpr int kReactingPause = 8;  // times as long as the last reacting took
inline constexpr std::chrono::milliseconds kLongestReactingPause{50};
inline constexpr std::chrono::milliseconds kAwayInterval{250};   // a log that is away is tried again
inline constexpr std::chrono::milliseconds kHealthInterval{10'000};
inline constexpr std::chrono::milliseconds kUnhealthyInterval{250};
inline constexpr std::chrono::milliseconds kConsumersInterval{5'000};
inline constexpr std::chrono::milliseconds kBooksInterval{1'000};  // between two looks at figures that cost what the books hold
inline constexpr int kBooksShare = 50;                             // and so many times as long as the last look took
inline constexpr std::size_t kMostLogsTold = 50;                   // each under its own name; the rest together
inline constexpr std::uint64_t kMostFollowedPerSecond = 500;       // lines of the log

struct ServiceSettings {
    std::string instance = "1";
    std::vector<std::string> instances;  // of this service, this one among them; with none or one it is alone
    domain::ClockMode clock = domain::ClockMode::kReal;
    std::string door;
    std::string feed;
    bus::KeyPair key;
    std::vector<bus::Remote> feeds;      // of the other services, and of the other instances of this one
    std::vector<std::string> registered; // services that the stepped clock waits for
    std::size_t most_effects = domain::kMostEffects;
    WatchSettings watch = {};
    bool log_debug = false;              // as it is configured: a line for each record that it commits
    std::string admin = {};              // "127.0.0.1:17700": where its figures are told; empty: nowhere
};

// What a service stands on; all of it outlives the service.
struct Foundations {
    Handler& handler;
    store::Store& store;
    bus::Bus& bus;
    const Clock& clock;
    KeyRing& keys;
    const Principals& principals;
    const heads::HeadFiles* heads = nullptr;  // what the auditor signed; without them only this service's memory vouches for the logs
};

class DeskService {
public:
    DeskService(Foundations foundations, ServiceSettings settings);
    DeskService(const DeskService&) = delete;
    DeskService& operator=(const DeskService&) = delete;
    ~DeskService();

    // Opens door and feed and folds every log. kUnavailable: try again later; kInvalid: the configuration contradicts
    // the store (the clock's mode) or the socket does not refuse strangers; kCorrupt: a log is damaged.
    base::Result<> start();

    // One turn; waits up to `wait` when there is nothing to do. True when something was done. Errors: kCorrupt or
    // kInvalid, the service must end; what can be retried is retried within.
    base::Result<bool> turn(std::chrono::milliseconds wait);

    // In good order: saves how far it has come and gives up its leases, so that another instance goes on at once. What could not be
    // is for others to find out; nothing is lost.
    base::Result<> stop();

    // Nothing heard, asked, left to react to or due at the last turn.
    [[nodiscard]] bool idle() const { return idle_ && !troubled_; }
    [[nodiscard]] const Books& books() const { return books_; }
    [[nodiscard]] const Health& health() const { return health_; }
    // The logs that this instance consumes and acts on in time.
    [[nodiscard]] std::vector<std::string> holds() const { return leases_.held(); }
    // What it tells of itself at this moment, between two turns. Asks nobody.
    [[nodiscard]] Snapshot snapshot();
    [[nodiscard]] const ServiceSettings& settings() const { return settings_; }
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    enum class Outcome : unsigned char { kUndecided, kCommitted, kPart, kNothing, kRetryLater, kDuplicate, kConflict };

    // One thing to decide and commit.
    struct Work {
        std::function<domain::Decision(const domain::Context&)> decide;
        domain::Context context;
        std::string command;        // of a command: its type's name
        std::shared_ptr<const domain::Command> decoded;  // of a command
        domain::Identity answered;  // of a command: the envelope's identity, which its sender waits for
        std::string payload_hash;   // of a command; with it the identity is claimed
        std::string operator_name;
        bool looks_at_others = false;  // it is decided on the books of several offerings
        bool at_head = false;       // committed only while nothing else has come into the log: its route rests on what is not there
        const base::Bytes* bytes = nullptr;  // of a command: as it came; they live as long as the turn
        std::string source;         // of a reaction: the log consumed; else empty
        std::shared_ptr<const domain::Record> reacted = {};  // of a reaction
        store::Sequence reacted_to = 0;
        std::size_t request = 0;    // of a command: its place among the turn's requests
        Outcome outcome = Outcome::kUndecided;
        store::Sequence first = 0;
        std::string why;
        bool more = false;          // of a reaction: a part of it, committed without the cursor
        std::shared_ptr<const domain::Unfinished> unfinished = {};
    };
    struct Trial;  // an item folded on trial, and what it would commit

    // A request, decoded already where there was time for it.
    struct Opened {
        bus::Request request;
        std::string hash = {};                                          // of its bytes
        std::optional<base::Result<domain::Envelope>> envelope = {};
    };

    // A service's place in a source log, kept in the log that its effects go to.
    struct Cursor {
        store::Sequence handled = 0;
        store::Sequence saved = 0;
        std::shared_ptr<const domain::Unfinished> unfinished = {};  // of the reaction to the record after `handled`, parts of which are committed

        // What the store says: another instance may be further, and has done then what this one has in hand.
        void found_at(store::Sequence stored) {
            saved = stored;
            if (stored <= handled) return;
            handled = stored;
            unfinished = nullptr;
        }
    };
    struct Place {
        std::unique_ptr<Ledger> ledger;
        std::map<std::string, Cursor> cursors;  // by source; as the store has them from when the lease is taken on
        bool behind = true;                     // records are known or suspected that are not folded yet
        bool due = true;                        // something changed since `due` found nothing
        bool unpublished = false;               // what was committed is read from the log again, to be published from there
        bool peer_wrote = false;                // records of another instance of this service were folded
        std::string away;                       // why it cannot be reached, alone of all; tried again at `away_until`
        std::chrono::nanoseconds away_until{0};
        store::Sequence heard = 0;              // the highest number that somebody told of
        std::map<store::Sequence, store::LogRecord> ahead = {};  // heard before those that they follow
        int turns_waited = 0;                   // for what was told of and has not come
        store::Sequence confirmed = 0;          // up to here as durable as an acknowledgement promises
    };

    // What is to be committed to one log, with others at once. Decided on that log's book and the desk's only.
    struct Portion {
        Place* place = nullptr;
        std::vector<Work>* works = nullptr;
        int attempts = 0;                            // against other writers
        std::optional<base::Result<>> ended = {};
    };
    // A log that is consumed, and the one that what follows goes to.
    struct Pair {
        Place* target = nullptr;
        Place* source = nullptr;
        [[nodiscard]] Place& offering() const { return target->ledger->log() == domain::kDesk ? *source : *target; }
    };
    struct Reaction {
        Pair pair;
        std::vector<Work> works;
    };

    // logs
    base::Result<> open_place(const std::string& log);
    base::Result<> open_listed_offerings();
    void moved(Place& place);
    void look_what_is_due(Place& place);
    base::Result<std::shared_ptr<const domain::Record>> fold(Place& place, const store::LogRecord& record);
    base::Result<> catch_up(Place& place);
    base::Result<> catch_up_all();
    base::Result<> follow_time(const Ledger& ledger);
    base::Result<std::vector<NumberedRecord>> records_after(Place& source, store::Sequence after, std::size_t limit);
    base::Result<domain::Record> record_of(const std::string& log, const std::string& identity);
    base::Result<domain::Record> opened_record(const std::string& log, domain::Sequence sequence);

    // is the store the one from which we acknowledged?
    base::Result<> watch_store();
    base::Result<> verify_again();
    base::Result<bool> answer_only();
    base::Result<> must_have_every_signed_log() const;
    base::Result<> expect_signed(Ledger& ledger);
    void damaged(const std::string& what);
    [[nodiscard]] bool may_write() const { return damage_.empty() && incarnation_ == trusted_; }

    // committing
    base::Result<> commit_all(Place& place, std::vector<Work>& works);
    void commit_together(std::vector<Portion>& portions);
    void end(Portion& portion, const base::Error& error);
    // One that answers that it has no replica answers.
    void note_silence(const base::Error& error) {
        troubled_ = true;
        silent_ = silent_ || (error.kind == base::ErrorKind::kUnavailable && !health_.only("replica_missing"));
    }
    static base::Result<> silence() { return base::unavailable("the store does not answer: send the same message again"); }
    base::Result<std::vector<std::unique_ptr<Trial>>> try_portion(Portion& portion);
    store::Batch batch_of(const Place& place, std::vector<std::unique_ptr<Trial>>& trials) const;
    void settle(Portion& portion, std::vector<std::unique_ptr<Trial>>& trials, const store::Result<std::vector<store::ItemResult>>& results);
    base::Result<std::vector<std::unique_ptr<Trial>>> try_works(Place& place, std::vector<Work>& works);
    base::Result<std::unique_ptr<Trial>> try_counted(Place& place, Work& work, store::Sequence said_before);
    base::Result<std::unique_ptr<Trial>> try_one(Place& place, Work& work, store::Sequence said_before);
    void settle_claim(const Claim& claim, Work& work);
    base::Result<bool> accept(Place& place, std::vector<std::unique_ptr<Trial>>& trials, const std::vector<store::ItemResult>& results);
    base::Result<bool> fold_foreign(Place& place, store::Sequence before);
    void keep(Place& place, Trial& trial);
    void take_back(std::vector<std::unique_ptr<Trial>>& trials);

    // sharing
    base::Result<> take_leases();
    base::Result<> read_cursors(Place& place);
    bool is_the_desks(const domain::Command& command);

    // vouching
    [[nodiscard]] std::uint64_t epoch_of(const Place& place) const;
    void follow_waiver();
    void vouch(Place& place, std::vector<Work>& works);
    base::Result<> commit_without_replica(Place& place, std::vector<Work>& works);
    base::Result<> check_store_holds_all();
    base::Result<> check_cursor(const std::string& log, const std::string& source, const Cursor& cursor);

    // the steps of a turn
    [[nodiscard]] std::chrono::milliseconds longest_wait(std::chrono::milliseconds wait) const;
    base::Result<> look_again();
    bool hear();
    void take_in();
    void hear_one(const bus::FeedMessage& message);
    bool hear_record(domain::Published& published);
    void fold_heard(Place& place, store::Sequence through);
    bool waits_for_more(Place& place);
    base::Result<bool> serve_door();
    base::Result<> follow_steps();
    void prepare(const std::vector<Portion>& portions);
    base::Result<> serve_commands(std::vector<Portion>& portions, const std::vector<bus::Request>& requests);
    void put_off(Portion& portion, bool healthy);
    void answer_all(Portion& portion, const std::vector<bus::Request>& requests, bool without_replica);
    base::Result<bool> react_in_time();
    [[nodiscard]] std::chrono::milliseconds until_reacting() const;
    base::Result<bool> react_all();
    base::Result<bool> react(const std::vector<Pair>& pairs);
    base::Result<> react_together(std::vector<Reaction> reactions);
    base::Result<std::vector<Work>> reactions_of(const Pair& pair);
    void settle_reactions(Reaction& reaction, bool held);
    base::Result<bool> due_all();
    base::Result<> save_cursors();
    base::Result<> save_cursors_of(Place& place);
    void publish_periodically();
    void check_health();
    base::Result<> look_around();
    base::Result<> look_at_consumers();
    [[nodiscard]] bool may_be_decided(const Work& work) const;

    // quarantine
    static WorkKey key_of(const Place& place, const Work& work);
    static domain::Identity quarantine_identity(const std::string& principal, const std::string& payload_hash);
    void settle_attempts(const Place& place, const std::vector<Work>& works);
    void quarantine(const Place& place, Work& work, const std::string& why, int attempts);
    void hold_back(const Place& place, Work& work);
    void hold_back_reaction(const Place& target, Work& work);
    void take_up_again(Work& work, const std::string& log);
    base::Result<const domain::UnattributedItem*> released_item(const std::string& log, const domain::QuarantineReleased& released);
    domain::Decision react_to(const std::string& target, const std::string& source, const domain::Record& record, const domain::Context& context);
    domain::Decision decide_again(const std::string& log, const domain::QuarantineReleased& released, const domain::Context& context);
    [[nodiscard]] domain::Decision release(const std::string& log, const domain::ReleaseItem& command, const domain::Context& context) const;
    [[nodiscard]] bool due_is_held(const std::string& log) const;
    void look_at_last_death();

    // requests
    void receive_more();
    base::Result<domain::Envelope> decode(const base::Bytes& bytes);
    void open(Opened& waiting);
    std::pair<std::string, Work> work_for(Opened& opened, const bus::Request& request, std::size_t place);
    std::pair<std::string, Work> work_of(base::Result<domain::Envelope> envelope, const bus::Request& request, std::size_t place, const std::string& hash);
    std::string route_of(const domain::Command& command);
    domain::Decision decide_on(const std::string& log, const domain::Command& command, const domain::Context& context);
    static std::string person_of(const domain::Principal& principal, const domain::Envelope& envelope);
    base::Result<std::string> log_of(const domain::Identity& identity, const domain::Command& command);
    base::Result<> look_everywhere();
    base::Result<> read_everything();
    Work refusal(const bus::Request& request, std::size_t place, domain::Event event, const domain::Identity& identity);
    domain::Reply answer_question(const bus::Request& request, const domain::Envelope& envelope);
    void answer(const bus::Request& request, const domain::Reply& reply, bool repeat = false);
    domain::Receipt receipt_for(const std::string& log, const Work& work);

    // measuring
    void tell_logs(Figures& figures);
    void tell_health(Figures& figures) const;
    void look_at_books();
    void choose_logs_told();
    [[nodiscard]] std::string log_label(const std::string& log) const { return told_.contains(log) ? log : "+others"; }
    void follow(const std::string& log, store::Sequence first, const std::vector<domain::Record>& records, const domain::Folding& folding);

    void publish(const Place& place, store::LogRecord record, const domain::Record& decoded);
    void publish_alert(const std::string& log, const domain::Event& event);
    void send_published();
    void publish_idle(bool again);
    [[nodiscard]] std::vector<std::string> waiting_for();
    [[nodiscard]] domain::Instant now() const;
    [[nodiscard]] domain::Context context_for(const std::string& log);
    [[nodiscard]] Surroundings surroundings();
    std::string hash_in(const std::string& log, const std::string& text);
    [[nodiscard]] bool follows(const std::string& log, const std::string& source) const;
    // A log that lies apart from the desk's, on another master of a cluster, may be away by itself: then it is left alone for a
    // moment and the rest goes on. Else the same error.
    base::Result<> leave_alone(Place& place, const base::Error& error);
    [[nodiscard]] bool is_away(const Place& place) const { return !place.away.empty() && on_.clock.monotonic() < place.away_until; }
    // Remembers that the store or disk does not answer; the same error when it cannot be retried.
    base::Result<> trouble(const base::Error& error);
    base::Result<> ensure_clock();
    [[nodiscard]] domain::Instant latest_record() const;

    Foundations on_;
    ServiceSettings settings_;
    std::string name_;
    Books books_;
    ClaimedIdentities claimed_;
    std::map<std::string, Place> places_;
    Leases leases_;
    std::unique_ptr<bus::Door> door_;
    std::unique_ptr<bus::Feed> feed_;
    std::unique_ptr<bus::Listener> listener_;
    Health health_;
    std::map<std::string, std::vector<domain::Published>> committed_;  // by log: waits until it has been acknowledged
    std::vector<bus::FeedMessage> alerts_;                             // and so do these
    std::unique_ptr<Watch> watch_;
    std::unique_ptr<Attempts> attempts_;
    std::vector<Opened> waiting_;  // received while something was committed: the next turn's first
    int one_by_one_ = 0;        // so many turns take one request each
    std::string incarnation_;   // of the store, as it was last seen
    std::string trusted_;       // the one whose logs are those that we folded
    std::string damage_;        // the first bad record; nothing is acknowledged any more
    std::unique_ptr<Reverification> verifying_;
    std::map<std::pair<std::string, std::string>, domain::Idle> idle_reports_;  // by service and instance
    bool heard_records_ = false;  // since the last turn's hearing
    bool waits_for_more_ = false; // records were told of that are on their way
    bool idle_ = false;
    bool quiet_ = false;        // the next turn may wait: nothing was done, or what was tried failed
    bool troubled_ = false;     // something failed in this turn: nobody knows then whether something is left to do
    bool silent_ = false;       // the store did not answer in this turn: it is asked no more
    bool without_replica_ = false;  // as the desk's log has it
    std::optional<base::Result<>> looked_;  // how reading every log for the requests at hand ended
    std::string unhashed_;      // why a log's key could not be had when a handler asked for a hash
    Measured measured_;
    Figures of_books_;          // as of the last look
    std::map<std::string, domain::StandingAlerts> standing_alerts_;  // by log
    std::set<std::string> told_;  // logs that are told under their own names
    std::chrono::nanoseconds next_books_{0};
    std::chrono::nanoseconds followed_since_{0};
    std::uint64_t followed_ = 0;  // lines since then
    bool more_to_react_ = false;  // a backlog, or the rest of an effect in parts
    std::chrono::nanoseconds next_reacting_{0};
    std::chrono::nanoseconds next_heads_{0};
    std::chrono::nanoseconds next_idle_{0};
    std::chrono::nanoseconds next_look_{0};
    std::chrono::nanoseconds next_health_{0};
    std::chrono::nanoseconds next_consumers_{0};
};

}  // namespace rightsdesk::runtime
