#include "domain/listed_addresses.h"

#include <algorithm>

#include "domain/folded_text.h"

namespace rightsdesk::domain {

namespace {

// The offerings with a listed address that `fits`.
template <class Fits>
std::vector<OfferingId> offerings_where(const Book& desk, Fits fits) {
    std::vector<OfferingId> found;
    for (const OfferingId& id : desk.offering_ids()) {
        const auto& channels = desk.offering(id)->channels;
        if (std::any_of(channels.begin(), channels.end(), fits)) found.push_back(id);
    }
    return found;
}

}  // namespace

bool is_listed(const std::vector<ListedAddress>& channels, Channel channel, const std::string& address) {
    const std::string wanted = folded_address(address);
    if (wanted.empty()) return false;
    return std::any_of(channels.begin(), channels.end(), [&](const ListedAddress& listed) {
        return listed.channel == channel && folded_address(listed.address) == wanted;
    });
}

std::optional<OfferingId> offering_of_address(const Book& desk, Channel channel, const std::string& address) {
    const std::string wanted = folded_address(address);
    if (wanted.empty()) return std::nullopt;
    auto found = offerings_where(desk, [&](const ListedAddress& listed) {
        return listed.channel == channel && folded_address(listed.address) == wanted;
    });
    if (found.empty()) {
        found = offerings_where(desk, [&](const ListedAddress& listed) { return folded_address(listed.address) == wanted; });
    }
    if (found.size() != 1) return std::nullopt;
    return found.front();
}

}  // namespace rightsdesk::domain
