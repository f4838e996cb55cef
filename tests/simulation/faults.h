// What goes wrong, and how often: drawn from the seed, then asked at every point where something can. And the store, bus and disk that ask.
#pragma once

#include <deque>
#include <functional>
#include <optional>

#include "bus/memory_bus.h"
#include "documents/memory_documents.h"
#include "simulation/random.h"
#include "store/memory_store.h"
#include "support/passing_store.h"

namespace rightsdesk::simulation {

// Each "one in so many"; 0 is never.
struct Faults {
    std::size_t lose_request = 0, double_request = 0, delay_request = 0;
    std::size_t lose_answer = 0, double_answer = 0, delay_answer = 0;
    std::size_t lose_feed = 0, double_feed = 0, delay_feed = 0;
    std::size_t store_before = 0;    // a call that never arrives
    std::size_t store_after = 0;     // one that takes effect, and whose answer is lost
    std::size_t store_outage = 0;    // the store is away for several calls
    std::size_t others_first = 0;    // the store is slow: others commit between a decision and its commit, or before its answer
    std::size_t die_at_store = 0, die_at_answer = 0, die_between_turns = 0;
    std::size_t stays_down = 0;      // a dead service is not started again at once
    std::size_t freezes = 0;         // it stands still, longer than a lease lasts, and then goes on as if nothing had been
    std::size_t disk_full = 0;
    std::size_t clock_stands = 0, clock_leaps = 0;
    std::size_t skip_turn = 0;       // a service gets no processor
    std::size_t again = 0;           // a sender sends again what has a receipt
    bool any_order = false;          // the messages of a wave in any order
    std::size_t most_effects = 10'000;
    std::size_t instances = 1;       // of each service
};

inline Faults draw_faults(Random& random) {
    const auto rate = [&](std::initializer_list<std::size_t> rates) { return random.one_in(2) ? 0 : random.one_of(rates); };
    Faults faults;
    for (std::size_t* of : {&faults.lose_request, &faults.lose_answer, &faults.lose_feed}) *of = rate({2, 6, 20});
    for (std::size_t* of : {&faults.double_request, &faults.delay_request, &faults.double_answer, &faults.delay_answer, &faults.double_feed, &faults.delay_feed}) *of = rate({3, 8, 20});
    faults.store_before = rate({10, 40, 120});
    faults.store_after = rate({10, 40, 120});
    faults.store_outage = rate({100, 300});
    faults.others_first = rate({2, 5, 12});
    faults.die_at_store = rate({400, 1'200, 4'000});
    faults.die_at_answer = rate({20, 60});
    faults.die_between_turns = rate({250, 800, 2'500});
    faults.stays_down = rate({1, 4});
    faults.freezes = rate({300, 1'000});
    faults.instances = random.one_in(3) ? 2 : 1;
    faults.disk_full = rate({3, 8});
    faults.clock_stands = rate({20, 60});
    faults.clock_leaps = rate({20, 60});
    faults.skip_turn = rate({3, 6});
    faults.again = rate({3, 8});
    faults.any_order = true;
    faults.most_effects = random.one_of<std::size_t>({1, 2, 3, 10'000, 10'000});
    return faults;
}

// The end of a process, at any point at which it is seen from outside.
struct Died {};

enum class Leg : unsigned char { kRequest, kAnswer, kFeed };
enum class StoreFault : unsigned char { kNone, kBefore, kAfter, kDiesBefore, kDiesAfter };

// Asked at every point. While calm nothing goes wrong.
class Weather {
public:
    Weather(std::uint64_t seed, const Faults& faults) : random_(seed, "weather"), faults_(faults) {}

    std::uint64_t tick = 0;
    std::uint64_t storm_until = 0;  // afterwards it eases: what strikes, strikes more rarely
    bool calm = false;
    std::uint64_t struck = 0;     // how often something went wrong

    Random& random() { return random_; }
    [[nodiscard]] const Faults& faults() const { return faults_; }
    bool strikes(std::size_t one_in) {
        if (calm || one_in == 0 || !random_.one_in(tick > storm_until ? 10 * one_in : one_in)) return false;
        ++struck;
        return true;
    }

    // When each copy of a message arrives; none when it is lost.
    std::vector<std::uint64_t> arrivals(Leg leg) {
        const auto [lose, doubled, delayed] = rates_of(leg);
        if (strikes(lose)) return {};
        std::vector<std::uint64_t> copies(strikes(doubled) ? 2 : 1, tick);
        for (std::uint64_t& copy : copies) {
            if (strikes(delayed)) copy += 1 + random_.below(6);
        }
        return copies;
    }

    StoreFault store_fault() {
        if (outage_ > 0 && !calm) {
            --outage_;
            return StoreFault::kBefore;
        }
        if (strikes(faults_.store_outage)) {
            outage_ = random_.below(12);
            return StoreFault::kBefore;
        }
        if (strikes(faults_.store_before)) return StoreFault::kBefore;
        if (strikes(faults_.store_after)) return StoreFault::kAfter;
        if (strikes(faults_.die_at_store)) return random_.one_in(2) ? StoreFault::kDiesBefore : StoreFault::kDiesAfter;
        return StoreFault::kNone;
    }

private:
    [[nodiscard]] std::tuple<std::size_t, std::size_t, std::size_t> rates_of(Leg leg) const {
        switch (leg) {
            case Leg::kRequest: return {faults_.lose_request, faults_.double_request, faults_.delay_request};
            case Leg::kAnswer: return {faults_.lose_answer, faults_.double_answer, faults_.delay_answer};
            case Leg::kFeed: return {faults_.lose_feed, faults_.double_feed, faults_.delay_feed};
        }
        return {0, 0, 0};
    }

    Random random_;
    Faults faults_;
    std::size_t outage_ = 0;
};

// One service's way to the truth. `others` turns other services meanwhile.
class FaultyStore final : public support::PassingStore {
public:
    FaultyStore(std::unique_ptr<store::Store> truth, Weather& weather, std::function<void()> others)
        : PassingStore(std::move(truth)), weather_(weather), others_(std::move(others)) {}

    base::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
        if (weather_.strikes(weather_.faults().others_first)) others_();
        auto results = PassingStore::commit(batch);
        if (weather_.strikes(weather_.faults().others_first)) others_();
        return results;
    }

private:
    std::optional<base::Error> before() override {
        fault_ = weather_.store_fault();
        if (fault_ == StoreFault::kDiesBefore) throw Died{};
        if (fault_ != StoreFault::kBefore) return std::nullopt;
        return base::Error{base::ErrorKind::kUnavailable, "the store does not answer: the simulation's weather"};
    }
    std::optional<base::Error> after() override {
        if (fault_ == StoreFault::kDiesAfter) throw Died{};
        if (fault_ != StoreFault::kAfter) return std::nullopt;
        return base::Error{base::ErrorKind::kUnavailable, "the store's answer was lost: the simulation's weather"};
    }

    Weather& weather_;
    std::function<void()> others_;
    StoreFault fault_ = StoreFault::kNone;
};

// Messages under way: lost, doubled, delayed, and by that out of order.
template <class Message>
class Underway {
public:
    Underway(Weather& weather, Leg leg) : weather_(weather), leg_(leg) {}

    void put(Message message) {
        const std::vector<std::uint64_t> arrivals = weather_.arrivals(leg_);
        for (std::size_t copy = 0; copy + 1 < arrivals.size(); ++copy) held_.push_back({arrivals[copy], message});
        if (!arrivals.empty()) held_.push_back({arrivals.back(), std::move(message)});
    }
    std::vector<Message> arrived(std::size_t limit) {
        std::vector<Message> messages;
        for (auto at = held_.begin(); at != held_.end() && messages.size() < limit;) {
            if (at->first > weather_.tick && !weather_.calm) {
                ++at;
                continue;
            }
            messages.push_back(std::move(at->second));
            at = held_.erase(at);
        }
        return messages;
    }

private:
    Weather& weather_;
    Leg leg_;
    std::deque<std::pair<std::uint64_t, Message>> held_;
};

class FaultyDoor final : public bus::Door {
public:
    FaultyDoor(std::unique_ptr<bus::Door> door, Weather& weather) : door_(std::move(door)), weather_(weather), requests_(weather, Leg::kRequest), answers_(weather, Leg::kAnswer) {}

    std::vector<bus::Request> receive(std::size_t limit) override {
        for (auto& [peer, bytes] : answers_.arrived(static_cast<std::size_t>(-1))) door_->answer(peer, bytes);
        for (bus::Request& request : door_->receive(limit)) requests_.put(std::move(request));
        return requests_.arrived(limit);
    }
    void answer(const std::string& peer, const base::Bytes& bytes) override {
        if (weather_.strikes(weather_.faults().die_at_answer)) throw Died{};
        answers_.put({peer, bytes});
        for (auto& [to, answer] : answers_.arrived(static_cast<std::size_t>(-1))) door_->answer(to, answer);
    }

private:
    std::unique_ptr<bus::Door> door_;
    Weather& weather_;
    Underway<bus::Request> requests_;
    Underway<std::pair<std::string, base::Bytes>> answers_;
};

class FaultyListener final : public bus::Listener {
public:
    FaultyListener(std::unique_ptr<bus::Listener> listener, Weather& weather) : listener_(std::move(listener)), heard_(weather, Leg::kFeed) {}
    std::vector<bus::FeedMessage> receive(std::size_t limit) override {
        for (bus::FeedMessage& message : listener_->receive(limit)) heard_.put(std::move(message));
        return heard_.arrived(limit);
    }

private:
    std::unique_ptr<bus::Listener> listener_;
    Underway<bus::FeedMessage> heard_;
};

// A service's bus.
class FaultyBus final : public bus::Bus {
public:
    FaultyBus(const std::shared_ptr<bus::MemoryNetwork>& network, Weather& weather) : bus_(network), weather_(weather) {}

    base::Result<std::unique_ptr<bus::Door>> open_door(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        auto door = bus_.open_door(endpoint, server, std::move(directory));
        if (!door) return door;
        return std::make_unique<FaultyDoor>(std::move(*door), weather_);
    }
    base::Result<std::unique_ptr<bus::Feed>> open_feed(const std::string& endpoint, const bus::KeyPair& server, bus::Directory directory) override {
        return bus_.open_feed(endpoint, server, std::move(directory));
    }
    base::Result<std::unique_ptr<bus::Knocker>> knock(const bus::Remote& remote, const bus::KeyPair& own) override { return bus_.knock(remote, own); }
    base::Result<std::unique_ptr<bus::Listener>> listen(const std::vector<bus::Remote>& remotes, const bus::KeyPair& own, const std::vector<std::string>& prefixes) override {
        auto listener = bus_.listen(remotes, own, prefixes);
        if (!listener) return listener;
        return std::make_unique<FaultyListener>(std::move(*listener), weather_);
    }
    bool wait(std::chrono::milliseconds wait) override { return bus_.wait(wait); }

private:
    bus::MemoryBus bus_;
    Weather& weather_;
};

class FaultyDocuments final : public documents::Documents {
public:
    explicit FaultyDocuments(Weather& weather) : weather_(weather) {}
    std::vector<base::Result<std::string>> keep_all(const std::vector<const base::Bytes*>& documents) override {
        if (!weather_.strikes(weather_.faults().disk_full)) return disk_.keep_all(documents);
        std::vector<base::Result<std::string>> none;
        for (std::size_t at = 0; at < documents.size(); ++at) none.emplace_back(base::unavailable("the disk is full: the simulation's weather"));
        return none;
    }
    base::Result<base::Bytes> fetch(const std::string& sha256_hex) override { return disk_.fetch(sha256_hex); }

private:
    documents::MemoryDocuments disk_;
    Weather& weather_;
};

}  // namespace rightsdesk::simulation
