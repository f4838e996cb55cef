// ISO 20022's messages that tell of money: camt.052, camt.053, camt.054 (any version from 02 to 11; the elements they share have kept their
// names, what moved is looked for in both places) and pacs.008. Any namespace or none; within any envelope, for the message is known by
// the name of its element and not by where it stands. One file may have several messages.
#pragma once

#include <string_view>

#include "bank/profile.h"
#include "bank/statement.h"
#include "base/result.h"

namespace rightsdesk::bank {

// Invalid, with the line: not well-formed, no such message in it, or a value that cannot be read. Pure; any thread. Linear in the octets.
base::Result<Statement> read_iso20022(std::string_view octets, const Profile& profile);

}  // namespace rightsdesk::bank
