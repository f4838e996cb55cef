// What people do about alerts: somebody has it, or a topic is kept quiet for a while.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// AlertAcknowledged by `context.person`. Refused: no such alert; somebody has it already.
Decision acknowledge_alert(const Book& book, const AcknowledgeAlert& command, const Context& context);
// AlertsSilenced. Refused: a prefix that is not within this log's topics, an instant that does not lie ahead.
Decision silence_alerts(const Book& book, const SilenceAlerts& command, const Context& context);

// Whether a silence covers the alert's topic now. A silenced alert is numbered and kept, and not sent.
bool is_silenced(const Book& book, const Alert& alert, Instant now);

}  // namespace rightsdesk::domain
