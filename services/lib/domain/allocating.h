// Allocating, as payment clearing does it: the count, the preliminary and the final allocation, approvals, what becomes of
// the money, refunds (rules.md sections 3 and 4).
#pragma once

#include "domain/decision.h"
#include "domain/exercise.h"

namespace rightsdesk::domain {

inline constexpr std::size_t kLinesPerChunk = 500;

// After an extension: late money may be in time now.
Decision fund_again(const Book& book);

// After the notice's cover clock was started or moved: where its money is due with the certificates, what was late may be in time
// now, and the other way round.
Decision fund_by_clock(const Book& book, const NoticeId& id);

// At the count: every notice's money is applied ("asked X, money Y, deemed Z, rule R"; what may still come with the certificates
// as if it had), then the preliminary allocation, protects counted in. Nothing when it is there already.
Decision count_exercises(const Book& book);

// After the final price: what is due of every notice, counted anew; the preliminary allocation again where there is one; the
// final one where only the price was waited for.
Decision follow_final_price(const Book& book, const Context& context);

// The final allocation that waited until a shortfall billed could be paid: due once every bank feed's watermark has passed that
// deadline. `desk` holds the watermarks.
Decision due_in_clearing(const Book& book, const Book& desk, const Context& context);

// When tabulated: money applied again where a cure, waiver, match or rejection changed it since; the final allocation,
// uncovered notices dropped, and its proposal. Nothing when one is proposed already, while an estimated price is not set, or while
// a shortfall that it billed may still be paid.
Decision allocate_finally(const Book& book, const Context& context);

// The same on a person's word, before approval; the open proposal is superseded.
Decision propose_again(const Book& book, const ProposeAllocation& command, const Context& context);

// Of an allocation: it takes effect, the money is applied, and the refunds are proposed; refused as too late where the
// records make another one by now, and as not allowed where it is below the minimum that the terms ask for. Of refunds: they may
// be paid.
Decision approve_in_clearing(const Book& book, const Approve& command, const Context& context);

// Whether it enters a preliminary allocation though nobody has said that it is covered: only a guarantee makes a protect; behind a
// direct exercise stands nothing but the certificates that are there at the hour.
bool may_be_protect(const Life& life, const Notice& notice);

// Shares held on the record date: as the register of holders says (none, where the notice is not on it); without a register the rights
// that the notice says it holds, which were issued one a share.
Shares record_holding_of(const Notice& notice);

// What the notice asks for, to be deemed on this money.
Asked asked_of(const Notice& notice, Money money);

// Shares subscribed for in all, standby purchasers' included: what a minimum condition is held against.
Shares subscribed_in_all(const Allocation& allocation);

// At settlement: the approved refunds are paid that nobody has reported yet; but for those of money that the bank took back
// meanwhile: it is not ours to return. Those that failed stay failed until the bank says otherwise.
Decision pay_refunds(const Book& book, const std::string& reference);

}  // namespace rightsdesk::domain
