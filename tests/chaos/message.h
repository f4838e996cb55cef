// What a gateway, a feed, an operator or the clock is going to say, and what is true of it: the facts go into its journal beside
// the bytes' hash, in words that the checker understands without knowing the suite.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "domain/commands.h"
#include "domain/roles.h"

namespace rightsdesk::chaos {

struct Message {
    std::string source;
    std::uint64_t sequence = 0;
    domain::ServiceName door = domain::ServiceName::kIntake;
    domain::Command command;
    nlohmann::json facts;
    bool echoed = false;       // sent once more after its receipt
    bool contradicted = false; // and then its number with another body
};

// What is said at one moment: all at once and in any order; the next moment waits for every receipt.
struct Round {
    domain::Instant at;
    bool rests = false;        // first the services finish what they have to do
    std::vector<Message> messages;
};

}  // namespace rightsdesk::chaos
