// The turn of whoever takes documents and hands them over: the gateways of a spool and of mail, a bank's feed. What was taken is in the
// sender's batch; then the sender has its turn, and what fails on the way is told and tried again.
#pragma once

#include <functional>
#include <optional>

#include "client/sender.h"

namespace rightsdesk::client {

struct TurnAfterTaking {
    const char* not_taken = "";          // told before the reason when taking was not possible now
    const char* not_sent = "";           // and when sending was not
    bool holds = false;                  // what is claimed may not be sent before it is moved: while taking fails nothing is
    std::chrono::milliseconds pause{0};  // before what failed is tried again
    std::chrono::milliseconds wait{0};   // for answers
};

struct TakenAndSettled {
    std::size_t done = 0;                                 // how many were taken and settled
    std::optional<std::vector<Settled>> settled = {};     // nothing: the sender had no turn, or it failed
};

// `taken`: how many, or why not. Errors are those that nobody can wait out. Waits for answers, or the pause.
base::Result<TakenAndSettled> turn_after_taking(Sender& sender, const base::Result<std::size_t>& taken, const TurnAfterTaking& turn,
                                                const std::function<void(const std::string&)>& trouble);

}  // namespace rightsdesk::client
