// What people say of whose money it is, beyond one match at a time (clearing.h): a match taken back, and a nominee's one payment
// for many notices (rules.md section 3, "Matching": "a nominee's bulk wire with a schedule").
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// PaymentMatchUndone with all that was matched to the notice, what the notice is funded with now, and PaymentUnmatched: the money
// waits in suspense, and nothing but a person gives it to that notice again. Refused: an unknown payment or notice, no money of it
// matched to the notice, an offering whose allocation is approved, or that is over.
Decision unmatch_payment(const Book& book, const UnmatchPayment& command, const Context& context);

// PaymentMatched for each part, by the schedule and the person's name, and what its notice is funded with now; all parts or none.
// Refused, naming the first part that cannot be: an unknown notice, one that stands twice, an amount that is not above 0 or more
// than is left. Refused as a whole: an unknown payment, no parts, a payment with more than kMaxScheduleParts matches, an offering
// whose allocation is approved, or that is over.
Decision match_by_schedule(const Book& book, const MatchBySchedule& command, const Context& context);

}  // namespace rightsdesk::domain
