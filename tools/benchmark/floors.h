// What the machine does by itself: the parts that a durable receipt cannot do without, measured in the same run.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "benchmark/figures.h"

namespace rightsdesk::benchmark {

// A record of 1 KiB at the end of a file in `folder`, and fdatasync.
LatencyFigures measure_disk(const std::string& folder, std::size_t rounds);

// A message of the size of `question` to an echoing peer over ipc with CURVE, and a receipt's size back.
LatencyFigures measure_round_trip(const std::string& folder, const base::Bytes& question, std::size_t rounds);

}  // namespace rightsdesk::benchmark
