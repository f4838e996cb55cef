// What the largest variants leave to one source (base/either.h).
#include "domain/commands.h"
#include "domain/events.h"

namespace rightsdesk::domain {

RIGHTSDESK_EITHER_MEMBERS(Command)
RIGHTSDESK_EITHER_MEMBERS(Entity)
RIGHTSDESK_EITHER_MEMBERS(Event)

}  // namespace rightsdesk::domain
