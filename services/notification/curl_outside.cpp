#include "notification/curl_outside.h"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "base/check.h"
#include "notification/curl_request.h"

namespace rightsdesk::notification {

namespace {

// libcurl's own, once a process; the thread of main makes the first.
void start_curl() {
    static const bool kStarted = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    CHECK(kStarted);
}

}  // namespace

// Of one way: lines wait for it, one a log; it tries one sending after the other. All members below `mutex_` are under it.
class CurlOutside::Courier {
public:
    Courier(WaySettings way, Patience patience) : way_(std::move(way)), patience_(patience), thread_([this] { run(); }) {}
    ~Courier() {
        broken_off_ = true;
        close();
        thread_.join();
    }
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;

    [[nodiscard]] const std::string& name() const { return way_.way.name; }

    bool has(const std::string& log) {
        const std::lock_guard lock(mutex_);
        return in_hand_.contains(log) || ended_.contains(log);
    }
    void take(std::vector<Outgoing> line) {
        const std::lock_guard lock(mutex_);
        CHECK(!line.empty());
        in_hand_.insert(line.front().log);
        lines_.push_back(std::move(line));
        changed_.notify_all();
    }
    void add_ended(const std::string& log, std::vector<domain::AttemptEnd>& all) {
        const std::lock_guard lock(mutex_);
        if (const auto found = ended_.find(log); found != ended_.end()) all.insert(all.end(), found->second.begin(), found->second.end());
    }
    void forget(const std::string& log, const domain::AttemptEnd& end) {
        const std::lock_guard lock(mutex_);
        const auto found = ended_.find(log);
        if (found == ended_.end()) return;
        std::erase_if(found->second, [&](const domain::AttemptEnd& each) { return each.number == end.number && each.attempt == end.attempt; });
        if (found->second.empty()) ended_.erase(found);
    }
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }
    // Whether nothing is under way any more.
    bool rests_by(std::chrono::steady_clock::time_point until) {
        std::unique_lock lock(mutex_);
        return changed_.wait_until(lock, until, [this] { return !under_way_; });
    }

private:
    void run() {
        CurlRequest request(way_, patience_, broken_off_);
        std::unique_lock lock(mutex_);
        while (true) {
            changed_.wait(lock, [this] { return closed_ || !lines_.empty(); });
            if (closed_) return;
            const std::vector<Outgoing> line = std::move(lines_.front());
            lines_.pop_front();
            carry(request, line, lock);
            in_hand_.erase(line.front().log);
        }
    }

    void carry(CurlRequest& request, const std::vector<Outgoing>& line, std::unique_lock<std::mutex>& lock) {
        for (const Outgoing& outgoing : line) {
            if (closed_) return;
            under_way_ = true;
            lock.unlock();
            domain::AttemptEnd end = request.perform(outgoing);
            lock.lock();
            under_way_ = false;
            changed_.notify_all();
            if (broken_off_) return;  // nobody knows what became of it: it is tried again under the same id
            const bool failed = end.outcome == domain::SendingOutcome::kFailed;
            if (outgoing.number != 0) ended_[outgoing.log].push_back(std::move(end));
            if (failed) return;
        }
    }

    const WaySettings way_;
    const Patience patience_;
    std::atomic<bool> broken_off_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::vector<Outgoing>> lines_;  // at most one of each log
    std::set<std::string> in_hand_;            // logs
    std::map<std::string, std::vector<domain::AttemptEnd>> ended_;
    bool closed_ = false;
    bool under_way_ = false;
    std::thread thread_;  // last: it uses all the others
};

CurlOutside::CurlOutside(const std::vector<WaySettings>& ways, Patience patience) : patience_(patience) {
    start_curl();
    couriers_.reserve(ways.size());
    for (const WaySettings& way : ways) couriers_.push_back(std::make_unique<Courier>(way, patience));
}

CurlOutside::~CurlOutside() = default;

bool CurlOutside::has(const std::string& log, const std::string& way) const {
    return std::any_of(couriers_.begin(), couriers_.end(), [&](const auto& courier) { return courier->name() == way && courier->has(log); });
}

void CurlOutside::take(std::vector<Outgoing> line) {
    for (const auto& courier : couriers_) {
        if (courier->name() == line.front().way) return courier->take(std::move(line));
    }
}

std::vector<domain::AttemptEnd> CurlOutside::ended(const std::string& log) const {
    std::vector<domain::AttemptEnd> all;
    for (const auto& courier : couriers_) courier->add_ended(log, all);
    return all;
}

void CurlOutside::forget(const std::string& log, const domain::AttemptEnd& end) {
    for (const auto& courier : couriers_) {
        if (courier->name() == end.way) courier->forget(log, end);
    }
}

void CurlOutside::finish() {
    const auto until = std::chrono::steady_clock::now() + patience_.finish;
    for (const auto& courier : couriers_) courier->close();
    for (const auto& courier : couriers_) (void)courier->rests_by(until);
}

}  // namespace rightsdesk::notification
