#include "bus/zmq_monitor.h"

#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>

#include "base/check.h"
#include "bus/zmq_options.h"

namespace rightsdesk::bus {

namespace {

std::string fresh_name() {
    static std::atomic<std::uint64_t> count{0};
    return "inproc://socket-events-" + std::to_string(++count);
}

// First frame: the event in 16 bits, its value in 32, in the machine's order (zmq_socket_monitor(3)).
SocketEvent decode(const zmq::message_t& frame) {
    std::uint16_t event = 0;
    std::uint32_t value = 0;
    CHECK(frame.size() == sizeof event + sizeof value);
    std::memcpy(&event, frame.data(), sizeof event);
    std::memcpy(&value, frame.data<char>() + sizeof event, sizeof value);
    return {event, static_cast<int>(value)};
}

}  // namespace

SocketMonitor::SocketMonitor(zmq::context_t& context, zmq::socket_t& socket, int events) : socket_(socket), events_(context, zmq::socket_type::pair) {
    const std::string name = fresh_name();
    CHECK(zmq_socket_monitor(socket.handle(), name.c_str(), events) == 0);
    events_.set(zmq::sockopt::linger, 0);
    events_.connect(name);
}

// The watching stops before its reader closes: without a reader libzmq's I/O thread would wait for one.
SocketMonitor::~SocketMonitor() { zmq_socket_monitor(socket_.handle(), nullptr, 0); }

std::optional<SocketEvent> SocketMonitor::next(std::chrono::milliseconds wait) {
    zmq_pollitem_t item{events_.handle(), 0, ZMQ_POLLIN, 0};
    if (zmq_poll(&item, 1, wait.count()) <= 0) return std::nullopt;
    const auto frames = receive_frames(events_, 2);
    if (!frames) return std::nullopt;
    return decode(frames->parts.front());
}

}  // namespace rightsdesk::bus
