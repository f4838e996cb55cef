// Whether an acknowledgement of Redis means what it must. The store room's own.
#pragma once

#include "store/redis_nodes.h"
#include "store/store.h"

namespace rightsdesk::store {

// Looks at every master. One that is away acknowledges nothing and so is no problem here, unless all are; one that answers
// with a wrong setting is a problem for all.
base::Result<Durability> durability_of(RedisNodes& nodes, const RedisConfig& config);

// The same of one master: a sentence for a person, empty when all is well.
base::Result<std::string> problem_at(RedisNodes& nodes, const RedisNodes::Node& master, const RedisConfig& config);

}  // namespace rightsdesk::store
