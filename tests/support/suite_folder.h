// The folder of a suite of a test's own, as tools/up makes one: suite.toml, the passwords of Redis, and a place for everything else.
// Gone with the test. The keys are made by `rightsdesk keys make`, which needs the configuration.
#pragma once

#include <filesystem>
#include <string>

#include "base/describe.h"
#include "domain/roles.h"
#include "support/files.h"
#include "support/folder.h"
#include "support/redis_server.h"

namespace rightsdesk::support {

// The second and further instances of every service, as a piece of suite.toml: "run/intake-2.door".
inline std::string instances_beyond_one(int instances) {
    std::string text;
    for (int number = 2; number <= instances; ++number) {
        const std::string instance = std::to_string(number);
        for (const std::string& name : base::enum_texts<domain::ServiceName>()) {
            text += "\n[[service." + name + ".instance]]\nname = \"" + instance + "\"\n";
            for (const char* socket : {"door", "feed"}) text += std::string(socket) + " = \"ipc://@VAR_DIR@/run/" + name + "-" + instance + "." + socket + "\"\n";
        }
    }
    return text;
}

class SuiteFolder {
public:
    // `more` comes after deploy/config/suite.toml, and is filled in as that is.
    SuiteFolder(const RedisServer& redis, const std::string& clock, const std::string& more = "") {
        for (const char* part : {"etc", "run", "documents", "outboxes", "keys", "keys/redis", "keys/offerings", "log"}) std::filesystem::create_directories(path_ / part);
        std::filesystem::create_symlink(redis.redis_dir(), path_ / "redis");
        for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification", "reader", "deployer", "replica", "promoter"}) {
            write_file(path_ / "keys/redis" / (std::string(user) + ".password"), RedisServer::password_of(user));
        }
        const std::string suite = text_of_file(std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "deploy/config/suite.toml") + more;
        write_file(config(), replaced(replaced(suite, "@VAR_DIR@", path_.string()), "@CLOCK@", clock));
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string config() const { return (path_ / "etc/suite.toml").string(); }
    [[nodiscard]] std::string keys() const { return (path_ / "keys").string(); }

private:
    Folder folder_{"suite"};
    std::filesystem::path path_ = folder_.path();
};

}  // namespace rightsdesk::support
