// The owners that a nominee certifies, which `rightsdesk notice owners` is given: a CSV file with a header, one row an owner.
//
//     owner    the nominee's own reference for it, each once: a number of theirs, never a name
//     rights   whole rights that the nominee holds for it, above 0
//     basic    whole shares subscribed for by the basic privilege
//     over     whole shares subscribed for by the over-subscription privilege
//
// Columns in any order; all of them and no others. Whole numbers are digits only, at most domain::kMaxOwnerQuantity.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/owners.h"

namespace rightsdesk::tools {

// The owners in the order of the file. Invalid, with a line "<name>:<line>: <column>: <what it was>; <what is allowed>" for every
// mistake, kMaxOwnersMistakes at most. Bounded by domain::kMaxCertifiedOwners. Whether they agree with the notice is the desk's to say.
base::Result<std::vector<domain::CertifiedOwner>> read_owners(std::istream& input, const std::string& name);

inline constexpr std::size_t kMaxOwnersMistakes = 50;

}  // namespace rightsdesk::tools
