// Guarantors: who may guarantee delivery (form: a member of a registered national securities exchange or of the NASD, a
// commercial bank or trust company with an office or correspondent in the United States, or an institution in a medallion
// programme of Rule 17Ad-15). Checked against a list that is data (rules.md section 1, "guarantor").
#pragma once

#include <optional>
#include <string>

#include "domain/terms.h"

namespace rightsdesk::domain {

RIGHTSDESK_ENUM(GuarantorStanding, kEligible, kIneligible, kUnknown)

struct GuarantorFinding {
    GuarantorStanding standing = GuarantorStanding::kUnknown;
    const GuarantorTerms* row = nullptr;  // of `terms`: what it was found as; nothing when it is on no list
};

// What the list says of a firm on a day. Names and aliases agree when they fold alike (folded_text.h); legal forms are not
// dropped. A row counts within its validity only, both days included; outside it the firm is unknown, with the row beside
// it. Where rows contradict each other on that day, the evidence against the firm holds. `day` absent: any row counts.
GuarantorFinding find_guarantor(const Terms& terms, const std::string& name, const std::optional<Date>& day);

// A firm as the list names it, folded, so that a name and its aliases are one firm. Empty when the name says nothing.
std::string firm_key(const Terms& terms, const std::string& name);

}  // namespace rightsdesk::domain
