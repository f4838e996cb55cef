#include "bus/zmq_options.h"

#include <cerrno>

#include "base/check.h"

namespace rightsdesk::bus {

namespace {

// ZMQ_ZAP_ENFORCE_DOMAIN, in libzmq since 4.3.0; its name is declared for drafts only, its number works in every build.
constexpr int kZapEnforceDomain = 93;

int count(std::chrono::milliseconds duration) { return static_cast<int>(duration.count()); }

}  // namespace

void set_bounds(zmq::socket_t& socket) {
    namespace option = zmq::sockopt;
    socket.set(option::linger, 0);
    socket.set(option::sndhwm, kHighWaterMark);
    socket.set(option::rcvhwm, kHighWaterMark);
    socket.set(option::maxmsgsize, static_cast<std::int64_t>(kMaxMessageOctets + kCurveOverheadOctets));
    socket.set(option::handshake_ivl, count(kHandshakeLimit));
    socket.set(option::heartbeat_ivl, count(kHeartbeatInterval));
    socket.set(option::heartbeat_timeout, count(kHeartbeatTimeout));
    socket.set(option::heartbeat_ttl, count(kHeartbeatTimeout));
    socket.set(option::reconnect_ivl, count(kReconnectFirst));
    socket.set(option::reconnect_ivl_max, count(kReconnectLast));
}

void set_server_security(zmq::socket_t& socket, const KeyPair& server, const std::string& domain) {
    CHECK(!domain.empty());  // an empty domain turns the enforcement off
    const int on = 1;
    socket.set(zmq::sockopt::zap_domain, domain);
    CHECK(zmq_setsockopt(socket.handle(), kZapEnforceDomain, &on, sizeof on) == 0);
    socket.set(zmq::sockopt::curve_server, true);
    socket.set(zmq::sockopt::curve_secretkey, server.secret_key);
}

void set_client_security(zmq::socket_t& socket, const KeyPair& own, const std::string& server_public_key) {
    socket.set(zmq::sockopt::curve_publickey, own.public_key);
    socket.set(zmq::sockopt::curve_secretkey, own.secret_key);
    socket.set(zmq::sockopt::curve_serverkey, server_public_key);
}

std::optional<Frames> receive_frames(zmq::socket_t& socket, std::size_t expected) {
    Frames frames;
    std::size_t received = 0;
    for (bool more = true; more; ++received) {
        zmq::message_t part;
        int octets = -1;
        do octets = zmq_msg_recv(part.handle(), socket.handle(), ZMQ_DONTWAIT);
        while (octets < 0 && errno == EINTR);
        if (octets < 0) {
            CHECK(errno == EAGAIN && received == 0);  // libzmq hands over whole messages
            return std::nullopt;
        }
        more = part.more();
        if (received < expected) frames.parts.push_back(std::move(part));
    }
    frames.as_expected = received == expected;
    return frames;
}

bool send_frame(zmq::socket_t& socket, std::string_view octets, zmq::send_flags flags) {
    const int all = static_cast<int>(flags | zmq::send_flags::dontwait);
    int sent = -1;
    do sent = zmq_send(socket.handle(), octets.data(), octets.size(), all);
    while (sent < 0 && errno == EINTR);
    CHECK(sent >= 0 || errno == EAGAIN || errno == EHOSTUNREACH);
    return sent >= 0;
}

}  // namespace rightsdesk::bus
