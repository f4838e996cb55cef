// A bound socket behind CURVE and ZAP: what a door and a feed have in common.
#pragma once

#include <memory>
#include <string>

#include <zmq.hpp>

#include "bus/bus.h"
#include "bus/endpoint.h"
#include "bus/zmq_core.h"

namespace rightsdesk::bus {

class ServerSocket {
public:
    // Bound, and proven to refuse strangers. `type` is router or pub. Failures as Bus::open_door.
    static Result<std::unique_ptr<ServerSocket>> open(std::shared_ptr<ZmqCore> core, zmq::socket_type type, const std::string& endpoint, const KeyPair& server,
                                                      Directory directory);
    // When it returns the endpoint is free and the directory not called any more.
    ~ServerSocket();
    ServerSocket(const ServerSocket&) = delete;
    ServerSocket& operator=(const ServerSocket&) = delete;

    zmq::socket_t& socket() { return socket_; }
    ZmqCore& core() { return *core_; }

private:
    ServerSocket(std::shared_ptr<ZmqCore> core, zmq::socket_type type, EndpointClaim claim, Directory directory);
    Result<> bind(const std::string& endpoint);
    void unbind();

    std::shared_ptr<ZmqCore> core_;
    EndpointClaim claim_;
    std::string domain_;
    zmq::socket_t socket_;
    std::string bound_;  // the endpoint as libzmq resolved it; empty before
};

}  // namespace rightsdesk::bus
