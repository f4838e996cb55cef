// The worlds in which the bus contract holds: memory, ipc, tcp. And people with keys.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "bus/memory_bus.h"
#include "bus/zmq_bus.h"
#include "support/folder.h"

namespace rightsdesk::bus {

using namespace std::chrono_literals;
using support::Folder;

// Long enough for a loaded machine under a sanitizer; a passing test never waits for it.
inline constexpr std::chrono::seconds kPatience{20};

inline KeyPair new_keys() { return make_key_pair().value(); }

inline Directory directory_of(std::map<std::string, std::string> principals) {
    return [principals = std::move(principals)](const std::string& key) -> std::optional<std::string> {
        const auto found = principals.find(key);
        if (found == principals.end()) return std::nullopt;
        return found->second;
    };
}

inline std::string free_tcp_endpoint() {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(probe);
    EXPECT_TRUE(bound);
    return "tcp://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

// Two buses that reach each other: one for the servers, one for those who come.
class World {
public:
    virtual ~World() = default;
    virtual Bus& inside() = 0;
    virtual Bus& outside() = 0;
    virtual std::string new_endpoint() = 0;
    // Whether a key of somebody outside has been refused; the fake does that on the spot.
    virtual bool somebody_was_refused() = 0;
};

class MemoryWorld final : public World {
public:
    Bus& inside() override { return inside_; }
    Bus& outside() override { return outside_; }
    std::string new_endpoint() override { return "endpoint-" + std::to_string(++endpoints_); }
    bool somebody_was_refused() override { return true; }
    MemoryNetwork& network() { return *network_; }

private:
    std::shared_ptr<MemoryNetwork> network_ = std::make_shared<MemoryNetwork>();
    MemoryBus inside_{network_};
    MemoryBus outside_{network_};
    int endpoints_ = 0;
};

class ZmqWorld : public World {
public:
    Bus& inside() override { return inside_; }
    Bus& outside() override { return outside_; }
    // The outside bus opens no servers, hence sees refusals of its own keys only.
    bool somebody_was_refused() override {
        outside_.wait(10ms);
        return outside_.counts().refusals_of_own_keys > 0;
    }
    ZmqBus& zmq_inside() { return inside_; }

private:
    ZmqBus inside_;
    ZmqBus outside_;
};

class IpcWorld final : public ZmqWorld {
public:
    std::string new_endpoint() override { return "ipc://" + folder_.file(std::to_string(++endpoints_)); }

private:
    Folder folder_;
    int endpoints_ = 0;
};

class TcpWorld final : public ZmqWorld {
public:
    std::string new_endpoint() override { return free_tcp_endpoint(); }
};

// Tries until it is so, or patience ends.
inline bool eventually(const std::function<bool()>& it_is_so) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < deadline) {
        if (it_is_so()) return true;
    }
    return false;
}

// The next `count` requests at `door`; fewer when patience ends.
inline std::vector<Request> receive_all(Bus& bus, Door& door, std::size_t count) {
    std::vector<Request> all;
    eventually([&] {
        bus.wait(10ms);
        for (auto& request : door.receive(count - all.size())) all.push_back(std::move(request));
        return all.size() == count;
    });
    return all;
}

inline std::vector<FeedMessage> hear_all(Bus& bus, Listener& listener, std::size_t count) {
    std::vector<FeedMessage> all;
    eventually([&] {
        bus.wait(10ms);
        for (auto& message : listener.receive(count - all.size())) all.push_back(std::move(message));
        return all.size() == count;
    });
    return all;
}

inline std::optional<Bytes> receive_answer(Knocker& knocker) {
    std::optional<Bytes> answer;
    eventually([&] { return (answer = knocker.receive(50ms)).has_value(); });
    return answer;
}

// Publishes until `listener` hears, and swallows what it heard: from then on nothing published is missed.
inline bool connect_feed(Bus& bus, Feed& feed, Listener& listener, const std::string& topic) {
    std::uint64_t last = 0;
    const bool heard = eventually([&] {
        feed.publish(topic, Bytes(std::to_string(++last)));
        bus.wait(10ms);
        return !listener.receive(1).empty();
    });
    feed.publish(topic, Bytes(std::string("connected")));
    return heard && eventually([&] {
        bus.wait(10ms);
        const auto messages = listener.receive(1);
        return !messages.empty() && messages.front().bytes.view() == "connected";
    });
}

}  // namespace rightsdesk::bus
