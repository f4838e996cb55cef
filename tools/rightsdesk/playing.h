// Plays a timeline over a running suite, on the stepped clock.
#pragma once

#include <chrono>
#include <functional>

#include "rightsdesk/suite_access.h"
#include "rightsdesk/timeline.h"

namespace rightsdesk::tools {

// A service that died is back by then, or a person is needed.
inline constexpr std::chrono::milliseconds kPatienceWithASuiteUnderRepair{60'000};

// Waits until every service is idle at the present time: then what a step caused has all happened. Throws Ending when the
// patience is over.
void wait_until_idle(SuiteAccess& suite, std::chrono::milliseconds patience);

// Steps the clock and sends every step; `told` hears each step's receipt. Playing again changes nothing: every step has
// its number, and a number sent again gets its first receipt. Throws Ending for what goes wrong.
using Told = std::function<void(const Step& step, const domain::Receipt& receipt)>;
void play_timeline(SuiteAccess& suite, const Timeline& timeline, const Told& told);

}  // namespace rightsdesk::tools
