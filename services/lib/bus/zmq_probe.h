// The proof that a server socket is closed to strangers.
#pragma once

#include <chrono>
#include <string>

#include <zmq.hpp>

#include "bus/bus.h"

namespace rightsdesk::bus {

// Connects to `endpoint` with a key made for the purpose and waits, up to `limit`, to see it refused by status 400. kInvalid when
// it is let in; kUnavailable when neither was seen in time (nobody answers, or not under `server_public_key`). `type` is a socket that can talk
// to the server's: dealer to a door, sub to a feed.
Result<> prove_strangers_are_refused(zmq::context_t& context, zmq::socket_type type, const std::string& endpoint, const std::string& server_public_key,
                                     std::chrono::milliseconds limit);

}  // namespace rightsdesk::bus
