// The end of an offering that was terminated (rules.md section 2: "terminations return all money", by two people).
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// All good money becomes refundable and its refund is proposed; what an allocation had applied is taken back. Again for each
// payment that becomes good later. Nothing unless the offering is terminated, and nothing new is good.
Decision return_all_money(const Book& book, const Context& context);

// What becomes of money that has become good in an offering whose end is decided: terminated, or allotted already.
Decision return_good_money(const Book& book, const PaymentId& payment, const Context& context);

}  // namespace rightsdesk::domain
