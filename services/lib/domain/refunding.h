// What becomes of the money once an allocation is approved: applied or refundable, every good cent of it (rules.md section
// 3: "the remainder returned without interest or deduction"). All of it in parts (parts.h).
#pragma once

#include "domain/parts.h"

namespace rightsdesk::domain {

// After the approval: takes what each notice's allotment costs from its payments, those received first first; the rest of all good
// money, suspense included, becomes refundable, and its refund is to be proposed.
Decision apply_allotments(const Book& book, const Context& context);

// These parts of the money become refundable, and the refund of all that is refundable is to be proposed, in place of a proposal that
// is open. Nothing where the money is as they say, and its refund is proposed. `parts` is asked once, not by each part.
Decision return_parts(const Book& book, const std::function<std::vector<MoneyPart>()>& parts, const Context& context);

// Money that has become good when the allocation was approved already buys nothing: it is returned whole. Nothing of other money.
Decision return_after_allocation(const Book& book, const PaymentId& payment, const Context& context);

// For a proposal that is being prepared: the refund of all refundable money, one a payment; then it is open, for two people's approval.
Decision prepare_refunds(const Book& book, const ProposalId& proposal, const Context& context);

// After their approval: those that were proposed may be paid.
Decision approve_refunds(const Book& book, const ProposalId& proposal, const Context& context);

// At settlement: the approved refunds are paid that nobody has reported yet; but for those of money that the bank took back
// meanwhile: it is not ours to return. Those that failed stay failed until the bank says otherwise.
Decision pay_refunds(const Book& book, const std::string& reference, const Context& context);

// What of the money is still on its way through the above, once an allocation is approved or the offering is terminated; empty when
// every good cent is applied, paid back, or has a refund that two people approved.
std::string money_on_its_way(const Book& book);

// Which effect on many is recorded in part only, in words: an allocation, or what the end of the offering makes of the money. Empty
// when there is none. While there is, lines need not add up to their header.
std::string being_recorded(const Book& book);

// The bank's word on one refund that was approved: paid, with the reference of the payment made, or failed, with why. What failed may
// be reported paid later, after another attempt; what was paid may come back. Refused: no refund, not approved yet, nothing new, no
// reference.
Decision report_refund(const Book& book, const ReportRefund& command);

// The payments with a refund in this state, in order of id.
std::vector<PaymentId> refunds_with(const Book& book, RefundStatus status);

}  // namespace rightsdesk::domain
