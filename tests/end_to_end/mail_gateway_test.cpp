// The mail gateway beside a real suite: killed with -9 again and again, and what it talks to as well, while a mail server sends
// by LMTP what it has no 250 for, and a maildir fills.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <thread>

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "store/redis_store.h"
#include "store/whole_log.h"
#include "support/filled_form.h"
#include "support/mail_gateway_process.h"
#include "support/mails.h"
#include "support/scale.h"
#include "support/typed_form.h"
#include "wire/wire.h"

namespace rightsdesk {
namespace {

using support::SuiteProcesses;
namespace fs = std::filesystem;

const std::string kMailed = "rare-medium-2002";
const std::string kMailAddress = "notices@agent.example";

// The sample's terms, which take notices at an e-mail address as well.
std::string terms_with_mail() {
    const std::string terms = support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml");
    return support::replaced(terms, "mail = [\"59 Maiden Lane, New York, NY 10038\"]", "mail = [\"59 Maiden Lane, New York, NY 10038\", \"" + kMailAddress + "\"]");
}

class MailGateways : public testing::Test {
protected:
    MailGateways() {
        support::write_file(suite.folder() / "terms.toml", terms_with_mail());
        run({"clock", "advance", "--to", "2002-06-03T09:00:00-04:00"});
        run({"offering", "open", (suite.folder() / "terms.toml").string(), "--as", "alice"});
        run({"clock", "advance", "--to", "2002-06-26T12:00:00-04:00"});
        for (const char* part : {"tmp", "new", "cur"}) fs::create_directories(maildir() / part);
    }
    void run(const std::vector<std::string>& arguments) {
        const support::CommandEnd end = suite.command(arguments);
        EXPECT_EQ(end.code, 0) << arguments[0] << " " << arguments[1] << ": " << end.out << end.err;
    }
    [[nodiscard]] fs::path maildir() const { return suite.folder() / "maildir"; }
    void leave_in_maildir(const std::string& name, const std::string& message) const {
        support::write_file(maildir() / "tmp" / name, message);
        fs::rename(maildir() / "tmp" / name, maildir() / "new" / name);
    }
    [[nodiscard]] std::vector<std::string> options() const {
        return {"--lmtp", "unix:" + gateway.socket().string(), "--recipient", kMailAddress, "--maildir", kMailAddress + "=" + maildir().string()};
    }

    // The documents in the order of their first records, by number of mail-1.
    std::map<std::uint64_t, std::string> documents() {
        std::map<std::uint64_t, std::string> all;
        store::RedisStore store({suite.redis.socket_path(), "reader", support::RedisServer::password_of("reader")});
        const auto logs = store.logs().value();
        for (const std::string& log : logs) {
            const auto read = store::read_to_end(store, log, 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
                const domain::Record record = wire::decode_record(stored.record, nullptr).value();
                if (record.position != 0 || record.cause.source != "mail-1" || record.service != "intake") return true;
                if (const auto* decided = std::get_if<domain::NoticeDecided>(&record.event)) EXPECT_TRUE(all.emplace(record.cause.sequence, decided->notice.deliveries.front().document).second);
                else if (const auto* linked = std::get_if<domain::DeliveryLinked>(&record.event)) EXPECT_TRUE(all.emplace(record.cause.sequence, linked->delivery.document).second);
                else if (!std::holds_alternative<domain::WatermarkAdvanced>(record.event)) ADD_FAILURE() << record.cause.sequence << " is neither";
                return true;
            });
            EXPECT_TRUE(read) << read.error().message;
        }
        return all;
    }
    [[nodiscard]] std::string all_said() const { return support::text_of_file(gateway.log()) + suite.logs(); }

    SuiteProcesses suite;
    support::MailGatewayProcess gateway{suite};
};

// What a mail server has in its queue, and sends until it has 250.
struct Queued {
    std::string message;
    std::string document;   // the form in it
    bool acknowledged = false;
};

TEST_F(MailGateways, lose_and_double_nothing_whatever_is_killed) {
    const std::size_t mails = static_cast<std::size_t>(support::counted(60, 300));
    const int kills = support::counted(15, 100);
    std::mt19937 random(23);
    std::vector<Queued> queue;
    for (std::size_t number = 1; number <= mails; ++number) {
        std::string form = support::with_crlf(support::fill_form(number).text);
        if (!form.ends_with("\r\n")) form += "\r\n";
        queue.push_back({support::a_mail(std::to_string(number)).text(form).made(), form});
    }
    const auto send_some = [&](std::size_t most) {
        try {
            mail_gateway::LmtpClient client(gateway.socket().string());
            for (Queued& queued : queue) {
                if (queued.acknowledged) continue;
                if (most-- == 0) return;
                const auto replies = client.deliver("Received: attempt " + std::to_string(random()) + "\r\n" + queued.message, {kMailAddress});
                if (replies.size() != 1 || replies[0].substr(0, 3) != "250") return;
                queued.acknowledged = true;
            }
        } catch (const std::runtime_error&) {
            return;  // nobody listens
        }
    };
    std::size_t in_maildir = 0;
    std::vector<Queued> left;
    for (int killed = 0; killed < kills; ++killed) {
        gateway.start(options());
        ASSERT_TRUE(gateway.listens()) << all_said();
        // Some by the other way: of them two that LMTP brings as well.
        for (int more = 0; more < 2 && in_maildir < mails / 4; ++more, ++in_maildir) {
            const std::string form = support::with_crlf(support::fill_form(10'000 + in_maildir).text) + "\r\n";
            left.push_back({support::a_mail("left " + std::to_string(in_maildir)).text(form).made(), form});
            leave_in_maildir(std::to_string(in_maildir) + ".x", in_maildir < 2 ? queue[in_maildir].message : left.back().message);
        }
        std::thread server([&] { send_some(1 + mails / static_cast<std::size_t>(kills)); });
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 120));
        if (random() % 4 == 0) suite.kill("intake");
        if (random() % 6 == 0) suite.kill_redis();
        gateway.kill();
        server.join();
        suite.restart_the_dead();
    }
    gateway.start(options());
    ASSERT_TRUE(gateway.listens()) << all_said();
    send_some(mails);
    for (const Queued& queued : queue) ASSERT_TRUE(queued.acknowledged) << all_said();
    const std::size_t messages = mails + left.size() - 2;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(120);
    while (gateway.files_in("receipts", ".receipt.json") < messages && std::chrono::steady_clock::now() < until) {
        suite.restart_the_dead();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_EQ(gateway.stop(), 0);
    EXPECT_EQ(gateway.files_in("received", ".mail"), 0U);
    EXPECT_EQ(gateway.files_in("taken", ".mail"), messages);
    EXPECT_EQ(gateway.files_in("receipts", ".receipt.json"), messages) << all_said();

    std::multiset<std::string> expected;
    for (const Queued& queued : queue) expected.insert(base::sha256_hex(queued.document));
    for (std::size_t each = 2; each < left.size(); ++each) expected.insert(base::sha256_hex(left[each].document));
    std::multiset<std::string> found;
    const auto kept = documents();
    for (const auto& [number, document] : kept) found.insert(document);
    for (const std::string& document : expected) EXPECT_EQ(found.count(document), 1U) << document << " is not there once";
    EXPECT_EQ(found.size(), expected.size()) << "and nothing else";
    EXPECT_EQ(suite.command({"verify", kMailed}).code, 0);
}

TEST_F(MailGateways, hand_over_a_maildir_once_and_tell_the_watermark) {
    leave_in_maildir("1", support::a_mail().text(support::fill_form(5).text).attached("more.zip", "application/zip", "PK\x03\x04").made());
    leave_in_maildir("2", support::a_mail().text("please call me").made());
    gateway.start({"--maildir", kMailAddress + "=" + maildir().string(), "--once", "--watermark-every", "60", "--watermark-behind", "0"});
    EXPECT_EQ(gateway.wait(), 4) << "not all of it is a notice: " << all_said();
    EXPECT_EQ(documents().size(), 3U);
    EXPECT_EQ(gateway.files_in("receipts", ".receipt.json"), 3U);
    EXPECT_NE(support::text_of_file(gateway.log()).find("#WATERMARK"), std::string::npos);
    gateway.start({"--maildir", kMailAddress + "=" + maildir().string(), "--once"});
    EXPECT_EQ(gateway.wait(), 0) << "there is nothing to do: " << all_said();
    EXPECT_EQ(documents().size(), 3U);
}

// Read by the templates, in confinement: an agent's own form, in two columns by spaces.
TEST_F(MailGateways, read_what_was_typed_on_another_layout) {
    const std::map<std::string, std::string> typed = {{"title", "RARE MEDIUM GROUP, INC."}, {"issuer", "Rare Medium Group, Inc."}, {"rights_held", "1,200"}, {"basic_shares", "1,200"},
                                                      {"excess_shares", "300"}, {"aggregate", "$3,000.00"}, {"names", "Ida M. Holder"}, {"signatures", "Ida M. Holder"},
                                                      {"firm", "Harbor Securities Corp."}, {"signatory", "Ruth Clerk"}, {"dated", "June 26, 2002"}};
    leave_in_maildir("1", support::a_mail().text(support::typed(*support::layout_named("unit_offering"), typed, {"herewith", "wire"})).made());
    gateway.start({"--maildir", kMailAddress + "=" + maildir().string(), "--once"});
    const int code = gateway.wait();
    EXPECT_TRUE(code == 0 || code == 4) << code << all_said();
    const auto waiting = suite.command({"notice", "show", "mail-1.1", "--json"});
    ASSERT_EQ(waiting.code, 0) << waiting.out << waiting.err << all_said();
    const auto shown = nlohmann::json::parse(waiting.out);
    EXPECT_EQ(shown.at("reading").at("layout"), "unit_offering") << waiting.out;
    EXPECT_TRUE(shown.at("reading").at("missing").empty()) << "the guarantor's name stands beside the date, and is read: " << waiting.out;
    const auto reasons = shown.at("reasons").get<std::set<std::string>>();
    EXPECT_TRUE(reasons.contains("holder_address_missing")) << "nobody wrote one";
    EXPECT_TRUE(reasons.contains("payment_details_missing"));
    const auto content = shown.at("content");
    EXPECT_EQ(content.at("rights_held"), 1'200);
    EXPECT_EQ(content.at("basic_shares"), 1'200);
    EXPECT_EQ(content.at("excess_shares"), 300);
    EXPECT_EQ(content.at("guarantor_name"), "Harbor Securities Corp.");
    EXPECT_EQ(content.at("dated"), "2002-06-26");
}

TEST_F(MailGateways, say_what_they_cannot_use) {
    const auto code_of = [&](const std::vector<std::string>& more) {
        gateway.start(more);
        return gateway.wait();
    };
    EXPECT_EQ(code_of({}), 2) << "no way in";
    EXPECT_EQ(code_of({"--lmtp", "0.0.0.0:24"}), 2);
    EXPECT_EQ(code_of({"--once", "--lmtp", "127.0.0.1:0"}), 2);
    EXPECT_EQ(code_of({"--maildir", "nowhere"}), 2);
    EXPECT_EQ(code_of({"--maildir", "a@b=" + (suite.folder() / "nowhere").string()}), 2);
    EXPECT_EQ(code_of({"--help"}), 0);
    const std::string said = support::text_of_file(gateway.log());
    for (const char* text : {"say where mail comes in", "only a loopback address or a unix socket", "--once is for maildirs", "ADDRESS=FOLDER is wanted", "a maildir has new/, cur/ and tmp/", "Exit codes"}) EXPECT_NE(said.find(text), std::string::npos) << text;
    gateway.start(options());
    ASSERT_TRUE(gateway.listens());
    support::MailGatewayProcess second(suite);
    second.start(options());
    EXPECT_EQ(second.wait(), 3) << "the outbox is another's";
    EXPECT_EQ(gateway.stop(), 0);
}

}  // namespace
}  // namespace rightsdesk
