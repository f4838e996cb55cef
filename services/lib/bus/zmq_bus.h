// The bus over ZeroMQ: CURVE on every socket, ZAP on every door and feed, endpoints ipc:// and tcp://.
//
// One context and one ZAP thread per bus. The bus and all it makes belong to one thread, except that Directories are called in the ZAP thread. What
// the bus makes may outlive it. An answer or a feed message above kMaxMessageOctets is not sent, but counted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bus/bus.h"

namespace rightsdesk::bus {

struct BusCounts {
    std::uint64_t malformed = 0;             // messages that were not of the frames expected, thrown away
    std::uint64_t answers_lost = 0;          // the peer was gone, or its queue full
    std::uint64_t oversize = 0;              // answers and feed messages not sent for their size
    std::uint64_t refusals_of_own_keys = 0;  // times that a remote refused our key
    std::uint64_t keys_admitted = 0;         // connections let in by a Directory
    std::uint64_t keys_refused = 0;          // connections refused, the probe of each open_... among them
};

struct ZmqCore;

class ZmqBus final : public Bus {
public:
    ZmqBus();
    ~ZmqBus() override;

    Result<std::unique_ptr<Door>> open_door(const std::string& endpoint, const KeyPair& server, Directory directory) override;
    Result<std::unique_ptr<Feed>> open_feed(const std::string& endpoint, const KeyPair& server, Directory directory) override;
    Result<std::unique_ptr<Knocker>> knock(const Remote& remote, const KeyPair& own) override;
    Result<std::unique_ptr<Listener>> listen(const std::vector<Remote>& remotes, const KeyPair& own, const std::vector<std::string>& prefixes) override;

    // Returns early, with false, when a signal comes.
    bool wait(std::chrono::milliseconds wait) override;

    [[nodiscard]] BusCounts counts() const;

private:
    std::shared_ptr<ZmqCore> core_;
};

}  // namespace rightsdesk::bus
