// What happened to the promise of two disks. The rest of what happens is in events.h, which includes this. Writing service in brackets.
#pragma once

#include "domain/commands.h"

namespace rightsdesk::domain {

// ---- the desk's log ----

struct WithoutReplicaProposed {  // [deadline monitor]
    std::string by;
    std::string why;
    Instant at;
    RIGHTSDESK_DESCRIBE(WithoutReplicaProposed, by, why, at)
};

struct ReplicaWaived {           // [deadline monitor; rightsdesk promote] from here on an acknowledgement means one disk
    std::vector<std::string> people;
    std::string why;
    Instant at;
    RIGHTSDESK_DESCRIBE(ReplicaWaived, people, why, at)
};

struct ReplicaRequired {         // [deadline monitor] from here on it means two again; or a proposal is withdrawn
    std::string by;
    std::string why;
    Instant at;
    RIGHTSDESK_DESCRIBE(ReplicaRequired, by, why, at)
};

// ---- every log ----

struct EpochRaised {             // [rightsdesk promote] the first record of the epoch: a replica has become the primary
    std::uint64_t epoch = 0;
    std::vector<std::string> people;
    std::string why;
    std::string old_primary;     // "fenced", or on whose word it is dead
    RIGHTSDESK_DESCRIBE(EpochRaised, epoch, people, why, old_primary)
};

}  // namespace rightsdesk::domain
