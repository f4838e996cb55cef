// The bus inside one process and one thread: the fake for tests, and for whole-suite simulations that must replay exactly.
//
// Buses that share a MemoryNetwork reach each other, by endpoints of any name. Keys are simulated: what a knocker states is believed, and the door's
// Directory decides. As on the real bus: a knock may precede the door, a refused key's messages never arrive, what a closing door had not
// received is lost, a full queue refuses (door) or drops (feed). Unlike it: nothing ever waits, and a listener hears from the moment it listens.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bus/bus.h"

namespace rightsdesk::bus {

class MemoryNetwork {
public:
    MemoryNetwork();
    ~MemoryNetwork();

    // While on, nothing published arrives: the logs must suffice.
    void drop_feeds(bool on);
    // While on, no answer arrives: knockers must send again.
    void drop_answers(bool on);

    struct State;

private:
    friend class MemoryBus;
    std::shared_ptr<State> state_;
};

class MemoryBus final : public Bus {
public:
    explicit MemoryBus(const std::shared_ptr<MemoryNetwork>& network);
    ~MemoryBus() override;

    Result<std::unique_ptr<Door>> open_door(const std::string& endpoint, const KeyPair& server, Directory directory) override;
    Result<std::unique_ptr<Feed>> open_feed(const std::string& endpoint, const KeyPair& server, Directory directory) override;
    Result<std::unique_ptr<Knocker>> knock(const Remote& remote, const KeyPair& own) override;
    Result<std::unique_ptr<Listener>> listen(const std::vector<Remote>& remotes, const KeyPair& own, const std::vector<std::string>& prefixes) override;

    // Never waits: true when something made by this bus has something to receive now.
    bool wait(std::chrono::milliseconds wait) override;

private:
    std::shared_ptr<MemoryNetwork::State> network_;
    std::shared_ptr<int> identity_;  // marks what this bus made
};

}  // namespace rightsdesk::bus
