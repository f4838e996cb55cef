// Options of every ZeroMQ socket of this room, and receiving a message of a known number of frames.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <zmq.hpp>

#include "bus/bus.h"

namespace rightsdesk::bus {

// MAXMSGSIZE counts what is on the wire: CURVE adds 33 octets to a frame (command name, nonce, flags, authenticator).
inline constexpr std::size_t kCurveOverheadOctets = 64;
// What a door holds of one peer before the peer's own queue fills. Lower than kHighWaterMark, because an admitted peer may fill
// it with messages of kMaxMessageOctets.
inline constexpr int kDoorQueue = 1'000;
inline constexpr std::chrono::milliseconds kReconnectFirst{10};
inline constexpr std::chrono::milliseconds kReconnectLast{1'000};
inline constexpr std::chrono::milliseconds kServerLinger{100};  // so that a closing door's last answers leave
static_assert(kHeartbeatInterval < kHeartbeatTimeout);
static_assert(kReconnectFirst < kReconnectLast);
static_assert(kDoorQueue <= kHighWaterMark);

// Bounds and times, the same on every socket.
void set_bounds(zmq::socket_t& socket);
// CURVE server under a ZAP domain: without an answer for `domain` nobody is let in.
void set_server_security(zmq::socket_t& socket, const KeyPair& server, const std::string& domain);
void set_client_security(zmq::socket_t& socket, const KeyPair& own, const std::string& server_public_key);

struct Frames {
    std::vector<zmq::message_t> parts;
    bool as_expected = false;  // exactly the number of parts asked for
};
// The next message waiting; nothing when there is none. Parts beyond `expected` are read and thrown away.
std::optional<Frames> receive_frames(zmq::socket_t& socket, std::size_t expected);

// True when sent; false when it cannot be sent now (full, no such peer).
bool send_frame(zmq::socket_t& socket, std::string_view octets, zmq::send_flags flags = zmq::send_flags::none);

}  // namespace rightsdesk::bus
