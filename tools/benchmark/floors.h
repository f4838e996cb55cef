// What the machine does by itself: the parts that a durable receipt cannot do without, measured in the same run.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "benchmark/figures.h"

namespace rightsdesk::benchmark {

inline constexpr std::size_t kReceiptOctets = 256;  // about

// A record of 1 KiB at the end of a file in `folder`, and fdatasync.
LatencyFigures measure_disk(const std::string& folder, std::size_t rounds);

// A message of the size of `question` to an echoing peer over ipc with CURVE, and a receipt's size back.
LatencyFigures measure_round_trip(const std::string& folder, const base::Bytes& question, std::size_t rounds);

// What CURVE does with each message: one sealing at one end and one opening at the other, as ZeroMQ does them (libsodium's crypto_box
// with the key that the two agreed on). The bus does not run without, so what it costs is measured by itself.
struct SealingCost {
    double message_us = 0;  // whatever its length
    double octet_us = 0;
    [[nodiscard]] double of(double messages, double octets) const { return messages * message_us + octets * octet_us; }
};
SealingCost measure_sealing(std::size_t rounds);

}  // namespace rightsdesk::benchmark
