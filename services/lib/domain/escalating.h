// Escalation: a critical alert that nobody has acknowledged in the time that its kind's row gives is told again, once, as an alert of a kind of its
// own, to whoever leads. That one ends with it, or when somebody has it in hand.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// Until when somebody must acknowledge an alert that is sent at `sent`; nothing where nobody need.
std::optional<Instant> acknowledge_by(const Alert& alert, Instant sent);

// What the alert that escalates another is raised for, and ends with.
std::string escalation_cause(std::uint64_t number);

// The alerts that are to be told again now. What is silenced, or held back while the offering is suspended, waits until that is over. At most
// about `context.most_effects` entities, and it is asked again for the rest.
Decision escalations_due(const Book& book, const Context& context);

}  // namespace rightsdesk::domain
