// Alerting: what of all that happens needs a person, and what that person should do (style: an alert says what happened,
// to whom it matters, what to do next, and when it becomes too late). Alerts with one cause are raised once and resolved
// when the cause goes. No holder's name is ever in one.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// The alerts that a record raises and resolves in `book` (an offering's, or the desk's).
Decision alerts_for(const Book& book, const Record& record, const Context& context);

}  // namespace rightsdesk::domain
