// An estimated price and what it came to (rules.md section 3: "a lower final price refunds or buys more; a higher one bills
// the shortfall"; Lument Finance Trust 2022: estimate $3.58, final $3.06, $0.52 a share returned). Pure.
#pragma once

#include "domain/exercise.h"

namespace rightsdesk::domain {

// Whether an estimated price is still to be set: nothing can be allocated finally before.
bool awaits_price(const Life& life);

// Whether money received at `at`, after it was due, may still pay what a higher final price bills.
bool may_pay_bill(const Life& life, Instant at);

// What a higher final price bills the holder: the difference to the estimate, for every share that the money which was in time
// (`asked.money`, to be given) made at the estimate. A holder who had paid nothing by the hour is billed nothing.
Money billed_to(const Life& life, const Asked& asked);

// The deemed exercise (exercise.h) at the price as it stands. After a final price below the estimate:
//   kRefund   nobody is made to buy more because the price fell: as much as the money made at the estimate, or as was asked
//             where the money suffices for that now; the difference is returned
//   kBuyMore  the difference is money like any other: beyond the full basic it is deemed an over-subscription
Exercise deem_at_price(const Life& life, const Asked& asked);

}  // namespace rightsdesk::domain
