// The folder of a suite of a test's own, as tools/up makes one: suite.toml, the passwords of Redis, and a place for everything else.
// Gone with the test. The keys are made by `rightsdesk keys make`, which needs the configuration.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "support/files.h"
#include "support/redis_server.h"

namespace rightsdesk::support {

class SuiteFolder {
public:
    // `more` comes after deploy/config/suite.toml, and is filled in as that is.
    SuiteFolder(const RedisServer& redis, const std::string& clock, const std::string& more = "") {
        std::string folder = (std::filesystem::temp_directory_path() / "rightsdesk-suite-XXXXXX").string();
        if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for the test: " + folder);
        path_ = folder;
        for (const char* part : {"etc", "run", "documents", "outboxes", "keys", "keys/redis", "keys/offerings", "log"}) std::filesystem::create_directories(path_ / part);
        std::filesystem::create_symlink(redis.redis_dir(), path_ / "redis");
        for (const char* user : {"intake", "payment_clearing", "deadline_monitor", "notification", "reader", "deployer", "replica", "promoter"}) {
            write_file(path_ / "keys/redis" / (std::string(user) + ".password"), RedisServer::password_of(user));
        }
        const std::string suite = text_of_file(std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "deploy/config/suite.toml") + more;
        write_file(config(), replaced(replaced(suite, "@VAR_DIR@", folder), "@CLOCK@", clock));
    }
    ~SuiteFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    SuiteFolder(const SuiteFolder&) = delete;
    SuiteFolder& operator=(const SuiteFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string config() const { return (path_ / "etc/suite.toml").string(); }
    [[nodiscard]] std::string keys() const { return (path_ / "keys").string(); }

private:
    std::filesystem::path path_;
};

}  // namespace rightsdesk::support
