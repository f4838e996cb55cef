// The listener over real sockets: connections, silence, peers that misbehave, and swaks, a mail server's part written by somebody else.
#include "mail_gateway/lmtp_listener.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include "mail_gateway/keepers.h"
#include "mail_gateway/lmtp_client.h"
#include "support/child_process.h"
#include "support/files.h"
#include "support/folder.h"
#include "support/mails.h"

namespace rightsdesk::mail_gateway {
namespace {

// A listener that turns in a thread of its own; its keeper is looked at once it is stopped.
class Served {
public:
    explicit Served(const ListenerLimits& limits = {}, const std::vector<std::string>& addresses = {"127.0.0.1:0"}) {
        std::vector<ListenAt> where;
        for (const std::string& text : addresses) where.push_back({parse_listener_address(text).value(), {}});
        listener_ = std::move(LmtpListener::open(keeper, where, limits).value());
        port = listener_->ports().front();
        thread_ = std::thread([this] {
            while (!ends_) listener_->turn(std::chrono::milliseconds(20));
            listener_->stop();
        });
    }
    ~Served() { stop(); }
    void stop() {
        ends_ = true;
        if (thread_.joinable()) thread_.join();
    }
    RememberingKeeper keeper;
    std::uint16_t port = 0;

private:
    std::unique_ptr<LmtpListener> listener_;
    std::atomic<bool> ends_{false};
    std::thread thread_;
};

TEST(ListenerAddress, is_loopback_or_a_unix_socket) {
    EXPECT_EQ(parse_listener_address("unix:/run/x.sock")->path, "/run/x.sock");
    EXPECT_EQ(parse_listener_address("127.0.0.1:2424")->port, 2424);
    EXPECT_EQ(parse_listener_address("127.1.2.3:1")->host, "127.1.2.3");
    EXPECT_EQ(parse_listener_address("[::1]:24")->host, "::1");
    for (const char* no : {"", "unix:", "0.0.0.0:24", "10.0.0.5:24", "[::]:24", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:x", "localhost:24", "/run/x.sock"}) {
        EXPECT_FALSE(parse_listener_address(no)) << no;
    }
    EXPECT_FALSE(parse_listener_address("unix:/" + std::string(120, 'x')));
}

TEST(LmtpListener, takes_messages_one_after_the_other_and_side_by_side) {
    Served served;
    const std::string first = support::a_mail("1").text(".a line with a dot\n..and two\n").made();
    LmtpClient one(served.port);
    LmtpClient two(served.port);
    EXPECT_EQ(one.deliver(first, {"a@agent.example", "b@agent.example"}), (std::vector<std::string>{"250 2.0.0 kept", "250 2.0.0 kept"}));
    EXPECT_EQ(two.deliver(first, {"a@agent.example"}), std::vector<std::string>{"250 2.0.0 kept before"});
    EXPECT_EQ(one.deliver(support::a_mail("2").text("x").made(), {"a@agent.example"}), std::vector<std::string>{"250 2.0.0 kept"});
    EXPECT_EQ(one.ask("QUIT"), "221 2.0.0 goodbye");
    EXPECT_FALSE(one.hear());
    served.stop();
    ASSERT_EQ(served.keeper.kept.size(), 2U);
    EXPECT_EQ(served.keeper.kept[0].message, first);
}

TEST(LmtpListener, answers_a_whole_pipeline) {
    Served served;
    LmtpClient client(served.port);
    client.say("LHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\nbody\r\n.\r\nNOOP\r\nQUIT\r\n");
    std::vector<std::string> codes;
    while (const auto line = client.hear()) codes.push_back(line->substr(0, 3));
    EXPECT_EQ(codes, (std::vector<std::string>{"220", "250", "250", "250", "250", "250", "250", "250", "250", "354", "250", "250", "250", "221"}));
}

TEST(LmtpListener, listens_at_a_unix_socket_for_those_of_its_group) {
    const support::Folder folder;
    const std::string path = folder.file("lmtp.sock");
    {
        Served served({}, {"unix:" + path});
        struct stat facts {};
        ASSERT_EQ(::stat(path.c_str(), &facts), 0);
        EXPECT_EQ(facts.st_mode & 0777U, 0660U);
        LmtpClient client(path);
        EXPECT_EQ(client.deliver("x\r\n", {"a@b"}), std::vector<std::string>{"250 2.0.0 kept"});
        RememberingKeeper keeper;
        const auto second = LmtpListener::open(keeper, {{parse_listener_address("unix:" + path).value(), {}}});
        ASSERT_FALSE(second);
        EXPECT_NE(second.error().message.find("another process listens there"), std::string::npos);
    }
    EXPECT_FALSE(std::filesystem::exists(path));
    support::write_file(path, "no socket");
    RememberingKeeper keeper;
    EXPECT_FALSE(LmtpListener::open(keeper, {{parse_listener_address("unix:" + path).value(), {}}}));
    EXPECT_EQ(support::text_of_file(path), "no socket");
}

TEST(LmtpListener, replaces_a_socket_that_a_dead_process_left) {
    const support::Folder folder;
    const std::string path = folder.file("lmtp.sock");
    {
        const base::FileDescriptor dead(::socket(AF_UNIX, SOCK_STREAM, 0));
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        path.copy(at.sun_path, sizeof(at.sun_path) - 1);
        ASSERT_EQ(::bind(dead.number(), reinterpret_cast<const sockaddr*>(&at), sizeof(at)), 0);
    }
    Served served({}, {"unix:" + path});
    EXPECT_EQ(LmtpClient(path).answer().substr(0, 3), "220");
}

TEST(LmtpListener, serves_so_many_at_once) {
    ListenerLimits limits;
    limits.connections = 2;
    Served served(limits);
    LmtpClient one(served.port);
    EXPECT_EQ(one.answer().substr(0, 3), "220");
    {
        LmtpClient two(served.port);
        EXPECT_EQ(two.answer().substr(0, 3), "220");
        LmtpClient three(served.port);
        EXPECT_EQ(three.answer(), "421 4.3.2 too many connections; try again");
        EXPECT_FALSE(three.hear());
    }
    std::string said;
    for (int attempt = 0; attempt < 100 && said.substr(0, 3) != "220"; ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        said = LmtpClient(served.port).answer();
    }
    EXPECT_EQ(said.substr(0, 3), "220") << "there is room again";
}

TEST(LmtpListener, hangs_up_on_the_silent_and_the_endless) {
    ListenerLimits limits;
    limits.silence = std::chrono::seconds(1);
    limits.connection = std::chrono::seconds(3);
    Served served(limits);
    LmtpClient silent(served.port);
    LmtpClient endless(served.port);
    silent.answer();
    endless.answer();
    const auto begun = std::chrono::steady_clock::now();
    std::string said = "250";
    while (said.substr(0, 3) == "250" && std::chrono::steady_clock::now() - begun < std::chrono::seconds(20)) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        said = endless.ask("NOOP");
    }
    EXPECT_EQ(said, "421 4.4.2 too long without an end; goodbye");
    EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::seconds(2)) << "it was not silent";
    EXPECT_EQ(silent.answer(), "421 4.4.2 too long without an end; goodbye");
    served.stop();
    EXPECT_TRUE(served.keeper.kept.empty());
}

TEST(LmtpListener, reads_no_more_from_a_peer_that_takes_no_answers) {
    Served served;
    LmtpClient deaf(served.port);
    std::thread talks([&] {
        for (int each = 0; each < 400; ++each) {
            std::string pieces;
            for (int noop = 0; noop < 2'000; ++noop) pieces += "NOOP\r\n";
            if (!deaf.say(pieces)) return;
        }
    });
    LmtpClient other(served.port);
    EXPECT_EQ(other.deliver("x\r\n", {"a@b"}), std::vector<std::string>{"250 2.0.0 kept"}) << "others are served meanwhile";
    served.stop();
    talks.join();
}

TEST(LmtpListener, tells_peers_that_it_stops) {
    Served served;
    LmtpClient client(served.port);
    client.answer();
    client.ask("LHLO x");
    served.stop();
    EXPECT_EQ(client.answer(), "421 4.3.2 stopped; try again");
}

TEST(LmtpListener, survives_anything_that_comes_over_a_socket) {
    Served served;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        LmtpClient client(served.port);
        std::string octets;
        for (auto count = random() % 20'000; count > 0; --count) octets += random() % 20 == 0 ? '\n' : static_cast<char>(random() % 256);
        client.say(octets);
        if (random() % 2 == 0) client.say("\r\nQUIT\r\n");
        else continue;  // it hangs up by itself
        std::optional<std::string> line;
        do {
            line = client.hear();
            if (line) {
                EXPECT_TRUE(line->size() >= 3 && (*line)[0] >= '2' && (*line)[0] <= '5') << seed << ": " << *line;
            }
        } while (line);
    }
    EXPECT_EQ(LmtpClient(served.port).deliver("x\r\n", {"a@b"}), std::vector<std::string>{"250 2.0.0 kept"});
}

TEST(Swaks, delivers_by_lmtp) {
    if (!std::filesystem::exists("/usr/bin/swaks")) GTEST_SKIP() << "swaks is not there (Debian: swaks)";
    const support::Folder folder;
    Served served({}, {"unix:" + folder.file("lmtp.sock")});
    const std::string message = support::a_mail().text("a notice\n.\n..").pdf("notice.pdf").made();
    support::write_file(folder.file("message"), message);
    support::ChildProcess swaks({"/usr/bin/swaks", "--protocol", "LMTP", "--socket", folder.file("lmtp.sock"), "--pipeline", "--from", "ops@broker.example", "--to", "one@agent.example,two@agent.example",
                                 "--data", "@" + folder.file("message")},
                                folder.file("out"), folder.file("err"));
    EXPECT_EQ(swaks.wait(), 0) << support::text_of_file(folder.file("out")) << support::text_of_file(folder.file("err"));
    served.stop();
    ASSERT_EQ(served.keeper.kept.size(), 1U) << support::text_of_file(folder.file("out"));
    EXPECT_EQ(served.keeper.kept[0].recipients.size(), 2U);
    EXPECT_NE(served.keeper.kept[0].message.find("a notice\r\n.\r\n.."), std::string::npos) << served.keeper.kept[0].message;
}

}  // namespace
}  // namespace rightsdesk::mail_gateway
