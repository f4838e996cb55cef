// Keepers of mail for tests: one that remembers, and refuses when told to.
#pragma once

#include <optional>
#include <vector>

#include "mail_gateway/arrival.h"

namespace rightsdesk::mail_gateway {

class RememberingKeeper final : public MailKeeper {
public:
    std::vector<Arrival> kept;
    std::optional<base::Error> refuses;

    base::Result<Keeping> keep(Arrival arrival) override {
        if (refuses) return tl::unexpected(*refuses);
        for (const Arrival& known : kept) {
            if (known.message == arrival.message) return Keeping::kKnown;
        }
        kept.push_back(std::move(arrival));
        return Keeping::kKept;
    }
};

}  // namespace rightsdesk::mail_gateway
