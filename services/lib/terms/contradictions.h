// Terms that are each well written and cannot be true together. Inside this room.
#pragma once

#include "domain/terms.h"
#include "terms/toml_reader.h"

namespace rightsdesk::terms {

// Adds a mistake, at the line of the key that a person would change, for each contradiction in `terms` read from `file`.
void find_contradictions(const domain::Terms& terms, Section& file);

}  // namespace rightsdesk::terms
