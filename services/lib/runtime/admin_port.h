// The admin port of a process: what Prometheus scrapes and a supervisor asks, over HTTP/1.1 on loopback.
//
//     /metrics   every series that the process tells (metric_kinds.h)
//     /healthz   200 while the loop turns; else 503
//     /readyz    200 while the process does its work; else 503 and why, as JSON
//
// One thread of its own answers from a snapshot that the loop hands over: the loop waits for nobody who asks, and who asks is answered
// while the loop stands still. GET and HEAD only; bounded requests, connections and times.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "runtime/clock.h"
#include "runtime/snapshot.h"

namespace rightsdesk::runtime {

inline constexpr std::chrono::milliseconds kSnapshotInterval{250};
// A turn waits for the store, five seconds each time that it asks, and asks one that hangs no more: beyond this the loop stands still.
inline constexpr std::chrono::seconds kStandsStill{30};
inline constexpr std::size_t kMaxAdminConnections = 16;
inline constexpr std::size_t kMaxAdminRequest = 4'096;  // octets
inline constexpr std::chrono::seconds kAdminPatience{5}; // from connecting to having the answer

// What the thread answers from.
struct AdminView {
    std::string service;
    std::string instance;
    const Snapshot* snapshot = nullptr;
    std::chrono::nanoseconds since_turn{0};
    bool turning = false;              // false: the loop has not begun, it still reads its logs
    Figures process;                   // what is measured of the process itself
};

// The whole answer to a whole request ("GET /metrics HTTP/1.1\r\n...\r\n\r\n"). Pure.
std::string admin_answer(const std::string& request, const AdminView& view);

class AdminPort {
public:
    // Listens on "127.0.0.1:PORT" and begins to answer, that nothing turns yet. kUnavailable: the port is taken, or cannot be had.
    // `clock` outlives it, and may be read by two threads.
    static base::Result<std::unique_ptr<AdminPort>> open(const std::string& address, const std::string& service, const std::string& instance, const Clock& clock);
    AdminPort(const AdminPort&) = delete;
    AdminPort& operator=(const AdminPort&) = delete;
    ~AdminPort();  // ends its thread

    // By the loop, once a turn.
    void turned() { turned_at_.store(clock_.monotonic().count(), std::memory_order_relaxed); }
    // By the loop, a few times a second.
    void hand_over(Snapshot snapshot);

private:
    class Answering;
    AdminPort(int listening, int woken, int wake, std::string service, std::string instance, const Clock& clock);
    void answer_all();
    [[nodiscard]] std::string answer_to(const std::string& request);
    [[nodiscard]] Figures process_figures() const;

    const int listening_;
    const int woken_;  // readable when it is to end
    const int wake_;
    const std::string service_;
    const std::string instance_;
    const Clock& clock_;
    const domain::Instant started_;
    std::atomic<std::int64_t> turned_at_{0};  // 0: not yet
    std::mutex mutex_;                        // over the pointer alone
    std::shared_ptr<const Snapshot> latest_;
    std::thread thread_;
};

}  // namespace rightsdesk::runtime
