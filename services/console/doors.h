// Commands on their way: each to its door, as the console for a person, in a thread of that door's own, so that a door that stands still
// delays nobody else's. The same id is the same command: a double click waits for the first one's receipt.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bus/bus.h"
#include "console/command_body.h"
#include "console/worker.h"
#include "domain/receipts.h"

namespace rightsdesk::console {

inline constexpr std::chrono::milliseconds kDoorPatience{5'000};
inline constexpr std::size_t kMostAtADoor = 64;         // commands that wait for one door
inline constexpr std::size_t kRememberedCommands = 4'096;

// What became of a command. kUnavailable: no answer in time, send the same again. kConflict: the id was another command's.
using CommandEnd = std::function<void(base::Result<domain::Receipt>)>;

// The number under which a person's command goes to a door: the same after a restart, so that a repeat is known there.
std::uint64_t number_of(const std::string& person, const std::string& id);

class Doors {
public:
    // `source`: the console's principal, `key` its key. Connects when the first command of a door goes out.
    Doors(std::map<domain::ServiceName, std::vector<bus::Remote>> doors, std::string source, bus::KeyPair key, std::function<std::unique_ptr<bus::Bus>()> make_bus);
    Doors(const Doors&) = delete;
    Doors& operator=(const Doors&) = delete;
    ~Doors();

    // `end` is called once, from any thread. `body` as it came: what the same id must have again.
    void send(const std::string& person, const BoardCommand& command, const std::string& body, CommandEnd end);

private:
    struct Door;
    struct Known {
        std::string body_hash;
        base::Bytes bytes;                      // of the message, as first sent
        domain::ServiceName door{};
        bool under_way = false;
        std::optional<domain::Receipt> receipt;
        std::vector<CommandEnd> waiting;
    };
    void go(std::uint64_t number);
    void ended(std::uint64_t number, const base::Result<domain::Receipt>& result);
    void forget();

    std::string source_;
    std::mutex mutex_;
    std::map<std::uint64_t, std::shared_ptr<Known>> known_;
    std::deque<std::uint64_t> order_;           // of the known, oldest first
    std::map<domain::ServiceName, std::unique_ptr<Door>> doors_;
};

}  // namespace rightsdesk::console
