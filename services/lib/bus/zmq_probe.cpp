#include "bus/zmq_probe.h"

#include "bus/zmq_monitor.h"
#include "bus/zmq_options.h"

namespace rightsdesk::bus {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRefused = 400;
constexpr int kOutcomes = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH;

std::chrono::milliseconds left_until(Clock::time_point deadline) {
    return std::max(std::chrono::milliseconds{0}, std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()));
}

}  // namespace

Result<> prove_strangers_are_refused(zmq::context_t& context, zmq::socket_type type, const std::string& endpoint, const std::string& server_public_key,
                                     std::chrono::milliseconds limit) {
    const auto stranger = make_key_pair();
    if (!stranger) return tl::unexpected(stranger.error());
    const auto deadline = Clock::now() + limit;
    zmq::socket_t socket(context, type);
    set_bounds(socket);
    set_client_security(socket, *stranger, server_public_key);
    SocketMonitor monitor(context, socket, kOutcomes);
    socket.connect(endpoint);
    do {
        const auto seen = monitor.next(left_until(deadline));
        if (!seen) continue;
        if (seen->event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED) return base::invalid(endpoint + " lets any key in; nothing is served there");
        if (seen->value == kRefused) return {};
    } while (Clock::now() < deadline);
    return base::unavailable("no proof within " + std::to_string(limit.count()) + " ms that " + endpoint + " refuses strangers");
}

}  // namespace rightsdesk::bus
