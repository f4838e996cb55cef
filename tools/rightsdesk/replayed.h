// An offering as it stood, as text and as JSON.
#pragma once

#include <iosfwd>

#include "telling/past.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

using telling::Past;

// Where in the log it is, the life so far, the counts, then the report as it would have been printed then.
void print_replay(std::ostream& out, const Past& past);

// {"log", "until": {"sequence", "at", "head", "left_out"}, "life", "counts", "report", "allocations": {"preliminary", "final"}}
runtime::Json replay_document(const Past& past);

}  // namespace rightsdesk::tools
