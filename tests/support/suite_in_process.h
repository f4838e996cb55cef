// The whole suite in one process and one thread, over the fakes: four services with their real handlers and their real
// loop, a memory bus, a memory store. What happens is decided by the test alone and replays exactly.
//
//     SuiteInProcess suite;
//     suite.play(timeline);
//     suite.report("rare-medium-2002");
//
// Between any two turns a test may let a service die and come back (die_and_return), stop in good order (stop_and_return) or stand still
// (stand_still), lose every feed message (network()), or make the store fail (logs()). And one may stand still in the middle of a
// turn, right before it commits (before_commit, turn_others): for as long as leases last and longer.
#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <sstream>
#include <stdexcept>

#include "base/texts.h"
#include "bus/memory_bus.h"
#include "deadline_monitor/deadline_monitor.h"
#include "documents/memory_documents.h"
#include "domain/report.h"
#include "intake/intake.h"
#include "notification/notification.h"
#include "payment_clearing/payment_clearing.h"
#include "rightsdesk/report_text.h"
#include "rightsdesk/session.h"
#include "rightsdesk/timeline.h"
#include "rightsdesk/verification.h"
#include "runtime/desk_service.h"
#include "store/memory_store.h"

namespace rightsdesk::support {

// Intervals pass turn by turn, so that what is done "every second" is done every few turns.
class TurningClock final : public runtime::Clock {
public:
    [[nodiscard]] domain::Instant now() const override { return domain::Instant(monotonic_.count()); }
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return monotonic_; }
    void pass(std::chrono::nanoseconds time) { monotonic_ += time; }

private:
    std::chrono::nanoseconds monotonic_{1};
};

class SuiteInProcess {
public:
    // Effects on very many come in parts of about so many entities. Of each service there are so many instances.
    explicit SuiteInProcess(std::size_t most_effects = domain::kMostEffects, int instances = 1) : most_effects_(most_effects), instances_(instances) {
        logs_->time = [this] { return std::chrono::floor<std::chrono::milliseconds>(clock_.monotonic()); };
        std::string folder = (std::filesystem::temp_directory_path() / "rightsdesk-scenario-XXXXXX").string();
        if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for the test");
        folder_ = folder;
        using R = domain::Role;
        for (const auto& [name, role] : std::map<std::string, R>{{"fax-1", R::kFaxGateway}, {"mail-1", R::kMailGateway}, {"bank-1", R::kBankFeed},
                                                                 {"alice", R::kOperator}, {"bob", R::kOperator}, {"clock", R::kClock}, {"reader", R::kReader},
                                                                 {"intake", R::kService}, {"payment_clearing", R::kService}, {"deadline_monitor", R::kService},
                                                                 {"notification", R::kService}}) {
            principals_.add({name, {role}, false}, key_of(name).public_key);
        }
        for (int instance = 1; instance <= instances_; ++instance) {
            for (const std::string& name : base::enum_texts<domain::ServiceName>()) services_.emplace_back(std::make_unique<Seat>(*this, name, std::to_string(instance)));
        }
        settle();
    }
    ~SuiteInProcess() {
        services_.clear();
        std::filesystem::remove_all(folder_);
    }
    SuiteInProcess(const SuiteInProcess&) = delete;
    SuiteInProcess& operator=(const SuiteInProcess&) = delete;

    bus::MemoryNetwork& network() { return *network_; }
    store::MemoryLogs& logs() { return *logs_; }
    store::MemoryStore store() { return store::MemoryStore(logs_); }
    documents::MemoryDocuments& documents() { return documents_; }

    // Called between any two turns of services: where a test does its worst.
    std::function<void()> between_turns = [] {};

    // Called before a commit of a service that is not itself called from here.
    std::function<void()> before_commit = [] {};

    // What notification is from its next start on: one with ways out.
    std::function<std::unique_ptr<runtime::Handler>()> make_notification = [] { return std::make_unique<notification::Notification>(); };

    // What the service had in memory is gone; it starts again from the store.
    void die_and_return(std::size_t service) { services_.at(service)->lost = true; }
    // It hands over what it holds, and starts again from the store.
    void stop_and_return(std::size_t service) {
        Seat& seat = *services_.at(service);
        // What it cannot hand over now, others take when its leases end.
        if (seat.service && !seat.in_turn) (void)seat.service->stop();
        seat.lost = true;
    }
    // It does nothing for so many rounds, in which time passes for all.
    void stand_still(std::size_t service, int rounds) { services_.at(service)->still_for = rounds; }
    // All others go on, while this one is where it is.
    void turn_others(int rounds) {
        for (int round = 0; round < rounds; ++round) turn_all();
    }
    // All instances of all services, by number.
    [[nodiscard]] std::size_t services() const { return services_.size(); }
    [[nodiscard]] static constexpr std::chrono::milliseconds turn_time() { return kTurn; }
    // Which instance's door somebody tries first.
    std::function<std::size_t()> first_door = [] { return std::size_t{0}; };

    // Sends until there is an answer that is final.
    domain::Receipt send(const std::string& source, std::uint64_t number, domain::ServiceName door, const domain::Command& command) {
        domain::Envelope envelope;
        envelope.identity = {source, number};
        envelope.body = command;
        const auto reply = ask(source, door, wire::encode(envelope));
        const auto* receipt = std::get_if<domain::Receipt>(&reply.body);
        if (receipt == nullptr) throw std::runtime_error("a command was answered with no receipt");
        return *receipt;
    }

    // All of them in one turn of the service, under numbers from `number` on; each is sent again until there is an answer that is final.
    std::vector<domain::Receipt> send_together(const std::string& source, std::uint64_t number, domain::ServiceName door, const std::vector<domain::Command>& commands) {
        bus::MemoryBus bus(network_);
        const std::string name = base::to_text(door);
        const auto knocker = bus.knock({socket_of(name, "1") + ".door", key_of(name).public_key}, key_of(source));
        if (!knocker) throw std::runtime_error(knocker.error().message);
        std::vector<std::optional<domain::Receipt>> receipts(commands.size());
        const auto waits = [](const std::optional<domain::Receipt>& receipt) { return !receipt || receipt->kind == domain::ReceiptKind::kRetryLater; };
        for (int rounds = 0; rounds < kMaxRounds && std::any_of(receipts.begin(), receipts.end(), waits); ++rounds) {
            for (std::size_t at = 0; at < commands.size(); ++at) {
                if (!waits(receipts[at])) continue;
                if (const auto sent = (*knocker)->send(wire::encode(domain::Envelope{{source, number + at}, "", commands[at]})); !sent) throw std::runtime_error(sent.error().message);
            }
            turn_all();
            while (const auto answer = (*knocker)->receive(std::chrono::milliseconds(0))) {
                const auto reply = wire::decode_reply(*answer);
                if (!reply) throw std::runtime_error(reply.error().message);
                receipts.at(reply->identity.sequence - number) = std::get<domain::Receipt>(reply->body);
            }
        }
        std::vector<domain::Receipt> all;
        all.reserve(receipts.size());
        for (const auto& receipt : receipts) all.push_back(receipt.value());
        return all;
    }

    // Very many, as many in a turn as a door takes.
    std::vector<domain::Receipt> send_all(const std::string& source, std::uint64_t number, domain::ServiceName door, const std::vector<domain::Command>& commands) {
        std::vector<domain::Receipt> receipts;
        receipts.reserve(commands.size());
        for (std::size_t from = 0; from < commands.size(); from += runtime::kMaxRequestsPerTurn) {
            const auto first = commands.begin() + static_cast<std::ptrdiff_t>(from);
            const auto last = commands.begin() + static_cast<std::ptrdiff_t>(std::min(commands.size(), from + runtime::kMaxRequestsPerTurn));
            for (domain::Receipt& receipt : send_together(source, number + from, door, {first, last})) receipts.push_back(std::move(receipt));
        }
        return receipts;
    }

    domain::Reply ask(const std::string& source, domain::ServiceName door, const domain::Question& question) {
        domain::Envelope envelope;
        envelope.identity = {source, ++questions_};
        envelope.body = question;
        return ask(source, door, wire::encode(envelope));
    }

    // Turns until every service has done all that it can do, as the deadline monitor sees it.
    void settle() {
        std::string waiting;
        for (int rounds = 0; rounds < kMaxRounds; ++rounds) {
            turn_all();
            const auto reply = ask("clock", domain::ServiceName::kDeadlineMonitor, domain::AskClock{});
            const auto& status = std::get<domain::ClockStatus>(reply.body);
            if (status.idle) return;
            waiting = base::joined(status.waiting_for, "; ");
        }
        throw std::runtime_error("the suite does not come to rest: " + waiting);
    }

    void step_to(domain::Instant time) {
        const auto receipt = send("clock", ++ticks_, domain::ServiceName::kDeadlineMonitor, domain::StepTime{time});
        if (receipt.kind != domain::ReceiptKind::kAccepted) throw std::runtime_error("the time did not step: " + receipt.explanation);
        settle();
    }

    // As `rightsdesk sample play` does it. `told` hears every step's receipt.
    void play(const tools::Timeline& timeline, const std::function<void(const tools::Step&, const domain::Receipt&)>& told = [](const auto&, const auto&) {}) {
        domain::Instant now(0);
        for (const tools::Step& step : timeline.steps) {
            if (step.at != now) step_to(step.at);
            now = step.at;
            const auto receipt = send(step.source, step.number, step.door, step.command);
            settle();
            told(step, receipt);
        }
    }

    // Folded anew from the log.
    std::unique_ptr<domain::Book> book(const std::string& log) {
        auto book = std::make_unique<domain::Book>(log);
        store::MemoryStore store(logs_);
        if (const auto folded = tools::fold_log(store, *book); !folded) throw std::runtime_error(folded.error().message);
        return book;
    }

    std::string report(const std::string& offering) {
        std::ostringstream text;
        tools::print_report(text, domain::report_of(*book(offering)));
        return text.str();
    }

    // Empty when everything stored is the fold of its log.
    std::string verify(const std::string& log) {
        store::MemoryStore store(logs_);
        const auto verified = tools::verify_log(store, log);
        if (!verified) return verified.error().message;
        std::string problems;
        for (const std::string& problem : verified->problems) problems += problem + "\n";
        return problems;
    }

private:
    static constexpr int kMaxRounds = 2'000;
    static constexpr int kRoundsADoor = 3;
    static constexpr std::chrono::milliseconds kTurn{50};

    // Where a service may be made to stand still.
    class SeatStore final : public store::MemoryStore {
    public:
        explicit SeatStore(SuiteInProcess& suite) : MemoryStore(suite.logs_), suite_(suite) {}
        store::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
            if (!std::exchange(suite_.before_a_commit_, true)) {
                suite_.before_commit();
                suite_.before_a_commit_ = false;
            }
            return MemoryStore::commit(batch);
        }

    private:
        SuiteInProcess& suite_;
    };

    // A service's place: it may die and is then made anew.
    struct Seat {
        Seat(SuiteInProcess& of, const std::string& called, const std::string& which)
            : suite(of), name(called), instance(which), keys(of.folder_ + "/keys"), store(of) {}

        void turn() {
            if (in_turn) return;  // it stands still in the middle of one
            if (still_for > 0) {
                --still_for;
                return;
            }
            in_turn = true;
            turn_once();
            in_turn = false;
        }

        void turn_once() {
            if (lost) {
                service.reset();
                handler.reset();
                bus.reset();
                lost = false;
            }
            if (!service && !begin()) return;
            const auto turned = service->turn(std::chrono::milliseconds(0));
            if (turned) return;
            if (!turned.error().worth_retrying() && turned.error().kind != base::ErrorKind::kCorrupt) throw std::runtime_error(name + ": " + turned.error().message);
            lost = true;  // its supervisor starts it again
        }

        bool begin() {
            bus = std::make_unique<bus::MemoryBus>(suite.network_);
            handler = suite.make_handler(name);
            service = std::make_unique<runtime::DeskService>(runtime::Foundations{*handler, store, *bus, suite.clock_, keys, suite.principals_}, suite.settings_of(name, instance));
            if (service->start()) return true;
            lost = true;
            service.reset();
            return false;
        }

        SuiteInProcess& suite;
        std::string name;
        std::string instance;
        runtime::KeyRing keys;
        SeatStore store;
        std::unique_ptr<bus::MemoryBus> bus;
        std::unique_ptr<runtime::Handler> handler;
        std::unique_ptr<runtime::DeskService> service;
        bool lost = false;
        bool in_turn = false;
        int still_for = 0;
    };

    static bus::KeyPair key_of(const std::string& name) {
        static std::map<std::string, bus::KeyPair> pairs;
        if (const auto known = pairs.find(name); known != pairs.end()) return known->second;
        auto made = bus::make_key_pair();
        if (!made) throw std::runtime_error(made.error().message);
        return pairs.emplace(name, *made).first->second;
    }

    std::unique_ptr<runtime::Handler> make_handler(const std::string& name) {
        if (name == "intake") return std::make_unique<intake::Intake>(documents_);
        if (name == "payment_clearing") return std::make_unique<payment_clearing::PaymentClearing>();
        if (name == "deadline_monitor") return std::make_unique<deadline_monitor::DeadlineMonitor>();
        return make_notification();
    }

    static std::string socket_of(const std::string& name, const std::string& instance) { return instance == "1" ? name : name + "-" + instance; }

    [[nodiscard]] runtime::ServiceSettings settings_of(const std::string& name, const std::string& instance) const {
        runtime::ServiceSettings settings;
        settings.instance = instance;
        settings.most_effects = most_effects_;
        settings.clock = domain::ClockMode::kStepped;
        settings.door = socket_of(name, instance) + ".door";
        settings.feed = socket_of(name, instance) + ".feed";
        settings.key = key_of(name);
        for (const std::string& other : base::enum_texts<domain::ServiceName>()) {
            settings.registered.push_back(other);
            for (int number = 1; number <= instances_; ++number) {
                const std::string which = std::to_string(number);
                if (other == name) settings.instances.push_back(which);
                if (other != name || which != instance) settings.feeds.push_back({socket_of(other, which) + ".feed", key_of(other).public_key});
            }
        }
        return settings;
    }

    void turn_all() {
        for (const auto& seat : services_) {
            between_turns();
            seat->turn();
            clock_.pass(kTurn);
        }
    }

    domain::Reply ask(const std::string& source, domain::ServiceName door, const base::Bytes& bytes) {
        bus::MemoryBus bus(network_);
        const std::string name = base::to_text(door);
        std::vector<std::unique_ptr<bus::Knocker>> knockers;
        for (int instance = 1; instance <= instances_; ++instance) {
            auto knocker = bus.knock({socket_of(name, std::to_string(instance)) + ".door", key_of(name).public_key}, key_of(source));
            if (!knocker) throw std::runtime_error(knocker.error().message);
            knockers.push_back(std::move(*knocker));
        }
        std::string last = "nothing";
        const std::size_t first = first_door();
        for (int rounds = 0; rounds < kMaxRounds; ++rounds) {
            // Sent again and again: the same bytes under the same identity, as a client does when nothing comes; to the next door after a while.
            if (const auto sent = knockers[(first + static_cast<std::size_t>(rounds / kRoundsADoor)) % knockers.size()]->send(bytes); !sent) {
                throw std::runtime_error(sent.error().message);
            }
            turn_all();
            std::optional<domain::Reply> found;
            for (const auto& knocker : knockers) {
                while (const auto answer = knocker->receive(std::chrono::milliseconds(0))) {
                    const auto reply = wire::decode_reply(*answer);
                    if (!reply) throw std::runtime_error(reply.error().message);
                    const auto* receipt = std::get_if<domain::Receipt>(&reply->body);
                    const bool final = receipt == nullptr || receipt->kind != domain::ReceiptKind::kRetryLater;
                    if (!final) last = receipt->explanation;
                    if (!final) continue;
                    // Whoever answers, the receipt is the same.
                    if (found && receipt != nullptr && !(*found == *reply)) throw std::runtime_error(name + " answers the same message in two ways");
                    found = *reply;
                }
            }
            if (found) return *found;
        }
        throw std::runtime_error(name + " gives no final answer; its last: " + last);
    }

    std::size_t most_effects_;
    int instances_;
    bool before_a_commit_ = false;  // while the test does its worst
    std::string folder_;
    std::shared_ptr<bus::MemoryNetwork> network_ = std::make_shared<bus::MemoryNetwork>();
    std::shared_ptr<store::MemoryLogs> logs_ = std::make_shared<store::MemoryLogs>();
    documents::MemoryDocuments documents_;
    runtime::Principals principals_;
    TurningClock clock_;
    std::vector<std::unique_ptr<Seat>> services_;
    std::uint64_t questions_ = 0;
    std::uint64_t ticks_ = 0;
};

}  // namespace rightsdesk::support
