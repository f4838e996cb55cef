// The transport's own manners: what ends is kept until it is forgotten, what fails holds back its line, and nothing holds up the process's end.
#include "notification/curl_outside.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "support/waiting.h"

namespace rightsdesk::notification {
namespace {

// A port of loopback: bound, so that nobody else takes it; listening or not.
class Port {
public:
    explicit Port(bool listens) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* general = reinterpret_cast<sockaddr*>(&address);
        if (::bind(descriptor_, general, size) != 0 || ::getsockname(descriptor_, general, &size) != 0) throw std::runtime_error("no port");
        if (listens && ::listen(descriptor_, 8) != 0) throw std::runtime_error("it does not listen");
        number_ = ntohs(address.sin_port);
    }
    ~Port() { ::close(descriptor_); }
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;
    // Waits until somebody has connected.
    void accept() const {
        if (::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC) < 0) throw std::runtime_error("nobody connects");
    }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(number_) + "/hook"; }

private:
    int descriptor_;
    int number_ = 0;
};

std::vector<WaySettings> a_hook(const Port& port) {
    std::vector<WaySettings> ways(1);
    ways[0].way.name = "hook";
    ways[0].way.type = domain::WayType::kWebhook;
    ways[0].url = port.url();
    return ways;
}

TEST(CurlOutside, holds_back_what_is_behind_one_that_fails_and_keeps_its_end_until_it_is_forgotten) {
    const Port port(false);
    CurlOutside outside(a_hook(port));
    EXPECT_FALSE(outside.has("o", "hook"));
    outside.take({{"o", "hook", 1, 1, "{}"}, {"o", "hook", 2, 1, "{}"}});
    EXPECT_TRUE(outside.has("o", "hook"));
    EXPECT_FALSE(outside.has("p", "hook")) << "each log for itself";
    ASSERT_TRUE(support::comes_true([&] { return !outside.ended("o").empty(); }));
    const domain::AttemptEnd end = outside.ended("o").front();
    EXPECT_EQ(end.number, 1U);
    EXPECT_EQ(end.outcome, domain::SendingOutcome::kFailed);
    EXPECT_NE(end.result, "");
    EXPECT_EQ(outside.ended("o").size(), 1U);
    EXPECT_TRUE(outside.has("o", "hook"));
    outside.forget("o", end);
    EXPECT_TRUE(support::comes_true([&] { return !outside.has("o", "hook"); }));
}

TEST(CurlOutside, ends_though_the_other_side_never_answers) {
    const Port port(true);
    Patience patience;
    patience.finish = std::chrono::milliseconds(50);
    const auto outside = std::make_unique<CurlOutside>(a_hook(port), patience);
    outside->take({{"o", "hook", 1, 1, "{}"}});
    port.accept();
    outside->finish();
    EXPECT_TRUE(outside->ended("o").empty()) << "nobody knows what became of it";
}

}  // namespace
}  // namespace rightsdesk::notification
