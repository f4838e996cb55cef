#include "bus/zmq_server.h"

#include <cerrno>
#include <utility>

#include "bus/keys.h"
#include "bus/zmq_monitor.h"
#include "bus/zmq_options.h"
#include "bus/zmq_probe.h"

namespace rightsdesk::bus {

namespace {

constexpr std::chrono::milliseconds kUnbindLimit{2'000};

}  // namespace

ServerSocket::ServerSocket(std::shared_ptr<ZmqCore> core, zmq::socket_type type, EndpointClaim claim, Directory directory)
    : core_(std::move(core)), claim_(std::move(claim)), domain_(core_->zap.admit_by(std::move(directory))), socket_(core_->context, type) {}

Result<std::unique_ptr<ServerSocket>> ServerSocket::open(std::shared_ptr<ZmqCore> core, zmq::socket_type type, const std::string& endpoint,
                                                         const KeyPair& server, Directory directory) {
    if (auto checked = check_endpoint(endpoint); !checked) return tl::unexpected(checked.error());
    if (auto checked = check_key_pair(server); !checked) return tl::unexpected(checked.error());
    auto claim = EndpointClaim::lay(endpoint);
    if (!claim) return tl::unexpected(claim.error());

    std::unique_ptr<ServerSocket> opened(new ServerSocket(std::move(core), type, std::move(*claim), std::move(directory)));
    set_bounds(opened->socket_);
    set_server_security(opened->socket_, server, opened->domain_);
    opened->socket_.set(zmq::sockopt::linger, static_cast<int>(kServerLinger.count()));
    if (type == zmq::socket_type::router) {
        opened->socket_.set(zmq::sockopt::rcvhwm, kDoorQueue);
        opened->socket_.set(zmq::sockopt::router_mandatory, true);
        // An admitted peer that gives itself another's routing id must not take over its answers.
        opened->socket_.set(zmq::sockopt::router_handover, false);
    }
    if (auto bound = opened->bind(endpoint); !bound) return tl::unexpected(bound.error());
    const auto stranger = type == zmq::socket_type::pub ? zmq::socket_type::sub : zmq::socket_type::dealer;
    auto proven = prove_strangers_are_refused(opened->core_->context, stranger, opened->bound_, server.public_key, kHandshakeLimit);
    if (!proven) return tl::unexpected(proven.error());
    return opened;
}

Result<> ServerSocket::bind(const std::string& endpoint) {
    if (zmq_bind(socket_.handle(), endpoint.c_str()) != 0) {
        const std::string message = "cannot bind " + endpoint + ": " + zmq_strerror(errno);
        return errno == EADDRINUSE ? base::unavailable(message) : base::invalid(message);
    }
    bound_ = socket_.get(zmq::sockopt::last_endpoint);
    return {};
}

// libzmq closes the listening socket in its own thread. Only after that is the endpoint free for who opens it next.
void ServerSocket::unbind() {
    SocketMonitor monitor(core_->context, socket_, ZMQ_EVENT_CLOSED | ZMQ_EVENT_CLOSE_FAILED);
    if (zmq_unbind(socket_.handle(), bound_.c_str()) == 0) monitor.next(kUnbindLimit);
    claim_.remove_socket_file();
}

ServerSocket::~ServerSocket() {
    if (!bound_.empty()) unbind();
    socket_.close();
    core_->zap.forget(domain_);
}

}  // namespace rightsdesk::bus
