// The sockets of the admin port, and its thread.
#include "runtime/admin_port.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace rightsdesk::runtime {

namespace {

base::Result<int> listen_on(const std::string& address) {
    const auto colon = address.rfind(':');
    const std::string host = address.substr(0, colon);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(colon == std::string::npos ? 0 : std::strtoul(address.c_str() + colon + 1, nullptr, 10)));
    if (::inet_pton(AF_INET, host.c_str(), &place.sin_addr) != 1 || place.sin_port == 0) return base::unavailable(address + ": is no \"127.0.0.1:PORT\"");
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;  // a process that is started again need not wait for the connections of the one before
    const bool good = descriptor >= 0 && ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                      ::bind(descriptor, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0 && ::listen(descriptor, kMaxAdminConnections) == 0;
    if (good) return descriptor;
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    return base::unavailable(address + ": " + why);
}

constexpr const char* kVersion = RIGHTSDESK_VERSION;
#ifdef __clang__
constexpr const char* kCompiler = "clang " __clang_version__;
#else
constexpr const char* kCompiler = "g++ " __VERSION__;
#endif

}  // namespace

// Somebody who asks: request in, answer out, and the connection ends.
class AdminPort::Answering {
public:
    Answering(int descriptor, std::chrono::nanoseconds until) : descriptor_(descriptor), until_(until) {}
    Answering(Answering&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), until_(other.until_), asked_(std::move(other.asked_)), answer_(std::move(other.answer_)), sent_(other.sent_) {}
    Answering& operator=(Answering&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        std::swap(until_, other.until_);
        std::swap(asked_, other.asked_);
        std::swap(answer_, other.answer_);
        std::swap(sent_, other.sent_);
        return *this;
    }
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;
    ~Answering() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    [[nodiscard]] pollfd wish() const { return {descriptor_, static_cast<short>(answer_.empty() ? POLLIN : POLLOUT), 0}; }
    [[nodiscard]] bool out_of_time(std::chrono::nanoseconds now) const { return now >= until_; }

    // What can be done without waiting; false when it is over.
    bool go_on(AdminPort& port) {
        if (answer_.empty() && !read_more()) return false;
        if (answer_.empty() && asked_.find("\r\n\r\n") != std::string::npos) answer_ = port.answer_to(asked_);
        return answer_.empty() || write_more();
    }

private:
    bool read_more() {
        std::array<char, kMaxAdminRequest> block{};
        const ssize_t count = ::recv(descriptor_, block.data(), block.size(), 0);
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        asked_.append(block.data(), static_cast<std::size_t>(count));
        return count > 0 && asked_.size() <= kMaxAdminRequest;
    }
    bool write_more() {
        const ssize_t count = ::send(descriptor_, answer_.data() + sent_, answer_.size() - sent_, MSG_NOSIGNAL);
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        sent_ += static_cast<std::size_t>(count);
        return sent_ < answer_.size();
    }

    int descriptor_;
    std::chrono::nanoseconds until_;
    std::string asked_;
    std::string answer_;
    std::size_t sent_ = 0;
};

base::Result<std::unique_ptr<AdminPort>> AdminPort::open(const std::string& address, const std::string& service, const std::string& instance, const Clock& clock) {
    const auto listening = listen_on(address);
    if (!listening) return tl::unexpected(listening.error());
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        ::close(*listening);
        return base::unavailable(address + ": " + std::strerror(errno));
    }
    return std::unique_ptr<AdminPort>(new AdminPort(*listening, pipe[0], pipe[1], service, instance, clock));
}

AdminPort::AdminPort(int listening, int woken, int wake, std::string service, std::string instance, const Clock& clock)
    : listening_(listening), woken_(woken), wake_(wake), service_(std::move(service)), instance_(std::move(instance)), clock_(clock), started_(clock.now()),
      latest_(std::make_shared<const Snapshot>(Snapshot{{}, {{"starting", "it reads its logs"}}})) {
    // Signals are for the loop: it is what they must wake.
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { answer_all(); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

AdminPort::~AdminPort() {
    ::close(wake_);
    thread_.join();
    ::close(woken_);
    ::close(listening_);
}

void AdminPort::hand_over(Snapshot snapshot) {
    auto next = std::make_shared<const Snapshot>(std::move(snapshot));
    const std::lock_guard lock(mutex_);
    latest_.swap(next);
}

void AdminPort::answer_all() {
    std::vector<Answering> asking;
    asking.reserve(kMaxAdminConnections);
    bool rests = false;  // the process has no descriptor left, say: for a moment nobody more is let in
    for (;;) {
        // One more than there is room for waits in the kernel's queue.
        std::vector<pollfd> wishes{{woken_, POLLIN, 0}, {!rests && asking.size() < kMaxAdminConnections ? listening_ : -1, POLLIN, 0}};
        wishes.reserve(2 + asking.size());
        for (const Answering& one : asking) wishes.push_back(one.wish());
        const int wait = asking.empty() && !rests ? -1 : static_cast<int>(std::chrono::milliseconds(kAdminPatience).count()) / 10;
        if (::poll(wishes.data(), wishes.size(), wait) < 0 && errno != EINTR) return;
        if (wishes[0].revents != 0) return;
        std::vector<Answering> left;
        left.reserve(kMaxAdminConnections);
        for (std::size_t at = 0; at < asking.size(); ++at) {
            const bool goes_on = wishes[2 + at].revents == 0 || asking[at].go_on(*this);
            if (goes_on && !asking[at].out_of_time(clock_.monotonic())) left.push_back(std::move(asking[at]));
        }
        asking = std::move(left);
        rests = false;
        if (wishes[1].revents == 0) continue;
        const int descriptor = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        rests = descriptor < 0 && errno != EAGAIN && errno != ECONNABORTED;
        if (descriptor >= 0) asking.emplace_back(descriptor, clock_.monotonic() + kAdminPatience);
    }
}

std::string AdminPort::answer_to(const std::string& request) {
    std::shared_ptr<const Snapshot> latest;
    {
        const std::lock_guard lock(mutex_);
        latest = latest_;
    }
    AdminView view{service_, instance_, latest.get(), {}, false, process_figures()};
    const std::int64_t turned = turned_at_.load(std::memory_order_relaxed);
    view.turning = turned != 0;
    if (view.turning) view.since_turn = std::max(std::chrono::nanoseconds(0), clock_.monotonic() - std::chrono::nanoseconds(turned));
    return admin_answer(request, view);
}

Figures AdminPort::process_figures() const {
    Figures figures;
    figures.add(MetricKind::kBuildInfo, 1, {kVersion, kCompiler, instance_});
    figures.add(MetricKind::kProcessStartTimeSeconds, static_cast<double>(started_.value) / 1e9);
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    figures.add(MetricKind::kProcessCpuSecondsTotal, seconds(usage.ru_utime) + seconds(usage.ru_stime));
    std::ifstream pages("/proc/self/statm");
    double all = 0;
    double resident = 0;
    if (pages >> all >> resident) figures.add(MetricKind::kProcessResidentMemoryBytes, resident * static_cast<double>(::sysconf(_SC_PAGESIZE)));
    return figures;
}

}  // namespace rightsdesk::runtime
