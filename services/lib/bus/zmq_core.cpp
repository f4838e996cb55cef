#include "bus/zmq_core.h"

#include <algorithm>
#include <optional>

#include "bus/zmq_options.h"

namespace rightsdesk::bus {

namespace {

using Clock = std::chrono::steady_clock;

// True or false as wait_for_input(); nothing when the time passed.
std::optional<bool> poll_once(std::span<Waitable* const> waitables, std::chrono::milliseconds wait) {
    std::vector<zmq_pollitem_t> items;
    for (Waitable* waitable : waitables) {
        waitable->refresh();
        items.push_back({waitable->socket().handle(), 0, ZMQ_POLLIN, 0});
    }
    const int ready = zmq_poll(items.data(), static_cast<int>(items.size()), wait.count());
    if (ready == 0) return std::nullopt;
    return ready > 0;
}

}  // namespace

// In slices, so that a refused socket is renewed during a long wait as well.
bool wait_for_input(std::span<Waitable* const> waitables, std::chrono::milliseconds wait) {
    const auto deadline = Clock::now() + wait;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        const auto slice = std::clamp(left, std::chrono::milliseconds{0}, kReconnectLast);
        if (const auto outcome = poll_once(waitables, slice)) return *outcome;
        if (left <= slice) return false;
    }
}

}  // namespace rightsdesk::bus
