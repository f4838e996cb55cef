#include "domain/table.h"

namespace rightsdesk::domain {

TableRow totals_of(const Table& table) {
    TableRow totals;
    totals.reserve(table.columns.size());
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        if (table.columns[column].unit == ColumnUnit::kText) {
            totals.emplace_back(std::string(column == 0 ? "total" : ""));
            continue;
        }
        std::int64_t sum = 0;
        for (const TableRow& row : table.rows) sum += std::get<std::int64_t>(row[column]);
        totals.emplace_back(sum);
    }
    return totals;
}

}  // namespace rightsdesk::domain
