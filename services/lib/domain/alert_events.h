// What people were told, and did about it. The rest of what happens is in events.h, which includes this.
#pragma once

#include "domain/entities.h"

namespace rightsdesk::domain {

// ---- notification ----

struct AlertRaised {
    Alert alert;
    RIGHTSDESK_DESCRIBE(AlertRaised, alert)
};

struct AlertResolved {
    std::uint64_t number = 0;
    std::string why;
    Instant at;
    RIGHTSDESK_DESCRIBE(AlertResolved, number, why, at)
};

struct AlertAcknowledged {
    std::uint64_t number = 0;
    std::string by;
    RIGHTSDESK_DESCRIBE(AlertAcknowledged, number, by)
};

struct AlertsSilenced {
    Silence silence;
    RIGHTSDESK_DESCRIBE(AlertsSilenced, silence)
};

}  // namespace rightsdesk::domain
