// A socket connected to one remote: what a knocker and a listener have in common.
//
// libzmq reconnects for ever after a lost connection, but a client that is told it is refused gives up for good. A key may become known later, so
// this one starts again with a new socket, once a second. What the old one had queued is gone.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <zmq.hpp>

#include "bus/bus.h"
#include "bus/zmq_core.h"
#include "bus/zmq_monitor.h"

namespace rightsdesk::bus {

class ClientSocket final : public Waitable {
public:
    // `type` is dealer or sub; `prefixes` is for sub. kInvalid when keys or endpoint are not usable.
    static Result<std::unique_ptr<ClientSocket>> connect(std::shared_ptr<ZmqCore> core, zmq::socket_type type, const Remote& remote, const KeyPair& own,
                                                         std::vector<std::string> prefixes = {});

    void refresh() override;
    zmq::socket_t& socket() override { return connection_->socket; }
    ZmqCore& core() { return *core_; }
    [[nodiscard]] const std::string& endpoint() const { return remote_.endpoint; }
    // The remote has refused our key, and the next attempt is still to come.
    [[nodiscard]] bool refused() const { return refused_at_.has_value(); }

private:
    using Clock = std::chrono::steady_clock;
    struct Connection {
        zmq::socket_t socket;
        SocketMonitor refusals;
        Connection(zmq::context_t& context, zmq::socket_type type) : socket(context, type), refusals(context, socket, ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) {}
    };

    ClientSocket(std::shared_ptr<ZmqCore> core, zmq::socket_type type, Remote remote, KeyPair own, std::vector<std::string> prefixes);
    Result<> start();

    std::shared_ptr<ZmqCore> core_;
    zmq::socket_type type_;
    Remote remote_;
    KeyPair own_;
    std::vector<std::string> prefixes_;
    std::unique_ptr<Connection> connection_;
    std::optional<Clock::time_point> refused_at_;
    Listed listed_;
};

}  // namespace rightsdesk::bus
