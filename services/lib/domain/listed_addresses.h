// Listed addresses: an item is delivered where the form says, for the channel it says (form: "delivery of this instrument
// to an address other than as set forth above ... does not constitute a valid delivery"; rules.md section 1, "channels").
#pragma once

#include <optional>

#include "domain/book.h"

namespace rightsdesk::domain {

// Whether `address` is listed for `channel`. Spacing, case and punctuation do not matter.
bool is_listed(const std::vector<ListedAddress>& channels, Channel channel, const std::string& address);

// The one offering that an item belongs to by the way that it came in on: the only one that lists the address for the
// channel or, where none does, the only one that lists it for any (a courier's parcel at the mail address is that
// offering's, though misdirected). Nothing when no offering lists it, or several do.
std::optional<OfferingId> offering_of_address(const Book& desk, Channel channel, const std::string& address);

}  // namespace rightsdesk::domain
