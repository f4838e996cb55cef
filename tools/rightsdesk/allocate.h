// `rightsdesk allocate TERMS.toml SUBSCRIPTIONS.csv`: an allocation by the terms, without any service. The file's columns
// are in subscriptions_file.h, the rules in domain/exercise.h and domain/allocation.h.
#pragma once

#include <ostream>
#include <string>

namespace rightsdesk::tools {

// Writes one JSON document to `out`, integers throughout, the subscriptions in the order of the file:
//
//     {"subscriptions": [{"id", "basic_allotted", "over_allotted", "applied_cents", "refunded_cents"}],
//      "totals": {"supply", "basic_allotted", "over_requested", "over_allotted", "applied_cents", "refunded_cents"},
//      "proration": {"numerator", "denominator"}}
//
// Of a subscription: applied is the price of the shares allotted, refunded the rest of its funds. totals.over_requested is
// the sum of the column over_requested: as asked, funded or not. The proration is of the over-subscription, the first
// round's shares available over total claims, reduced; 0/1 when either is 0. A receipt stamp breaks ties and is not held
// against the hour: what is late is to be left out of the file.
//
// Returns the exit code: 0; 2 with the reason on `err` and nothing on `out` when terms or subscriptions are unusable;
// 1 when `out` cannot be written.
int allocate(const std::string& terms_file, const std::string& csv_file, std::ostream& out, std::ostream& err);

}  // namespace rightsdesk::tools
