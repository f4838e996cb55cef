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
    bool kept = false;                       // the alert keeps why; a record of before does not say so, and its alert did not
    RIGHTSDESK_DESCRIBE(AlertResolved, number, why, at, kept)
};

struct AlertAcknowledged {
    std::uint64_t number = 0;
    std::string by;
    std::string owner = {};                  // who has it in hand; empty: a record of before this was kept
    std::string comment = {};
    std::optional<Instant> at = {};
    RIGHTSDESK_DESCRIBE(AlertAcknowledged, number, by, owner, comment, at)
};

struct AlertReleased {                       // held while the offering was suspended: it is sent from now on
    std::uint64_t number = 0;
    Instant at;
    std::optional<Instant> acknowledge_by = {};  // from then on; absent as the alert's
    RIGHTSDESK_DESCRIBE(AlertReleased, number, at, acknowledge_by)
};

struct AlertsSilenced {
    Silence silence;
    RIGHTSDESK_DESCRIBE(AlertsSilenced, silence)
};

struct SilenceLifted {                       // before its end
    std::string prefix;
    std::string by;
    std::string why;
    Instant at;
    RIGHTSDESK_DESCRIBE(SilenceLifted, prefix, by, why, at)
};

}  // namespace rightsdesk::domain
