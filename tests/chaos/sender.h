// A gateway, a feed, an operator or the clock: journals what it says before it says it, says it again until there is a receipt,
// and keeps every receipt's bytes. Its journal is what the checker believes.
#pragma once

#include <chrono>
#include <fstream>
#include <map>
#include <memory>
#include <vector>

#include "bus/zmq_bus.h"
#include "chaos/desk_under_fire.h"
#include "chaos/dice.h"
#include "chaos/message.h"
#include "domain/receipts.h"

namespace rightsdesk::chaos {

class Sender {
public:
    Sender(const DeskUnderFire& desk, bus::Bus& bus, std::string name, const std::filesystem::path& journals);

    // Says it from `from` on.
    void say(const Message& message, SteadyClock::time_point from);
    // Sends what is due and takes what has come. The number of messages that came further by it.
    int turn();
    [[nodiscard]] bool settled() const { return waiting_.empty(); }
    // What it waits for, in words, and what it was told last.
    [[nodiscard]] std::string waits_for() const;
    // Says again some of what has its receipt long since, as a gateway restored from a backup does.
    void say_again(Dice& dice, int count);
    // As a gateway that died and came back: connections gone, everything without a receipt said again.
    void restart();
    // The receipt of a number, where it is there.
    [[nodiscard]] const domain::Receipt* receipt(std::uint64_t sequence) const;

private:
    enum class Stage : unsigned char { kFirst, kEcho, kContradiction };
    struct Waiting {
        Message message;
        bus::Bytes bytes;
        Stage stage = Stage::kFirst;
        SteadyClock::time_point due;
        std::size_t sendings = 0;
        std::string put_off = {};  // why, the last time
    };
    void journal(const nlohmann::json& line);
    void send(Waiting& waiting);
    bool take(const bus::Bytes& bytes);
    void connect();

    const DeskUnderFire& desk_;
    bus::Bus& bus_;
    void settle(std::map<std::uint64_t, Waiting>::iterator settled);

    std::string name_;
    std::ofstream journal_;
    std::map<domain::ServiceName, std::vector<std::unique_ptr<bus::Knocker>>> doors_;  // of every instance
    std::map<std::uint64_t, Waiting> waiting_;
    std::map<std::uint64_t, domain::Receipt> receipts_;
    std::vector<Message> settled_;
};

}  // namespace rightsdesk::chaos
