// Banks' dialects from TOML files (deploy/bank-profiles), checked: every mistake is found, named and explained.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bank/profile.h"
#include "base/result.h"

namespace rightsdesk::tools {

inline constexpr std::size_t kMaxProfileOctets = 256U * 1024U;

// A profile from its file's text. What the file leaves out is the generic profile's; a list that it gives stands in front of the generic one's
// labels, and instead of its type codes. Invalid: every mistake with its line. `name` is for the messages.
base::Result<bank::Profile> parse_bank_profile(const std::string& text, const std::string& name);

// Those that travel inside the program, made from deploy/bank-profiles.
struct ShippedProfile {
    std::string_view name;        // the file's, without .toml
    std::string_view text;
};
const std::vector<ShippedProfile>& shipped_profiles();

// `asked` is the name of a shipped profile or a file. Empty: the shipped one whose senders have the sender of the octets, else the
// generic one. Invalid, saying which there are.
base::Result<bank::Profile> bank_profile_for(const std::string& asked, std::string_view octets);

}  // namespace rightsdesk::tools
