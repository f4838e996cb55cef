// Times allocations beside a copy of the same memory, and looks whether they are right before there are figures.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rightsdesk::benchmark {

// One thing that was measured: the middle and the fastest of the repetitions, in ns of processor time for one
// subscription.
struct Measured {
    std::string name;
    std::string says;
    std::size_t rounds = 0;  // of the allocation; 0 where it is none
    double middle_ns = 0;
    double fastest_ns = 0;
};

struct AllocationReport {
    std::size_t subscriptions = 0;
    std::size_t octets = 0;  // of one subscription
    std::size_t repetitions = 0;
    std::uint64_t seed = 0;
    Measured copy;                // of the subscriptions
    std::vector<Measured> rows;   // allocations, and the check before them

    // How many times the copy it takes, fastest to fastest: what disturbs a measurement only adds to it.
    [[nodiscard]] double over_copy(const Measured& row) const { return copy.fastest_ns > 0 ? row.fastest_ns / copy.fastest_ns : 0; }
};

// Throws, saying why, when an allocation does not tie: then there are no figures.
AllocationReport measure_allocation(std::size_t subscriptions, std::uint64_t seed, std::size_t repetitions);

std::string text_of(const AllocationReport& report);
std::string json_of(const AllocationReport& report);

}  // namespace rightsdesk::benchmark
