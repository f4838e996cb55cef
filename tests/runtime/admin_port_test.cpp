// The admin port: what it answers, and that nobody who asks badly keeps the others waiting.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "runtime/admin_client.h"
#include "runtime/admin_seat.h"
#include "support/redis_pair.h"
#include "support/waiting.h"

namespace rightsdesk::runtime {
namespace {

using namespace std::chrono_literals;

std::string asked_of(const std::string& line, const Snapshot& snapshot, std::chrono::nanoseconds since_turn = 0s, bool turning = true) {
    return admin_answer(line + "\r\nHost: x\r\n\r\n", AdminView{"intake", "1", &snapshot, since_turn, turning, {}});
}

TEST(AdminAnswer, says_whether_the_loop_turns_and_whether_the_service_does_its_work) {
    const Snapshot good;
    const Snapshot bad{{}, {{"store_unreachable", "Redis is away"}}};
    EXPECT_TRUE(asked_of("GET /readyz HTTP/1.1", good).starts_with("HTTP/1.1 200 OK\r\n"));
    const std::string why = asked_of("GET /readyz HTTP/1.1", bad);
    EXPECT_TRUE(why.starts_with("HTTP/1.1 503 "));
    EXPECT_NE(why.find("{\"service\":\"intake\",\"instance\":\"1\",\"ready\":false,\"reasons\":[{\"kind\":\"store_unreachable\",\"what\":\"Redis is away\"}]}\n"), std::string::npos) << why;
    EXPECT_TRUE(asked_of("GET /healthz HTTP/1.1", bad).starts_with("HTTP/1.1 200 OK\r\n")) << "it turns, and waits for Redis: starting it again would not help";

    EXPECT_TRUE(asked_of("GET /healthz HTTP/1.1", good, kStandsStill).starts_with("HTTP/1.1 200 "));
    EXPECT_TRUE(asked_of("GET /healthz HTTP/1.1", good, kStandsStill + 1s).starts_with("HTTP/1.1 503 "));
    EXPECT_NE(asked_of("GET /readyz HTTP/1.1", good, kStandsStill + 1s).find("standing_still"), std::string::npos);
    EXPECT_TRUE(asked_of("GET /healthz HTTP/1.1", good, 1h, false).starts_with("HTTP/1.1 200 ")) << "it reads its logs, which may take long";
    EXPECT_NE(asked_of("GET /metrics HTTP/1.1", bad).find("rightsdesk_ready{service=\"intake\"} 0\n"), std::string::npos);
}

TEST(AdminAnswer, takes_GET_and_HEAD_of_what_there_is) {
    const Snapshot good;
    EXPECT_TRUE(asked_of("POST /metrics HTTP/1.1", good).starts_with("HTTP/1.1 405 "));
    EXPECT_TRUE(asked_of("GET /secrets HTTP/1.1", good).starts_with("HTTP/1.1 404 "));
    EXPECT_TRUE(asked_of("GET /readyz?verbose=1 HTTP/1.0", good).starts_with("HTTP/1.1 200 "));
    EXPECT_TRUE(asked_of("HEAD /metrics HTTP/1.1", good).ends_with("\r\n\r\n"));
    for (const char* line : {"", " ", "GET", "GET /metrics", "GET  HTTP/1.1", "GET /metrics SPDY/3", "\x16\x03\x01"}) {
        EXPECT_TRUE(asked_of(line, good).starts_with("HTTP/1.1 4")) << line;
    }
}

class RunningAdminPort : public testing::Test {
protected:
    // Connects and says this, and no more.
    int knock(const std::string& text) {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(static_cast<std::uint16_t>(port));
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(descriptor, reinterpret_cast<const sockaddr*>(&place), sizeof place), 0);
        EXPECT_EQ(::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
        return descriptor;
    }
    int status_of(const std::string& path) {
        const auto answer = ask_admin_port(address, path, 20s);
        return answer ? answer->status : 0;
    }

    const int port = support::free_port();
    const std::string address = "127.0.0.1:" + std::to_string(port);
    SystemClock clock;
};

TEST_F(RunningAdminPort, answers_from_what_was_handed_over_and_before_that_says_that_it_starts) {
    AdminSeat seat(address, "intake", "2", clock);
    const auto starting = ask_admin_port(address, "/readyz", 20s);
    ASSERT_TRUE(starting) << starting.error().message;
    EXPECT_EQ(starting->status, 503);
    EXPECT_NE(starting->body.find("\"starting\""), std::string::npos);
    seat.turned([] { return Snapshot(); });
    EXPECT_EQ(status_of("/readyz"), 200);
    const auto metrics = ask_admin_port(address, "/metrics", 20s);
    ASSERT_TRUE(metrics);
    EXPECT_NE(metrics->body.find("suite_instance=\"2\"} 1\n"), std::string::npos) << metrics->body;
    EXPECT_NE(metrics->body.find("rightsdesk_process_resident_memory_bytes{"), std::string::npos);
}

// As many that say nothing as there is room for: their time is over some seconds later, and whoever waits behind them has the answer.
TEST_F(RunningAdminPort, is_held_up_by_nobody_for_long) {
    AdminSeat seat(address, "intake", "1", clock);
    seat.turned([] { return Snapshot(); });
    const int greedy = knock(std::string(kMaxAdminRequest, 'x') + "y");
    char letter = 0;
    EXPECT_LE(::recv(greedy, &letter, 1, 0), 0) << "a request that is too large gets no answer";
    std::vector<int> silent{greedy};
    for (std::size_t at = 0; at < kMaxAdminConnections; ++at) silent.push_back(knock("GET /metrics"));
    EXPECT_EQ(status_of("/readyz"), 200);
    for (const int descriptor : silent) ::close(descriptor);
}

TEST_F(RunningAdminPort, that_is_taken_is_tried_again_and_keeps_nobody_from_working) {
    auto first = std::make_unique<AdminSeat>(address, "intake", "1", clock);
    struct Jumping final : public Clock {
        [[nodiscard]] domain::Instant now() const override { return domain::Instant(at.load()); }
        [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return std::chrono::nanoseconds(at.load()); }
        std::atomic<std::int64_t> at{1};
    } jumping;
    AdminSeat second(address, "notification", "1", jumping);
    int snapshots = 0;
    const auto snapshot = [&] { return ++snapshots, Snapshot(); };
    second.turned(snapshot);
    EXPECT_EQ(snapshots, 0) << "nobody could ask for it";
    first.reset();
    jumping.at += std::chrono::nanoseconds(kAdminRetry).count();
    second.turned(snapshot);
    EXPECT_EQ(snapshots, 1);
    EXPECT_EQ(status_of("/readyz"), 200);
}

}  // namespace
}  // namespace rightsdesk::runtime
