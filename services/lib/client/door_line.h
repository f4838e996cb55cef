// One door as a sender sees it: the endpoints of its instances, how many messages may be on their way, and when they are sent
// again. Knows messages by their numbers only.
//
// Silence makes it go to the next endpoint with all that is on its way, in a small window, and wait longer each time. "Retry
// later" halves the window and makes a pause. Each final answer opens the window by one.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "bus/bus.h"
#include "client/door_client.h"

namespace rightsdesk::client {

inline constexpr std::size_t kSmallestWindow = 4;
inline constexpr std::chrono::milliseconds kLongestRetryPause{1'000};
inline constexpr std::chrono::milliseconds kStraggler{2'000};  // unanswered so long while others are answered: sent again, in half the window

class DoorLine {
public:
    using Clock = std::chrono::steady_clock;

    // `doors`: every instance's; at least one.
    static base::Result<std::unique_ptr<DoorLine>> connect(bus::Bus& bus, const std::vector<bus::Remote>& doors, const bus::KeyPair& own, std::size_t largest_window);

    // To be sent when there is room in the window.
    void enqueue(std::uint64_t number) { waiting_.insert(waiting_.end(), number); }

    // The next number that may be sent now; 0: none.
    std::uint64_t next_to_send(Clock::time_point now);
    // Sends it. False when the queue to the door is full: the number waits.
    bool send(std::uint64_t number, const bus::Bytes& bytes, Clock::time_point now);

    // What has come from any of the endpoints; at most `limit`.
    std::vector<bus::Bytes> receive(std::size_t limit);
    // The door gave a final answer to a number.
    void answered(std::uint64_t number, Clock::time_point now);
    // The door asked to wait with it.
    void asked_to_wait(std::uint64_t number, Clock::time_point now);

    // Moves on when the door is silent, and takes up again what others overtook.
    void look_for_silence(Clock::time_point now);
    // When something is to be done next, unless an answer comes.
    [[nodiscard]] Clock::time_point next_due(Clock::time_point now) const;

    [[nodiscard]] std::size_t window() const { return window_; }
    [[nodiscard]] std::size_t on_their_way() const { return sent_.size(); }
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
    [[nodiscard]] bool is_silent() const { return silences_ > 0; }

private:
    [[nodiscard]] Clock::time_point silent_from() const { return heard_ + silence_; }

    std::vector<std::unique_ptr<bus::Knocker>> knockers_;
    std::size_t at_ = 0;
    std::size_t largest_window_ = 0;
    std::size_t window_ = 0;
    std::set<std::uint64_t> waiting_;
    std::unordered_map<std::uint64_t, Clock::time_point> sent_;
    std::deque<std::pair<std::uint64_t, Clock::time_point>> order_;  // of the sendings
    Clock::time_point heard_{};
    Clock::time_point paused_until_{};
    std::chrono::milliseconds silence_{kFirstResend};
    std::chrono::milliseconds pause_{kRetryPause};
    std::size_t silences_ = 0;
};

}  // namespace rightsdesk::client
