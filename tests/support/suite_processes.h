// The whole suite as it runs: four services and the auditor, real sockets, a real Redis, keys and configuration as tools/up makes them,
// in a folder of the test's own.
//
//     SuiteProcesses suite;
//     auto player = suite.start_command({"sample", "play", folder});
//     suite.supervise_until_end(player, [&] { suite.kill("intake"); });   // at every moment that the test chooses
//     suite.command({"report", "rare-medium-2002"}).out
//
// Of each service there may be several instances: "intake", "intake-2".
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <thread>

#include <nlohmann/json.hpp>

#include "base/describe.h"
#include "domain/roles.h"
#include "store/redis_store.h"
#include "support/child_process.h"
#include "support/files.h"
#include "support/redis_pair.h"
#include "support/redis_server.h"
#include "support/suite_folder.h"

namespace rightsdesk::support {

struct CommandEnd {
    int code = 0;
    std::string out;
    std::string err;
};

enum class Disks { kOne, kTwo };  // two: a replica, and documents on "another host"

class SuiteProcesses {
public:
    // `configured` changes suite.toml before anything starts: another store, say.
    using Configured = std::function<std::string(std::string)>;
    explicit SuiteProcesses(const std::string& clock = "stepped", int instances = 1, const Configured& configured = {}, Disks disks = Disks::kOne)
        : primary_port(disks == Disks::kTwo ? free_port() : 0), redis(disks == Disks::kTwo ? replication_lines("primary.conf", primary_port, 0) : ""),
          folder_(redis, clock, instances_beyond_one(instances)) {
        if (configured) write_file(config(), configured(text_of_file(config())));
        if (disks == Disks::kTwo) add_replica();
        const auto made = command({"keys", "make", folder_.keys()});
        if (made.code != 0) throw std::runtime_error("no keys: " + made.err);
        deploy();
        for (int instance = 1; instance <= instances; ++instance) {
            for (const std::string& name : base::enum_texts<domain::ServiceName>()) start(instance == 1 ? name : name + "-" + std::to_string(instance));
        }
        start("auditor");
        // A service that finds no desk yet ends and is started again, as under its supervisor.
        auto waiting = start_command({"status", "--wait", "30"});
        if (supervise_until_end(waiting, [] {}) != 0) throw std::runtime_error("the suite did not come up: " + said() + logs());
    }
    SuiteProcesses(const SuiteProcesses&) = delete;
    SuiteProcesses& operator=(const SuiteProcesses&) = delete;

    const int primary_port;
    const int replica_port = free_port();
    RedisServer redis;
    std::unique_ptr<RedisServer> replica;

    // The two sockets swapped, as `rightsdesk promote` asks for, and every service started again.
    void swap_stores() {
        std::string text = text_of_file(config());
        text = replaced(std::move(text), "/redis/redis.sock", "/former.sock");
        text = replaced(std::move(text), "/replica/redis.sock", "/redis/redis.sock");
        write_file(config(), replaced(std::move(text), "/former.sock", "/replica/redis.sock"));
        for (const std::string& name : names()) kill(name);
    }

    [[nodiscard]] std::string config() const { return folder_.config(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

    [[nodiscard]] pid_t process_id(const std::string& service) const { return services_.at(service).id(); }

    // kill -9, and at once again, as its supervisor does.
    void kill(const std::string& service) {
        services_.at(service).kill();
        start(service);
    }
    // What runs as this service from its next start on: another build of it.
    void replace_program(const std::string& service, const std::string& path) { programs_[service] = path; }

    // kill -9; it rests until it is begun again.
    void kill_and_leave(const std::string& service) {
        resting_.insert(service);
        services_.at(service).kill();
    }
    // In good order; its exit code. It rests until it is begun again.
    int stop(const std::string& service) {
        resting_.insert(service);
        services_.at(service).resume();
        return services_.at(service).stop();
    }
    void begin(const std::string& service) {
        resting_.erase(service);
        start(service);
    }
    void suspend(const std::string& service) { services_.at(service).suspend(); }
    void resume(const std::string& service) { services_.at(service).resume(); }
    // Every instance of every service.
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all;
        all.reserve(services_.size());
        for (const auto& [name, process] : services_) all.push_back(name);
        return all;
    }

    void kill_redis() {
        redis.kill();
        start_redis();
    }
    void start_redis() {
        redis.start();
        deploy();
    }

    // Stopped in good order, so that its files can be changed meanwhile, and started again.
    void restart_redis(const std::function<void()>& meanwhile) {
        redis.stop();
        meanwhile();
        redis.start();
        deploy();
    }

    ChildProcess start_command(const std::vector<std::string>& arguments) {
        std::vector<std::string> words{std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk", "--config", config()};
        words.insert(words.end(), arguments.begin(), arguments.end());
        ++commands_;
        return {words, out_of(commands_).string(), err_of(commands_).string()};
    }
    // What the latest command started has said so far.
    [[nodiscard]] std::string said() const { return std::filesystem::exists(out_of(commands_)) ? text_of_file(out_of(commands_)) : ""; }

    CommandEnd command(const std::vector<std::string>& arguments) {
        ChildProcess process = start_command(arguments);
        const std::size_t number = commands_;
        const int code = process.wait();
        return {code, text_of_file(out_of(number)), text_of_file(err_of(number))};
    }

    // What `rightsdesk verify` says of a log that is right, but for how many heads the auditor has signed: it does so in its own time.
    nlohmann::json verified(const std::string& log) {
        const CommandEnd end = command({"verify", log, "--json"});
        if (end.code != 0) throw std::runtime_error("verify says of " + log + ": " + end.out + end.err);
        auto said = nlohmann::json::parse(end.out);
        said.erase("signed_heads");
        return said;
    }

    // Starts again what died, and lets `act` do its worst, until the process ends; its exit code.
    int supervise_until_end(ChildProcess& process, const std::function<void()>& act) {
        while (process.runs()) {
            act();
            restart_the_dead();
            std::this_thread::sleep_for(std::chrono::milliseconds(2));  // spares the processors for those who work
        }
        return process.exit_code();
    }

    void restart_the_dead() {
        for (auto& [name, process] : services_) {
            if (!process.runs() && !resting_.contains(name)) start(name);
        }
    }

    // What the services logged, for a test that failed.
    [[nodiscard]] std::string logs() const {
        std::string text;
        for (const auto& file : std::filesystem::directory_iterator(folder() / "log")) text += file.path().filename().string() + ":\n" + text_of_file(file.path());
        return text;
    }

private:
    void start(const std::string& name) {
        const std::string log = (folder() / "log" / name).string();
        const auto dash = name.find('-');
        const std::string instance = dash == std::string::npos ? "1" : name.substr(dash + 1);
        const std::string service = name.substr(0, dash);
        const auto planted = programs_.find(service);
        std::vector<std::string> words{planted != programs_.end() ? planted->second : std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-" + service, "--config", config()};
        if (name != "auditor") words.insert(words.end(), {"--instance", instance});  // of it there is one
        services_.insert_or_assign(name, ChildProcess(words, log, log));
    }

    void add_replica() {
        replica = std::make_unique<RedisServer>(replication_lines("replica.conf", replica_port, primary_port));
        std::filesystem::create_symlink(replica->redis_dir(), folder() / "replica");
        std::filesystem::create_directories(folder() / "other_host/keys");
        const std::string lines = "replicas = 1\nreplica_timeout_ms = 1000\n[store.replica]\nsocket = \"" + (folder() / "replica/redis.sock").string() +
                                  "\"\n\n[paths]\ndocuments_mirror = \"" + (folder() / "other_host/documents").string() +
                                  "\"\noffering_keys_mirror = \"" + (folder() / "other_host/keys").string() + "\"\n";
        write_file(config(), replaced(text_of_file(config()), "\n[paths]\n", lines));
        wait_for_replica();
    }

    // Until it has what the primary has on its own disk: services that start before say that they are not well.
    void wait_for_replica() {
        store::RedisConfig reader = redis.config_as("reader");
        reader.replicas = 1;
        reader.replica_socket = replica->socket_path();
        store::RedisStore watched(reader);
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        for (auto durable = watched.durability(); !durable || !durable->replica_problem.empty(); durable = watched.durability()) {
            if (std::chrono::steady_clock::now() > until) throw std::runtime_error("the replica did not come up: " + (durable ? durable->replica_problem : durable.error().message));
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }

    void deploy() {
        const auto loaded = store::deploy_functions(redis.config_as("deployer"));
        if (!loaded) throw std::runtime_error("the function was not loaded: " + loaded.error().message);
    }

    [[nodiscard]] std::filesystem::path out_of(std::size_t number) const { return folder() / "log" / ("command-" + std::to_string(number) + ".out"); }
    [[nodiscard]] std::filesystem::path err_of(std::size_t number) const { return folder() / "log" / ("command-" + std::to_string(number) + ".err"); }

    SuiteFolder folder_;
    std::map<std::string, ChildProcess> services_;
    std::set<std::string> resting_;
    std::map<std::string, std::string> programs_;  // of services, where it is not the build's
    std::size_t commands_ = 0;
};

}  // namespace rightsdesk::support
