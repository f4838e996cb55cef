#include "bus/memory_bus.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "bus/keys.h"

namespace rightsdesk::bus {

// The parties of a network, which MemoryNetwork::State holds.
namespace memory {

using Owner = std::shared_ptr<int>;

// What a door and a feed have in common.
struct Server {
    std::string public_key;
    Directory directory;
    Owner owner;

    [[nodiscard]] std::optional<std::string> admit(const Remote& remote, const std::string& key) const {
        if (remote.server_public_key != public_key) return std::nullopt;  // CURVE: the client hangs up
        auto principal = directory(key);
        return principal && is_principal(*principal) ? principal : std::nullopt;
    }
};

struct Visitor {
    Remote remote;
    std::string public_key;
    Owner owner;
    std::optional<std::string> principal;  // while a door admits it
    std::deque<Bytes> sent;
    std::deque<Bytes> answers;
};

struct Hearer {
    std::vector<Remote> remotes;
    std::string public_key;
    std::vector<std::string> prefixes;
    Owner owner;
    std::set<std::string> admitted_at;  // endpoints whose present feed admits it
    std::deque<FeedMessage> heard;
};

template <class Queue, class Message>
bool push_within_bound(Queue& queue, Message message) {
    if (queue.size() >= static_cast<std::size_t>(kHighWaterMark)) return false;
    queue.push_back(std::move(message));
    return true;
}

}  // namespace memory

using namespace memory;

// The numbers are given in the order of making, so that a run replays exactly.
struct MemoryNetwork::State {
    std::map<std::string, Server> doors;
    std::map<std::string, Server> feeds;
    std::map<std::uint64_t, Visitor> visitors;
    std::map<std::uint64_t, Hearer> hearers;
    std::uint64_t made = 0;
    bool drop_feeds = false;
    bool drop_answers = false;

    // Lets in those who knocked at `endpoint`, or forgets what they sent.
    void admit_visitors(const std::string& endpoint, const Server& door) {
        for (auto& [number, visitor] : visitors) {
            if (visitor.remote.endpoint != endpoint || visitor.principal || visitor.sent.empty()) continue;
            visitor.principal = door.admit(visitor.remote, visitor.public_key);
            if (!visitor.principal && visitor.remote.server_public_key == door.public_key) visitor.sent.clear();
        }
    }

    bool door_has_input(const std::string& endpoint, const Server& door) {
        admit_visitors(endpoint, door);
        return std::any_of(visitors.begin(), visitors.end(), [&](const auto& entry) {
            return entry.second.remote.endpoint == endpoint && entry.second.principal && !entry.second.sent.empty();
        });
    }

    void close_door(const std::string& endpoint) {
        doors.erase(endpoint);
        for (auto& [number, visitor] : visitors) {
            if (visitor.remote.endpoint != endpoint || !visitor.principal) continue;
            visitor.principal.reset();
            visitor.sent.clear();
        }
    }

    void close_feed(const std::string& endpoint) {
        feeds.erase(endpoint);
        for (auto& [number, hearer] : hearers) hearer.admitted_at.erase(endpoint);
    }
};

namespace {

using Network = std::shared_ptr<MemoryNetwork::State>;

bool admitted(Hearer& hearer, const std::string& endpoint, const Server& feed) {
    if (hearer.admitted_at.contains(endpoint)) return true;
    const bool now = std::any_of(hearer.remotes.begin(), hearer.remotes.end(), [&](const Remote& remote) {
        return remote.endpoint == endpoint && feed.admit(remote, hearer.public_key).has_value();
    });
    if (now) hearer.admitted_at.insert(endpoint);
    return now;
}

bool wants(const Hearer& hearer, const std::string& topic) {
    return std::any_of(hearer.prefixes.begin(), hearer.prefixes.end(), [&](const std::string& prefix) { return topic.starts_with(prefix); });
}

class MemoryDoor final : public Door {
public:
    MemoryDoor(Network network, std::string endpoint) : network_(std::move(network)), endpoint_(std::move(endpoint)) {}
    ~MemoryDoor() override { network_->close_door(endpoint_); }

    std::vector<Request> receive(std::size_t limit) override {
        network_->admit_visitors(endpoint_, network_->doors.at(endpoint_));
        std::vector<Request> requests;
        // In turns, one from each, as a ROUTER takes them.
        for (bool more = true; more && requests.size() < limit;) {
            more = false;
            for (auto& [number, visitor] : network_->visitors) {
                if (requests.size() == limit) break;
                if (visitor.remote.endpoint != endpoint_ || !visitor.principal || visitor.sent.empty()) continue;
                requests.push_back({std::to_string(number), *visitor.principal, std::move(visitor.sent.front())});
                visitor.sent.pop_front();
                more = true;
            }
        }
        return requests;
    }

    void answer(const std::string& peer, const Bytes& bytes) override {
        if (network_->drop_answers || bytes.size() > kMaxMessageOctets) return;
        for (auto& [number, visitor] : network_->visitors) {
            const bool is_peer = std::to_string(number) == peer && visitor.remote.endpoint == endpoint_ && visitor.principal;
            if (is_peer) push_within_bound(visitor.answers, bytes);
        }
    }

private:
    Network network_;
    std::string endpoint_;
};

class MemoryKnocker final : public Knocker {
public:
    MemoryKnocker(Network network, std::uint64_t number) : network_(std::move(network)), number_(number) {}
    ~MemoryKnocker() override { network_->visitors.erase(number_); }

    Result<> send(const Bytes& bytes) override {
        if (bytes.size() > kMaxMessageOctets) return base::invalid("a message of " + std::to_string(bytes.size()) + " octets is too big");
        auto& visitor = network_->visitors.at(number_);
        if (!push_within_bound(visitor.sent, bytes)) return base::unavailable("the queue to " + visitor.remote.endpoint + " is full");
        return {};
    }

    std::optional<Bytes> receive(std::chrono::milliseconds) override {
        auto& answers = network_->visitors.at(number_).answers;
        if (answers.empty()) return std::nullopt;
        Bytes answer = std::move(answers.front());
        answers.pop_front();
        return answer;
    }

private:
    Network network_;
    std::uint64_t number_;
};

class MemoryFeed final : public Feed {
public:
    MemoryFeed(Network network, std::string endpoint) : network_(std::move(network)), endpoint_(std::move(endpoint)) {}
    ~MemoryFeed() override { network_->close_feed(endpoint_); }

    void publish(const std::string& topic, const Bytes& bytes) override {
        if (network_->drop_feeds || topic.size() > kMaxTopicOctets || bytes.size() > kMaxMessageOctets) return;
        const auto& feed = network_->feeds.at(endpoint_);
        for (auto& [number, hearer] : network_->hearers) {
            if (wants(hearer, topic) && admitted(hearer, endpoint_, feed)) push_within_bound(hearer.heard, FeedMessage{topic, bytes});
        }
    }

private:
    Network network_;
    std::string endpoint_;
};

class MemoryListener final : public Listener {
public:
    MemoryListener(Network network, std::uint64_t number) : network_(std::move(network)), number_(number) {}
    ~MemoryListener() override { network_->hearers.erase(number_); }

    std::vector<FeedMessage> receive(std::size_t limit) override {
        auto& heard = network_->hearers.at(number_).heard;
        const auto end = heard.begin() + static_cast<std::ptrdiff_t>(std::min(limit, heard.size()));
        std::vector<FeedMessage> messages(std::make_move_iterator(heard.begin()), std::make_move_iterator(end));
        heard.erase(heard.begin(), end);
        return messages;
    }

private:
    Network network_;
    std::uint64_t number_;
};

// As the real bus' probe: a key that nobody holds must not be let in.
Result<> check_server(const MemoryNetwork::State& network, const std::string& endpoint, const Server& server) {
    if (network.doors.contains(endpoint) || network.feeds.contains(endpoint)) return base::unavailable(endpoint + " is taken");
    const auto stranger = make_key_pair();
    if (!stranger) return tl::unexpected(stranger.error());
    if (server.admit({endpoint, server.public_key}, stranger->public_key)) return base::invalid(endpoint + " lets any key in; nothing is served there");
    return {};
}

Result<> check_client(const std::vector<Remote>& remotes, const KeyPair& own) {
    for (const auto& remote : remotes) {
        if (auto checked = check_key(remote.server_public_key); !checked) return checked;
    }
    return check_key_pair(own);
}

}  // namespace

MemoryNetwork::MemoryNetwork() : state_(std::make_shared<State>()) {}
MemoryNetwork::~MemoryNetwork() = default;
void MemoryNetwork::drop_feeds(bool on) { state_->drop_feeds = on; }
void MemoryNetwork::drop_answers(bool on) { state_->drop_answers = on; }

MemoryBus::MemoryBus(const std::shared_ptr<MemoryNetwork>& network) : network_(network->state_), identity_(std::make_shared<int>(0)) {}
MemoryBus::~MemoryBus() = default;

Result<std::unique_ptr<Door>> MemoryBus::open_door(const std::string& endpoint, const KeyPair& server, Directory directory) {
    if (auto checked = check_key_pair(server); !checked) return tl::unexpected(checked.error());
    Server door{server.public_key, std::move(directory), identity_};
    if (auto checked = check_server(*network_, endpoint, door); !checked) return tl::unexpected(checked.error());
    network_->doors.emplace(endpoint, std::move(door));
    return std::make_unique<MemoryDoor>(network_, endpoint);
}

Result<std::unique_ptr<Feed>> MemoryBus::open_feed(const std::string& endpoint, const KeyPair& server, Directory directory) {
    if (auto checked = check_key_pair(server); !checked) return tl::unexpected(checked.error());
    Server feed{server.public_key, std::move(directory), identity_};
    if (auto checked = check_server(*network_, endpoint, feed); !checked) return tl::unexpected(checked.error());
    network_->feeds.emplace(endpoint, std::move(feed));
    return std::make_unique<MemoryFeed>(network_, endpoint);
}

Result<std::unique_ptr<Knocker>> MemoryBus::knock(const Remote& remote, const KeyPair& own) {
    if (auto checked = check_client({remote}, own); !checked) return tl::unexpected(checked.error());
    const std::uint64_t number = ++network_->made;
    network_->visitors.emplace(number, Visitor{remote, own.public_key, identity_, std::nullopt, {}, {}});
    return std::make_unique<MemoryKnocker>(network_, number);
}

Result<std::unique_ptr<Listener>> MemoryBus::listen(const std::vector<Remote>& remotes, const KeyPair& own, const std::vector<std::string>& prefixes) {
    if (auto checked = check_client(remotes, own); !checked) return tl::unexpected(checked.error());
    const std::uint64_t number = ++network_->made;
    network_->hearers.emplace(number, Hearer{remotes, own.public_key, prefixes, identity_, {}, {}});
    return std::make_unique<MemoryListener>(network_, number);
}

bool MemoryBus::wait(std::chrono::milliseconds) {
    const auto own = [&](const auto& entry) { return entry.second.owner == identity_; };
    return std::any_of(network_->doors.begin(), network_->doors.end(), [&](const auto& door) { return own(door) && network_->door_has_input(door.first, door.second); }) ||
           std::any_of(network_->visitors.begin(), network_->visitors.end(), [&](const auto& visitor) { return own(visitor) && !visitor.second.answers.empty(); }) ||
           std::any_of(network_->hearers.begin(), network_->hearers.end(), [&](const auto& hearer) { return own(hearer) && !hearer.second.heard.empty(); });
}

}  // namespace rightsdesk::bus
