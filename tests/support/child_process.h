// A process that a test starts and that ends with the test, whatever happens.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rightsdesk::support {

class ChildProcess {
public:
    // Standard output and error go to the end of these files.
    ChildProcess(const std::vector<std::string>& command, const std::string& out, const std::string& err) {
        std::vector<char*> arguments;
        arguments.reserve(command.size() + 1);
        for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        const pid_t parent = ::getpid();
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("cannot fork for " + command.front());
        if (pid_ != 0) return;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(126);
        const int to_out = ::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        const int to_err = ::open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (::dup2(to_out, 1) < 0 || ::dup2(to_err, 2) < 0) ::_exit(126);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    ChildProcess(ChildProcess&& other) noexcept : pid_(std::exchange(other.pid_, -1)), status_(other.status_) {}
    ChildProcess& operator=(ChildProcess&& other) noexcept {
        if (this != &other) {
            kill();
            pid_ = std::exchange(other.pid_, -1);
            status_ = other.status_;
        }
        return *this;
    }
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess() { kill(); }

    // As a crash; it is gone when this returns.
    void kill() { end(SIGKILL); }
    // In good order; its exit code.
    int stop() {
        end(SIGTERM);
        return exit_code();
    }

    // Stands still, as if the machine had forgotten it; goes on.
    void suspend() { signal(SIGSTOP); }
    void resume() { signal(SIGCONT); }

    [[nodiscard]] pid_t id() const { return pid_; }

    [[nodiscard]] bool runs() {
        if (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
        return pid_ > 0;
    }

    // Waits for its end.
    int wait() {
        if (pid_ > 0) ::waitpid(pid_, &status_, 0);
        pid_ = -1;
        return exit_code();
    }

    // 128 and more: ended by a signal.
    [[nodiscard]] int exit_code() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_); }

private:
    void signal(int number) const {
        if (pid_ > 0) ::kill(pid_, number);
    }
    void end(int signal) {
        if (pid_ <= 0) return;
        ::kill(pid_, signal);
        ::waitpid(pid_, &status_, 0);
        pid_ = -1;
    }

    pid_t pid_ = -1;
    int status_ = 0;
};

}  // namespace rightsdesk::support
