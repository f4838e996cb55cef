// The room's door: octets of any format that a bank sends, to one Statement.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "bank/profile.h"
#include "bank/statement.h"
#include "base/result.h"

namespace rightsdesk::bank {

RIGHTSDESK_ENUM(FileFormat, kUnknown, kIso20022, kFin, kBai2)

// By looking at the octets; a file's name proves nothing.
FileFormat format_of(std::string_view octets);

// The sender that a file names (BAI2's record 01), to choose a profile by; empty where its format names none up front.
std::string sender_of(std::string_view octets);

// What the file says. Invalid, with line and field or element: it is no format read here, not well-formed, larger than the bounds of statement.h,
// or has a control total that is wrong by a profile that does not tolerate it. Findings that do not refuse are in the statement. Text that is no
// UTF-8 is taken for Latin-1. Pure; any thread; time linear in the octets, memory a small multiple of them.
base::Result<Statement> read_statement(std::string_view octets, const Profile& profile = generic_profile());

// The first finding for which a feed that keeps to the profile does not take the file; null when it takes it.
const Finding* why_not_taken(const Statement& statement, const Profile& profile);

}  // namespace rightsdesk::bank
