// The services, the auditor and a Redis as processes in a folder of their own, each of which can be killed, ended in good order and stopped
// in its tracks, and a service made deaf: started with a configuration whose feeds lead nowhere, so that it lives by the log alone.
// A process is known by its name: "intake", "intake-2", "auditor", and what is run beside them.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/child_process.h"
#include "support/redis_server.h"
#include "support/suite_folder.h"

namespace rightsdesk::chaos {

using SteadyClock = std::chrono::steady_clock;

struct DeskOptions {
    std::string binaries;  // the folder of rightsdesk and rightsdesk-<service>
    std::string services;  // that of the services and of what is run beside them, where it is another: those with a fault in them
    std::string function;  // the file of the Redis function, where it is not the one built in
    int instances = 1;     // of every service
};

class DeskUnderFire {
public:
    // Throws, saying why, when it does not come up.
    explicit DeskUnderFire(DeskOptions options);
    DeskUnderFire(const DeskUnderFire&) = delete;
    DeskUnderFire& operator=(const DeskUnderFire&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    // Whether there are several instances of each service.
    [[nodiscard]] bool in_pairs() const { return options_.instances > 1; }
    // Every process but Redis.
    [[nodiscard]] std::vector<std::string> names() const;
    // What is run beside the suite.
    [[nodiscard]] std::vector<std::string> beside() const;
    // Those that have a door and a feed: every instance of every service, or of one.
    [[nodiscard]] std::vector<std::string> instances() const;
    [[nodiscard]] std::vector<std::string> instances_of(const std::string& service) const;
    [[nodiscard]] bool is_instance(const std::string& name) const;
    [[nodiscard]] std::string door_of(const std::string& instance) const { return "ipc://" + (folder() / "run" / (instance + ".door")).string(); }
    [[nodiscard]] std::string keys() const { return folder_.keys(); }

    // A command of the suite's as one process more, which is started again whenever it ends, with what it is given last.
    void run_beside(const std::string& name, const std::vector<std::string>& arguments);

    // kill -9; it is started again after `absence`, deaf or not.
    void kill(const std::string& name, std::chrono::milliseconds absence, bool deaf);
    // Asks it to end in good order; then it is started again.
    void end(const std::string& name);
    // SIGSTOP, and SIGCONT after `length`.
    void pause(const std::string& name, std::chrono::milliseconds length);
    void kill_redis();
    void pause_redis(std::chrono::milliseconds length);
    // kill -9 while it is stopped: what lies in its sockets is never read.
    void pause_and_kill_redis(std::chrono::milliseconds length);

    // Starts and wakes what is due, and starts again what ended by itself.
    void supervise();
    // Whether everything runs, hears and is awake, or soon will.
    [[nodiscard]] bool whole() const;
    // Wakes and starts everything now; nobody is deaf afterwards.
    void make_whole();
    // Whether every instance of the service does.
    [[nodiscard]] bool hears(const std::string& service) const;

    // A command of the suite's, its output into a file; waits for its end.
    int command(const std::vector<std::string>& arguments, const std::string& out);
    [[nodiscard]] support::ChildProcess start_command(const std::vector<std::string>& arguments, const std::string& out);

    // Everything ends, Redis last; then its append-only files and the services' logs are copied there.
    void end_and_keep(const std::filesystem::path& into);

    int kills = 0;

private:
    void start(const std::string& name);
    void start_redis();
    [[nodiscard]] std::string deafened(std::string text, const std::string& instance) const;
    void deploy();
    [[nodiscard]] std::string config(const std::string& name) const;
    [[nodiscard]] std::string program(const std::string& file) const;

    DeskOptions options_;
    support::RedisServer redis_;
    support::SuiteFolder folder_;
    std::map<std::string, support::ChildProcess> processes_;
    std::map<std::string, std::vector<std::string>> beside_;  // what they are given
    std::map<std::string, SteadyClock::time_point> starts_;  // of those that are absent
    std::map<std::string, SteadyClock::time_point> wakes_;   // of those that are stopped; "redis" among them
    std::optional<SteadyClock::time_point> redis_dies_;
    std::map<std::string, bool> deaf_;
};

}  // namespace rightsdesk::chaos
