// An estimated price and what it came to (rules.md section 3: "a lower final price refunds or buys more; a higher one bills
// the shortfall"; Lument Finance Trust 2022: estimate $3.58, final $3.06, $0.52 a share returned). Pure.
#pragma once

#include "domain/exercise.h"

namespace rightsdesk::domain {

// Whether an estimated price is still to be set: nothing can be allocated finally before.
bool awaits_price(const Life& life);

// Whether money received at `at` counts, whoever's it is: by the hour, or by the day until which a higher final price bills the
// shortfall. What of one notice may come later still is in money_due.h.
bool money_in_time(const Life& life, Instant at);

// The deemed exercise (exercise.h) at the price as it stands. After a final price below the estimate:
//   kRefund   nobody is made to buy more because the price fell: as much as the money made at the estimate, or as was asked
//             where the money suffices for that now; the difference is returned
//   kBuyMore  the difference is money like any other: beyond the full basic it is deemed an over-subscription
Exercise deem_at_price(const Life& life, const Asked& asked);

}  // namespace rightsdesk::domain
