// The four services and a Redis as processes in a folder of their own, each of which can be killed, stopped in its tracks and
// made deaf: started with a configuration whose feeds lead nowhere, so that it lives by the log alone.
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
    std::string services;  // that of the services, where it is another: those with a fault in them
    std::string function;  // the file of the Redis function, where it is not the one built in
};

class DeskUnderFire {
public:
    // Throws, saying why, when it does not come up.
    explicit DeskUnderFire(DeskOptions options);
    DeskUnderFire(const DeskUnderFire&) = delete;
    DeskUnderFire& operator=(const DeskUnderFire&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] std::string door_of(const std::string& service) const { return "ipc://" + (folder() / "run" / (service + ".door")).string(); }
    [[nodiscard]] std::string keys() const { return folder_.keys(); }

    // kill -9; it is started again after `absence`, deaf or not.
    void kill(const std::string& service, std::chrono::milliseconds absence, bool deaf);
    // SIGSTOP, and SIGCONT when `until` has come.
    void pause(const std::string& service, std::chrono::milliseconds length);
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
    [[nodiscard]] bool hears(const std::string& service) const { return !deaf_.contains(service); }

    // A command of the suite's, its output into a file; waits for its end.
    int command(const std::vector<std::string>& arguments, const std::string& out);
    [[nodiscard]] support::ChildProcess start_command(const std::vector<std::string>& arguments, const std::string& out);

    // Everything ends, Redis last; then its append-only files and the services' logs are copied there.
    void end_and_keep(const std::filesystem::path& into);

    int kills = 0;

private:
    void start(const std::string& service);
    void start_redis();
    void deploy();
    [[nodiscard]] std::string config(const std::string& service) const;

    DeskOptions options_;
    support::RedisServer redis_;
    support::SuiteFolder folder_;
    std::map<std::string, support::ChildProcess> services_;
    std::map<std::string, SteadyClock::time_point> starts_;  // of those that are absent
    std::map<std::string, SteadyClock::time_point> wakes_;   // of those that are stopped; "redis" among them
    std::optional<SteadyClock::time_point> redis_dies_;
    std::map<std::string, bool> deaf_;
};

}  // namespace rightsdesk::chaos
