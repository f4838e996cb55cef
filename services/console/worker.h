// A thread with a bounded list of work: what waits for a disk, a door or a password's hash is done away from those who serve.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace rightsdesk::console {

class Worker {
public:
    explicit Worker(std::size_t most) : most_(most), thread_([this] { run(); }) {}
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    // What waits still is not done; what is being done is waited for.
    ~Worker() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    // False: too much waits already, and this is not taken.
    [[nodiscard]] bool take(std::function<void()> work) {
        {
            const std::lock_guard lock(mutex_);
            if (ending_ || waiting_.size() >= most_) return false;
            waiting_.push_back(std::move(work));
        }
        changed_.notify_one();
        return true;
    }

private:
    void run() {
        for (;;) {
            std::function<void()> work;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
                if (ending_) return;
                work = std::move(waiting_.front());
                waiting_.pop_front();
            }
            work();
        }
    }

    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace rightsdesk::console
