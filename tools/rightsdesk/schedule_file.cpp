#include "rightsdesk/schedule_file.h"

#include <unordered_map>

#include "base/csv_reader.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

constexpr const char* kScheduleHeader = "must have the header notice,amount";

struct ScheduleColumns {
    std::size_t notice = 0;
    std::size_t amount = 1;
};

base::Result<ScheduleColumns> schedule_columns(const std::vector<std::string>& header) {
    if (header == std::vector<std::string>{"notice", "amount"}) return ScheduleColumns{0, 1};
    if (header == std::vector<std::string>{"amount", "notice"}) return ScheduleColumns{1, 0};
    return base::invalid(kScheduleHeader);
}

base::Result<domain::SchedulePart> schedule_part(const std::vector<std::string>& fields, const ScheduleColumns& columns) {
    if (fields.size() != 2) return base::invalid(std::to_string(fields.size()) + " fields; must be 2, a notice and its amount");
    domain::SchedulePart part;
    part.notice = fields[columns.notice];
    if (part.notice.empty()) return base::invalid("notice: must not be empty");
    try {
        part.amount = money_from(fields[columns.amount]);
    } catch (const Ending& ending) {
        return base::invalid("amount: " + ending.message);
    }
    if (part.amount <= domain::Money(0)) return base::invalid("amount: was \"" + fields[columns.amount] + "\"; must be above 0");
    return part;
}

}  // namespace

base::Result<std::vector<domain::SchedulePart>> read_schedule(std::istream& input, const std::string& name) {
    base::CsvReader reader(input);
    const auto mistake = [&](const std::string& what) { return base::invalid(name + ":" + std::to_string(reader.line()) + ": " + what); };
    std::vector<std::string> fields;
    auto read = reader.next(fields);
    if (!read) return mistake(read.error().message);
    if (!*read) return mistake(std::string("is empty; ") + kScheduleHeader);
    const auto columns = schedule_columns(fields);
    if (!columns) return mistake(columns.error().message);
    std::vector<domain::SchedulePart> parts;
    std::unordered_map<std::string, std::size_t> lines;
    for (read = reader.next(fields); read && *read; read = reader.next(fields)) {
        if (parts.size() == domain::kMaxScheduleParts) return mistake("more than " + std::to_string(domain::kMaxScheduleParts) + " notices");
        const auto part = schedule_part(fields, *columns);
        if (!part) return mistake(part.error().message);
        const auto [earlier, is_new] = lines.emplace(part->notice, reader.line());
        if (!is_new) return mistake("notice: was \"" + part->notice + "\", as on line " + std::to_string(earlier->second) + "; each must be there once");
        parts.push_back(*part);
    }
    if (!read) return mistake(read.error().message);
    if (parts.empty()) return mistake("there is no notice in it");
    return parts;
}

}  // namespace rightsdesk::tools
