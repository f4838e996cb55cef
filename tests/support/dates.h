// Dates and the sample offering's zone, as tests write them.
#pragma once

#include "domain/civil.h"

namespace rightsdesk::support {

inline constexpr const char* kNewYork = "America/New_York";

// Throws when `text` is no date of ISO 8601.
inline domain::Date on(const char* text) { return domain::parse_date(text).value(); }

}  // namespace rightsdesk::support
