// What the life of an offering brings besides extensions (rules.md section 2, 3 and 6): suspension with a window in which
// holders may cancel, resumption, termination, a day on which the calendar is closed after all, and the final price. Each is
// proposed by one person and takes effect when as many different people agree as the terms say.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// ProposalMade; where the terms need one person only, the change follows at once. An open proposal of the same kind is
// superseded. Refused, now and again when it is approved:
//   suspension   kAlreadyDecided while suspended; kTooLate once counted; kValueUnusable where the window is over already
//   resumption   kNothingToDo while not suspended; kTooEarly while the window to cancel is open; kTooLate where the hour
//                passed meanwhile: the offering is extended first
//   termination  kTooLate once the final allocation is approved
//   closing      kNothingToDo where the calendar is closed that day already; kTooLate once tabulated, unless what a final
//                price billed may still be paid
//   final price  kNotAllowedByTerms where the price is fixed; kTooEarly before the hour; kAlreadyDecided when it is set;
//                kTooLate once an allocation rests on a proposal; kAmountUnusable outside 1 to kMaxPrice
// `cancel_through`: the civil time of the command resolved in the terms' zone; absent: nobody may withdraw.
Decision propose_suspension(const Book& book, const ProposeSuspension& command, const std::optional<Deadline>& cancel_through, const Context& context);
Decision propose_resumption(const Book& book, const ProposeResumption& command, const Context& context);
Decision propose_termination(const Book& book, const ProposeTermination& command, const Context& context);
Decision propose_closing(const Book& book, const ProposeClosing& command, const Context& context);
Decision propose_final_price(const Book& book, const ProposeFinalPrice& command, const Context& context);

inline constexpr Money kMaxPrice{1'000'000'000};  // ten million dollars a share: every product stays within 64 bits of cents

// Approve, for these kinds and for extensions: kUnknownProposal for any other. ProposalApproved and, when complete, the change.
Decision approve_in_life(const Book& book, const Approve& command, const Context& context);

// Until when the shortfall that a final price set at `now` makes may be paid: bill_days business days on, at the time of day
// of the hour. Nothing where the terms reduce instead.
std::optional<Deadline> bill_until(const Life& life, Money price, Instant now);

// What the proposal of a closing comes to: with the day until which a final price bills, where the closing moves it.
ClosingAdded closing_of(const Life& life, const Proposal& proposal);

}  // namespace rightsdesk::domain
