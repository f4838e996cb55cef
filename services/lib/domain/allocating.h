// Allocating, as payment clearing does it: the count, the preliminary and the final allocation, approvals, what becomes of
// the money, refunds (rules.md sections 3 and 4).
#pragma once

#include "domain/decision.h"
#include "domain/exercise.h"

namespace rightsdesk::domain {

// After an extension: late money may be in time now. In parts.
Decision fund_again(const Book& book, const Context& context);

// After the notice's cover clock was started or moved: where its money is due with the certificates, what was late may be in time
// now, and the other way round.
Decision fund_by_clock(const Book& book, const NoticeId& id);

// At the count: every notice's money is applied ("asked X, money Y, deemed Z, rule R"; what may still come with the certificates
// as if it had), then the preliminary allocation, protects counted in. In parts; nothing when it is there already.
Decision count_exercises(const Book& book, const Context& context);

// After the final price: what is due of every notice, counted anew, in parts; the preliminary allocation again where there is one;
// the final one where only the price was waited for.
Decision follow_final_price(const Book& book, const Context& context);

// The final allocation that waited until a shortfall billed could be paid: due once every bank feed's watermark has passed that
// deadline. `desk` holds the watermarks.
Decision due_in_clearing(const Book& book, const Book& desk, const Context& context);

// When tabulated: the final allocation is to be proposed; its proposal is being prepared (prepare_allocation follows). Nothing when one
// is made or being made, while an estimated price is not set, or while a shortfall that it billed may still be paid.
Decision allocate_finally(const Book& book, const Context& context);

// The same on a person's word, before approval; the proposal that is open or being prepared is superseded.
Decision propose_again(const Book& book, const ProposeAllocation& command, const Context& context);

// For a proposal that is being prepared: money applied again where a cure, waiver, match or rejection changed it since; the final
// allocation, uncovered notices dropped; then it is open. In parts.
Decision prepare_allocation(const Book& book, const ProposalId& proposal, const Context& context);

// Of an allocation: it takes effect (refunding.h); refused as too late where the records make another one by now, and as not
// allowed where it is below the minimum that the terms ask for. Of refunds: they may be paid. Later, while it is being prepared.
Decision approve_in_clearing(const Book& book, const Approve& command, const Context& context);

// Whether it enters a preliminary allocation though nobody has said that it is covered: only a guarantee makes a protect; behind a
// direct exercise stands nothing but the certificates that are there at the hour.
bool may_be_protect(const Life& life, const Notice& notice);

// Shares held on the record date: as the register of holders says (none, where the notice is not on it); without a register what the
// rights that the notice says it holds were issued for, at the terms' rights per share, a fraction left out.
Shares record_holding_of(const Terms& terms, const Notice& notice);

// What the notice asks for, to be deemed on this money.
Asked asked_of(const Book& book, const Notice& notice, Money money);

// Shares subscribed for in all, standby purchasers' included: what a minimum condition is held against.
Shares subscribed_in_all(const Allocation& allocation);

}  // namespace rightsdesk::domain
