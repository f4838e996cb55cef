#include "confining/confined.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <csignal>
#include <optional>

#include "base/file.h"
#include "confining/seccomp_filter.h"

namespace rightsdesk::confining {

namespace {

using base::FileDescriptor;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kErrorOctets = 4'096;   // of standard error, the last of them
constexpr int kNotStarted = 126;              // the child's exit code before it is the program
constexpr std::uint64_t kReadFiles = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kAllOfFiles = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // whatever the first version of Landlock knows
// Where the loader, the libraries and their data are (tesseract's and poppler's among them).
constexpr const char* kSystemFolders[] = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/null"};

struct Pipe {
    FileDescriptor reading, writing;
};

std::optional<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
    return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

// The input as a file in memory: the child may seek in it, and a child that reads nothing makes nobody wait.
base::Result<FileDescriptor> input_file(std::string_view input) {
    FileDescriptor file(::memfd_create("confined-input", MFD_CLOEXEC));
    if (!file || !base::write_whole(file, input) || ::lseek(file.number(), 0, SEEK_SET) != 0) {
        return base::unavailable("the input of a confined program cannot be kept in memory: " + base::system_reason());
    }
    return file;
}

void allow_below(int ruleset, const std::string& path, std::uint64_t access) {
    const FileDescriptor at(::open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!at) return;  // what is not there need not be allowed
    landlock_path_beneath_attr rule{};
    rule.allowed_access = access;
    rule.parent_fd = at.number();
    if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0) return;
    // A file has no folder's rights.
    rule.allowed_access = access & ~static_cast<std::uint64_t>(LANDLOCK_ACCESS_FS_READ_DIR);
    ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

// What may be read and started; nothing where the kernel has no Landlock.
FileDescriptor readable_files(const Confinement& confinement, const std::string& program) {
    landlock_ruleset_attr handled{};
    handled.handled_access_fs = kAllOfFiles;
    FileDescriptor ruleset(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled.handled_access_fs, 0)));
    if (!ruleset) return ruleset;
    for (const char* folder : kSystemFolders) allow_below(ruleset.number(), folder, kReadFiles | LANDLOCK_ACCESS_FS_EXECUTE);
    allow_below(ruleset.number(), program, kReadFiles | LANDLOCK_ACCESS_FS_EXECUTE);
    for (const std::string& path : confinement.readable) allow_below(ruleset.number(), path, kReadFiles);
    return ruleset;
}

bool limited(int resource, std::uint64_t most) {
    const rlimit limit{most, most};
    return ::setrlimit(static_cast<__rlimit_resource_t>(resource), &limit) == 0;
}

bool limit_resources(const Confinement& confinement) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // their shadow takes terabytes of address space
    if (!limited(RLIMIT_AS, confinement.memory_octets)) return false;
#endif
    return limited(RLIMIT_CPU, static_cast<std::uint64_t>(confinement.processor_time.count())) && limited(RLIMIT_NOFILE, confinement.open_files) &&
           limited(RLIMIT_FSIZE, 0) && limited(RLIMIT_CORE, 0);
}

struct Prepared {
    std::vector<char*> argv, environment;
    std::vector<sock_filter> filter;
    FileDescriptor ruleset;
    int input = -1, output = -1, errors = -1;
    pid_t parent = 0;
};

// After fork: system calls only. Comes back when something fails.
void become(const Confinement& confinement, const Prepared& prepared) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != prepared.parent) return;  // it died before this was asked for
    ::setpgid(0, 0);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    if (::dup2(prepared.input, 0) < 0 || ::dup2(prepared.output, 1) < 0 || ::dup2(prepared.errors, 2) < 0) return;
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
    if (prepared.ruleset && ::syscall(SYS_landlock_restrict_self, prepared.ruleset.number(), 0) != 0) return;
    if (::syscall(SYS_close_range, 3, UINT_MAX, 0) != 0) return;
    if (::chdir("/") != 0 || !limit_resources(confinement)) return;
    const sock_fprog program{static_cast<unsigned short>(prepared.filter.size()), const_cast<sock_filter*>(prepared.filter.data())};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return;
    ::execve(prepared.argv.front(), prepared.argv.data(), prepared.environment.data());
}

// A child that is ended and waited for, whatever happens.
class Child {
public:
    explicit Child(pid_t id) : id_(id) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (id_ > 0) end();
    }
    void kill() const {
        ::kill(-id_, SIGKILL);
        ::kill(id_, SIGKILL);  // before it has a group of its own
    }
    int end() {
        kill();
        return wait();
    }
    // Its status; it has closed its output, or is killed.
    int wait() {
        int status = 0;
        while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) continue;
        id_ = 0;
        return status;
    }
    // The same, for so long; nothing when it goes on.
    std::optional<int> wait_until(Clock::time_point end) {
        for (;;) {
            int status = 0;
            if (::waitpid(id_, &status, WNOHANG) == id_) {
                id_ = 0;
                return status;
            }
            if (Clock::now() >= end) return std::nullopt;
            ::poll(nullptr, 0, 2);
        }
    }

private:
    pid_t id_;
};

struct Written {
    std::string output, errors;
    bool too_much = false, too_long = false;
};

// What is there now; false at its end.
bool take(const FileDescriptor& from, std::string& text) {
    std::array<char, 65'536> part;
    const ssize_t octets = ::read(from.number(), part.data(), part.size());
    if (octets < 0) return errno == EINTR || errno == EAGAIN;
    text.append(part.data(), static_cast<std::size_t>(octets));
    return octets > 0;
}

Written read_until_the_end(const Confinement& confinement, const FileDescriptor& output, const FileDescriptor& errors, Clock::time_point end) {
    Written written;
    std::array<pollfd, 2> waiting{pollfd{output.number(), POLLIN, 0}, pollfd{errors.number(), POLLIN, 0}};
    while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        written.too_long = left <= 0;
        if (written.too_long) break;
        if (::poll(waiting.data(), waiting.size(), static_cast<int>(std::min<std::int64_t>(left, 1'000))) <= 0) continue;
        if (waiting[0].revents != 0 && !take(output, written.output)) waiting[0].fd = -1;
        if (waiting[1].revents != 0 && !take(errors, written.errors)) waiting[1].fd = -1;
        if (written.errors.size() > kErrorOctets) written.errors.erase(0, written.errors.size() - kErrorOctets);
        written.too_much = written.output.size() > confinement.output_octets;
        if (written.too_much) break;
    }
    return written;
}

std::string last_words(const Written& written) {
    std::string text = written.errors;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text.empty() ? "" : ": " + text;
}

std::string how_it_ended(int status) {
    if (WIFEXITED(status)) return "ended with " + std::to_string(WEXITSTATUS(status));
    if (!WIFSIGNALED(status)) return "ended";
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU) return "took more processor time than it is allowed";
    const char* name = ::sigabbrev_np(signal);
    return std::string("was ended by SIG") + (name == nullptr ? std::to_string(signal) : name);
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

base::Result<std::string> run_confined(const Confinement& confinement, const std::vector<std::string>& argv, std::string_view input) {
    if (argv.empty()) return base::invalid("no program is named");
    if (::access(argv.front().c_str(), X_OK) != 0) return base::failure(base::ErrorKind::kNotFound, argv.front() + " cannot be run: " + base::system_reason());
    auto filter = confining_filter();
    if (!filter) return tl::unexpected(filter.error());
    const auto file = input_file(input);
    if (!file) return tl::unexpected(file.error());
    auto output = make_pipe();
    auto errors = make_pipe();
    if (!output || !errors) return base::unavailable("no pipe for " + argv.front() + ": " + base::system_reason());

    std::vector<std::string> environment = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "OMP_THREAD_LIMIT=1"};
#if defined(__SANITIZE_ADDRESS__)
    environment.emplace_back("ASAN_OPTIONS=detect_leaks=0");  // looking for leaks takes a process that traces this one
#endif
    environment.insert(environment.end(), confinement.environment.begin(), confinement.environment.end());
    Prepared prepared{pointers_to(argv), pointers_to(environment), std::move(*filter), readable_files(confinement, argv.front()),
                      file->number(),    output->writing.number(), errors->writing.number(), ::getpid()};

    const auto end = Clock::now() + confinement.elapsed;
    const pid_t id = ::fork();
    if (id < 0) return base::unavailable(argv.front() + " cannot be started: " + base::system_reason());
    if (id == 0) {
        become(confinement, prepared);
        constexpr std::string_view kWhy = "it could not be confined and started\n";
        [[maybe_unused]] const ssize_t told = ::write(2, kWhy.data(), kWhy.size());
        ::_exit(kNotStarted);
    }
    Child child(id);
    output->writing = FileDescriptor();
    errors->writing = FileDescriptor();
    const Written written = read_until_the_end(confinement, output->reading, errors->reading, end);
    if (written.too_much) return base::invalid(argv.front() + " answered more than " + std::to_string(confinement.output_octets) + " octets" + last_words(written));
    const auto status = written.too_long ? std::nullopt : child.wait_until(end);
    if (!status) return base::invalid(argv.front() + " took longer than " + std::to_string(confinement.elapsed.count()) + " ms and was ended" + last_words(written));
    if (WIFEXITED(*status) && WEXITSTATUS(*status) == 0) return written.output;
    const std::string why = argv.front() + " " + how_it_ended(*status) + last_words(written);
    if (WIFEXITED(*status) && WEXITSTATUS(*status) == kNotStarted) return base::unavailable(why);
    return base::invalid(why);
}

}  // namespace rightsdesk::confining
