// A seed's offerings: their terms, and a month of what is handed over for them, round by round. Everything is in it that the checker is
// to judge: notices on both sides of the hour by a millisecond, some faxed and mailed, wires told of by several messages, checks that
// clear or bounce, certificates on both sides of their deadlines, an hour extended before it comes or after, sums that do not divide.
#pragma once

#include "chaos/message.h"

namespace rightsdesk::chaos {

struct Plan {
    std::vector<std::string> offerings;
    std::vector<Round> rounds;
    [[nodiscard]] std::size_t messages() const;
};

// `terms_toml` is the sample's; each offering gets it with an id, an account, addresses, a price and a number of shares of its own.
Plan plan_offerings(std::uint64_t seed, int offerings, const std::string& terms_toml);

}  // namespace rightsdesk::chaos
