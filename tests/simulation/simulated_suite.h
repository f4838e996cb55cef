// One story played over the four real services in one thread: real handlers and loops over a memory store and network, senders that send again
// until they have a receipt, and weather. Everything from the story and the seed; what it did is a trace that a repeat makes again byte for byte.
#pragma once

#include <sodium.h>
#include <stdlib.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "base/texts.h"
#include "deadline_monitor/deadline_monitor.h"
#include "intake/intake.h"
#include "notification/notification.h"
#include "payment_clearing/payment_clearing.h"
#include "runtime/desk_service.h"
#include "simulation/faults.h"
#include "simulation/story.h"

namespace rightsdesk::simulation {

// What sealing and the simulated keys draw on, so that sealed bytes are the same in a repeat too.
class SeededSodium {
public:
    static void restart(std::uint64_t seed) {
        static randombytes_implementation implementation{name, word, nullptr, nullptr, fill, nullptr};
        CHECK(randombytes_set_implementation(&implementation) == 0);
        random() = Random(seed, "sodium");
    }

private:
    static Random& random() {
        static Random shared(0);
        return shared;
    }
    static const char* name() { return "simulation"; }
    static std::uint32_t word() { return static_cast<std::uint32_t>(random().next()); }
    static void fill(void* const into, const std::size_t size) {
        auto* octets = static_cast<unsigned char*>(into);
        for (std::size_t at = 0; at < size; ++at) octets[at] = static_cast<unsigned char>(random().next());
    }
};

// What all simulated suites of a process have in common: who there is, with which keys, and the sealing keys' folder.
class Cast {
public:
    static const Cast& shared() {
        static const Cast cast;
        return cast;
    }
    [[nodiscard]] const bus::KeyPair& key(const std::string& name) const { return keys_.at(name); }
    [[nodiscard]] const runtime::Principals& principals() const { return principals_; }
    [[nodiscard]] const std::string& sealing_keys() const { return folder_; }
    Cast(const Cast&) = delete;
    Cast& operator=(const Cast&) = delete;
    ~Cast() { std::filesystem::remove_all(folder_); }

private:
    Cast() {
        SeededSodium::restart(0);
        std::string folder = (std::filesystem::temp_directory_path() / "rightsdesk-simulation-XXXXXX").string();
        if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for the simulation's sealing keys");
        folder_ = folder;
        for (const char* log : {"desk", kOffering}) CHECK(wire::save_seal_key(folder_ + "/" + std::string(log) + ".key", wire::make_seal_key()).has_value());
        using R = Role;
        for (const auto& [name, role] : std::map<std::string, R>{{"fax-1", R::kFaxGateway}, {"fax-2", R::kFaxGateway}, {"mail-1", R::kMailGateway}, {"bank-1", R::kBankFeed},
                                                                 {"bank-2", R::kBankFeed}, {"alice", R::kOperator}, {"bob", R::kOperator}, {"carol", R::kOperator}, {"clock", R::kClock},
                                                                 {"intake", R::kService}, {"payment_clearing", R::kService}, {"deadline_monitor", R::kService},
                                                                 {"notification", R::kService}}) {
            keys_.emplace(name, bus::make_key_pair().value());
            principals_.add({name, {role}, false}, keys_.at(name).public_key);
        }
    }

    std::map<std::string, bus::KeyPair> keys_;
    runtime::Principals principals_;
    std::string folder_;
};

// Where a test puts something broken in the place of something good, to see that the oracle sees it.
struct Planted {
    std::function<std::unique_ptr<runtime::Handler>(std::unique_ptr<runtime::Handler>)> handler = [](auto good) { return good; };
    std::function<std::unique_ptr<store::Store>(std::unique_ptr<store::Store>)> store = [](auto good) { return good; };
    std::function<std::unique_ptr<bus::Bus>(std::unique_ptr<bus::Bus>)> bus = [](auto good) { return good; };
    std::function<Faults(Faults)> weather = [](const Faults& drawn) { return drawn; };
};

// Two instances of which none hears a record: each has only what it reads in the store.
inline Faults out_of_earshot(Faults drawn) {
    drawn.instances = 2;
    drawn.lose_feed = 1;
    return drawn;
}

// What became of a story.
struct Played {
    std::string problem;                                    // that the senders or the suite's end showed; empty when there is none
    std::shared_ptr<store::MemoryLogs> logs = std::make_shared<store::MemoryLogs>();
    std::map<std::string, Receipt> receipts;                // by the hash of the message
    std::map<std::string, Message> sent;                    // by hash, the clock's included
    std::string trace;
    std::uint64_t ticks = 0, struck = 0, deaths = 0;
    std::size_t most_effects = kMostEffects;
};

class Clockwork final : public runtime::Clock {
public:
    [[nodiscard]] Instant now() const override { return Instant(monotonic_.count()); }
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return monotonic_; }
    void pass(std::chrono::nanoseconds time) { monotonic_ += time; }

private:
    std::chrono::nanoseconds monotonic_{1};
};

class SimulatedSuite {
public:
    SimulatedSuite(const Story& story, const Faults& faults, bool traced, Planted planted = {})
        : story_(story), weather_(story.seed, faults), planted_(std::move(planted)), traced_(traced), disk_(weather_) {
        SeededSodium::restart(story.seed);
        played_.logs->time = [this] { return weather_.tick * kTurn; };
        for (std::size_t number = 1; number <= faults.instances; ++number) {
            for (const std::string& name : base::enum_texts<ServiceName>()) seats_.push_back(std::make_unique<Seat>(*this, name, std::to_string(number)));
        }
    }

    Played play() && {
        try {
            rest();
            for (std::size_t at = 0; at < story_.waves.size(); ++at) {
                const Wave& wave = story_.waves[at];
                move_time(wave.at);
                if (wave.rested) rest();
                say(wave);
            }
            weather_.calm = true;
            for (const auto& seat : seats_) seat->away_until = 0;
            rest();
        } catch (const std::runtime_error& error) {
            played_.problem = error.what();
        }
        senders_.clear();
        seats_.clear();
        played_.logs->time = [] { return std::chrono::milliseconds(0); };
        played_.ticks = weather_.tick;
        played_.most_effects = weather_.faults().most_effects;
        played_.struck = weather_.struck;
        return std::move(played_);
    }

private:
    static constexpr std::uint64_t kStorm = 60;         // ticks of it, at the beginning of each wave or rest
    static constexpr std::uint64_t kMostTicks = 2'000;  // for one wave, or one rest
    static constexpr std::chrono::milliseconds kTurn{130};

    [[noreturn]] static void fail(const std::string& what) { throw std::runtime_error(what); }
    template <class Text>
    void trace(Text text) {
        if (traced_) played_.trace += std::to_string(weather_.tick) + " " + text() + "\n";
    }

    // ---- services ----

    struct Seat {
        Seat(SimulatedSuite& of, const std::string& called, const std::string& which) : suite(of), name(called), instance(which), keys(Cast::shared().sealing_keys()) {}

        void turn() {
            if (turning || away_until > suite.weather_.tick) return;
            turning = true;
            try {
                if (service || begin()) go_on();
            } catch (const Died&) {
                die("in its turn");
            }
            turning = false;
        }
        void go_on() {
            const auto turned = service->turn(std::chrono::milliseconds(0));
            if (!turned) fail(name + " ends: " + turned.error().message);
        }
        void die(const char* how) {
            suite.trace([&] { return name + " " + instance + " dies " + how; });
            ++suite.played_.deaths;
            if (suite.weather_.strikes(suite.weather_.faults().stays_down)) stay_away();
            service.reset();
            handler.reset();
            bus.reset();
        }
        // Up to some five seconds of the others' time: a lease lasts less.
        void stay_away() { away_until = suite.weather_.tick + suite.weather_.random().below(40); }
        bool begin() {
            auto truth = suite.planted_.store(std::make_unique<store::MemoryStore>(suite.played_.logs));
            store = std::make_unique<FaultyStore>(std::move(truth), suite.weather_, [this] { suite.turn_another(*this); });
            bus = suite.planted_.bus(std::make_unique<FaultyBus>(suite.network_, suite.weather_));
            handler = suite.planted_.handler(suite.make_handler(name));
            service = std::make_unique<runtime::DeskService>(runtime::Foundations{*handler, *store, *bus, clock, keys, Cast::shared().principals()}, suite.settings_of(name, instance));
            const auto started = service->start();
            if (started) return true;
            if (started.error().kind != base::ErrorKind::kUnavailable) fail(name + " does not start: " + started.error().message);
            service.reset();
            return false;
        }

        SimulatedSuite& suite;
        std::string name, instance;
        std::uint64_t away_until = 0;
        runtime::KeyRing keys;
        Clockwork clock;
        std::unique_ptr<FaultyStore> store;
        std::unique_ptr<bus::Bus> bus;
        std::unique_ptr<runtime::Handler> handler;
        std::unique_ptr<runtime::DeskService> service;
        bool turning = false;
    };

    std::unique_ptr<runtime::Handler> make_handler(const std::string& name) {
        if (name == "intake") return std::make_unique<intake::Intake>(disk_);
        if (name == "payment_clearing") return std::make_unique<payment_clearing::PaymentClearing>();
        if (name == "deadline_monitor") return std::make_unique<deadline_monitor::DeadlineMonitor>();
        return std::make_unique<notification::Notification>();
    }

    static std::string door_of(const std::string& service, const std::string& instance) { return service + "." + instance + ".door"; }
    static std::string feed_of(const std::string& service, const std::string& instance) { return service + "." + instance + ".feed"; }

    [[nodiscard]] runtime::ServiceSettings settings_of(const std::string& name, const std::string& instance) const {
        runtime::ServiceSettings settings;
        settings.instance = instance;
        settings.most_effects = weather_.faults().most_effects;
        settings.clock = ClockMode::kStepped;
        settings.door = door_of(name, instance);
        settings.feed = feed_of(name, instance);
        settings.key = Cast::shared().key(name);
        for (const std::string& other : base::enum_texts<ServiceName>()) {
            settings.registered.push_back(other);
            for (std::size_t number = 1; number <= weather_.faults().instances; ++number) {
                const std::string which = std::to_string(number);
                if (other == name) settings.instances.push_back(which);
                if (other != name || which != instance) settings.feeds.push_back({feed_of(other, which), Cast::shared().key(other).public_key});
            }
        }
        return settings;
    }

    // Called within the commit of one: what commits meanwhile, mostly the same service's other instance where there is one. Never from there on
    // into a third.
    void turn_another(const Seat& than) {
        if (nested_) return;
        Seat* another = seats_[weather_.random().below(seats_.size())].get();
        if (weather_.faults().instances > 1 && weather_.random().one_in(2)) {
            for (const auto& seat : seats_) {
                if (seat->name == than.name && seat->instance != than.instance) another = seat.get();
            }
        }
        nested_ = true;
        try {
            another->turn();
        } catch (...) {
            nested_ = false;
            throw;
        }
        nested_ = false;
    }

    void turn_services() {
        std::vector<Seat*> order;
        order.reserve(seats_.size());
        for (const auto& seat : seats_) order.push_back(seat.get());
        if (weather_.faults().any_order) weather_.random().shuffle(order);
        for (Seat* seat : order) {
            if (seat->service && weather_.strikes(weather_.faults().die_between_turns)) seat->die("between turns");
            if (seat->service && weather_.strikes(weather_.faults().freezes)) seat->stay_away();
            if (weather_.strikes(weather_.faults().skip_turn)) continue;
            seat->turn();
            if (weather_.strikes(weather_.faults().clock_stands)) continue;
            seat->clock.pass(weather_.strikes(weather_.faults().clock_leaps) ? std::chrono::milliseconds(60'000) : kTurn);
        }
    }

    // ---- senders ----

    struct Told {
        Message message;
        std::optional<base::Bytes> answer;  // the first that is final
        std::uint64_t send_at = 0;
        std::uint64_t backing_off = 2;
    };
    // One who sends, with a connection to each instance of the service.
    struct Sender {
        std::vector<std::unique_ptr<bus::Knocker>> knockers;
        std::map<std::string, Told> told;   // by the identity that its answer bears
        std::vector<std::string> waiting;   // those without a receipt
    };

    static std::string identity_text(const Identity& identity) { return identity.source + "/" + std::to_string(identity.sequence); }
    static std::string answered_identity(const Message& message) {
        return identity_text(message.number == 0 ? undecodable_identity(message.source, message.bytes) : Identity{message.source, message.number});
    }

    Sender& sender_for(const Message& message) {
        std::string name = message.source + ">" + base::to_text(message.door);
        if (message.apart) name += "#" + message.hash;
        Sender& sender = senders_[name];
        if (sender.knockers.empty()) sender.knockers = knock(message.source, message.door);
        return sender;
    }
    std::vector<std::unique_ptr<bus::Knocker>> knock(const std::string& source, ServiceName door) {
        const std::string name = base::to_text(door);
        std::vector<std::unique_ptr<bus::Knocker>> knockers;
        for (std::size_t number = 1; number <= weather_.faults().instances; ++number) {
            auto knocker = bus_.knock({door_of(name, std::to_string(number)), Cast::shared().key(name).public_key}, Cast::shared().key(source));
            CHECK(knocker.has_value());
            knockers.push_back(std::move(*knocker));
        }
        return knockers;
    }
    bus::Knocker& any_of(std::vector<std::unique_ptr<bus::Knocker>>& knockers) {
        return *knockers[knockers.size() == 1 ? 0 : weather_.random().below(knockers.size())];
    }
    static std::optional<base::Bytes> next_answer(std::vector<std::unique_ptr<bus::Knocker>>& knockers) {
        for (const auto& knocker : knockers) {
            if (auto answer = knocker->receive(std::chrono::milliseconds(0))) return answer;
        }
        return std::nullopt;
    }

    void hand_to_sender(const Message& message) {
        Sender& sender = sender_for(message);
        const std::string identity = answered_identity(message);
        sender.told[identity].message = message;
        sender.waiting.push_back(identity);
        played_.sent.emplace(message.hash, message);
    }

    void send(Sender& sender, Told& told) {
        trace([&] { return told.message.source + "/" + std::to_string(told.message.number) + " sends " + told.message.what; });
        (void)any_of(sender.knockers).send(told.message.bytes);  // a full queue: it will be sent again
        told.send_at = weather_.tick + told.backing_off;
        told.backing_off = std::min<std::uint64_t>(told.backing_off + 1, 8);
    }

    void turn_senders() {
        for (auto& [name, sender] : senders_) {
            hear(sender);
            std::vector<std::string> waiting = sender.waiting;
            if (weather_.faults().any_order) weather_.random().shuffle(waiting);
            for (const std::string& identity : waiting) {
                Told& told = sender.told.at(identity);
                if (told.send_at <= weather_.tick) send(sender, told);
            }
            if (!sender.told.empty() && weather_.strikes(weather_.faults().again)) send(sender, std::next(sender.told.begin(), static_cast<std::ptrdiff_t>(weather_.random().below(sender.told.size())))->second);
        }
    }

    void hear(Sender& sender) {
        while (const auto bytes = next_answer(sender.knockers)) {
            const auto reply = wire::decode_reply(*bytes);
            if (!reply) fail("an answer cannot be decoded: " + reply.error().message);
            const std::string identity = identity_text(reply->identity);
            const auto told = sender.told.find(identity);
            if (told == sender.told.end()) fail("an answer to " + identity + " came to somebody who sent no such message");
            const auto* receipt = std::get_if<Receipt>(&reply->body);
            if (receipt == nullptr) fail(identity + " was answered with no receipt");
            if (receipt->kind == ReceiptKind::kRetryLater) continue;
            if (told->second.answer) {
                if (*told->second.answer != *bytes) fail(identity + " was answered differently the second time");
                continue;
            }
            trace([&] { return identity + " has its receipt: " + base::to_text(receipt->kind) + " " + receipt->status + " " + std::to_string(receipt->sequence); });
            told->second.answer = *bytes;
            played_.receipts[told->second.message.hash] = *receipt;
            std::erase(sender.waiting, identity);
        }
    }

    // ---- the time ----

    void tick() {
        ++weather_.tick;
        turn_senders();
        turn_services();
        for (auto& [name, sender] : senders_) hear(sender);
        hear_clock();
    }

    [[nodiscard]] bool all_have_receipts() const {
        return std::all_of(senders_.begin(), senders_.end(), [](const auto& sender) { return sender.second.waiting.empty(); });
    }
    void until_all_have_receipts(const char* meanwhile) {
        weather_.storm_until = weather_.tick + kStorm;
        for (const std::uint64_t end = weather_.tick + kMostTicks; !all_have_receipts();) {
            if (weather_.tick >= end) fail(std::string("no rest: receipts are missing after ") + std::to_string(kMostTicks) + " ticks, " + meanwhile);
            tick();
        }
    }

    void say(const Wave& wave) {
        for (const Message& message : wave.messages) hand_to_sender(message.of_refunds ? approval_of_refunds(message) : message);
        if (weather_.strikes(weather_.faults().again)) step(Instant(now_.value - 1));  // backwards: refused
        until_all_have_receipts("after a wave");
    }

    // Who approves has looked which proposal is open.
    [[nodiscard]] Message approval_of_refunds(Message message) const {
        ProposalId open = "refunds-1";
        const auto log = played_.logs->logs.find(kOffering);
        if (log == played_.logs->logs.end()) return message;
        for (const auto& [name, state] : log->second.states) {
            if (!name.starts_with("proposal/refunds-")) continue;
            const auto entity = wire::decode_state(state.state);
            const auto* proposal = entity ? std::get_if<Proposal>(&*entity) : nullptr;
            if (proposal != nullptr && proposal->status == ProposalStatus::kOpen) open = proposal->id;
        }
        message.bytes = wire::encode(Envelope{{message.source, message.number}, "", Command(Approve{kOffering, open})});
        message.hash = base::sha256_hex(message.bytes.view());
        return message;
    }

    // The clock asks until somebody who was asked after the last receipt says that all are idle.
    void rest() {
        if (questions_.empty()) questions_ = knock("clock", ServiceName::kDeadlineMonitor);
        idle_ = false;
        weather_.storm_until = weather_.tick + kStorm;
        asked_from_ = questions_asked_ + 1;
        for (const std::uint64_t end = weather_.tick + kMostTicks; !idle_;) {
            if (weather_.tick >= end) fail("no rest: " + (waiting_for_.empty() ? "the deadline monitor does not answer" : waiting_for_));
            (void)any_of(questions_).send(wire::encode(Envelope{{"clock-question", ++questions_asked_}, "", Question(AskClock{})}));
            tick();
        }
    }
    void hear_clock() {
        while (const auto bytes = next_answer(questions_)) {
            const auto reply = wire::decode_reply(*bytes);
            const auto* status = reply ? std::get_if<ClockStatus>(&reply->body) : nullptr;
            const auto* later = reply ? std::get_if<Receipt>(&reply->body) : nullptr;
            if (later != nullptr && later->kind == ReceiptKind::kRetryLater) continue;
            if (status == nullptr) fail("a question after the clock was answered otherwise");
            if (reply->identity.sequence < asked_from_) continue;
            idle_ = idle_ || status->idle;
            waiting_for_ = base::joined(status->waiting_for, "; ");
        }
    }

    // Through the looks on the way. The clock does not wait to be told that all are idle: it is refused until they are.
    void move_time(Instant to) {
        while (next_look_ < story_.looks.size() && story_.looks[next_look_] < to) {
            const Instant look = story_.looks[next_look_++];
            if (look > now_) step_until_done(look);
        }
        if (to > now_) step_until_done(to);
    }
    void step_until_done(Instant to) {
        step(to);
        until_all_have_receipts("while the time moves");
        now_ = to;
        rest();  // everybody knows what time it is
    }
    void step(Instant to) {
        const Identity identity{"clock", ++steps_};
        Message message{identity.source, identity.sequence, ServiceName::kDeadlineMonitor, wire::encode(Envelope{identity, "", Command(StepTime{to})}), "", "step", false};
        message.hash = base::sha256_hex(message.bytes.view());
        hand_to_sender(message);
    }

    const Story& story_;
    Weather weather_;
    Planted planted_;
    bool traced_;
    Played played_;
    std::shared_ptr<bus::MemoryNetwork> network_ = std::make_shared<bus::MemoryNetwork>();
    bus::MemoryBus bus_{network_};
    FaultyDocuments disk_;
    std::vector<std::unique_ptr<Seat>> seats_;
    std::map<std::string, Sender> senders_;
    std::vector<std::unique_ptr<bus::Knocker>> questions_;
    std::uint64_t questions_asked_ = 0, asked_from_ = 0;
    bool idle_ = false, nested_ = false;
    std::string waiting_for_;
    Instant now_{0};
    std::size_t next_look_ = 0;
    std::uint64_t steps_ = 0;
};

}  // namespace rightsdesk::simulation
