// A table of typed columns: what a report is before anybody decides how it looks. Text, CSV and JSON are written from the same
// one, so they cannot say different things. A report is a struct a row; its members are the columns.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "domain/types.h"

namespace rightsdesk::domain {

RIGHTSDESK_ENUM(ColumnUnit, kText, kCount, kShares, kRights, kMoney)  // kMoney: whole cents

struct TableColumn {
    std::string name;                 // "paid_in_time"; each once in a table
    ColumnUnit unit = ColumnUnit::kText;
    bool to_date = false;             // the running total of the column before it
    RIGHTSDESK_DESCRIBE(TableColumn, name, unit, to_date)
};

using TableCell = std::variant<std::string, std::int64_t>;  // text where the column's unit is kText, else a number of its units
using TableRow = std::vector<TableCell>;                         // one cell a column

struct Table {
    std::string name;                 // "tally"
    std::string title;                // a line for a person
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
    std::optional<TableRow> totals;        // text cells empty but for the first
    std::vector<std::string> notes;   // what a reader must know of the figures
    std::vector<std::string> does_not_tie;  // empty when they agree with the records that they are made of
};

// ---- rows from structs ----

template <class T>
constexpr ColumnUnit unit_of() {
    if constexpr (std::is_same_v<T, Shares>) return ColumnUnit::kShares;
    else if constexpr (std::is_same_v<T, Rights>) return ColumnUnit::kRights;
    else if constexpr (std::is_same_v<T, Money>) return ColumnUnit::kMoney;
    else if constexpr (std::is_integral_v<T>) return ColumnUnit::kCount;
    else return ColumnUnit::kText;
}

template <class T>
TableCell cell_of(const T& value) {
    if constexpr (std::is_same_v<T, std::string>) return value;
    else if constexpr (std::is_enum_v<T>) return to_text(value);
    else if constexpr (std::is_integral_v<T>) return static_cast<std::int64_t>(value);
    else return value.value;
}

template <base::Described T>
std::vector<TableColumn> columns_of() {
    std::vector<TableColumn> columns;
    const T empty{};
    T::visit_members(empty, [&]<class Member>(std::string_view name, const Member&) { columns.push_back({std::string(name), unit_of<Member>(), false}); });
    return columns;
}

template <base::Described T>
TableRow row_of(const T& value) {
    TableRow row;
    T::visit_members(value, [&](std::string_view, const auto& member) { row.push_back(cell_of(member)); });
    return row;
}

// The sums of all columns but texts, "total" in the first.
TableRow totals_of(const Table& table);

template <base::Described T>
Table table_of(std::string name, std::string title, const std::vector<T>& values) {
    Table table;
    table.name = std::move(name);
    table.title = std::move(title);
    table.columns = columns_of<T>();
    table.rows.reserve(values.size());
    for (const T& value : values) table.rows.push_back(row_of(value));
    return table;
}

}  // namespace rightsdesk::domain
