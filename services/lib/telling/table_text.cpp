#include "telling/table_text.h"

#include <algorithm>
#include <ostream>

#include "domain/money_text.h"

namespace rightsdesk::telling {

namespace {

using domain::ColumnUnit;
using domain::Table;
using domain::TableCell;
using domain::TableColumn;
using domain::TableRow;

std::string heading_of(const TableColumn& column) {
    std::string heading = column.to_date ? "to date" : column.name;
    std::replace(heading.begin(), heading.end(), '_', ' ');
    return heading;
}

std::string shown(const TableColumn& column, const TableCell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    const std::int64_t number = std::get<std::int64_t>(cell);
    return column.unit == ColumnUnit::kMoney ? domain::money_text(domain::Money(number)) : domain::grouped(number);
}

std::vector<TableRow> rows_and_totals(const Table& table) {
    std::vector<TableRow> rows = table.rows;
    if (table.totals && !rows.empty()) rows.push_back(*table.totals);
    return rows;
}

std::vector<std::size_t> widths_of(const Table& table, const std::vector<TableRow>& rows) {
    std::vector<std::size_t> widths;
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
        std::size_t width = heading_of(table.columns[at]).size();
        for (const TableRow& row : rows) width = std::max(width, shown(table.columns[at], row[at]).size());
        widths.push_back(width);
    }
    return widths;
}

std::string padded(const std::string& text, std::size_t width, bool to_the_right) {
    const std::string blanks(width > text.size() ? width - text.size() : 0, ' ');
    return to_the_right ? blanks + text : text + blanks;
}

void print_line(std::ostream& out, std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << "\n";
}

void print_aligned(std::ostream& out, const Table& table, const std::vector<TableRow>& rows, const std::vector<std::size_t>& widths) {
    const auto line = [&](const auto& text_of) {
        std::string text;
        for (std::size_t at = 0; at < widths.size(); ++at) text += padded(text_of(at), widths[at], table.columns[at].unit != ColumnUnit::kText) + "  ";
        print_line(out, text);
    };
    line([&](std::size_t at) { return heading_of(table.columns[at]); });
    for (const TableRow& row : rows) line([&](std::size_t at) { return shown(table.columns[at], row[at]); });
}

void print_paragraphs(std::ostream& out, const Table& table, const std::vector<TableRow>& rows) {
    constexpr std::size_t kName = 22;
    constexpr std::size_t kValue = 18;
    for (const TableRow& row : rows) {
        out << shown(table.columns[0], row[0]) << "\n";
        for (std::size_t at = 1; at < row.size(); ++at) {
            const TableColumn& column = table.columns[at];
            const std::string value = shown(column, row[at]);
            std::string line = "    " + padded(heading_of(column), kName, false) + padded(value, kValue, column.unit != ColumnUnit::kText);
            if (at + 1 < row.size() && table.columns[at + 1].to_date) {
                ++at;
                line += "   to date " + padded(shown(table.columns[at], row[at]), kValue, true);
            }
            if (!value.empty()) print_line(out, line);
        }
    }
}

std::string csv_field(const TableColumn& column, const TableCell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        if (column.unit != ColumnUnit::kMoney) return std::to_string(*number);
        std::string dollars = domain::money_text(domain::Money(*number));
        dollars.erase(std::remove_if(dollars.begin(), dollars.end(), [](char letter) { return letter == '$' || letter == ','; }), dollars.end());
        return dollars;
    }
    const std::string& text = std::get<std::string>(cell);
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
    return quoted + "\"";
}

runtime::Json row_document(const Table& table, const TableRow& row) {
    runtime::Json document = runtime::Json::object();
    for (std::size_t at = 0; at < row.size(); ++at) {
        const TableColumn& column = table.columns[at];
        document[column.name + (column.unit == ColumnUnit::kMoney ? "_cents" : "")] = runtime::to_json(row[at]);
    }
    return document;
}

}  // namespace

void print_table(std::ostream& out, const Table& table) {
    const std::vector<TableRow> rows = rows_and_totals(table);
    const std::vector<std::size_t> widths = widths_of(table, rows);
    std::size_t together = 0;
    for (const std::size_t width : widths) together += width + 2;
    out << table.title << "\n\n";
    if (rows.empty()) out << "(none)\n";
    else if (together <= kTextColumns) print_aligned(out, table, rows, widths);
    else print_paragraphs(out, table, rows);
    if (!table.notes.empty()) out << "\n";
    for (const std::string& note : table.notes) out << "* " << note << "\n";
    for (const std::string& broken : table.does_not_tie) out << "DOES NOT TIE: " << broken << "\n";
}

void write_csv(std::ostream& out, const Table& table) {
    const auto record = [&](const auto& field_of) {
        for (std::size_t at = 0; at < table.columns.size(); ++at) out << (at == 0 ? "" : ",") << field_of(at);
        out << "\r\n";
    };
    record([&](std::size_t at) { return table.columns[at].name; });
    for (const TableRow& row : table.rows) record([&](std::size_t at) { return csv_field(table.columns[at], row[at]); });
}

runtime::Json table_document(const Table& table) {
    runtime::Json rows = runtime::Json::array();
    for (const TableRow& row : table.rows) rows.push_back(row_document(table, row));
    return {{"report", table.name},
            {"title", table.title},
            {"rows", rows},
            {"totals", table.totals ? row_document(table, *table.totals) : runtime::Json()},
            {"notes", table.notes},
            {"does_not_tie", table.does_not_tie}};
}

}  // namespace rightsdesk::telling
