#include "bus/zmq_bus.h"

#include <algorithm>
#include <utility>

#include "bus/zmq_client.h"
#include "bus/zmq_core.h"
#include "bus/zmq_options.h"
#include "bus/zmq_server.h"

namespace rightsdesk::bus {

namespace {

using Clock = std::chrono::steady_clock;

// Frames: [peer][bytes].
class ZmqDoor final : public Door, private Waitable {
public:
    explicit ZmqDoor(std::unique_ptr<ServerSocket> server) : server_(std::move(server)), listed_(server_->core(), *this) {}

    std::vector<Request> receive(std::size_t limit) override {
        std::vector<Request> requests;
        for (std::size_t attempt = 0; attempt < limit; ++attempt) {
            auto frames = receive_frames(server_->socket(), 2);
            if (!frames) break;
            if (auto request = read(*frames)) requests.push_back(std::move(*request));
            else ++server_->core().counts.malformed;
        }
        return requests;
    }

    void answer(const std::string& peer, const Bytes& bytes) override {
        auto& counts = server_->core().counts;
        if (bytes.size() > kMaxMessageOctets) {
            ++counts.oversize;
        } else if (!send_frame(server_->socket(), peer, zmq::send_flags::sndmore) || !send_frame(server_->socket(), bytes.view())) {
            ++counts.answers_lost;
        }
    }

private:
    zmq::socket_t& socket() override { return server_->socket(); }

    static std::optional<Request> read(const Frames& frames) {
        if (!frames.as_expected || frames.parts[1].size() > kMaxMessageOctets) return std::nullopt;
        const char* principal = zmq_msg_gets(frames.parts[1].handle(), "User-Id");
        if (principal == nullptr) return std::nullopt;
        return Request{frames.parts[0].to_string(), principal, Bytes(frames.parts[1].to_string_view())};
    }

    std::unique_ptr<ServerSocket> server_;
    Listed listed_;
};

// Frames: [bytes].
class ZmqKnocker final : public Knocker {
public:
    explicit ZmqKnocker(std::unique_ptr<ClientSocket> client) : client_(std::move(client)) {}

    Result<> send(const Bytes& bytes) override {
        if (bytes.size() > kMaxMessageOctets) {
            return base::invalid("a message of " + std::to_string(bytes.size()) + " octets, of which " + std::to_string(kMaxMessageOctets) + " are allowed");
        }
        client_->refresh();
        if (client_->refused()) return base::unavailable(client_->endpoint() + " refuses our key");
        if (!send_frame(client_->socket(), bytes.view())) return base::unavailable("the queue to " + client_->endpoint() + " is full");
        return {};
    }

    std::optional<Bytes> receive(std::chrono::milliseconds wait) override {
        const auto deadline = Clock::now() + wait;
        for (;;) {
            if (auto answer = take()) return answer;
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
            Waitable* const own = client_.get();
            if (!wait_for_input({&own, 1}, std::max(left, std::chrono::milliseconds{0}))) return std::nullopt;
        }
    }

private:
    std::optional<Bytes> take() {
        while (const auto frames = receive_frames(client_->socket(), 1)) {
            if (frames->as_expected) return Bytes(frames->parts[0].to_string_view());
            ++client_->core().counts.malformed;
        }
        return std::nullopt;
    }

    std::unique_ptr<ClientSocket> client_;
};

// Frames: [topic][bytes].
class ZmqFeed final : public Feed {
public:
    explicit ZmqFeed(std::unique_ptr<ServerSocket> server) : server_(std::move(server)) {}

    void publish(const std::string& topic, const Bytes& bytes) override {
        if (topic.size() > kMaxTopicOctets || bytes.size() > kMaxMessageOctets) {
            ++server_->core().counts.oversize;
            return;
        }
        send_frame(server_->socket(), topic, zmq::send_flags::sndmore);
        send_frame(server_->socket(), bytes.view());
    }

private:
    std::unique_ptr<ServerSocket> server_;
};

// One socket per remote, so that a feed which refuses us does not disturb the others.
class ZmqListener final : public Listener {
public:
    explicit ZmqListener(std::vector<std::unique_ptr<ClientSocket>> clients) : clients_(std::move(clients)) {}

    // In turns, one message from each, so that a loud feed does not drown a quiet one.
    std::vector<FeedMessage> receive(std::size_t limit) override {
        std::vector<FeedMessage> messages;
        std::size_t silent = 0;
        for (std::size_t attempt = 0; attempt < limit * clients_.size() && messages.size() < limit && silent < clients_.size(); ++attempt) {
            auto& client = *clients_[next_];
            next_ = (next_ + 1) % clients_.size();
            auto frames = receive_frames(client.socket(), 2);
            silent = frames ? 0 : silent + 1;
            if (!frames) continue;
            if (frames->as_expected) messages.push_back({frames->parts[0].to_string(), Bytes(frames->parts[1].to_string_view())});
            else ++client.core().counts.malformed;
        }
        return messages;
    }

private:
    std::vector<std::unique_ptr<ClientSocket>> clients_;
    std::size_t next_ = 0;
};

}  // namespace

ZmqBus::ZmqBus() : core_(std::make_shared<ZmqCore>()) {}
ZmqBus::~ZmqBus() = default;

Result<std::unique_ptr<Door>> ZmqBus::open_door(const std::string& endpoint, const KeyPair& server, Directory directory) {
    auto opened = ServerSocket::open(core_, zmq::socket_type::router, endpoint, server, std::move(directory));
    if (!opened) return tl::unexpected(opened.error());
    return std::make_unique<ZmqDoor>(std::move(*opened));
}

Result<std::unique_ptr<Feed>> ZmqBus::open_feed(const std::string& endpoint, const KeyPair& server, Directory directory) {
    auto opened = ServerSocket::open(core_, zmq::socket_type::pub, endpoint, server, std::move(directory));
    if (!opened) return tl::unexpected(opened.error());
    return std::make_unique<ZmqFeed>(std::move(*opened));
}

Result<std::unique_ptr<Knocker>> ZmqBus::knock(const Remote& remote, const KeyPair& own) {
    auto client = ClientSocket::connect(core_, zmq::socket_type::dealer, remote, own);
    if (!client) return tl::unexpected(client.error());
    return std::make_unique<ZmqKnocker>(std::move(*client));
}

Result<std::unique_ptr<Listener>> ZmqBus::listen(const std::vector<Remote>& remotes, const KeyPair& own, const std::vector<std::string>& prefixes) {
    std::vector<std::unique_ptr<ClientSocket>> clients;
    for (const auto& remote : remotes) {
        auto client = ClientSocket::connect(core_, zmq::socket_type::sub, remote, own, prefixes);
        if (!client) return tl::unexpected(client.error());
        clients.push_back(std::move(*client));
    }
    return std::make_unique<ZmqListener>(std::move(clients));
}

bool ZmqBus::wait(std::chrono::milliseconds wait) { return wait_for_input(core_->waitables, wait); }

BusCounts ZmqBus::counts() const {
    BusCounts counts = core_->counts;
    counts.keys_admitted = core_->zap.admitted();
    counts.keys_refused = core_->zap.refused();
    return counts;
}

}  // namespace rightsdesk::bus
