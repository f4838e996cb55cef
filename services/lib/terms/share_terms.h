// The sections that say how many shares a holder may get: [exercise], [over_subscription] and [[standby]].
#pragma once

#include "domain/terms.h"
#include "terms/toml_reader.h"

namespace rightsdesk::terms {

void read_exercise(Section section, domain::Terms& terms);
void read_over_subscription(Section section, domain::OverSubscriptionTerms& over);
domain::StandbyTerms read_standby(Section& section);

inline constexpr std::size_t kMaxStandby = 16;

}  // namespace rightsdesk::terms
