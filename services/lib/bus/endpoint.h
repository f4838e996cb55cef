// Endpoints: which are allowed, and the exclusive claim that a server lays on one before it binds.
#pragma once

#include <string>

#include "base/file.h"
#include "bus/bus.h"

namespace rightsdesk::bus {

// The longest path that a Unix socket can have on Linux (sun_path, less its closing zero).
inline constexpr std::size_t kMaxIpcPath = 107;

// "ipc://path" or "tcp://host:port"; else kInvalid, with the reason. inproc is refused because libzmq applies no CURVE to it.
Result<> check_endpoint(const std::string& endpoint);

// Held as long as a server is bound. For ipc it makes binding safe, which libzmq alone does not: its bind removes whatever
// file is there, a living server's too. A lock file beside the socket (`path.lock`, left in place) decides between two that start at
// once and frees itself when its owner dies; a dead owner's socket file is removed. tcp needs no claim.
class EndpointClaim {
public:
    // kUnavailable when the endpoint is taken; kInvalid when something that is not a socket lies at the path.
    static Result<EndpointClaim> lay(const std::string& endpoint);

    // Removes the socket file that the claimant bound, if it is ipc; libzmq leaves it (since 4.2). The claim still holds.
    void remove_socket_file();

private:
    std::string path_;  // of the socket; empty for tcp
    base::FileDescriptor lock_;
};

}  // namespace rightsdesk::bus
