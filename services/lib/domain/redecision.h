// Redecision: a notice's reasons change, and its status with them; before and after are in one event.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// The event that leaves `notice` with these reasons. One that is rejected or withdrawn stays so.
NoticeRedecided redecided(const Notice& notice, RedecisionCause cause, std::string detail, std::vector<Reason> reasons_after);

// The notice's reasons once what its content says against it is `after` and no longer `before` (judge_content): those that the
// old content alone brought go, those that the new one brings come, but for what is waived.
std::vector<Reason> reasons_once(const Notice& notice, const std::vector<Reason>& before, const std::vector<Reason>& after);

// The same for another content of the notice.
std::vector<Reason> reasons_with(const Life& life, const Notice& notice, const NoticeContent& content);

// Whether a notice is better off with `ours` than with `theirs`: a lighter status or, at the same, fewer reasons.
bool is_better(const std::vector<Reason>& ours, const std::vector<Reason>& theirs);

}  // namespace rightsdesk::domain
