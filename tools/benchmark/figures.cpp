#include "benchmark/figures.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "domain/money_text.h"

namespace rightsdesk::benchmark {

namespace {

constexpr std::size_t kMille = 1'000;

double microseconds(Nanoseconds latency) { return static_cast<double>(latency.count()) / 1'000; }

}  // namespace

Nanoseconds Latencies::at(std::size_t per_mille) {
    CHECK(per_mille >= 1 && per_mille <= kMille);
    if (values_.empty()) return Nanoseconds(0);
    if (!sorted_) std::sort(values_.begin(), values_.end());
    sorted_ = true;
    const std::size_t rank = (values_.size() * per_mille + kMille - 1) / kMille;  // from 1
    return values_[rank - 1];
}

LatencyFigures figures_of(Latencies latencies) {
    return {latencies.count(), microseconds(latencies.at(500)), microseconds(latencies.at(990)), microseconds(latencies.at(999))};
}

double per_second(std::size_t count, Nanoseconds took) {
    return took <= Nanoseconds(0) ? 0 : static_cast<double>(count) * 1e9 / static_cast<double>(took.count());
}

double share_of(double reached, double limit) { return limit <= 0 ? 0 : reached / limit; }

std::string whole(double number) { return domain::grouped(std::llround(number)); }
std::string whole(std::size_t number) { return domain::grouped(static_cast<std::int64_t>(number)); }

double rate_after_each_other(double one, double other) { return one <= 0 || other <= 0 ? 0 : 1 / (1 / one + 1 / other); }

}  // namespace rightsdesk::benchmark
