// A real Redis for a test: started by the test on a unix socket in a private folder, with deploy/redis' own
// configuration and ACL, gone with the test.
//
//     RedisServer redis;                          // throws, saying why, when redis-server is missing or does not come up
//     store::RedisConfig config = redis.config_as("intake");
//     redis.kill(); redis.start();                // kill -9 and again, on the same files
//
// Beside deploy/redis/users.acl there is one user more, "test_admin", who may do everything. The function of commit.lua
// is not loaded: that is store::deploy_functions with the user "deployer".
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "store/append_only_tail.h"
#include "store/redis_config.h"
#include "support/files.h"
#include "support/folder.h"

namespace rightsdesk::support {

class RedisServer {
public:
    // `more_settings` are lines that come after those of redis.conf, and win; `more_users` come after those of users.acl.
    explicit RedisServer(const std::string& more_settings = "", const std::string& more_users = "") {
        std::filesystem::create_directory(redis_dir());
        std::filesystem::permissions(redis_dir(), std::filesystem::perms::owner_all);
        write_file(redis_dir() / "redis.conf", substituted(text_of_file(deploy_dir() / "redis.conf")) + more_settings);
        write_file(redis_dir() / "users.acl", acl() + more_users);
        start();
    }
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;
    ~RedisServer() { end(SIGKILL); }

    // Starts it again on the same files and waits until it answers; for after kill() or stop().
    void start() {
        if (const auto mended = store::mend_append_only_tail(redis_dir().string()); !mended) throw std::runtime_error(mended.error().message);
        const std::string configuration = (redis_dir() / "redis.conf").string();
        const std::string log = (redis_dir() / "start.log").string();
        const pid_t parent = ::getpid();
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("cannot fork for redis-server");
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (::getppid() != parent) ::_exit(126);
            ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is to it what a full disk is: a write that fails
            const int descriptor = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);  // freopen would write the parent's buffer once more
            if (::dup2(descriptor, 1) < 0 || ::dup2(descriptor, 2) < 0) ::_exit(126);
            ::execlp("redis-server", "redis-server", configuration.c_str(), static_cast<char*>(nullptr));
            ::_exit(127);
        }
        wait_until_ready();
    }
    void kill() { end(SIGKILL); }   // as a crash
    void stop() { end(SIGTERM); }   // in good order
    // Stops it in its tracks: it takes commands and does not answer until resume().
    void suspend() { signal_process(SIGSTOP); }
    void resume() { signal_process(SIGCONT); }

    [[nodiscard]] pid_t process_id() const { return pid_; }
    [[nodiscard]] std::string socket_path() const { return (redis_dir() / "redis.sock").string(); }
    [[nodiscard]] std::filesystem::path redis_dir() const { return var_dir_ / "redis"; }
    // How a user of deploy/redis/users.acl, or "test_admin", gets in.
    [[nodiscard]] store::RedisConfig config_as(const std::string& user) const {
        return {.address = socket_path(), .user = user, .password = password_of(user)};
    }
    static std::string password_of(const std::string& user) { return "secret0of0" + user; }

private:
    static constexpr std::chrono::seconds kPatience{20};

    static std::filesystem::path deploy_dir() { return std::filesystem::path(RIGHTSDESK_SOURCE_DIR) / "deploy" / "redis"; }

    [[nodiscard]] std::string substituted(std::string text) const {
        std::vector<std::pair<std::string, std::string>> values{{"@VAR_DIR@", var_dir_.path()}};
        for (const auto& [placeholder, user] : std::vector<std::pair<std::string, std::string>>{{"INTAKE", "intake"},
                                                                                                 {"PAYMENT_CLEARING", "payment_clearing"},
                                                                                                 {"DEADLINE_MONITOR", "deadline_monitor"},
                                                                                                 {"NOTIFICATION", "notification"},
                                                                                                 {"READER", "reader"},
                                                                                                 {"DEPLOYER", "deployer"},
                                                                                                 {"REPLICA", "replica"},
                                                                                                 {"PROMOTER", "promoter"}}) {
            values.emplace_back("@PASSWORD_" + placeholder + "@", password_of(user));
        }
        for (const auto& [placeholder, value] : values) text = replaced(std::move(text), placeholder, value);
        return text;
    }

    // The template without its comments, and the test's own user.
    [[nodiscard]] std::string acl() const {
        std::string users;
        std::ifstream file(deploy_dir() / "users.acl");
        for (std::string line; std::getline(file, line);) {
            if (!line.starts_with("#")) users += line + "\n";
        }
        return substituted(users) + "user test_admin on >" + password_of("test_admin") + " ~* &* +@all\n";
    }

    void signal_process(int signal) const {
        if (pid_ <= 0 || ::kill(pid_, signal) != 0) throw std::runtime_error("redis-server is not running");
    }

    void end(int signal) {
        if (pid_ <= 0) return;
        ::kill(pid_, signal);
        ::kill(pid_, SIGCONT);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }

    // Asks until it answers; the pause only spares the processor, what ends the wait is the answer.
    void wait_until_ready() {
        const auto until = std::chrono::steady_clock::now() + kPatience;
        while (!answers_ping()) {
            int status = 0;
            if (::waitpid(pid_, &status, WNOHANG) == pid_) {
                pid_ = -1;
                const bool missing = WIFEXITED(status) && WEXITSTATUS(status) == 127;
                throw std::runtime_error(missing ? "redis-server is not installed (Debian: apt-get install redis-server)"
                                                 : "redis-server ended at its start:\n" + log_text());
            }
            if (std::chrono::steady_clock::now() > until) {
                end(SIGKILL);
                throw std::runtime_error("redis-server did not answer in time:\n" + log_text());
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

    [[nodiscard]] std::string log_text() const {
        std::string text;
        for (const char* name : {"start.log", "redis.log"}) {
            std::ifstream file(redis_dir() / name);
            text.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
        return text;
    }

    // Whether a PING as test_admin is answered with PONG: it is up, has loaded its file, and its ACL is ours.
    [[nodiscard]] bool answers_ping() const {
        const std::string path = socket_path();
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof address.sun_path) throw std::runtime_error("the path is too long for a socket: " + path);
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0) throw std::runtime_error("no socket for the test");
        const timeval patience{1, 0};
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        std::string answer;
        const std::string question = "AUTH test_admin " + password_of("test_admin") + "\r\nPING\r\n";
        if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
            ::send(descriptor, question.data(), question.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(question.size())) {
            char block[256];
            for (ssize_t count = 1; count > 0 && answer.find("PONG") == std::string::npos && answer.find('-') == std::string::npos;) {
                count = ::recv(descriptor, block, sizeof block, 0);
                if (count > 0) answer.append(block, static_cast<std::size_t>(count));
            }
        }
        ::close(descriptor);
        return answer.find("+PONG") != std::string::npos;
    }

    Folder var_dir_{"redis"};
    pid_t pid_ = -1;
};

}  // namespace rightsdesk::support
