// What becomes of the money once an allocation is approved: applied or refundable, every good cent of it (rules.md section
// 3: "the remainder returned without interest or deduction").
#pragma once

#include "domain/trial.h"

namespace rightsdesk::domain {

// What has become of each payment, in bounded chunks.
void record_money(const std::vector<MoneyPart>& parts, Trial& trial, Decision& decision);

// Takes what each notice's allotment costs from its payments, those received first first; the rest of all good money,
// suspense included, becomes refundable.
void apply_allotments(const Book& book, Trial& trial, Decision& decision);

// Proposes the refund of all refundable money, one a payment, by two people's approval. Nothing when there is none.
void propose_refunds(const Book& book, const Context& context, Trial& trial, Decision& decision);

// These parts of the money become refundable, and the refund of all that is refundable is proposed, in place of a proposal that is
// open. Nothing when there are none.
Decision return_parts(const Book& book, const std::vector<MoneyPart>& parts, const Context& context);

// Money that has become good when the allocation was approved already buys nothing: it is returned whole. Nothing of other money.
Decision return_after_allocation(const Book& book, const PaymentId& payment, const Context& context);

// The bank's word on one refund that was approved: paid, with the reference of the payment made, or failed, with why. What failed may
// be reported paid later, after another attempt; what was paid may come back. Refused: no refund, not approved yet, nothing new, no
// reference.
Decision report_refund(const Book& book, const ReportRefund& command);

// The payments with a refund in this state, in order of id.
std::vector<PaymentId> refunds_with(const Book& book, RefundStatus status);

}  // namespace rightsdesk::domain
