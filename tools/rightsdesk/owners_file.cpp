#include "rightsdesk/owners_file.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

#include "base/csv_reader.h"
#include "base/texts.h"
#include "domain/certifying.h"

namespace rightsdesk::tools {

namespace {

enum OwnerColumn : std::size_t { kOwner, kOwnerRights, kOwnerBasic, kOwnerOver, kOwnerColumns };
constexpr std::array<std::string_view, kOwnerColumns> kOwnerNames = {"owner", "rights", "basic", "over"};
constexpr const char* kOwnersHeader = "must have the header owner,rights,basic,over";
using OwnerPositions = std::array<std::size_t, kOwnerColumns>;  // of each column in a row

base::Result<OwnerPositions> owner_columns(const std::vector<std::string>& header) {
    OwnerPositions positions{};
    for (std::size_t column = 0; column < kOwnerColumns; ++column) {
        const auto found = std::find(header.begin(), header.end(), kOwnerNames[column]);
        if (found == header.end() || header.size() != kOwnerColumns) return base::invalid(kOwnersHeader);
        positions[column] = static_cast<std::size_t>(found - header.begin());
    }
    return positions;
}

// Reads the file's rows and remembers every mistake.
class OwnersReader {
public:
    OwnersReader(std::istream& input, std::string name) : reader_(input), name_(std::move(name)) {}

    base::Result<std::vector<domain::CertifiedOwner>> read() && {
        std::vector<std::string> fields;
        auto row = reader_.next(fields);
        if (!row) return base::invalid(here() + row.error().message);
        if (!*row) return base::invalid(here() + "is empty; " + kOwnersHeader);
        const auto positions = owner_columns(fields);
        if (!positions) return base::invalid(here() + positions.error().message);
        for (row = reader_.next(fields); row && *row; row = reader_.next(fields)) {
            if (owners_.size() == domain::kMaxCertifiedOwners) return base::invalid(here() + "more than " + std::to_string(domain::kMaxCertifiedOwners) + " owners");
            if (mistakes_.size() < kMaxOwnersMistakes) read_row(fields, *positions);
        }
        if (!row) mistake(row.error().message);
        if (owners_.empty() && mistakes_.empty()) mistake("there is no owner in it");
        if (!mistakes_.empty()) return base::invalid(base::joined(mistakes_, "\n"));
        return std::move(owners_);
    }

private:
    [[nodiscard]] std::string here() const { return name_ + ":" + std::to_string(reader_.line()) + ": "; }
    void mistake(const std::string& what) { mistakes_.push_back(here() + what); }

    void read_row(const std::vector<std::string>& fields, const OwnerPositions& positions) {
        if (fields.size() != kOwnerColumns) return mistake(std::to_string(fields.size()) + " fields; must be 4, an owner, its rights and its shares");
        domain::CertifiedOwner owner;
        owner.reference = fields[positions[kOwner]];
        if (!domain::is_owner_reference(owner.reference)) mistake("owner: was \"" + owner.reference + "\"; " + domain::kOwnerReferenceIs);
        const auto [earlier, is_new] = lines_.emplace(owner.reference, reader_.line());
        if (!is_new) mistake("owner: was \"" + owner.reference + "\", as on line " + std::to_string(earlier->second) + "; each must be there once");
        owner.rights = domain::Rights(number_in(fields, positions, kOwnerRights, 1));
        owner.basic = domain::Shares(number_in(fields, positions, kOwnerBasic, 0));
        owner.over = domain::Shares(number_in(fields, positions, kOwnerOver, 0));
        owners_.push_back(std::move(owner));
    }

    std::int64_t number_in(const std::vector<std::string>& fields, const OwnerPositions& positions, OwnerColumn column, std::int64_t least) {
        const std::string& text = fields[positions[column]];
        const auto number = base::whole_number(text);
        if (number && *number >= least && *number <= domain::kMaxOwnerQuantity) return *number;
        mistake(std::string(kOwnerNames[column]) + ": was \"" + text + "\"; must be a whole number, digits only, from " + std::to_string(least) + " to " +
                std::to_string(domain::kMaxOwnerQuantity));
        return least;
    }

    base::CsvReader reader_;
    std::string name_;
    std::vector<domain::CertifiedOwner> owners_;
    std::unordered_map<std::string, std::size_t> lines_;
    std::vector<std::string> mistakes_;
};

}  // namespace

base::Result<std::vector<domain::CertifiedOwner>> read_owners(std::istream& input, const std::string& name) { return OwnersReader(input, name).read(); }

}  // namespace rightsdesk::tools
