// A gateway under load: sends prepared notices to intake's door over CURVE, waits for every receipt, and checks it. It may read the feed
// of intake's records as well, as the services that follow do.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "benchmark/desk.h"
#include "benchmark/notices.h"
#include "bus/zmq_bus.h"

namespace rightsdesk::benchmark {

// From the first message's sending to the last receipt; a latency is from a notice's first sending to its final receipt, or, where a pace was
// kept, from the moment at which it was due to be sent.
struct Handover {
    std::size_t notices = 0;
    Nanoseconds took{0};
    LatencyFigures latency;
    std::size_t retries = 0;  // "retry later" answers; the same bytes were sent again
    std::size_t lost_by_feed = 0;  // records that a reader of the feed had to read from the log
};

class Gateway {
public:
    explicit Gateway(const Desk& desk);

    // Keeps up to `window` notices on their way until all have their receipt. Throws on a receipt that is not as expected,
    // and when none comes for long.
    Handover send(const std::vector<PreparedNotice>& notices, std::size_t window);

    // Sends one every 1/`a_second`, however many are on their way: a slow desk does not slow the gateway down.
    Handover send_paced(const std::vector<PreparedNotice>& notices, std::size_t a_second);

    // As `send`, and reads intake's feed meanwhile: it has ended when every record that a receipt named was read there too, or from the log
    // where the feed lost it. For measurements while nobody else reads.
    Handover send_and_follow(const std::vector<PreparedNotice>& notices, std::size_t window);

    // The numbers of the records that the receipts named, by the notice's number.
    [[nodiscard]] const std::map<std::uint64_t, store::Sequence>& receipts() const { return receipts_; }

private:
    struct OnItsWay {
        const PreparedNotice* notice;
        Clock::time_point due;
    };
    bool send_one(const PreparedNotice& notice, Clock::time_point due);
    // Takes what has come; waits up to `wait` for the first.
    void take_receipts(std::chrono::milliseconds wait);
    void take_receipts_until(Clock::time_point moment);
    void take(const domain::Reply& reply);
    void check(const domain::Receipt& receipt, const PreparedNotice& notice);
    void start_following();
    void follow();
    void begin();
    Handover end(std::size_t notices, Clock::time_point started);

    const Desk& desk_;
    bus::ZmqBus bus_;
    std::unique_ptr<bus::Knocker> door_;
    bus::KeyPair own_;
    std::string intake_key_;               // the public one
    std::unique_ptr<bus::Listener> feed_;  // while it is followed
    std::set<store::Sequence> read_;       // numbers of the records that came by it
    std::unordered_map<std::uint64_t, OnItsWay> on_their_way_;
    std::map<std::uint64_t, store::Sequence> receipts_;
    Latencies latencies_;
    std::size_t retries_ = 0;
    Clock::time_point last_receipt_;
};

}  // namespace rightsdesk::benchmark
