// What libzmq reports of a socket's connections, read as events.
#pragma once

#include <chrono>
#include <optional>

#include <zmq.hpp>

namespace rightsdesk::bus {

struct SocketEvent {
    int event = 0;  // one of ZMQ_EVENT_...
    int value = 0;  // for a refused handshake the ZAP status
};

// Watches `socket`, which must outlive it, in the socket's own thread. Watch only events that will be read: libzmq's I/O thread waits when
// about a thousand lie unread.
class SocketMonitor {
public:
    SocketMonitor(zmq::context_t& context, zmq::socket_t& socket, int events);
    ~SocketMonitor();
    SocketMonitor(const SocketMonitor&) = delete;
    SocketMonitor& operator=(const SocketMonitor&) = delete;

    // The next event; waits up to `wait`; nothing when none came.
    std::optional<SocketEvent> next(std::chrono::milliseconds wait);

private:
    zmq::socket_t& socket_;
    zmq::socket_t events_;
};

}  // namespace rightsdesk::bus
