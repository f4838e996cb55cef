// An offering's report as text: per notice what was asked, decided and why, paid, allotted, refunded; payments; totals.
#pragma once

#include <iosfwd>

#include "domain/report.h"

namespace rightsdesk::tools {

// The same report gives the same text, to the byte.
void print_report(std::ostream& out, const domain::Report& report);

}  // namespace rightsdesk::tools
