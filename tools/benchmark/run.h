// The benchmark from end to end.
#pragma once

#include <cstddef>

#include "benchmark/notices.h"
#include "benchmark/report.h"

namespace rightsdesk::benchmark {

// `notices`: how many the two largest windows share; the other measurements take parts of it. Says on standard error how
// far it is. The peer works in `folder`; where that is empty it is left out. Throws, saying why, when anything is not as it must be: then there are no figures.
Report run(std::size_t notices, Reading reading, const std::string& folder);

}  // namespace rightsdesk::benchmark
