// Watermarks: a gateway or bank feed says that it holds receipts for everything that it stamped up to an instant. It never
// goes back, and the count waits for it (rules.md; the house's "counted").
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// In the desk's book; the source is the sender.
Decision advance_watermark(const Book& desk, Instant through, const Context& context);

}  // namespace rightsdesk::domain
