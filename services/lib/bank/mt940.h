// SWIFT's statement messages: MT940 (customer statement) and MT942 (interim report).
#pragma once

#include "bank/building.h"
#include "bank/fin.h"
#include "bank/profile.h"

namespace rightsdesk::bank {

// Adds what one message says. Invalid, with line and field: one that is missing or cannot be read. A message without its closing balance
// (MT940) was cut off and is refused.
base::Result<> read_mt940(Building& building, const FinMessage& message, const Profile& profile);
base::Result<> read_mt942(Building& building, const FinMessage& message, const Profile& profile);

}  // namespace rightsdesk::bank
