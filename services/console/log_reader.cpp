#include "console/log_reader.h"

namespace rightsdesk::console {

LogReader::LogReader(std::unique_ptr<store::Store> store, Hear hear) : store_(std::move(store)), hear_(std::move(hear)), thread_([this] { run(); }) {}

LogReader::~LogReader() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void LogReader::want(const std::string& log, store::Sequence after) {
    {
        const std::lock_guard lock(mutex_);
        wanted_[log] = after;
    }
    changed_.notify_one();
}

void LogReader::run() {
    auto next = std::chrono::steady_clock::now();
    for (;;) {
        std::map<std::string, store::Sequence> wanted;
        {
            std::unique_lock lock(mutex_);
            changed_.wait_until(lock, next, [this] { return ending_ || !wanted_.empty(); });
            if (ending_) return;
            wanted.swap(wanted_);
        }
        for (const auto& [log, after] : wanted) hear_.page({log, after, store_->read_log(log, after, kRecordsAPage)});
        if (std::chrono::steady_clock::now() < next) continue;
        look();
        next = std::chrono::steady_clock::now() + kHeadsEvery;
    }
}

void LogReader::look() {
    const auto logs = store_->logs();
    if (!logs) return hear_.failed(logs.error());
    std::map<std::string, store::Sequence> heads;
    for (const std::string& log : *logs) {
        const auto head = store_->head(log);
        if (!head) return hear_.failed(head.error());
        heads[log] = head->sequence;
    }
    hear_.heads(std::move(heads));
}

}  // namespace rightsdesk::console
