// What a proposal would do if it were approved now, for those who are to approve it: before and after, one line each (rules.md section
// 6: "dated data with an operator's override"). It decides nothing and is no record; what it then did is in the log.
#pragma once

#include <string>
#include <vector>

#include "domain/book.h"

namespace rightsdesk::domain {

// "cover of fax-1.3: 2002-07-01T17:00:00 to 2002-07-02T17:00:00", "notice fax-1.20: late to accepted"; in natural order. Empty where the
// proposal is not open, is neither a closing nor an extension, or moves nothing.
std::vector<std::string> effects_of(const Book& book, const Proposal& proposal);

}  // namespace rightsdesk::domain
