// The bus port: moves bytes between peers that it has authenticated, and looks at no content.
//
// Doors (ROUTER) answer knockers (DEALER); feeds (PUB) are heard by listeners (SUB). Every socket speaks CURVE, and a
// door or feed admits only the keys that its `Directory` knows. Implementations: zmq_bus.h (the real one) and
// memory_bus.h (the fake, for one process and no threads). One contract test runs against both. Unless said otherwise a
// call does not wait, and an object belongs to the thread that made it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace rightsdesk::bus {

using base::Bytes;
using base::Result;

// Bounds, explicit on every socket.
inline constexpr std::size_t kMaxMessageOctets = 4U * 1024U * 1024U;
inline constexpr std::size_t kMaxTopicOctets = 1'024;
inline constexpr int kHighWaterMark = 10'000;                         // messages queued per peer; beyond it a PUB drops, a DEALER waits
inline constexpr std::chrono::milliseconds kHandshakeLimit{5'000};
inline constexpr std::chrono::milliseconds kHeartbeatInterval{1'000};
inline constexpr std::chrono::milliseconds kHeartbeatTimeout{5'000};

// A CURVE key pair, each key as 40 characters of Z85.
struct KeyPair {
    std::string public_key;
    std::string secret_key;
};
Result<KeyPair> make_key_pair();

// Who a public key belongs to: 1 to 255 visible ASCII characters; nothing for a key that nobody holds. Called from the bus' own thread, until
// the door or feed is closed: must be thread-safe, and not use the bus. Asked once per connection: a key struck off keeps a connection that it has.
using Directory = std::function<std::optional<std::string>(const std::string& public_key)>;

struct Request {
    std::string peer;       // opaque: where the answer goes
    std::string principal;  // as the Directory named the key that the peer proved to hold
    Bytes bytes;
};

class Door {
public:
    virtual ~Door() = default;
    // The requests waiting now, at most `limit`, in each peer's order.
    virtual std::vector<Request> receive(std::size_t limit) = 0;
    // Answers one peer. A peer that went away is not an error: it will send the same identity again. An answer above kMaxMessageOctets is dropped.
    virtual void answer(const std::string& peer, const Bytes& bytes) = 0;
};

class Knocker {
public:
    virtual ~Knocker() = default;
    // Queues one message; kUnavailable when the queue is full, kInvalid above kMaxMessageOctets. What is queued or under way when the door closes may be
    // lost, and what was sent with a key that the door refuses is: send again until the answer came.
    virtual Result<> send(const Bytes& bytes) = 0;
    // The next answer; waits up to `wait`; nothing when none came.
    virtual std::optional<Bytes> receive(std::chrono::milliseconds wait) = 0;
};

struct FeedMessage {
    std::string topic;
    Bytes bytes;
};

class Feed {
public:
    virtual ~Feed() = default;
    // Sends to whoever listens now; slow listeners lose messages, the sender never waits. A message above kMaxMessageOctets or kMaxTopicOctets is dropped.
    virtual void publish(const std::string& topic, const Bytes& bytes) = 0;
};

class Listener {
public:
    virtual ~Listener() = default;
    virtual std::vector<FeedMessage> receive(std::size_t limit) = 0;
};

// Where a feed is, and the public key that its server must prove to hold.
struct Remote {
    std::string endpoint;          // "ipc:///path" or "tcp://127.0.0.1:5555"; in the fake any name
    std::string server_public_key;
};

class Bus {
public:
    virtual ~Bus() = default;

    // Binds. Returns only after a connection with a random key has been seen to fail (libzmq lets any key in where no ZAP
    // handler answers); kInvalid when it did not fail, kUnavailable when the endpoint is taken.
    virtual Result<std::unique_ptr<Door>> open_door(const std::string& endpoint, const KeyPair& server, Directory directory) = 0;
    virtual Result<std::unique_ptr<Feed>> open_feed(const std::string& endpoint, const KeyPair& server, Directory directory) = 0;
    // Connects; succeeds whether or not the other side is there yet, and reconnects for ever.
    virtual Result<std::unique_ptr<Knocker>> knock(const Remote& remote, const KeyPair& own) = 0;
    // Hears every feed of `remotes` on topics that start with one of `prefixes` ("" is all).
    virtual Result<std::unique_ptr<Listener>> listen(const std::vector<Remote>& remotes, const KeyPair& own, const std::vector<std::string>& prefixes) = 0;

    // Waits until something made by this bus has something to receive, or `wait` has passed. True when something has.
    virtual bool wait(std::chrono::milliseconds wait) = 0;
};

}  // namespace rightsdesk::bus
