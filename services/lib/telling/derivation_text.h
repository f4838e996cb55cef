// A derivation as text and as JSON.
#pragma once

#include <iosfwd>

#include "domain/derivation.h"
#include "runtime/json.h"

namespace rightsdesk::telling {

// Step after step: its words, its numbers, and the clause of the terms; then whether it is what the log says.
void print_derivation(std::ostream& out, const domain::Derivation& derivation);

// {"notice", "kind", "revision", "steps": [{"step", "words", "numbers": {...}, "clause", "value", "rule"}],
//  "derived": {"basic", "over"}, "recorded": {"basic", "over"}, "differs": [...]}
// Numbers are whole, money in cents and named so; one with a fraction is {"whole", "numerator", "denominator"}.
runtime::Json derivation_document(const domain::Derivation& derivation);

}  // namespace rightsdesk::telling
