// A run's figures as a picture: rates beside their limits, and latencies.
#pragma once

#include <string>

#include "benchmark/report.h"

namespace rightsdesk::benchmark {

// SVG, readable by itself: each bar says its figure.
std::string plot_of(const Report& report);

}  // namespace rightsdesk::benchmark
