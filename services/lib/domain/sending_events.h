// What was to go outside, and what became of it. The rest of what happens is in events.h, which includes this.
#pragma once

#include "domain/sending.h"

namespace rightsdesk::domain {

// ---- notification ----

struct SendingJoined {           // one that was collecting takes one more
    std::string way;
    std::uint64_t number = 0;
    SendingItem item;
    RIGHTSDESK_DESCRIBE(SendingJoined, way, number, item)
};

struct SendingsIntended {        // in the commit of what they tell of
    std::vector<Sending> sendings;
    std::vector<SendingJoined> joined;
    RIGHTSDESK_DESCRIBE(SendingsIntended, sendings, joined)
};

struct SendingAttempt {
    std::string way;
    std::uint64_t number = 0;
    std::uint32_t attempt = 0;               // from 1
    Instant at;
    SendingOutcome outcome = SendingOutcome::kSent;
    std::string result;
    std::optional<Instant> next_attempt_at;
    RIGHTSDESK_DESCRIBE(SendingAttempt, way, number, attempt, at, outcome, result, next_attempt_at)
};

struct SendingsAttempted {
    std::vector<SendingAttempt> attempts;
    RIGHTSDESK_DESCRIBE(SendingsAttempted, attempts)
};

struct SendingSettled {          // by a person: it waits again, or goes no more
    std::string way;
    std::uint64_t number = 0;
    bool retried = false;
    std::string by;
    std::string why;
    Instant at;
    RIGHTSDESK_DESCRIBE(SendingSettled, way, number, retried, by, why, at)
};

}  // namespace rightsdesk::domain
