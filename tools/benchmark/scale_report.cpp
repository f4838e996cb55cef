#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "benchmark/scale.h"

namespace rightsdesk::benchmark {

namespace {

using ScaleJson = nlohmann::ordered_json;

std::string offerings_table(const ScaleReport& report) {
    std::string text = fmt::format("{:<26}{:>10}{:>14}{:>22}\n", "offerings at once", "notices", "receipts/s", "processor us each");
    for (const OfferingsRow& row : report.offerings) {
        text += fmt::format("{:<26}{:>10}{:>14}{:>22}\n", row.offerings, whole(row.notices), whole(row.receipts_per_second), whole(row.processor_us));
    }
    return text + "\n";
}

std::string growth_table(const ScaleReport& report) {
    if (report.growth.empty()) return "";
    std::string text = fmt::format("{:<26}{:>14}{:>22}", "notices in one offering", "receipts/s", "processor us each");
    for (const auto& [name, octets] : report.growth.front().memory_octets) text += fmt::format("{:>18}", name);
    text += "   (octets of memory a notice)\n";
    for (const GrowthRow& row : report.growth) {
        text += fmt::format("{:<26}{:>14}{:>22}", "up to " + whole(row.notices), whole(row.receipts_per_second), whole(row.processor_us));
        for (const auto& [name, octets] : row.memory_octets) text += fmt::format("{:>18}", whole(octets));
        text += "\n";
    }
    return text + fmt::format("a restart of all services with {} notices ({} records): {:.1f} s until every door serves\n\n", whole(report.restart.notices),
                              whole(report.restart.records), report.restart.seconds);
}

std::string storm_table(const StormFigures& storm) {
    if (storm.notices == 0) return "";
    return fmt::format("the storm: {} notices stamped in the last {:.0f} s before the hour, {} of them after it and answered \"late\", every receipt right\n",
                       whole(storm.notices), storm.seconds, whole(storm.late)) +
           fmt::format("  {} receipts/s, latency p50 {:.1f} ms, p99 {:.1f}; the last receipt {:.1f} s after the hour, the hour acted on {:.3f} s after it\n", whole(storm.receipts_per_second),
                       storm.latency.p50_us / 1'000, storm.latency.p99_us / 1'000, storm.last_receipt_after_hour, storm.hour_acted_on_after);
}

}  // namespace

std::string text_of(const ScaleReport& report) { return offerings_table(report) + growth_table(report) + storm_table(report.storm); }

std::string json_of(const ScaleReport& report) {
    ScaleJson document;
    document["offerings"] = ScaleJson::array();
    for (const OfferingsRow& row : report.offerings) {
        document["offerings"].push_back({{"offerings", row.offerings}, {"notices", row.notices}, {"receipts_per_second", row.receipts_per_second}, {"processor_us", row.processor_us}});
    }
    document["growth"] = ScaleJson::array();
    for (const GrowthRow& row : report.growth) {
        document["growth"].push_back({{"notices", row.notices}, {"receipts_per_second", row.receipts_per_second}, {"processor_us", row.processor_us}, {"memory_octets_a_notice", row.memory_octets}});
    }
    document["restart"] = {{"notices", report.restart.notices}, {"records", report.restart.records}, {"seconds", report.restart.seconds}};
    document["storm"] = {{"notices", report.storm.notices},
                         {"late", report.storm.late},
                         {"seconds", report.storm.seconds},
                         {"receipts_per_second", report.storm.receipts_per_second},
                         {"p50_us", report.storm.latency.p50_us},
                         {"p99_us", report.storm.latency.p99_us},
                         {"last_receipt_after_hour", report.storm.last_receipt_after_hour},
                         {"hour_acted_on_after", report.storm.hour_acted_on_after}};
    return document.dump(2) + "\n";
}

}  // namespace rightsdesk::benchmark
