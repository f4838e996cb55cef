// The words of a derivation: what each clause of the terms means, as a person is told it, with the place where it is seen.
#pragma once

#include <string>

#include "domain/terms.h"

namespace rightsdesk::domain {

std::string rule_of(DeemedExercise family);
std::string rule_of(Basis basis);

// What becomes of a fraction of a share that rights come to, and the rule with it.
std::string fraction_words(Rounding rounding);
std::string rule_of(Rounding rounding);

// What a claim on the basis is in proportion to: "basic shares allotted".
std::string weight_words(Basis basis);

// The caps of the terms as their clause says them, "cap_shares 500; cap_of_basic 1/2"; empty where there is none.
std::string caps_text(const OverSubscriptionTerms& terms);

}  // namespace rightsdesk::domain
