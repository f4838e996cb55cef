#include "notification/trouble_teller.h"

#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "domain/roles.h"
#include "runtime/health.h"
#include "runtime/log_line.h"
#include "wire/wire.h"

namespace rightsdesk::notification {

namespace {

constexpr std::chrono::milliseconds kWait{100};
constexpr std::size_t kMostHeardAtOnce = 1'000;  // of one feed
const std::string kLifeTopic = std::string("head/") + domain::kDesk + "/";
const std::string kTroubleTopics = std::string("alert/") + domain::kDesk + "/";

}  // namespace

class TroubleTeller::Thread {
public:
    Thread(TellerSettings settings, std::function<std::unique_ptr<bus::Bus>()> makes_bus, const runtime::Clock& clock, TellingTroubles telling)
        : settings_(std::move(settings)), makes_bus_(std::move(makes_bus)), clock_(clock), began_(clock.now()), began_monotonic_(clock.monotonic()), telling_(std::move(telling)),
          thread_([this] { run(); }) {}
    ~Thread() {
        {
            const std::lock_guard lock(mutex_);
            ends_ = true;
        }
        thread_.join();
    }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    void says(const std::string& kind, const std::string& what, const std::string& next) {
        const std::lock_guard lock(mutex_);
        own_.raise(kind, what, next, now());
    }
    CountsByWay counts() const {
        const std::lock_guard lock(mutex_);
        return counts_;
    }

private:
    // It goes on from the start at an even pace: that the wall clock was stepped is one of the troubles.
    [[nodiscard]] domain::Instant now() const { return domain::Instant(began_.value + (clock_.monotonic() - began_monotonic_).count()); }

    void run() {
        const std::unique_ptr<bus::Bus> bus = makes_bus_();
        std::vector<std::pair<std::string, std::unique_ptr<bus::Listener>>> listeners;
        listeners.reserve(settings_.feeds.size());
        for (const auto& [process, feed] : settings_.feeds) {
            auto listener = bus->listen({feed}, settings_.key, {kLifeTopic, kTroubleTopics});
            if (listener) listeners.emplace_back(process, std::move(*listener));
            else runtime::log_error("#FEED_NOT_HEARD", {{"process", process}, {"reason", listener.error().message}});
        }
        while (true) {
            (void)bus->wait(kWait);
            for (const auto& [process, listener] : listeners) {
                for (const bus::FeedMessage& message : listener->receive(kMostHeardAtOnce)) hear(process, message);
            }
            const std::lock_guard lock(mutex_);
            for (const domain::Alert& alert : own_.alerts(base::to_text(domain::ServiceName::kNotification))) telling_.heard().told(settings_.own, alert);
            telling_.turn(now());
            counts_ = telling_.counts(now());
            if (!ends_) continue;
            telling_.finish(now());
            return;
        }
    }

    void hear(const std::string& process, const bus::FeedMessage& message) {
        if (message.topic == kLifeTopic) return telling_.heard().lives(process);
        const auto published = wire::decode_published_alert(message.bytes);
        if (published && published->alert.number == 0) telling_.heard().told(process, published->alert);
    }

    const TellerSettings settings_;
    const std::function<std::unique_ptr<bus::Bus>()> makes_bus_;
    const runtime::Clock& clock_;
    const domain::Instant began_;
    const std::chrono::nanoseconds began_monotonic_;
    TellingTroubles telling_;  // of the thread alone, under the mutex where it writes
    mutable std::mutex mutex_;
    runtime::Health own_;
    CountsByWay counts_;
    bool ends_ = false;
    std::thread thread_;  // last: it uses all the others
};

TroubleTeller::TroubleTeller(TellerSettings settings, std::function<std::unique_ptr<bus::Bus>()> makes_bus, const runtime::Clock& clock, TellingTroubles telling)
    : thread_(std::make_unique<Thread>(std::move(settings), std::move(makes_bus), clock, std::move(telling))) {}

TroubleTeller::~TroubleTeller() = default;

void TroubleTeller::says(const std::string& kind, const std::string& what, const std::string& next) { thread_->says(kind, what, next); }

CountsByWay TroubleTeller::counts() const { return thread_->counts(); }

}  // namespace rightsdesk::notification
