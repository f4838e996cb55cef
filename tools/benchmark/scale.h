// What happens to the desk as it is used more: many offerings at once, many notices in one, a restart with all of them, and the
// storm of the last ten seconds before the hour.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "benchmark/figures.h"

namespace rightsdesk::benchmark {

// Notices spread over so many offerings, at the largest window.
struct OfferingsRow {
    std::size_t offerings = 0;
    std::size_t notices = 0;
    double receipts_per_second = 0;
    double processor_us = 0;  // of all processes, a receipt
};

// The notices from the row before up to `notices`, all in one offering.
struct GrowthRow {
    std::size_t notices = 0;
    double receipts_per_second = 0;
    double processor_us = 0;                      // of all processes, a receipt
    std::map<std::string, double> memory_octets;  // of each process, a notice
};

// All services killed and started again.
struct RestartFigures {
    std::size_t notices = 0;
    std::size_t records = 0;
    double seconds = 0;  // until every door serves
};

// Notices handed in during the last seconds before an hour of the real clock, and a few after it.
struct StormFigures {
    std::size_t notices = 0;
    std::size_t late = 0;                    // of them, stamped after the hour, and answered so
    double seconds = 0;                      // over which they were stamped
    double receipts_per_second = 0;
    LatencyFigures latency;
    double last_receipt_after_hour = 0;      // seconds
    double hour_acted_on_after = 0;          // seconds, by the record's own time; never negative
};

struct ScaleReport {
    std::vector<OfferingsRow> offerings;
    std::vector<GrowthRow> growth;
    RestartFigures restart;
    StormFigures storm;
};

struct ScaleSizes {
    std::size_t offerings_notices = 6'000;      // for each number of offerings
    std::vector<std::size_t> offerings = {1, 10, 100};
    std::vector<std::size_t> growth = {1'000, 10'000, 100'000};
    std::size_t storm = 100'000;
    int storm_seconds = 10;
};

// Says on standard error how far it is. Throws, saying why, when anything is not as it must be.
ScaleReport measure_scale(const ScaleSizes& sizes);

std::string text_of(const ScaleReport& report);
std::string json_of(const ScaleReport& report);

}  // namespace rightsdesk::benchmark
