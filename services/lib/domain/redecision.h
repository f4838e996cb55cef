// Redecision: a notice's reasons change, and its status with them; before and after are in one event.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// The event that leaves `notice` with these reasons. A rejected notice stays rejected.
NoticeRedecided redecided(const Notice& notice, RedecisionCause cause, std::string detail, std::vector<Reason> reasons_after);

// Whether a notice is better off with `ours` than with `theirs`: a lighter status or, at the same, fewer reasons.
bool is_better(const std::vector<Reason>& ours, const std::vector<Reason>& theirs);

}  // namespace rightsdesk::domain
