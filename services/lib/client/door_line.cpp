#include "client/door_line.h"

#include <algorithm>

#include "base/check.h"

namespace rightsdesk::client {

base::Result<std::unique_ptr<DoorLine>> DoorLine::connect(bus::Bus& bus, const std::vector<bus::Remote>& doors, const bus::KeyPair& own, std::size_t largest_window) {
    CHECK(!doors.empty() && largest_window >= kSmallestWindow);
    auto line = std::make_unique<DoorLine>();
    for (const bus::Remote& door : doors) {
        auto knocker = bus.knock(door, own);
        if (!knocker) return tl::unexpected(knocker.error());
        line->knockers_.push_back(std::move(*knocker));
    }
    line->largest_window_ = line->window_ = largest_window;
    return line;
}

std::uint64_t DoorLine::next_to_send(Clock::time_point now) {
    return waiting_.empty() || sent_.size() >= window_ || now < paused_until_ ? 0 : *waiting_.begin();
}

bool DoorLine::send(std::uint64_t number, const bus::Bytes& bytes, Clock::time_point now) {
    if (!knockers_[at_]->send(bytes)) return false;
    if (sent_.empty()) heard_ = now;  // the silence begins with the asking
    waiting_.erase(number);
    sent_[number] = now;
    order_.emplace_back(number, now);
    return true;
}

std::vector<bus::Bytes> DoorLine::receive(std::size_t limit) {
    std::vector<bus::Bytes> answers;
    for (const auto& knocker : knockers_) {
        while (answers.size() < limit) {
            auto bytes = knocker->receive(std::chrono::milliseconds(0));
            if (!bytes) break;
            answers.push_back(std::move(*bytes));
        }
    }
    return answers;
}

void DoorLine::answered(std::uint64_t number, Clock::time_point now) {
    waiting_.erase(number);  // where it was to be sent again
    sent_.erase(number);
    heard_ = now;
    silence_ = kFirstResend;
    silences_ = 0;
    pause_ = kRetryPause;
    window_ = std::min(window_ + 1, largest_window_);
}

void DoorLine::asked_to_wait(std::uint64_t number, Clock::time_point now) {
    heard_ = now;
    silence_ = kFirstResend;
    silences_ = 0;
    if (const auto found = sent_.find(number); found != sent_.end()) {
        sent_.erase(found);
        waiting_.insert(number);
    }
    if (now < paused_until_) return;  // the same burst
    window_ = std::max(window_ / 2, kSmallestWindow);
    paused_until_ = now + pause_;
    pause_ = std::min(pause_ * 2, kLongestRetryPause);
}

void DoorLine::look_for_silence(Clock::time_point now) {
    if (!sent_.empty() && now >= silent_from()) {
        at_ = (at_ + 1) % knockers_.size();
        silence_ = std::min(silence_ * 2, kLongestResend);
        ++silences_;
        window_ = kSmallestWindow;
        for (const auto& [number, at] : sent_) waiting_.insert(number);
        sent_.clear();
        order_.clear();
        return;
    }
    bool overtaken = false;
    while (!order_.empty()) {
        const auto [number, at] = order_.front();
        const auto found = sent_.find(number);
        const bool unanswered = found != sent_.end() && found->second == at;
        if (unanswered && now < at + kStraggler) break;  // those behind it went later
        order_.pop_front();
        if (!unanswered) continue;
        sent_.erase(found);
        waiting_.insert(number);
        overtaken = true;
    }
    if (overtaken) window_ = std::max(window_ / 2, kSmallestWindow);
}

DoorLine::Clock::time_point DoorLine::next_due(Clock::time_point now) const {
    auto due = Clock::time_point::max();
    if (!sent_.empty()) due = std::min(silent_from(), order_.empty() ? Clock::time_point::max() : order_.front().second + kStraggler);
    if (!waiting_.empty() && sent_.size() < window_ && now < paused_until_) due = std::min(due, paused_until_);
    return due;
}

}  // namespace rightsdesk::client
