// rightsdesk deadlines TERMS.toml --notice-date D: every deadline that an offering's terms make. Needs no service.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "domain/deadlines.h"

namespace rightsdesk::tools {

// Writes one JSON document, {"deadlines": [{"kind", "civil", "zone", "utc", "clause"}]}, to `out` and returns 0. The kinds
// are those of domain/deadlines.h, `cover` among them exactly once where the terms make a cover deadline for the notice.
// When the terms or the date are unusable, or the date is before the calendar's data: the reasons on `err`, nothing on
// `out`, and 2. An empty `notice_date` stands for a notice without a date.
int deadlines(const std::string& terms_file, const std::string& notice_date, std::ostream& out, std::ostream& err);

// {"deadlines": [{"kind", "civil", "zone", "utc", "clause"}]}.
nlohmann::ordered_json deadlines_document(const std::vector<domain::StatedDeadline>& deadlines);

}  // namespace rightsdesk::tools
