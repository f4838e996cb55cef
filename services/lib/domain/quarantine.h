// Quarantine: what a service could not decide, and the entity that stands still because of it. And a clock that stepped,
// for which a person vouches. Pure.
#pragma once

#include "domain/decision.h"

namespace rightsdesk::domain {

// The notice or payment that a command names, or that an event is of. Empty: neither.
EntityName subject_of(const Command& command);
EntityName subject_of(const Event& event);

// The item in quarantine because of which `service` decides nothing about this entity; null when it is free.
const UnattributedItem* frozen_by(const Book& book, const std::string& service, const EntityName& entity);
// Whatever service it is: "intake decides nothing about it because of <item>", each; empty where it is free.
std::vector<std::string> frozen_text(const Book& book, const EntityName& entity);

// At most so many items go with one release; the entity stays frozen while others wait.
inline constexpr std::size_t kMostReleased = 1'000;

// QuarantineReleased of the item, and of what waits for its entity, in the order in which it came. Refused: unknown_item;
// nothing_to_do, it is released; wrong_door, it is another service's; frozen, it only waits for another item.
Decision release_item(const Book& book, const ReleaseItem& command, const Context& context);

// ClockAccepted. Refused: wrong_clock, on the stepped clock.
Decision accept_clock(const Book& desk, const AcceptClock& command, const Context& context);

}  // namespace rightsdesk::domain
