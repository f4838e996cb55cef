// A real Redis Cluster for a test: masters on loopback with the configuration and users of deploy/redis, all slots shared
// out evenly, gone with the test.
//
//     RedisCluster cluster;                              // three masters; ready when it returns
//     store::RedisConfig config = cluster.config_as("intake");
//     cluster.move_slot(store::slot_of_log("desk"), 0, 2);
//     cluster.master(1).kill(); cluster.master(1).start(); cluster.wait_until_whole();
//
// The function of commit.lua is loaded on every master.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include "store/redis_nodes.h"
#include "store/redis_store.h"
#include "support/redis_server.h"
#include "support/waiting.h"

namespace rightsdesk::support {

class RedisCluster {
public:
    explicit RedisCluster(std::size_t masters = 3) {
        for (std::size_t number = 0; number < masters; ++number) add_server();
        for (std::size_t number = 0; number < masters; ++number) {
            const std::size_t first = number * store::kSlots / masters;
            const std::size_t last = (number + 1) * store::kSlots / masters - 1;
            run(number, {"CLUSTER", "ADDSLOTSRANGE", std::to_string(first), std::to_string(last)});
            run(number, {"CLUSTER", "SET-CONFIG-EPOCH", std::to_string(number + 1)});
            if (number > 0) meet(number);
        }
        wait_until_whole();
        const auto loaded = store::deploy_functions(config_as("deployer"));
        if (!loaded) throw std::runtime_error("the function was not loaded: " + loaded.error().message);
    }

    // One master more, without slots and without the function, known to the others.
    void add_master() {
        add_server();
        meet(masters_.size() - 1);
        wait_until_whole();
    }

    [[nodiscard]] std::size_t size() const { return masters_.size(); }
    [[nodiscard]] RedisServer& master(std::size_t number) { return *masters_.at(number).server; }
    [[nodiscard]] int port(std::size_t number) const { return masters_.at(number).port; }
    [[nodiscard]] std::string address(std::size_t number) const { return "127.0.0.1:" + std::to_string(port(number)); }
    [[nodiscard]] std::vector<std::string> addresses() const {
        std::vector<std::string> all;
        all.reserve(masters_.size());
        for (std::size_t number = 0; number < masters_.size(); ++number) all.push_back(address(number));
        return all;
    }
    [[nodiscard]] store::RedisConfig config_as(const std::string& user) const {
        return {.address = "", .user = user, .password = RedisServer::password_of(user), .cluster = store::RedisCluster{addresses()}};
    }

    // As one who may do everything, on one master.
    store::RedisReply run(std::size_t number, const std::vector<std::string>& command) {
        store::RedisConnection connection(master(number).config_as("test_admin"));
        auto reply = connection.call({command.begin(), command.end()});
        if (!reply) throw std::runtime_error(command.front() + " " + (command.size() > 1 ? command[1] : "") + ": " + reply.error().message);
        return std::move(*reply);
    }
    std::string text(std::size_t number, const std::vector<std::string>& command) { return std::string(store::text_of(*run(number, command)).value_or("")); }

    // Empties every master but for the function.
    void empty() {
        for (std::size_t number = 0; number < masters_.size(); ++number) run(number, {"FLUSHALL"});
    }

    // Which master holds a log, as that master itself says.
    std::size_t holder_of(const std::string& log) {
        const std::size_t slot = store::slot_of_log(log);
        for (std::size_t number = 0; number < masters_.size(); ++number) {
            for (const auto& [first, last] : own_slots(number)) {
                if (first <= slot && slot <= last) return number;
            }
        }
        throw std::runtime_error("no master holds " + log);
    }

    // A slot's way from one master to another, in three steps: announced, its keys carried over, settled.
    void begin_move(std::size_t slot, std::size_t from, std::size_t to) {
        run(to, {"CLUSTER", "SETSLOT", std::to_string(slot), "IMPORTING", masters_.at(from).id});
        run(from, {"CLUSTER", "SETSLOT", std::to_string(slot), "MIGRATING", masters_.at(to).id});
    }
    void carry(const std::vector<std::string>& keys, std::size_t from, std::size_t to) {
        std::vector<std::string> command{"MIGRATE", "127.0.0.1", std::to_string(port(to)), "", "0", "5000", "AUTH2", "test_admin", RedisServer::password_of("test_admin"), "KEYS"};
        command.insert(command.end(), keys.begin(), keys.end());
        run(from, command);
    }
    void carry_all(std::size_t slot, std::size_t from, std::size_t to) {
        const auto keys = run(from, {"CLUSTER", "GETKEYSINSLOT", std::to_string(slot), "1000"});
        std::vector<std::string> names;
        for (std::size_t key = 0; key < keys->elements; ++key) names.emplace_back(*store::text_of(*keys->element[key]));
        if (!names.empty()) carry(names, from, to);
    }
    void settle_move(std::size_t slot, std::size_t from, std::size_t to) {
        for (const std::size_t number : {to, from}) run(number, {"CLUSTER", "SETSLOT", std::to_string(slot), "NODE", masters_.at(to).id});
        wait_until_whole();
    }
    void move_slot(std::size_t slot, std::size_t from, std::size_t to) {
        begin_move(slot, from, to);
        carry_all(slot, from, to);
        settle_move(slot, from, to);
    }

    // Until every master serves, sees all others well, and knows who holds what, and since when: a master that takes a slot back before it
    // has heard of the epoch in which it gave it away claims it in an older one, and in the end nobody has it.
    void wait_until_whole() {
        wait_for("the cluster is not whole", [this] {
            for (std::size_t number = 0; number < masters_.size(); ++number) {
                const std::string state = text(number, {"CLUSTER", "INFO"});
                if (state.find("cluster_state:ok") == std::string::npos || state.find("cluster_slots_ok:16384") == std::string::npos) return false;
                if (text(number, {"CLUSTER", "NODES"}).find(",fail") != std::string::npos || view(number) != view(0) || epochs(number) != epochs(0)) return false;
            }
            return view(0).size() == masters_.size();
        });
    }
    // Until all but `number` say that it has failed.
    void wait_until_failed(std::size_t number) {
        wait_for("the others do not see that a master has failed", [&] {
            for (std::size_t other = 0; other < masters_.size(); ++other) {
                if (other == number) continue;
                const std::string flags = line_of(text(other, {"CLUSTER", "NODES"}), masters_.at(number).id);
                if (flags.find(",fail") == std::string::npos || flags.find(",fail?") != std::string::npos) return false;
            }
            return true;
        });
    }
    static void wait_for(const std::string& what, const std::function<bool()>& holds) {
        if (!comes_true(holds, std::chrono::seconds(30))) throw std::runtime_error(what + " within 30 s");
    }

private:
    using Ranges = std::vector<std::pair<std::size_t, std::size_t>>;
    struct Master {
        std::unique_ptr<RedisServer> server;
        int port = 0;
        int bus_port = 0;
        std::string id = {};
    };

    // Below the ports that the kernel gives to outgoing connections: one of those, to a master that was killed, could take its port.
    static int free_port() {
        static std::mt19937 random(static_cast<unsigned>(::getpid()));
        std::uniform_int_distribution<int> any(12'000, 32'000);
        for (int attempt = 0; attempt < 1'000; ++attempt) {
            const int port = any(random);
            const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            address.sin_port = htons(static_cast<std::uint16_t>(port));
            const bool taken = descriptor < 0 || ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
            ::close(descriptor);
            if (!taken) return port;
        }
        throw std::runtime_error("no free port on loopback");
    }

    static std::string deployed(const char* name) {
        std::string lines;
        std::ifstream file(std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "deploy/redis" / name);
        for (std::string line; std::getline(file, line);) {
            if (!line.starts_with("#")) lines += line + "\n";
        }
        return lines;
    }

    // Somebody else may take a port between the look and the start: then with others.
    void add_server() {
        const std::string users = replaced(deployed("cluster.acl"), "@PASSWORD_CLUSTER_ADMIN@", RedisServer::password_of("cluster_admin"));
        for (int attempt = 1;; ++attempt) {
            Master master{nullptr, free_port(), free_port()};
            std::string settings = deployed("cluster.conf") + "cluster-node-timeout 1000\n";  // a test waits for less
            for (const auto& [placeholder, value] : std::vector<std::pair<std::string, std::string>>{
                     {"@ADDRESS@", "127.0.0.1"}, {"@PORT@", std::to_string(master.port)}, {"@BUS_PORT@", std::to_string(master.bus_port)}}) {
                settings = replaced(settings, placeholder, value);
            }
            try {
                master.server = std::make_unique<RedisServer>("\n" + settings, users);
                masters_.push_back(std::move(master));
                masters_.back().id = text(masters_.size() - 1, {"CLUSTER", "MYID"});
                return;
            } catch (const std::runtime_error&) {
                if (attempt == 5) throw;
            }
        }
    }

    void meet(std::size_t number) {
        run(0, {"CLUSTER", "MEET", "127.0.0.1", std::to_string(port(number)), std::to_string(masters_.at(number).bus_port)});
    }

    // The line of CLUSTER NODES in which `word` stands.
    static std::string line_of(const std::string& nodes, const std::string& word) {
        const std::size_t at = nodes.find(word);
        if (at == std::string::npos) throw std::runtime_error(word + " is not in\n" + nodes);
        const std::size_t before = nodes.rfind('\n', at);
        const std::size_t start = before == std::string::npos ? 0 : before + 1;
        return nodes.substr(start, nodes.find('\n', at) - start);
    }

    // The slots of each master by its announced address, as `number` sees them.
    std::map<std::string, Ranges> view(std::size_t number) {
        const auto masters = store::parse_shards(*run(number, {"CLUSTER", "SHARDS"}), "127.0.0.1");
        std::map<std::string, Ranges> slots;
        for (const store::ClusterMaster& master : masters.value_or(std::vector<store::ClusterMaster>{})) slots[master.announced] = master.slots;
        return slots;
    }
    // The configuration epoch of each master by its id, as `number` has heard it: the first and the seventh field of a line.
    std::map<std::string, std::string> epochs(std::size_t number) {
        std::istringstream lines(text(number, {"CLUSTER", "NODES"}));
        std::map<std::string, std::string> known;
        for (std::string line; std::getline(lines, line);) {
            std::istringstream fields(line);
            std::string id, epoch;
            fields >> id;
            for (int field = 2; field <= 7; ++field) fields >> epoch;
            known[id] = epoch;
        }
        return known;
    }
    // From its own line: eight fields, then a slot or a range each, and in brackets what is on the move.
    Ranges own_slots(std::size_t number) {
        std::istringstream fields(line_of(text(number, {"CLUSTER", "NODES"}), "myself"));
        std::string field;
        for (int skipped = 0; skipped < 8; ++skipped) fields >> field;
        Ranges slots;
        while (fields >> field) {
            if (field.starts_with("[")) continue;
            const std::size_t dash = field.find('-');
            slots.emplace_back(std::stoul(field), std::stoul(dash == std::string::npos ? field : field.substr(dash + 1)));
        }
        return slots;
    }

    std::vector<Master> masters_;
};

// suite.toml with the masters in place of the socket. What they call themselves is where they are, and no other is to be believed.
inline std::string on_cluster(const std::string& suite, const RedisCluster& cluster) {
    std::string nodes;
    for (const std::string& address : cluster.addresses()) nodes += "\"" + address + "\", ";
    const std::size_t socket = suite.find("socket = ");
    std::string text = suite;
    text.erase(socket, suite.find('\n', socket) + 1 - socket);
    return text + "\n[store.cluster]\nnodes = [" + nodes + "]\n[store.cluster.addresses]\n";
}

}  // namespace rightsdesk::support
