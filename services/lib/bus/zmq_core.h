// What everything made by one ZmqBus shares. Whoever holds it last closes it, so the context outlives every socket.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include <zmq.hpp>

#include "bus/zap.h"
#include "bus/zmq_bus.h"

namespace rightsdesk::bus {

// A socket that can have something to receive.
class Waitable {
public:
    virtual ~Waitable() = default;
    // Does what is due beside receiving, such as trying again after a refusal. Called before every wait.
    virtual void refresh() {}
    virtual zmq::socket_t& socket() = 0;
};

struct ZmqCore {
    zmq::context_t context;
    Zap zap{context};
    std::vector<Waitable*> waitables;
    BusCounts counts;  // what the bus' own thread counts
};

// Waits until one of `waitables` has something to receive or `wait` has passed, or a signal came. True when one has.
bool wait_for_input(std::span<Waitable* const> waitables, std::chrono::milliseconds wait);

// In the list of the bus as long as it lives.
class Listed {
public:
    Listed(ZmqCore& core, Waitable& waitable) : core_(core), waitable_(&waitable) { core_.waitables.push_back(waitable_); }
    ~Listed() { std::erase(core_.waitables, waitable_); }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;

private:
    ZmqCore& core_;
    Waitable* waitable_;
};

}  // namespace rightsdesk::bus
