// BAI2 (Cash Management Balance Reporting Specifications, version 2): what US banks send of an account's day.
#pragma once

#include <string_view>

#include "bank/profile.h"
#include "bank/statement.h"
#include "base/result.h"

namespace rightsdesk::bank {

// Invalid, with line and record: the records are not in BAI2's order, a trailer is missing, a value cannot be read, or a trailer's count or
// control total is not what the file has and the profile does not say that this bank miscounts. Pure; any thread. Linear in the octets.
base::Result<Statement> read_bai2(std::string_view text, const Profile& profile);

// The sender (record 01), by which a bank's profile is found; empty where the first record is no 01.
std::string bai2_sender(std::string_view text);

}  // namespace rightsdesk::bank
