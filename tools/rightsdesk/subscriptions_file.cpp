#include "rightsdesk/subscriptions_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <unordered_map>

#include "base/csv_reader.h"
#include "base/texts.h"
#include "domain/allocation.h"
#include "domain/civil.h"

namespace rightsdesk::tools {

namespace {

using domain::Instant;
using domain::Money;
using domain::Shares;

enum Column : std::size_t { kId, kReceivedAt, kBasicEntitlement, kBasicRequested, kOverRequested, kRecordHolding, kFunds, kOverOfOwnersInFull, kColumns };
constexpr std::array<std::string_view, kColumns> kNames = {"id",             "received_at",    "basic_entitlement", "basic_requested",
                                                           "over_requested", "record_holding", "funds",             "over_of_owners_in_full"};
constexpr std::size_t kNeeded = kOverOfOwnersInFull;  // the columns before it must be there

struct Positions {
    static constexpr std::size_t kNowhere = SIZE_MAX;
    std::array<std::size_t, kColumns> at{};  // of each column in a record
    std::size_t columns = 0;                 // that a record has
    [[nodiscard]] bool has(Column column) const { return at[column] != kNowhere; }
};

std::string needed_names() {
    std::string names;
    for (std::size_t column = 0; column < kNeeded; ++column) names += (names.empty() ? "" : ",") + std::string(kNames[column]);
    return names;
}

base::Result<Shares> parse_shares(std::string_view text) {
    const auto value = base::whole_number(text);
    if (!value || *value > domain::kMaxShares) return base::invalid("must be a whole number of shares, digits only, from 0 to " + std::to_string(domain::kMaxShares));
    return Shares(*value);
}

base::Result<Money> parse_funds(std::string_view text) {
    const std::size_t point = text.find('.');
    const std::string_view dollars = text.substr(0, point);
    std::string cents(point == std::string_view::npos ? "00" : text.substr(point + 1));
    if (cents.size() == 1) cents.push_back('0');  // a spreadsheet's "1234.5"
    const auto value = base::whole_number(std::string(dollars) + cents);
    if (!value || dollars.empty() || cents.size() != 2) {
        return base::invalid("must be US dollars like \"1234.50\" or \"1234\", without sign or separators, or empty where paid in full");
    }
    return Money(*value);
}

base::Result<std::string> parse_id(const std::string& text) {
    if (text.empty()) return base::invalid("must not be empty");
    try {
        (void)nlohmann::json(text).dump();  // refuses what is not UTF-8
    } catch (const nlohmann::json::exception&) {
        return base::invalid("must be UTF-8");
    }
    return text;
}

base::Result<Instant> parse_received_at(std::string_view text) {
    auto instant = domain::parse_instant(text);
    if (!instant) return base::invalid("must be ISO 8601 with a zone, like \"2002-06-28T21:00:00.000000001Z\" or \"2002-06-28T17:00:00-04:00\"");
    return instant;
}

base::Result<Positions> find_columns(const std::vector<std::string>& header) {
    Positions positions{};
    for (std::size_t column = 0; column < kColumns; ++column) {
        const auto found = std::find(header.begin(), header.end(), kNames[column]);
        if (found == header.end() && column < kNeeded) return base::invalid(std::string(kNames[column]) + ": no such column; the header must have " + needed_names());
        if (found != header.end() && std::find(found + 1, header.end(), kNames[column]) != header.end()) return base::invalid(std::string(kNames[column]) + ": the column is there twice");
        positions.at[column] = found == header.end() ? Positions::kNowhere : static_cast<std::size_t>(found - header.begin());
    }
    positions.columns = header.size();
    for (const std::string& name : header) {
        if (std::find(kNames.begin(), kNames.end(), name) == kNames.end()) return base::invalid("unknown column \"" + name + "\"; the columns are " + needed_names() + " and, where it is wanted, " + std::string(kNames[kOverOfOwnersInFull]));
    }
    return positions;
}

// Reads one row's fields by name, and remembers the first mistake.
class RowReader {
public:
    RowReader(const std::vector<std::string>& fields, const Positions& positions) : fields_(fields), positions_(positions) {}

    template <class T, class Parse>
    void read(Column column, Parse parse, T& into) {
        const std::string& text = fields_[positions_.at[column]];
        auto parsed = parse(text);
        if (parsed) {
            into = *parsed;
        } else if (mistake_.empty()) {
            mistake_ = std::string(kNames[column]) + ": was \"" + text + "\"; " + parsed.error().message;
        }
    }
    template <class T, class Parse>
    void read_optional(Column column, Parse parse, std::optional<T>& into) {
        if (positions_.has(column) && !fields_[positions_.at[column]].empty()) read(column, parse, into);
    }
    [[nodiscard]] const std::string& mistake() const { return mistake_; }

private:
    const std::vector<std::string>& fields_;
    const Positions& positions_;
    std::string mistake_;
};

base::Result<SubscriptionRow> parse_row(const std::vector<std::string>& fields, const Positions& positions) {
    if (fields.size() != positions.columns) return base::invalid(std::to_string(fields.size()) + " fields; must be " + std::to_string(positions.columns) + ", one for each column");
    RowReader reader(fields, positions);
    SubscriptionRow row;
    reader.read(kId, parse_id, row.id);
    reader.read(kReceivedAt, parse_received_at, row.received_at);
    reader.read(kBasicEntitlement, parse_shares, row.basic_entitlement);
    reader.read(kBasicRequested, parse_shares, row.basic_requested);
    reader.read(kOverRequested, parse_shares, row.over_requested);
    reader.read_optional(kRecordHolding, parse_shares, row.record_holding);
    reader.read_optional(kFunds, parse_funds, row.funds);
    reader.read_optional(kOverOfOwnersInFull, parse_shares, row.over_of_owners_in_full);
    if (!reader.mistake().empty()) return base::invalid(reader.mistake());
    return row;
}

}  // namespace

base::Result<std::vector<SubscriptionRow>> read_subscriptions(std::istream& input, const std::string& name) {
    base::CsvReader reader(input);
    const auto mistake = [&](const std::string& what) { return base::invalid(name + ":" + std::to_string(reader.line()) + ": " + what); };
    std::vector<std::string> fields;
    auto read = reader.next(fields);
    if (!read) return mistake(read.error().message);
    if (!*read) return mistake("is empty; must have the header " + needed_names());
    const auto positions = find_columns(fields);
    if (!positions) return mistake(positions.error().message);

    std::vector<SubscriptionRow> rows;
    std::unordered_map<std::string, std::size_t> lines;
    for (read = reader.next(fields); read && *read; read = reader.next(fields)) {
        if (rows.size() == domain::kMaxSubscriptions) return mistake("more than " + std::to_string(domain::kMaxSubscriptions) + " subscriptions");
        auto row = parse_row(fields, *positions);
        if (!row) return mistake(row.error().message);
        row->line = reader.line();
        const auto [earlier, is_new] = lines.emplace(row->id, row->line);
        if (!is_new) return mistake("id: was \"" + row->id + "\", as on line " + std::to_string(earlier->second) + "; each id must be there once");
        rows.push_back(std::move(*row));
    }
    if (!read) return mistake(read.error().message);
    return rows;
}

}  // namespace rightsdesk::tools
