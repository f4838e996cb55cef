// SWIFT's single payments: MT103 (customer credit transfer, as it was passed on) and MT910 (confirmation of credit: the bank has booked it).
#pragma once

#include "bank/building.h"
#include "bank/fin.h"
#include "bank/profile.h"

namespace rightsdesk::bank {

// Adds the payment of one message. Invalid, with line and field: one that is missing or cannot be read.
base::Result<> read_mt103(Building& building, const FinMessage& message, const Profile& profile);
base::Result<> read_mt910(Building& building, const FinMessage& message, const Profile& profile);

}  // namespace rightsdesk::bank
