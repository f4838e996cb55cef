// The subscriptions that `rightsdesk allocate` is given: a CSV file with a header, one row a subscription.
//
//     id                  any text, each once
//     received_at         receipt stamp: ISO 8601 with up to nine digits of the second, and Z or an offset
//     basic_entitlement   whole shares
//     basic_requested     whole shares
//     over_requested      whole shares
//     record_holding      shares held on the record date; may be empty where the basis is another
//     funds               US dollars, "1234.50": good funds received in time; empty: paid in full for what is requested
//     over_of_owners_in_full   of a nominee's row that stands for owners whom it certified: what is asked over for those whose basic is
//                         exercised in full; empty: judged as one holder. The column may be left out
//
// Columns in any order; all of them but the last and no others. Whole shares are digits only, from 0 to domain::kMaxShares.
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::tools {

struct SubscriptionRow {
    std::size_t line = 0;  // in the file, from 1
    std::string id;
    domain::Instant received_at;
    domain::Shares basic_entitlement;
    domain::Shares basic_requested;
    domain::Shares over_requested;
    std::optional<domain::Shares> record_holding;
    std::optional<domain::Money> funds;
    std::optional<domain::Shares> over_of_owners_in_full;
};

// The rows in the order of the file. Invalid at the first mistake: "<name>:<line>: <column>: <what it was>; <what is
// allowed>". Bounded by domain::kMaxSubscriptions.
base::Result<std::vector<SubscriptionRow>> read_subscriptions(std::istream& input, const std::string& name);

}  // namespace rightsdesk::tools
