// A bank's feed that pays for the notices of the benchmark: a wire for each, found by its confirmation number.
#pragma once

#include <memory>
#include <set>

#include "benchmark/desk.h"
#include "bus/zmq_bus.h"

namespace rightsdesk::benchmark {

class Bank {
public:
    explicit Bank(const Desk& desk);

    // Pays for the notices from `first` to `last`, by number, as each asks; returns when every wire has its receipt. Throws when one is
    // not accepted, and when none comes for long.
    void pay(std::uint64_t first, std::uint64_t last);

private:
    void take_receipts(std::chrono::milliseconds wait);

    bus::ZmqBus bus_;
    std::unique_ptr<bus::Knocker> door_;
    std::set<std::uint64_t> on_their_way_;
    std::uint64_t sent_ = 0;
    Clock::time_point last_receipt_;
};

}  // namespace rightsdesk::benchmark
