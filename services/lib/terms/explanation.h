// An offering's terms in words, for the person who must see that they are what the prospectus says.
#pragma once

#include <string>
#include <vector>

#include "domain/terms.h"

namespace rightsdesk::terms {

struct ExplainedTerm {
    std::string key;    // as in the file: "guaranteed_delivery.business_days"
    std::string words;  // a sentence, with the value in it
    RIGHTSDESK_DESCRIBE(ExplainedTerm, key, words)
};

// One sentence for each term, in the file's order; what the file leaves out is said as the form has it. Pure.
std::vector<ExplainedTerm> explain_terms(const domain::Terms& terms);

}  // namespace rightsdesk::terms
