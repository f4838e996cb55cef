// `rightsdesk allocate --live OFFERING`: what the allocation would be now, as text and as JSON.
#pragma once

#include <iosfwd>

#include "domain/live_allocation.h"
#include "runtime/json.h"

namespace rightsdesk::tools {

// The run that was asked for, and all four runs of the same book, which the swing is told from.
struct LiveRuns {
    domain::LiveAllocation asked;
    std::vector<domain::LiveAllocation> all;  // neither protects nor uncollected money, each alone, both
};

// `book` must be opened. Invalid where the terms or the claims are none that can be allotted.
base::Result<LiveRuns> run_live(const domain::Book& book, const domain::LiveChoice& choice);

void print_live(std::ostream& out, const domain::Book& book, const LiveRuns& runs);

// "subscriptions", "totals" and "proration" as `rightsdesk allocate` has them for a file, of the notices that count; beside
// them "offering", "choice", "left_out" with the reason of each, and "swing": the totals of all four runs.
runtime::Json live_document(const domain::Book& book, const LiveRuns& runs);

}  // namespace rightsdesk::tools
