#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "allocation/measure.h"
#include "domain/money_text.h"

namespace rightsdesk::benchmark {

namespace {

using Json = nlohmann::ordered_json;

std::string line_of(const AllocationReport& report, const Measured& row) {
    const std::string rounds = row.rounds == 0 ? "" : std::to_string(row.rounds);
    return fmt::format("{:<24}{:>10.1f}{:>10.1f}{:>10.2f}{:>8}  {}\n", row.name, row.middle_ns, row.fastest_ns, report.over_copy(row), rounds, row.says);
}

Json json_of(const AllocationReport& report, const Measured& row) {
    return {{"name", row.name},           {"says", row.says}, {"rounds", row.rounds}, {"ns", row.middle_ns}, {"fastest_ns", row.fastest_ns},
            {"over_copy", report.over_copy(row)}};
}

}  // namespace

std::string text_of(const AllocationReport& report) {
    std::string text = fmt::format("{} subscriptions of {} octets, seed {}; the middle and the fastest of {} repetitions, in ns of processor\ntime for one subscription\n\n",
                                   domain::grouped(static_cast<std::int64_t>(report.subscriptions)), report.octets, report.seed, report.repetitions) +
                       fmt::format("{:<24}{:>10}{:>10}{:>10}{:>8}\n", "", "ns", "fastest", "to copy", "rounds") + line_of(report, report.copy);
    for (const Measured& row : report.rows) text += line_of(report, row);
    return text + "\nAllocations are whole: exact fractions, caps, whole shares by largest remainder, ties by stamp and id; their results tie. What\n"
                  "check_allocation refuses is not looked for in them.\n";
}

std::string json_of(const AllocationReport& report) {
    Json rows = Json::array();
    for (const Measured& row : report.rows) rows.push_back(json_of(report, row));
    const Json document = {{"subscriptions", report.subscriptions}, {"octets_each", report.octets}, {"seed", report.seed},
                           {"repetitions", report.repetitions},     {"memory_copy", json_of(report, report.copy)}, {"measured", rows}};
    return document.dump(2) + "\n";
}

}  // namespace rightsdesk::benchmark
