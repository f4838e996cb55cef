// The schedule of one payment for many notices that `rightsdesk payment schedule` is given: a CSV file with a header, one row a
// notice.
//
//     notice   its id, each once
//     amount   dollars and cents, "1234.50": above 0
//
// Columns in any order; both of them and no others.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/commands.h"

namespace rightsdesk::tools {

// The parts in the order of the file. Invalid at the first mistake: "<name>:<line>: <column>: <what it was>; <what is allowed>".
// Bounded by domain::kMaxScheduleParts. Whether the notices exist and the payment suffices is the desk's to say.
base::Result<std::vector<domain::SchedulePart>> read_schedule(std::istream& input, const std::string& name);

}  // namespace rightsdesk::tools
