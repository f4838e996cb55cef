// The arithmetic of the benchmark: latencies by rank, rates, and what share of a limit is reached.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace rightsdesk::benchmark {

using Clock = std::chrono::steady_clock;
using Nanoseconds = std::chrono::nanoseconds;

class Latencies {
public:
    void add(Nanoseconds latency) { values_.push_back(latency), sorted_ = false; }
    [[nodiscard]] std::size_t count() const { return values_.size(); }

    // By nearest rank: the smallest latency that at least `per_mille` of 1,000 measured ones do not exceed, so always one
    // that was measured. `per_mille` is 1 to 1,000; zero when nothing was measured.
    [[nodiscard]] Nanoseconds at(std::size_t per_mille);

private:
    std::vector<Nanoseconds> values_;
    bool sorted_ = true;
};

struct LatencyFigures {
    std::size_t count = 0;
    double p50_us = 0, p99_us = 0, p999_us = 0;
};
LatencyFigures figures_of(Latencies latencies);

// Zero where nothing took no time.
double per_second(std::size_t count, Nanoseconds took);
inline double seconds(Nanoseconds took) { return static_cast<double>(took.count()) / 1e9; }
// 0.8 where 8 of 10 are reached; zero where there is no limit.
double share_of(double reached, double limit);

// What is left of two rates where each does its part after the other; zero where one of them is.
double rate_after_each_other(double one, double other);

// In whole numbers, for a table: "1,234,567".
std::string whole(double number);
std::string whole(std::size_t number);

}  // namespace rightsdesk::benchmark
