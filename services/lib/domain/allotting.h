// An allocation as it is worked out, whole and in memory, and as it is recorded: header, and chunks that restart by number
// (rules.md section 4; the closing event is allocating.h's).
#pragma once

#include "domain/parts.h"

namespace rightsdesk::domain {

struct WorkedOut final : Unfinished {
    Allocation header;             // its revision is said when it is recorded
    std::vector<Allotment> lines;  // by notice; then those that an earlier revision has and this one has not, set to nothing
};

// As the book's notices, covers and fundings make it now. A preliminary one counts protects in.
std::shared_ptr<const WorkedOut> work_out(const Book& book, AllocationKind kind);

// Adds the header where none is begun that says the same, then the lines not recorded yet. False: the part is full.
bool record_allotting(const Book& book, const WorkedOut& wanted, Part& part);

// Whether an allocation in the book says what this one does, whatever has become of it.
bool says_the_same(const Allocation& known, const Allocation& wanted);

}  // namespace rightsdesk::domain
