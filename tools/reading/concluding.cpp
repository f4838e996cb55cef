#include "reading/concluding.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "paper/field_meaning.h"

namespace rightsdesk::reading {

void make_certain(const std::string& field, const std::string& text, PageReading& read) {
    if (paper::set_field(read.fields, field, text) != paper::Meaning::kValue) return;
    std::erase(read.missing, field);
    for (domain::ReadField& reading : read.readings) {
        if (reading.field != field) continue;
        reading.text = text;
        reading.candidates.clear();
    }
}

void sort_by_field(PageReading& read) {
    std::map<std::string, int> order;
    const domain::NoticeFields fields;
    domain::NoticeFields::visit_members(fields, [&](std::string_view name, const auto& /*member*/) { order.emplace(name, static_cast<int>(order.size())); });
    std::stable_sort(read.readings.begin(), read.readings.end(), [&](const domain::ReadField& one, const domain::ReadField& other) { return order[one.field] < order[other.field]; });
    std::sort(read.missing.begin(), read.missing.end(), [&](const std::string& one, const std::string& other) { return order[one] < order[other]; });
    read.missing.erase(std::unique(read.missing.begin(), read.missing.end()), read.missing.end());
}

void conclude(PageReading& read) {
    read.verdict = read.missing.empty() ? Verdict::kRead : Verdict::kNeedsKeying;
    if (read.missing.empty()) return;
    read.reason = read.missing.size() == 1 ? "one field is not certain:" : std::to_string(read.missing.size()) + " fields are not certain:";
    for (const std::string& field : read.missing) read.reason += (field == read.missing.front() ? " " : ", ") + field;
}

}  // namespace rightsdesk::reading
