// A desk in one process: services with handlers that the test gives, over the memory store and the memory bus, on a clock
// that the test sets. What a service does is written down in the order in which it does it:
//
//     DeskWorld world;
//     world.open_desk({"rare-medium-2002"});
//     Instance intake(world, ServiceName::kIntake);
//     ASSERT_TRUE(intake.start());
//     Knocking fax(world, "fax-1", ServiceName::kIntake);
//     fax.send(1, watermark("2002-06-27T10:00:00"));
//     intake.settle();
//     EXPECT_EQ(fax.receipt()->status, "advanced");
//     EXPECT_EQ(world.steps, Names({"decide", "commit desk 1", "answer", "publish event/desk/"}));
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bus/memory_bus.h"
#include "domain/watermarks.h"
#include "runtime/desk_service.h"
#include "runtime/process.h"
#include "store/memory_store.h"
#include "support/builders.h"
#include "support/folder.h"
#include "support/passing_bus.h"

namespace rightsdesk::runtime {

using namespace domain;  // NOLINT: tests are told in the domain's words
using namespace std::chrono_literals;
using support::a_notice;
using support::Folder;
using support::Names;
using support::new_york;

inline constexpr const char* kOffering = "rare-medium-2002";

class ManualClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return at; }
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return passed; }
    [[nodiscard]] std::string boot() const override { return boot_id; }
    [[nodiscard]] Synchronisation synchronisation() const override { return kernel; }
    // Somebody sets the wall clock.
    void step(std::chrono::milliseconds by) { at += Instant(std::chrono::nanoseconds(by).count()); }
    void advance(std::chrono::milliseconds by) {
        at += Instant(std::chrono::nanoseconds(by).count());
        passed += by;
    }
    Instant at = new_york("2002-06-27T10:00:00");
    std::chrono::nanoseconds passed{1h};
    std::string boot_id = "a-boot";
    Synchronisation kernel{true, 1ms};
};

struct DeskWorld;

// ---- what writes down the steps ----

class TracedStore final : public store::MemoryStore {
public:
    explicit TracedStore(DeskWorld& world);

    store::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override;
    store::Result<std::vector<store::LogRecord>> read_log(const std::string& log, store::Sequence after_this, std::size_t limit) override {
        return MemoryStore::read_log(log, after_this, std::min(limit, longest_page));
    }

    // Done once, right before the next commit with events: what another instance does at that moment.
    std::function<void()> before_commit;
    // Once, right behind the next one.
    std::function<void()> after_commit;
    // How long each takes, with events or without.
    std::chrono::milliseconds commits_take{0};
    // A real one is asked once a connection, and so also answers while it hangs.
    store::Result<std::string> incarnation() override;
    // A real store answers with fewer records than asked for when they are large.
    std::size_t longest_page = 1'024;

private:
    DeskWorld& world_;
};

class TracedDoor final : public bus::Door {
public:
    TracedDoor(DeskWorld& world, std::unique_ptr<bus::Door> inner) : world_(world), inner_(std::move(inner)) {}
    std::vector<bus::Request> receive(std::size_t limit) override { return inner_->receive(limit); }
    void answer(const std::string& peer, const bus::Bytes& bytes) override;

private:
    DeskWorld& world_;
    std::unique_ptr<bus::Door> inner_;
};

class TracedFeed final : public bus::Feed {
public:
    TracedFeed(DeskWorld& world, std::unique_ptr<bus::Feed> inner) : world_(world), inner_(std::move(inner)) {}
    void publish(const std::string& topic, const bus::Bytes& bytes) override;

private:
    DeskWorld& world_;
    std::unique_ptr<bus::Feed> inner_;
};

class TracedBus final : public support::PassingBus {
public:
    explicit TracedBus(DeskWorld& world);
    bus::Result<std::unique_ptr<bus::Door>> open_door(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        return PassingBus::open_door(endpoint, server, std::move(directory)).map([this](std::unique_ptr<bus::Door> door) -> std::unique_ptr<bus::Door> {
            return std::make_unique<TracedDoor>(world_, std::move(door));
        });
    }
    bus::Result<std::unique_ptr<bus::Feed>> open_feed(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        return PassingBus::open_feed(endpoint, server, std::move(directory)).map([this](std::unique_ptr<bus::Feed> feed) -> std::unique_ptr<bus::Feed> {
            return std::make_unique<TracedFeed>(world_, std::move(feed));
        });
    }

private:
    DeskWorld& world_;
};

// ---- the world ----

struct DeskWorld {
    DeskWorld() {
        hold_key("fax-1", {Role::kFaxGateway});
        hold_key("bank-1", {Role::kBankFeed});
        hold_key("alice", {Role::kOperator});
        hold_key("bob", {Role::kOperator});
        hold_key("console", {Role::kOperator}, true);
        hold_key("reader", {Role::kReader});
        for (const std::string& service : base::enum_texts<ServiceName>()) hold_key(service, {Role::kService});
        logs->time = [this] { return std::chrono::floor<std::chrono::milliseconds>(clock.passed); };
    }
    DeskWorld(const DeskWorld&) = delete;
    DeskWorld& operator=(const DeskWorld&) = delete;

    void hold_key(const std::string& name, std::vector<Role> roles, bool acts_for_others = false) {
        keys[name] = bus::make_key_pair().value();
        principals.add({name, std::move(roles), acts_for_others}, keys[name].public_key);
    }

    [[nodiscard]] bus::Remote door_of(ServiceName service, const std::string& instance = "1") const {
        const std::string name = base::to_text(service);
        return {name + "." + instance + ".door", keys.at(name).public_key};
    }
    [[nodiscard]] bus::Remote feed_of(ServiceName service, const std::string& instance = "1") const {
        const std::string name = base::to_text(service);
        return {name + "." + instance + ".feed", keys.at(name).public_key};
    }

    // Makes the desk's clock and lists the offerings, as the deadline monitor would.
    void open_desk(const std::vector<std::string>& offerings);

    [[nodiscard]] store::Sequence head(const std::string& log) { return logs->logs[log].head.sequence; }
    // The events of a log, by type name: {"DeskOpened", "OfferingListed"}.
    [[nodiscard]] Names events(const std::string& log, store::Sequence after = 0) {
        Names names;
        for (const auto& [sequence, record] : logs->logs[log].records) {
            if (sequence > after) names.emplace_back(base::type_name(wire::decode_record(record.record, nullptr)->event));
        }
        return names;
    }
    [[nodiscard]] Record record(const std::string& log, store::Sequence sequence) {
        return wire::decode_record(logs->logs[log].records.at(sequence).record, nullptr).value();
    }

    std::shared_ptr<store::MemoryLogs> logs = std::make_shared<store::MemoryLogs>();
    std::shared_ptr<bus::MemoryNetwork> network = std::make_shared<bus::MemoryNetwork>();
    ManualClock clock;
    Folder folder;
    std::map<std::string, bus::KeyPair> keys;
    Principals principals;
    std::uint64_t opened = 0;
    Names steps;  // "decide", "commit desk 2", "answer", "publish event/desk/"
};

inline TracedStore::TracedStore(DeskWorld& world) : MemoryStore(world.logs), world_(world) {}
inline TracedBus::TracedBus(DeskWorld& world) : PassingBus(std::make_unique<bus::MemoryBus>(world.network)), world_(world) {}

inline store::Result<std::string> TracedStore::incarnation() { return world_.logs->incarnation; }

inline store::Result<std::vector<store::ItemResult>> TracedStore::commit(const store::Batch& batch) {
    world_.clock.advance(commits_take);
    const bool moves_cursors_only = std::all_of(batch.items.begin(), batch.items.end(), [](const store::Item& item) { return item.events.empty(); });
    if (moves_cursors_only) return MemoryStore::commit(batch);
    if (before_commit) std::exchange(before_commit, nullptr)();
    world_.steps.push_back("commit " + batch.log + " " + std::to_string(batch.items.size()));
    auto committed = MemoryStore::commit(batch);
    if (after_commit) std::exchange(after_commit, nullptr)();
    return committed;
}

inline void TracedDoor::answer(const std::string& peer, const bus::Bytes& bytes) {
    world_.steps.emplace_back("answer");
    inner_->answer(peer, bytes);
}

// Heads and idleness are told all the time; they are not steps.
inline void TracedFeed::publish(const std::string& topic, const bus::Bytes& bytes) {
    if (topic.starts_with("event/") || topic.starts_with("alert/")) world_.steps.push_back("publish " + topic);
    inner_->publish(topic, bytes);
}

// ---- a service ----

// Decides watermarks and notices as simply as can be; a test replaces what it is about.
class TestHandler final : public Handler {
public:
    TestHandler(DeskWorld& world, ServiceName name) : world_(world), name_(name) {}

    [[nodiscard]] ServiceName name() const override { return name_; }
    [[nodiscard]] std::string route(const Surroundings& around, const Command& command) const override {
        if (routing) return routing(around, command);
        const Books& books = around.books;
        const auto* notice = std::get_if<SubmitNotice>(&command);
        return notice != nullptr && books.offering(notice->address) != nullptr ? notice->address : std::string(kDesk);
    }
    Decision decide(const Surroundings& around, const std::string& log, const Command& command, const Context& context) override {
        world_.steps.emplace_back("decide");
        return deciding(around, log, command, context);
    }
    Decision react(const Surroundings& around, const std::string& target, const std::string& source, const Record& record,
                   const Context& context) override {
        return reacting ? reacting(around, target, source, record, context) : Decision{};
    }
    [[nodiscard]] bool reacts_to(const std::string& source, const Event& event) const override { return !concerned || concerned(source, event); }
    Decision due(const Surroundings& around, const std::string& log, const Context& context) override {
        return falling_due ? falling_due(around, log, context) : Decision{};
    }
    [[nodiscard]] bool routes_by_books(const Command&) const override { return by_books; }
    [[nodiscard]] bool follows_offerings() const override { return following; }
    void go_without_replica(bool without) override { without_replica = without; }
    Answer answer(const Surroundings&, const Question& question) override {
        if (std::holds_alternative<AskClock>(question)) return ClockStatus{};
        return wrong_door();
    }

    static Decision decide_simply(const Surroundings& around, const std::string& log, const Command& command, const Context& context) {
        Decision decision;
        if (const auto* watermark = std::get_if<AdvanceWatermark>(&command)) return advance_watermark(around.books.desk, watermark->through, context);
        if (const auto* opening = std::get_if<OpenOffering>(&command)) return decision.add(OfferingListed{ListedOffering{opening->terms_toml, "", "", {}}});
        if (log == kDesk) return refuse(std::string(base::type_name(command)), "", Refusal::kUnknownOffering, "");
        auto notice = a_notice().id(context.identity.source, context.identity.sequence).decided();
        notice.sealed.personal.names = {"Ida M. Holder"};
        const std::string key = context.hash_key(std::get<SubmitNotice>(command).sha256);
        notice.notice.keys = {key};
        decision.keys.push_back({key, notice_name(notice.notice.id)});
        return decision.add(notice);
    }

    std::function<std::string(const Surroundings&, const Command&)> routing;
    std::function<Decision(const Surroundings&, const std::string&, const Command&, const Context&)> deciding = decide_simply;
    std::function<Decision(const Surroundings&, const std::string&, const std::string&, const Record&, const Context&)> reacting;
    std::function<bool(const std::string&, const Event&)> concerned;
    std::function<Decision(const Surroundings&, const std::string&, const Context&)> falling_due;
    bool by_books = false;
    bool without_replica = false;
    bool following = false;  // set before it starts

private:
    DeskWorld& world_;
    ServiceName name_;
};

// One instance of a service, as its main puts it together.
class Instance {
public:
    Instance(DeskWorld& world, ServiceName name, const std::string& instance = "1")
        : handler(world, name), store(world), bus_(world), keys_(world.folder.file("keys")), settings(settings_of(world, name, instance)), world_(world) {}

    base::Result<> start() {
        service_ = std::make_unique<DeskService>(Foundations{handler, store, bus_, world_.clock, keys_, world_.principals, heads}, settings);
        return service_->start();
    }
    // What it had in memory is gone.
    void die() { service_.reset(); }
    // As its process runs it.
    ExitCode run_to_its_end() {
        service_ = std::make_unique<DeskService>(Foundations{handler, store, bus_, world_.clock, keys_, world_.principals}, settings);
        return run(*service_);
    }
    base::Result<bool> turn() { return service_->turn(0ms); }
    base::Result<> stop() { return service_->stop(); }
    Snapshot snapshot() { return service_->snapshot(); }
    // Turns until there is nothing to do. False when it never ends.
    bool settle() {
        for (int turns = 0; turns < 1'000; ++turns) {
            const auto turned = turn();
            EXPECT_TRUE(turned) << turned.error().message;
            if (!turned || !*turned) return turned.has_value();
        }
        return false;
    }

    // Whom the clock waits for, as of this one's latest turn: into `waiting`.
    void record_waiting(Names& waiting) {
        handler.falling_due = [&waiting](const Surroundings& around, const std::string& log, const Context&) {
            if (log == kDesk) waiting = around.waiting_for();
            return Decision{};
        };
    }

    [[nodiscard]] const DeskService& service() const { return *service_; }
    [[nodiscard]] const Book& book(const std::string& log) const { return service_->books().book(log); }

    TestHandler handler;
    TracedStore store;

private:
    TracedBus bus_;
    KeyRing keys_;

public:
    ServiceSettings settings;
    const heads::HeadFiles* heads = nullptr;  // what the auditor signed

private:
    static ServiceSettings settings_of(const DeskWorld& world, ServiceName name, const std::string& instance) {
        ServiceSettings made;
        made.instance = instance;
        made.clock = ClockMode::kReal;
        made.door = world.door_of(name, instance).endpoint;
        made.feed = world.feed_of(name, instance).endpoint;
        made.key = world.keys.at(base::to_text(name));
        for (const std::string& other : base::enum_texts<ServiceName>()) {
            made.registered.push_back(other);
            if (other != base::to_text(name)) made.feeds.push_back(world.feed_of(*base::enum_from_text<ServiceName>(other)));
        }
        return made;
    }

    DeskWorld& world_;
    std::unique_ptr<DeskService> service_;
};

// What the instance has in memory is what the store holds.
inline void expect_as_stored(DeskWorld& world, const Instance& instance, const std::string& log) {
    const auto& states = world.logs->logs[log].states;
    EXPECT_EQ(states.size(), instance.book(log).entities().size()) << log;
    for (const auto& [name, entity] : instance.book(log).entities()) {
        EXPECT_EQ(states.at(name).state, wire::encode_state(entity)) << name;
        EXPECT_EQ(states.at(name).version, instance.book(log).version(name)) << name;
    }
}

// ---- somebody at a door ----

class Knocking {
public:
    Knocking(DeskWorld& world, const std::string& name, ServiceName door, const std::string& instance = "1")
        : name_(name), bus_(world.network), knocker_(bus_.knock(world.door_of(door, instance), world.keys.at(name)).value()) {}

    // Sends and returns the bytes, to be sent again.
    bus::Bytes send(std::uint64_t sequence, const Command& command, const std::string& operator_name = "") {
        return send(Envelope{{name_, sequence}, operator_name, command});
    }
    bus::Bytes ask(std::uint64_t sequence, const Question& question) { return send(Envelope{{name_, sequence}, "", question}); }
    bus::Bytes send(const Envelope& envelope) { return send(wire::encode(envelope)); }
    bus::Bytes send(const bus::Bytes& bytes) {
        EXPECT_TRUE(knocker_->send(bytes));
        return bytes;
    }

    // The next answer's bytes; none when none waits.
    std::optional<bus::Bytes> answer() { return knocker_->receive(0ms); }
    std::optional<Reply> reply() {
        const auto bytes = answer();
        if (!bytes) return std::nullopt;
        const auto decoded = wire::decode_reply(*bytes);
        EXPECT_TRUE(decoded) << decoded.error().message;
        return decoded ? std::optional(*decoded) : std::nullopt;
    }
    std::optional<Receipt> receipt() {
        const auto next = reply();
        const auto* found = next ? std::get_if<Receipt>(&next->body) : nullptr;
        return found == nullptr ? std::nullopt : std::optional(*found);
    }

private:
    std::string name_;
    bus::MemoryBus bus_;
    std::unique_ptr<bus::Knocker> knocker_;
};

inline AdvanceWatermark watermark(std::string_view civil) { return {new_york(civil)}; }
inline AdvanceWatermark watermark(std::int64_t nanoseconds) { return {Instant(nanoseconds)}; }

// A notice that came in on the address of an offering.
inline SubmitNotice notice_for(const std::string& offering, const std::string& text = "the form") {
    SubmitNotice command;
    command.document = Bytes(text);
    command.sha256 = base::sha256_hex(text);
    command.address = offering;
    return command;
}

inline void DeskWorld::open_desk(const std::vector<std::string>& offerings) {
    Instance monitor(*this, ServiceName::kDeadlineMonitor);
    ASSERT_TRUE(monitor.start());
    Knocking alice(*this, "alice", ServiceName::kDeadlineMonitor);
    for (const std::string& offering : offerings) alice.send(++opened, OpenOffering{offering});
    ASSERT_TRUE(monitor.settle());
    for (std::size_t at = 0; at < offerings.size(); ++at) ASSERT_EQ(alice.receipt()->status, "open");
    steps.clear();
}

// A service before which everything is open.
class DeskTest : public testing::Test {
protected:
    void SetUp() override {
        world.open_desk({kOffering});
        ASSERT_TRUE(intake.start());
        before = world.head(kDesk);
    }

    DeskWorld world;
    Instance intake{world, ServiceName::kIntake};
    Knocking fax{world, "fax-1", ServiceName::kIntake};
    store::Sequence before = 0;  // the desk's head when the test begins
};

}  // namespace rightsdesk::runtime
