// What holders do about a notice that they gave: take it back where that is open, or ask for other numbers of shares (rules.md
// section 2, "irrevocable" has a state in which revocation is open). Pure.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Whether a notice may be taken back, in part or whole, by what was received at `at`: the terms say until the hour and it is
// in time, or the offering is suspended and its window to cancel is open.
bool may_withdraw(const Life& life, Instant at);

// NoticeWithdrawn. Final: its money is returned with the refunds. Refused: kIrrevocable; kTooLate once counted;
// kAlreadyDecided where it is rejected or withdrawn; kValueUnusable without evidence, or received in the future.
Decision withdraw_notice(const Book& book, const WithdrawNotice& command, const Context& context);

// NoticeAmended; CertificationVoided, where its owners were certified for other numbers; and NoticeRedecided, where its reasons change. More shares may be asked for until the hour; fewer, of either
// kind, only while the notice may be withdrawn. Refused as above; kTooLate after the hour; kNothingToDo for the same numbers;
// kAmountUnusable below nought or above kMaxAmendedShares.
Decision amend_notice(const Book& book, const AmendNotice& command, const Context& context);

inline constexpr std::int64_t kMaxAmendedShares = 1'000'000'000'000;

}  // namespace rightsdesk::domain
