// What goes outside, over real processes: to a real SMTP server with STARTTLS and AUTH, to a receiver of webhooks that verifies what it gets, to
// the API of an Alertmanager. They are down for an hour of the suite's time; notification is killed in the act.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "support/played_sample.h"
#include "support/suite_processes.h"
#include "support/waiting.h"

namespace rightsdesk {
namespace {

using nlohmann::json;
using support::ChildProcess;

const std::string kOutside = std::string(RIGHTSDESK_SOURCE_DIR) + "/tests/support/outside/";
const std::string kPassword = "a password of the test";

class OutsideServers {
public:
    explicit OutsideServers(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
        for (const char* secret : {"hook.key", "mail.password"}) {
            support::write_file(folder_ / secret, secret == std::string("hook.key") ? std::string(40, 'k') : kPassword);
            std::filesystem::permissions(folder_ / secret, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        }
        ChildProcess certificate({"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                                  "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", (folder_ / "mail.pem").string(), "-out", (folder_ / "ca.pem").string()},
                                 log(), log());
        if (certificate.wait() != 0) throw std::runtime_error("no certificate: " + support::text_of_file(log()));
        support::write_file(folder_ / "mail.pem", support::text_of_file(folder_ / "mail.pem") + support::text_of_file(folder_ / "ca.pem"));
    }

    void start() {
        mail_.emplace(std::vector<std::string>{kOutside + "mail_server.py", std::to_string(mail_port_), path("mail"), (folder_ / "mail.pem").string(), "desk", kPassword}, log(), log());
        web_.emplace(std::vector<std::string>{kOutside + "web_receiver.py", std::to_string(web_port_), path("web"), (folder_ / "hook.key").string(), "--silent-once", flag().string()}, log(), log());
        for (const int port : {mail_port_, web_port_}) {
            if (!support::comes_true([&] { return listens(port); })) throw std::runtime_error("nobody listens outside: " + support::text_of_file(log()));
        }
    }
    void stop() {
        mail_.reset();
        web_.reset();
    }

    [[nodiscard]] std::string ways() const {
        const std::string mail = std::to_string(mail_port_);
        const std::string web = "http://127.0.0.1:" + std::to_string(web_port_);
        return "[[way_out]]\nname = \"mail\"\ntype = \"mail\"\nserver = \"smtp://localhost:" + mail + "\"\nfrom = \"desk@example.com\"\nto = [\"a@example.com\", \"b@example.com\"]\nuser = \"desk\"\n" +
               "password_file = \"mail.password\"\nca_file = \"ca.pem\"\n\n[[way_out]]\nname = \"hook\"\ntype = \"webhook\"\nurl = \"" + web + "/hook\"\nkey_file = \"hook.key\"\n\n" +
               "[[way_out]]\nname = \"alertmanager\"\ntype = \"alertmanager\"\nurl = \"" + web + "\"\n";
    }
    // What came in, a line each.
    [[nodiscard]] std::vector<json> taken(const std::string& by) const {
        std::vector<json> all;
        std::ifstream file(path(by));
        for (std::string line; std::getline(file, line) && !file.eof();) all.push_back(json::parse(line));
        return all;
    }
    [[nodiscard]] std::vector<std::string> ids(const std::string& by) const {
        std::vector<std::string> all;
        for (const json& each : taken(by)) {
            if (each.contains("id")) all.push_back(each.at("id"));
        }
        return all;
    }
    [[nodiscard]] std::string log() const { return (folder_ / "log").string(); }
    [[nodiscard]] std::filesystem::path flag() const { return folder_ / "never_answers"; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    static bool listens(int port) {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        const bool connected = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(descriptor);
        return connected;
    }
    [[nodiscard]] std::string path(const std::string& by) const { return (folder_ / (by + ".jsonl")).string(); }

    std::filesystem::path folder_;
    int mail_port_ = support::free_port();
    int web_port_ = support::free_port();
    std::optional<ChildProcess> mail_, web_;
};

class WaysOutside : public testing::Test {
protected:
    WaysOutside() {
        support::write_file(outside.folder() / "ways.toml", outside.ways());
        suite.emplace("stepped", 1, [this](const std::string& text) {
            return support::replaced(text, "\n[paths]\n", "\n[paths]\nways_out = \"" + (outside.folder() / "ways.toml").string() + "\"\n");
        });
    }
    json listed(const std::string& log, const std::string& way) {
        const auto end = suite->command({"sendings", "list", way, "--offering", log, "--last", "1000", "--json"});
        EXPECT_EQ(end.code, 0) << end.err;
        return json::parse(end.out);
    }
    [[nodiscard]] std::size_t waiting(const std::string& log, const std::string& way) {
        std::size_t waiting = 0;
        const json all = listed(log, way);
        for (const json& each : all.at("ways")) waiting += each.at("waiting").get<std::size_t>();
        return waiting;
    }
    // The clock goes on, and what is due then goes out in the time that it takes.
    void advance_until_nothing_waits(const std::string& log, const std::string& way) {
        for (int step = 0; step < 20 && waiting(log, way) > 0; ++step) {
            minutes_ += 5;
            const std::string minute = std::to_string(100 + minutes_ % 60).substr(1);
            const std::string to = "2002-12-02T" + std::to_string(10 + minutes_ / 60) + ":" + minute + ":00-05:00";
            const auto advanced = suite->command({"clock", "advance", "--to", to, "--as", "clock"});
            ASSERT_EQ(advanced.code, 0) << advanced.err;
            const std::size_t before = waiting(log, way);
            (void)support::comes_true([&] { return waiting(log, way) < std::max<std::size_t>(before, 1); }, std::chrono::seconds(5));
        }
        ASSERT_TRUE(support::comes_true([&] { return waiting(log, way) == 0; })) << listed(log, way).dump(1);
    }
    // The ids of a log in the order in which they were ready.
    std::vector<std::string> intended(const std::string& log, const std::string& way) {
        std::vector<std::pair<std::string, std::pair<std::uint64_t, std::string>>> order;
        const json all = listed(log, way);
        for (const json& each : all.at("sendings")) {
            std::string ready = each.at("ready_at");
            ready.pop_back();  // the "Z", which comes after the point of a fraction
            order.push_back({ready, {each.at("number"), each.at("id")}});
        }
        std::sort(order.begin(), order.end());
        std::vector<std::string> ids;
        ids.reserve(order.size());
        for (const auto& [ready, sending] : order) ids.push_back(sending.second);
        return ids;
    }
    std::vector<std::string> taken_of(const std::string& log, const std::string& by) const {
        std::vector<std::string> ids = outside.ids(by);
        std::erase_if(ids, [&](const std::string& id) { return !id.starts_with(log + "/"); });
        return ids;
    }

    support::Folder folder{"outside"};
    OutsideServers outside{folder.path()};
    std::optional<support::SuiteProcesses> suite;

private:
    int minutes_ = 0;  // of suite time, since the sample ended
};

TEST_F(WaysOutside, that_are_down_while_a_whole_offering_plays_deliver_all_in_order_once_each) {
    auto player = suite->start_command({"sample", "play", support::kSampleFolder});
    int kills = 0;
    const int code = suite->supervise_until_end(player, [&] {
        if (kills == 2 || steps_played(*suite) < static_cast<std::size_t>(10 * (kills + 1))) return;
        suite->kill("notification");
        ++kills;
    });
    ASSERT_EQ(code, 0) << suite->said();
    EXPECT_EQ(kills, 2);
    EXPECT_GT(waiting(support::kSample, "mail"), 10U);
    outside.start();
    // That one way goes again is told by the others: they are done when none waits.
    const auto all_out = [&] {
        return taken_of(support::kSample, "mail") == intended(support::kSample, "mail") && taken_of(support::kSample, "web") == intended(support::kSample, "hook");
    };
    for (int round = 0; round < 3; ++round) {
        for (const char* way : {"mail", "hook", "alertmanager"}) advance_until_nothing_waits(support::kSample, way);
    }
    EXPECT_TRUE(support::comes_true(all_out)) << "all of it, in order, once:\n" << json(taken_of(support::kSample, "mail")) << "\n" << json(intended(support::kSample, "mail")) << "\n"
                                              << json(taken_of(support::kSample, "web")) << "\n" << json(intended(support::kSample, "hook"));
    for (const json& mail : outside.taken("mail")) {
        EXPECT_TRUE(mail.at("tls"));
        EXPECT_EQ(mail.at("to"), json({"a@example.com", "b@example.com"}));
        EXPECT_EQ(mail.at("auto_submitted"), "auto-generated");
    }
    std::set<std::string> told;
    for (const json& each : outside.taken("web")) {
        if (!each.contains("alerts")) continue;
        for (const json& alert : each.at("alerts")) told.insert(alert.at("labels").at("number").get<std::string>() + alert.at("labels").at("offering").get<std::string>());
    }
    EXPECT_GT(told.size(), 10U) << "an Alertmanager knows them too";
    expect_the_end_of_the_sample(*suite);
}

TEST_F(WaysOutside, killed_in_the_act_loses_nothing_and_what_comes_twice_bears_the_same_id) {
    outside.start();
    support::write_file(outside.flag(), "");
    ASSERT_EQ(suite->command({"sendings", "test", "hook", "--why", "before the storm", "--as", "alice"}).code, 0);
    ASSERT_TRUE(support::comes_true([&] { return outside.ids("web").size() == 1; })) << suite->logs();
    suite->kill("notification");
    EXPECT_EQ(waiting("desk", "hook"), 1U) << "nobody knows what became of it";
    std::filesystem::remove(outside.flag());
    suite->restart_the_dead();
    ASSERT_TRUE(support::comes_true([&] { return waiting("desk", "hook") == 0; })) << suite->logs();
    EXPECT_EQ(outside.ids("web"), (std::vector<std::string>{"desk/hook/1", "desk/hook/1"}));
    const auto shown = suite->command({"sendings", "show", "hook", "1", "--offering", "desk"});
    EXPECT_NE(shown.out.find("attempt 1: sent: HTTP 200"), std::string::npos) << shown.out << shown.err;
}

// What came by the webhook of a kind: "raised".
std::vector<std::string> news_of(const OutsideServers& outside, const std::string& kind) {
    std::vector<std::string> news;
    for (const json& each : outside.taken("web")) {
        if (!each.contains("body")) continue;
        for (const json& item : each.at("body").at("items")) {
            if (item.at("alert").at("kind") == kind) news.push_back(item.at("news"));
        }
    }
    return news;
}

TEST_F(WaysOutside, tell_that_the_store_is_gone_while_it_is_gone_and_that_it_is_back) {
    using Words = std::vector<std::string>;
    outside.start();
    suite->redis.kill();
    ASSERT_TRUE(support::comes_true([&] { return news_of(outside, "store_unreachable") == Words{"raised"}; })) << suite->logs();
    ASSERT_TRUE(support::comes_true([&] { return outside.ids("mail").size() == 1; })) << suite->logs();
    EXPECT_EQ(outside.taken("mail").at(0).at("subject"), "[rightsdesk] raised: critical store_unreachable, desk");
    const auto knows = [&] {
        const std::vector<json> all = outside.taken("web");
        return std::any_of(all.begin(), all.end(), [](const json& each) { return each.contains("alerts") && each.at("alerts").at(0).at("labels").at("alertname") == "store_unreachable"; });
    };
    EXPECT_TRUE(support::comes_true(knows)) << "an Alertmanager too";
    // It is kept where no store is needed, and shown from there.
    const auto shown = [&] { return suite->command({"sendings", "list", "hook"}); };
    ASSERT_TRUE(support::comes_true([&] { return shown().out.find("store_unreachable raised  sent") != std::string::npos; })) << shown().out << shown().err;
    EXPECT_EQ(shown().code, 3) << "the store does not answer";

    // The process that tells dies, and its service cannot be started without the store: it tells all the same, and nothing twice.
    suite->kill("notification");
    ASSERT_TRUE(support::comes_true([&] { return suite->logs().find("#STANDING_IN") != std::string::npos; })) << suite->logs();
    EXPECT_EQ(news_of(outside, "store_unreachable"), Words{"raised"});

    suite->start_redis();
    const auto is_over = [&] {
        suite->restart_the_dead();
        return news_of(outside, "store_unreachable") == Words{"raised", "resolved"};
    };
    ASSERT_TRUE(support::comes_true(is_over, std::chrono::seconds(60))) << suite->logs();

    // And on record as what went out, once the store answers.
    const auto recorded = [&] {
        Words told;
        const json all = listed("desk", "hook");
        for (const json& each : all.at("sendings")) {
            for (std::size_t at = 0; at < each.at("troubles").size(); ++at) {
                if (each.at("troubles")[at].at("kind") == "store_unreachable") told.push_back(each.at("items")[at].at("news").get<std::string>() + " " + each.at("status").get<std::string>());
            }
        }
        return told;
    };
    EXPECT_TRUE(support::comes_true([&] { return recorded() == Words{"raised sent", "resolved sent"}; })) << listed("desk", "hook").dump(1);
    const std::vector<std::string> ids = outside.ids("web");
    const json all = listed("desk", "hook");
    for (const json& each : all.at("sendings")) EXPECT_EQ(std::count(ids.begin(), ids.end(), each.at("id").get<std::string>()), 1) << "what is on record bears the id that it went out with";
    EXPECT_EQ(suite->command({"verify", "desk"}).code, 0);
}

TEST_F(WaysOutside, tell_that_the_store_is_gone_though_no_service_can_start_without_it) {
    using Words = std::vector<std::string>;
    outside.start();
    for (const std::string& name : suite->names()) suite->stop(name);
    suite->redis.kill();
    suite->begin("notification");
    ASSERT_TRUE(support::comes_true([&] { return news_of(outside, "store_unreachable") == Words{"raised"}; })) << suite->logs();
    suite->start_redis();
    for (const std::string& name : suite->names()) {
        if (name != "notification") suite->begin(name);
    }
    const auto is_over = [&] {
        suite->restart_the_dead();
        return news_of(outside, "store_unreachable") == Words{"raised", "resolved"};
    };
    EXPECT_TRUE(support::comes_true(is_over, std::chrono::seconds(60))) << suite->logs();
}

TEST_F(WaysOutside, that_tell_of_the_store_and_are_killed_in_the_act_send_the_same_id_again) {
    outside.start();
    support::write_file(outside.flag(), "");
    suite->redis.kill();
    ASSERT_TRUE(support::comes_true([&] { return outside.ids("web").size() == 1; })) << suite->logs();
    suite->kill("notification");
    std::filesystem::remove(outside.flag());
    ASSERT_TRUE(support::comes_true([&] { return outside.ids("web").size() == 2; })) << suite->logs();
    EXPECT_EQ(outside.ids("web").at(0), outside.ids("web").at(1)) << "nobody knew what became of it";
}

}  // namespace
}  // namespace rightsdesk
