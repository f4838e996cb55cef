#include "bus/zmq_client.h"

#include <cerrno>
#include <utility>

#include "bus/endpoint.h"
#include "bus/keys.h"
#include "bus/zmq_options.h"

namespace rightsdesk::bus {

ClientSocket::ClientSocket(std::shared_ptr<ZmqCore> core, zmq::socket_type type, Remote remote, KeyPair own, std::vector<std::string> prefixes)
    : core_(std::move(core)), type_(type), remote_(std::move(remote)), own_(std::move(own)), prefixes_(std::move(prefixes)), listed_(*core_, *this) {}

Result<std::unique_ptr<ClientSocket>> ClientSocket::connect(std::shared_ptr<ZmqCore> core, zmq::socket_type type, const Remote& remote, const KeyPair& own,
                                                            std::vector<std::string> prefixes) {
    if (auto checked = check_endpoint(remote.endpoint); !checked) return tl::unexpected(checked.error());
    if (auto checked = check_key(remote.server_public_key); !checked) return tl::unexpected(checked.error());
    if (auto checked = check_key_pair(own); !checked) return tl::unexpected(checked.error());
    std::unique_ptr<ClientSocket> client(new ClientSocket(std::move(core), type, remote, own, std::move(prefixes)));
    if (auto started = client->start(); !started) return tl::unexpected(started.error());
    return client;
}

Result<> ClientSocket::start() {
    connection_ = std::make_unique<Connection>(core_->context, type_);
    auto& socket = connection_->socket;
    set_bounds(socket);
    set_client_security(socket, own_, remote_.server_public_key);
    for (const auto& prefix : prefixes_) socket.set(zmq::sockopt::subscribe, prefix);
    if (zmq_connect(socket.handle(), remote_.endpoint.c_str()) == 0) return {};
    return base::invalid("cannot connect to " + remote_.endpoint + ": " + zmq_strerror(errno));
}

void ClientSocket::refresh() {
    if (!refused_at_ && connection_->refusals.next(std::chrono::milliseconds{0})) {
        refused_at_ = Clock::now();
        ++core_->counts.refusals_of_own_keys;
    }
    if (!refused_at_ || Clock::now() - *refused_at_ < kReconnectLast) return;
    refused_at_.reset();
    // The same arguments were accepted before; should connecting fail now, the socket is silent until the caller gives up.
    (void)start();
}

}  // namespace rightsdesk::bus
