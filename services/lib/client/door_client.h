// What a gateway, a feed or the command line needs to talk to a door: sends one message and stays with it until there is
// an answer, resending the same bytes under the same identity, to the next endpoint when one is silent. The door answers
// a repeat with the original receipt, so resending is always safe.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bus/bus.h"
#include "domain/receipts.h"

namespace rightsdesk::client {

inline constexpr std::chrono::milliseconds kFirstResend{250};   // silence before the same bytes are sent again
inline constexpr std::chrono::milliseconds kLongestResend{2'000};
inline constexpr std::chrono::milliseconds kRetryPause{10};      // after "retry later"

class DoorClient {
public:
    // `doors`: every instance's; at least one. Connects at once, needs nobody there yet.
    static base::Result<DoorClient> connect(bus::Bus& bus, const std::vector<bus::Remote>& doors, const bus::KeyPair& own);

    // Sends and waits up to `patience` for the answer. "Retry later" is waited out. kUnavailable when there was no final
    // answer in that time: the outcome is unknown, and sending the same again settles it.
    base::Result<domain::Reply> ask(const domain::Envelope& envelope, std::chrono::milliseconds patience);

    // The same for bytes encoded before, as from a journal.
    base::Result<domain::Reply> ask_encoded(const bus::Bytes& bytes, const domain::Identity& identity, std::chrono::milliseconds patience);

private:
    std::vector<std::unique_ptr<bus::Knocker>> knockers_;
    std::size_t next_ = 0;
};

}  // namespace rightsdesk::client
