// The oracle sees: suites with a mistake planted in them are told apart from the good one within a few seeds.
#include <gtest/gtest.h>

#include <iostream>

#include "simulation/judged.h"

namespace rightsdesk::simulation {
namespace {

// ---- a handler that is another in one respect ----

class ChangedHandler : public runtime::Handler {
public:
    explicit ChangedHandler(std::unique_ptr<runtime::Handler> good) : good_(std::move(good)) {}
    [[nodiscard]] ServiceName name() const override { return good_->name(); }
    [[nodiscard]] std::string route(const runtime::Surroundings& around, const Command& command) const override { return good_->route(around, command); }
    [[nodiscard]] bool routes_by_books(const Command& command) const override { return good_->routes_by_books(command); }
    [[nodiscard]] bool follows_offerings() const override { return good_->follows_offerings(); }
    void prepare(const std::vector<const Command*>& commands) override { good_->prepare(commands); }
    Decision decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) override {
        return good_->decide(around, log, command, context);
    }
    Decision react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const Record& record, const Context& context) override {
        return good_->react(around, target, source, record, context);
    }
    Decision due(const runtime::Surroundings& around, const std::string& log, const Context& context) override { return good_->due(around, log, context); }
    runtime::Answer answer(const runtime::Surroundings& around, const Question& question) override { return good_->answer(around, question); }

protected:
    std::unique_ptr<runtime::Handler> good_;
};

// `<` for `<=`: what is stamped at the very hour is late.
class HourExcluded final : public ChangedHandler {
public:
    using ChangedHandler::ChangedHandler;
    Decision decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) override {
        const auto* notice = std::get_if<SubmitNotice>(&command);
        const Book* book = around.books.offering(kOffering);
        if (notice == nullptr || book == nullptr || book->life() == nullptr || notice->stamp != book->life()->expiration.instant) return good_->decide(around, log, command, context);
        SubmitNotice later = *notice;
        later.stamp = Instant(later.stamp.value + 1);
        return good_->decide(around, log, later, context);
    }
};

// A clock that is a nanosecond ahead.
class Early final : public ChangedHandler {
public:
    using ChangedHandler::ChangedHandler;
    Decision due(const runtime::Surroundings& around, const std::string& log, const Context& context) override {
        Context ahead = context;
        ahead.now = Instant(ahead.now.value + 1);
        return good_->due(around, log, ahead);
    }
};

// The time moves whoever still has something to do.
class Impatient final : public ChangedHandler {
public:
    using ChangedHandler::ChangedHandler;
    Decision decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) override {
        runtime::Surroundings nobody = around;
        nobody.waiting_for = [] { return std::vector<std::string>(); };
        return good_->decide(nobody, log, command, context);
    }
};

// A cent more of every wire.
class CentMore final : public ChangedHandler {
public:
    using ChangedHandler::ChangedHandler;
    Decision decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) override {
        const auto* wire = std::get_if<ConfirmWire>(&command);
        if (wire == nullptr) return good_->decide(around, log, command, context);
        ConfirmWire more = *wire;
        more.amount += Money(1);
        return good_->decide(around, log, more, context);
    }
};

// One over-subscription share of somebody is somebody else's: the sums still tie.
class Favour final : public ChangedHandler {
public:
    using ChangedHandler::ChangedHandler;
    Decision react(const runtime::Surroundings& around, const std::string& target, const std::string& source, const Record& record, const Context& context) override {
        Decision decision = good_->react(around, target, source, record, context);
        for (Event& event : decision.events) {
            auto* recorded = std::get_if<AllotmentsRecorded>(&event);
            if (recorded == nullptr || recorded->allotments.size() < 2 || recorded->allotments.front().over < Shares(1)) continue;
            const Money price(context.now.value > 0 ? around.books.book(target).life()->terms.subscription_price.value : 0);
            recorded->allotments.front().over -= Shares(1);
            recorded->allotments.front().applied -= price;
            recorded->allotments.back().over += Shares(1);
            recorded->allotments.back().applied += price;
        }
        return decision;
    }
};

// A decision that hangs on how often the process was asked, as one on a clock or a random number would.
class Moody final : public ChangedHandler {
public:
    using ChangedHandler::ChangedHandler;
    Decision decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) override {
        if (std::holds_alternative<ConfirmWire>(command) && ++asked_ % 3 == 0) return refuse("ConfirmWire", "", Refusal::kAmountUnusable, "");
        return good_->decide(around, log, command, context);
    }

private:
    int asked_ = 0;
};

// A refusal that rests on nothing: what another instance took a moment ago is not there for it.
class Hasty final : public ChangedHandler {
public:
    using ChangedHandler::ChangedHandler;
    Decision decide(const runtime::Surroundings& around, const std::string& log, const Command& command, const Context& context) override {
        Decision decision = good_->decide(around, log, command, context);
        if (!decision.events.empty() && std::holds_alternative<CommandRefused>(decision.events.front())) {
            decision.rests_on_all = false;
            decision.reads.clear();
        }
        return decision;
    }
};

// ---- a store that is another in one respect ----

class ChangedStore : public support::PassingStore {
public:
    using PassingStore::PassingStore;

protected:
    // Each so many commits of messages or effects.
    bool now(const store::Batch& batch) {
        const bool says = std::any_of(batch.items.begin(), batch.items.end(), [](const store::Item& item) { return !item.events.empty(); });
        return says && ++commits_ % 7 == 0;
    }

private:
    int commits_ = 0;
};

// Says that it committed, and did not: acknowledged before the commit.
class Forgetful final : public ChangedStore {
public:
    using ChangedStore::ChangedStore;
    base::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
        if (!now(batch)) return PassingStore::commit(batch);
        store::Sequence last = inner().head(batch.log)->sequence;
        std::vector<store::ItemResult> results;
        for (const store::Item& item : batch.items) {
            results.push_back({store::ItemOutcome::kCommitted, last + 1, last + item.events.size(), ""});
            last += item.events.size();
        }
        return results;
    }
};

// Writes the records of a commit twice.
class Twice final : public ChangedStore {
public:
    using ChangedStore::ChangedStore;
    base::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
        auto results = PassingStore::commit(batch);
        if (!results || !now(batch)) return results;
        store::Batch again{batch.log, batch.epoch, {}};
        for (const store::Item& item : batch.items) {
            again.items.emplace_back();
            again.items.back().events = item.events;
        }
        CHECK(PassingStore::commit(again).has_value());
        return results;
    }
};

// The cursor moves in a commit of its own, and now and then the store is lost before the effect's.
class CursorFirst final : public ChangedStore {
public:
    using ChangedStore::ChangedStore;
    base::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
        const bool reacts = std::any_of(batch.items.begin(), batch.items.end(), [](const store::Item& item) { return item.cursor && !item.events.empty(); });
        if (!reacts || !now(batch)) return PassingStore::commit(batch);
        store::Batch cursors{batch.log, batch.epoch, {}};
        for (const store::Item& item : batch.items) {
            cursors.items.emplace_back();
            cursors.items.back().cursor = item.cursor;
        }
        CHECK(PassingStore::commit(cursors).has_value());
        return base::unavailable("between the cursor and its effect");
    }
};

// Knows no cursors: what was done is done again after a death.
class WithoutCursors final : public ChangedStore {
public:
    using ChangedStore::ChangedStore;
    base::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
        store::Batch without = batch;
        for (store::Item& item : without.items) item.cursor.reset();
        return PassingStore::commit(without);
    }
};

// Knows no versions: decides on what has changed meanwhile.
class WithoutVersions final : public ChangedStore {
public:
    using ChangedStore::ChangedStore;
    base::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
        store::Batch without = batch;
        for (store::Item& item : without.items) {
            item.reads.clear();
            item.head.reset();
            for (store::EntityWrite& write : item.writes) {
                const auto stored = inner().load_state(batch.log, write.entity);
                write.expected = *stored ? (*stored)->version : 0;
            }
        }
        return PassingStore::commit(without);
    }
};

// Lets identities expire.
class Expiring final : public ChangedStore {
public:
    using ChangedStore::ChangedStore;
    base::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
        store::Batch without = batch;
        if (now(batch)) {
            for (store::Item& item : without.items) item.identities.clear();
        }
        return PassingStore::commit(without);
    }
};

// ---- a bus that is another in one respect ----

// Answers now and then whoever asked before.
class MixedUpDoor final : public bus::Door {
public:
    explicit MixedUpDoor(std::unique_ptr<bus::Door> door) : door_(std::move(door)) {}
    std::vector<bus::Request> receive(std::size_t limit) override { return door_->receive(limit); }
    void answer(const std::string& peer, const base::Bytes& bytes) override {
        door_->answer(++answers_ % 5 == 0 && !before_.empty() ? before_ : peer, bytes);
        before_ = peer;
    }

private:
    std::unique_ptr<bus::Door> door_;
    std::string before_;
    int answers_ = 0;
};

class MixedUpBus final : public bus::Bus {
public:
    explicit MixedUpBus(std::unique_ptr<bus::Bus> good) : good_(std::move(good)) {}
    base::Result<std::unique_ptr<bus::Door>> open_door(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        auto door = good_->open_door(endpoint, server, std::move(directory));
        if (!door) return door;
        return std::make_unique<MixedUpDoor>(std::move(*door));
    }
    base::Result<std::unique_ptr<bus::Feed>> open_feed(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        return good_->open_feed(endpoint, server, std::move(directory));
    }
    base::Result<std::unique_ptr<bus::Knocker>> knock(const bus::Remote& remote, const bus::KeyPair& own) override { return good_->knock(remote, own); }
    base::Result<std::unique_ptr<bus::Listener>> listen(const std::vector<bus::Remote>& remotes, const bus::KeyPair& own, const std::vector<std::string>& prefixes) override {
        return good_->listen(remotes, own, prefixes);
    }
    bool wait(std::chrono::milliseconds wait) override { return good_->wait(wait); }

private:
    std::unique_ptr<bus::Bus> good_;
};

// ---- each is caught ----

template <class Changed>
Planted handler_of(ServiceName service) {
    Planted planted;
    planted.handler = [service](std::unique_ptr<runtime::Handler> good) -> std::unique_ptr<runtime::Handler> {
        if (good->name() != service) return good;
        return std::make_unique<Changed>(std::move(good));
    };
    return planted;
}
template <class Changed>
Planted store_of() {
    Planted planted;
    planted.store = [](std::unique_ptr<store::Store> good) -> std::unique_ptr<store::Store> { return std::make_unique<Changed>(std::move(good)); };
    return planted;
}
// Each entity has one service that writes it: it takes two instances that are always in each other's way.
Faults among_two(Faults drawn) {
    drawn.instances = 2;
    drawn.others_first = 2;
    return drawn;
}
Planted in_weather(Faults (*weather)(Faults), Planted planted) {
    planted.weather = weather;
    return planted;
}
Planted mixed_up_bus() {
    Planted planted;
    planted.bus = [](std::unique_ptr<bus::Bus> good) -> std::unique_ptr<bus::Bus> { return std::make_unique<MixedUpBus>(std::move(good)); };
    return planted;
}

struct PlantedRow {
    const char* mistake;
    Planted planted;
};

TEST(PlantedFaults, are_each_caught_within_a_few_seeds) {
    constexpr std::uint64_t kMostSeeds = 200;
    const std::vector<PlantedRow> rows = {
        {"the hour itself is late (< for <=)", handler_of<HourExcluded>(ServiceName::kIntake)},
        {"the hour acts a nanosecond early", handler_of<Early>(ServiceName::kDeadlineMonitor)},
        {"the time moves though somebody is not idle", handler_of<Impatient>(ServiceName::kDeadlineMonitor)},
        {"a cent more of every wire", handler_of<CentMore>(ServiceName::kPaymentClearing)},
        {"a share of one is another's", handler_of<Favour>(ServiceName::kPaymentClearing)},
        {"a refusal on what was not heard of yet", in_weather(out_of_earshot, handler_of<Hasty>(ServiceName::kIntake))},
        {"a decision that is not a function of what it is told", handler_of<Moody>(ServiceName::kPaymentClearing)},
        {"acknowledged before the commit", store_of<Forgetful>()},
        {"a commit applied twice", store_of<Twice>()},
        {"the cursor before its effect", store_of<CursorFirst>()},
        {"cursors are not kept", store_of<WithoutCursors>()},
        {"versions are not checked", in_weather(among_two, store_of<WithoutVersions>())},
        {"identities expire", store_of<Expiring>()},
        {"a receipt to another than asked for it", mixed_up_bus()},
    };
    for (const PlantedRow& row : rows) {
        std::uint64_t seed = 1;
        std::string problems;
        for (; seed <= kMostSeeds && problems.empty(); ++seed) problems = judge(seed, false, row.planted).problems;
        EXPECT_NE(problems, "") << row.mistake << " went unseen for " << kMostSeeds << " seeds";
        Planted weather_alone;
        weather_alone.weather = row.planted.weather;
        EXPECT_EQ(judge(seed - 1, false, weather_alone).problems, "") << "seen without this too: " << row.mistake;
        std::cout << row.mistake << ": seed " << seed - 1 << ": " << problems.substr(0, problems.find('\n')) << "\n";
    }
}

}  // namespace
}  // namespace rightsdesk::simulation
