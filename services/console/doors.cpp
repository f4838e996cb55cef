#include "console/doors.h"

#include "base/hash.h"
#include "client/door_client.h"
#include "wire/wire.h"

namespace rightsdesk::console {

// Its bus and client are made and used in its worker alone.
struct Doors::Door {
    Door(std::vector<bus::Remote> where, bus::KeyPair own, std::function<std::unique_ptr<bus::Bus>()> make)
        : remotes(std::move(where)), key(std::move(own)), make_bus(std::move(make)) {}

    base::Result<domain::Receipt> ask(const base::Bytes& bytes, const domain::Identity& identity) {
        if (bus == nullptr) bus = make_bus();
        if (client == nullptr) {
            auto connected = client::DoorClient::connect(*bus, remotes, key);
            if (!connected) return tl::unexpected(connected.error());
            client = std::make_unique<client::DoorClient>(std::move(*connected));
        }
        const auto reply = client->ask_encoded(bytes, identity, kDoorPatience);
        if (!reply) return tl::unexpected(reply.error());
        if (const auto* receipt = std::get_if<domain::Receipt>(&reply->body)) return *receipt;
        return base::invalid("the door answered a command with something else than a receipt");
    }

    std::vector<bus::Remote> remotes;
    bus::KeyPair key;
    std::function<std::unique_ptr<bus::Bus>()> make_bus;
    std::unique_ptr<bus::Bus> bus;
    std::unique_ptr<client::DoorClient> client;
    Worker worker{kMostAtADoor};  // the last member: ends before what it uses
};

std::uint64_t number_of(const std::string& person, const std::string& id) {
    return domain::number_from_hash(base::sha256_hex("board command\n" + person + "\n" + id));
}

Doors::Doors(std::map<domain::ServiceName, std::vector<bus::Remote>> doors, std::string source, bus::KeyPair key, std::function<std::unique_ptr<bus::Bus>()> make_bus)
    : source_(std::move(source)) {
    for (auto& [name, remotes] : doors) doors_[name] = std::make_unique<Door>(std::move(remotes), key, make_bus);
}

Doors::~Doors() = default;

void Doors::send(const std::string& person, const BoardCommand& command, const std::string& body, CommandEnd end) {
    const std::uint64_t number = number_of(person, command.id);
    const std::string hash = base::sha256_hex(base::type_name(command.command)) + base::sha256_hex(body);
    std::optional<base::Result<domain::Receipt>> at_once;
    {
        const std::lock_guard lock(mutex_);
        auto& known = known_[number];
        if (known == nullptr) {
            domain::Envelope envelope;
            envelope.identity = {source_, number};
            envelope.operator_name = person;
            envelope.body = command.command;
            known = std::make_shared<Known>();
            known->body_hash = hash;
            known->bytes = wire::encode(envelope);
            known->door = command.door;
            order_.push_back(number);
            forget();
        }
        if (known->body_hash != hash) {
            at_once = base::failure(base::ErrorKind::kConflict, "this id was used for another command");
        } else if (known->receipt) {
            at_once = *known->receipt;
        } else {
            known->waiting.push_back(end);
            if (known->under_way) return;
            known->under_way = true;
        }
    }
    if (at_once) return end(std::move(*at_once));
    go(number);
}

void Doors::go(std::uint64_t number) {
    std::shared_ptr<Known> known;
    {
        const std::lock_guard lock(mutex_);
        known = known_.at(number);
    }
    Door& door = *doors_.at(known->door);
    const bool taken = door.worker.take([this, &door, known, number] { ended(number, door.ask(known->bytes, {source_, number})); });
    if (!taken) ended(number, base::unavailable("too many commands wait for " + base::to_text(known->door)));
}

void Doors::ended(std::uint64_t number, const base::Result<domain::Receipt>& result) {
    std::vector<CommandEnd> waiting;
    {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find(number);
        if (found == known_.end()) return;
        found->second->under_way = false;
        if (result) found->second->receipt = *result;
        waiting.swap(found->second->waiting);
    }
    for (const CommandEnd& end : waiting) end(result);
}

// Of those that have ended; one under way is kept, however many there are.
void Doors::forget() {
    while (order_.size() > kRememberedCommands) {
        const auto oldest = known_.find(order_.front());
        if (oldest != known_.end() && oldest->second->under_way) return;
        if (oldest != known_.end()) known_.erase(oldest);
        order_.pop_front();
    }
}

}  // namespace rightsdesk::console
