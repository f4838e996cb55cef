#include "domain/guarantors.h"

#include <algorithm>

#include "domain/folded_text.h"

namespace rightsdesk::domain {

namespace {

bool is_named(const GuarantorTerms& row, const std::string& wanted) {
    return folded(row.name) == wanted ||
           std::any_of(row.aliases.begin(), row.aliases.end(), [&](const std::string& alias) { return folded(alias) == wanted; });
}

bool is_valid_on(const GuarantorTerms& row, const std::optional<Date>& day) {
    if (!day) return true;
    return (!row.valid_from || *row.valid_from <= *day) && (!row.valid_to || *day <= *row.valid_to);
}

}  // namespace

GuarantorFinding find_guarantor(const Terms& terms, const std::string& name, const std::optional<Date>& day) {
    const std::string wanted = folded(name);
    GuarantorFinding finding;
    if (wanted.empty()) return finding;
    for (const GuarantorTerms& row : terms.guarantors) {
        if (!is_named(row, wanted)) continue;
        if (!is_valid_on(row, day)) {
            if (finding.row == nullptr) finding.row = &row;
        } else if (!row.eligible) {
            return {GuarantorStanding::kIneligible, &row};
        } else if (finding.standing == GuarantorStanding::kUnknown) {
            finding = {GuarantorStanding::kEligible, &row};
        }
    }
    return finding;
}

std::string firm_key(const Terms& terms, const std::string& name) {
    const GuarantorFinding finding = find_guarantor(terms, name, std::nullopt);
    return folded(finding.row == nullptr ? name : finding.row->name);
}

}  // namespace rightsdesk::domain
