// The figures of the recogniser, for people and as JSON.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <spdlog/fmt/fmt.h>

#include "ocr/measure.h"

namespace rightsdesk::benchmark {

namespace {

constexpr std::size_t kConfusionsTold = 20;

struct Confusion {
    std::string truth;
    std::string read;
    std::size_t count = 0;
};

std::vector<Confusion> most_frequent(const OcrTally& tally) {
    std::vector<Confusion> all;
    all.reserve(tally.confusions.size());
    for (const auto& [pair, count] : tally.confusions) all.push_back({pair.first, pair.second, count});
    std::stable_sort(all.begin(), all.end(), [](const Confusion& one, const Confusion& other) { return one.count > other.count; });
    if (all.size() > kConfusionsTold) all.resize(kConfusionsTold);
    return all;
}

double share(std::size_t part, std::size_t all) { return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all); }

std::size_t silent(const OcrTally& tally) { return tally.wrong + tally.unnoticed; }

std::string row_of(std::string_view quality, std::string_view layout, const OcrTally& tally) {
    return fmt::format("{:<22} {:<28} {:>5} {:>6} {:>7.2f} % {:>6} {:>8.2f} {:>7.2f} % {:>7.1f} % {:>6}\n", quality, layout, tally.forms, tally.fields, 100 * share(tally.right, tally.fields),
                       silent(tally), 2'000 * share(silent(tally), tally.fields), 100 * share(tally.flagged, tally.fields), 100 * share(tally.keyed, tally.forms), tally.other_layout);
}

std::string time_of(const OcrTally& tally) {
    const auto& spent = tally.timings;
    const double all = static_cast<double>(spent.decode + spent.clean + spent.recognise + spent.fields);
    if (all <= 0 || tally.pages == 0) return {};
    const auto part = [&](std::uint64_t one) { return 100 * static_cast<double>(one) / all; };
    return fmt::format("{:.2f} pages a second on one core: decode {:.0f} %, clean {:.0f} %, recognise {:.0f} %, fields {:.0f} %", static_cast<double>(tally.pages) * 1e6 / all, part(spent.decode),
                       part(spent.clean), part(spent.recognise), part(spent.fields));
}

std::map<support::Quality, OcrTally> by_quality(const std::vector<OcrRow>& rows) {
    std::map<support::Quality, OcrTally> all;
    for (const OcrRow& row : rows) all[row.quality].add(row.tally);
    return all;
}

nlohmann::ordered_json json_of_tally(const OcrTally& tally) {
    nlohmann::ordered_json document;
    document["forms"] = tally.forms;
    document["pages"] = tally.pages;
    document["fields"] = tally.fields;
    document["right"] = tally.right;
    document["flagged"] = tally.flagged;
    document["wrong_unflagged"] = tally.wrong;
    document["unnoticed"] = tally.unnoticed;
    document["to_keying"] = tally.keyed;
    document["other_layout"] = tally.other_layout;
    document["microseconds"] = {{"decode", tally.timings.decode}, {"clean", tally.timings.clean}, {"recognise", tally.timings.recognise}, {"fields", tally.timings.fields}};
    document["confusions"] = nlohmann::ordered_json::array();
    for (const auto& [pair, count] : tally.confusions) document["confusions"].push_back({{"stood", pair.first}, {"read", pair.second}, {"count", count}});
    document["not_right_by_field"] = nlohmann::ordered_json::object();
    for (const auto& [field, counts] : tally.by_field) document["not_right_by_field"][field] = {{"not_right", counts.first}, {"of", counts.second}};
    return document;
}

}  // namespace

std::string ocr_text(const OcrRequest& request, const std::vector<OcrRow>& rows) {
    std::string text = fmt::format("faxed forms, {} of each quality and layout, seeds from {}\n\n", request.forms, request.first_seed);
    text += fmt::format("{:<22} {:<28} {:>5} {:>6} {:>9} {:>6} {:>8} {:>9} {:>9} {:>6}\n", "quality", "layout", "forms", "fields", "right", "silent", "in 2,000", "flagged", "keyed", "layout");
    const auto totals = by_quality(rows);
    for (const auto& [quality, total] : totals) {
        for (const OcrRow& row : rows) {
            if (row.quality == quality) text += row_of(base::to_text(quality), row.layout, row.tally);
        }
        text += row_of(base::to_text(quality), "all", total) + "\n";
    }
    text += "silent: wrong, or not read, without being flagged; keyed: forms that go to a person; layout: forms taken for another\n";
    for (const auto& [quality, total] : totals) {
        text += fmt::format("\n{}: {}\n", base::to_text(quality), time_of(total));
        text += "  read for: ";
        for (const Confusion& one : most_frequent(total)) text += fmt::format(" {}>{} {} ", one.truth.empty() ? "(none)" : one.truth == " " ? "space" : one.truth, one.read.empty() ? "(none)" : one.read == " " ? "space" : one.read, one.count);
        text += "\n  not right: ";
        for (const auto& [field, counts] : total.by_field) {
            if (counts.first > 0) text += fmt::format(" {} {}/{} ", field, counts.first, counts.second);
        }
        text += "\n";
    }
    return text;
}

std::string ocr_json(const OcrRequest& request, const std::vector<OcrRow>& rows) {
    nlohmann::ordered_json document;
    document["forms_each"] = request.forms;
    document["first_seed"] = request.first_seed;
    document["rows"] = nlohmann::ordered_json::array();
    for (const OcrRow& row : rows) {
        nlohmann::ordered_json one = {{"quality", base::to_text(row.quality)}, {"layout", row.layout}};
        one.update(json_of_tally(row.tally));
        document["rows"].push_back(std::move(one));
    }
    document["qualities"] = nlohmann::ordered_json::object();
    for (const auto& [quality, total] : by_quality(rows)) document["qualities"][base::to_text(quality)] = json_of_tally(total);
    return document.dump(2) + "\n";
}

}  // namespace rightsdesk::benchmark
