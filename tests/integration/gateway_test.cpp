// A gateway over its spool, real processes and a real Redis: killed with -9 again and again, and what it talks to as well.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "base/hash.h"
#include "domain/civil.h"
#include "domain/receipts.h"
#include "rightsdesk/gateway_run.h"
#include "store/redis_store.h"
#include "store/whole_log.h"
#include "support/filled_form.h"
#include "support/scale.h"
#include "support/suite_processes.h"
#include "wire/wire.h"

namespace rightsdesk {
namespace {

using support::CommandEnd;
using support::SuiteProcesses;
namespace fs = std::filesystem;

const std::string kSpooled = "rare-medium-2002";
const std::string kNoon = "2002-06-26T12:00:00-04:00";

class Gateways : public testing::Test {
protected:
    Gateways() {
        run({"clock", "advance", "--to", "2002-06-03T09:00:00-04:00"});
        run({"offering", "open", std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml", "--as", "alice"});
        run({"clock", "advance", "--to", kNoon});
        fs::create_directories(spool() / "in");
    }

    void run(const std::vector<std::string>& arguments) {
        const CommandEnd end = suite.command(arguments);
        EXPECT_EQ(end.code, 0) << arguments[0] << " " << arguments[1] << ": " << end.out << end.err;
    }
    [[nodiscard]] fs::path spool() const { return suite.folder() / "spool"; }
    [[nodiscard]] std::vector<std::string> gateway(const std::vector<std::string>& more) const {
        std::vector<std::string> words{"gateway", "run", "--spool", spool().string(), "--as", "fax-1"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    static std::string name_of(int number) { return "page-" + std::to_string(number) + ".txt"; }

    // As a fax server does: under another name first, the sidecar last.
    void put(const std::string& name, const std::string& document, const std::string& sidecar) const {
        for (const auto& [to, text] : {std::pair(name, document), std::pair(name + ".json", sidecar)}) {
            support::write_file(spool() / "in" / (to + ".part"), text);
            fs::rename(spool() / "in" / (to + ".part"), spool() / "in" / to);
        }
    }
    void put_notice(int number) {
        const std::string text = support::fill_form(static_cast<std::uint64_t>(number)).text;
        papers[name_of(number)] = text;
        const std::string second = std::to_string(10 + number % 50);
        const std::string minute = std::to_string(10 + number / 50);
        put(name_of(number), text,
            R"({"kind": "notice", "address": "+17185550101", "stamp": "2002-06-26T10:)" + minute + ":" + second + R"(-04:00"})");
    }

    [[nodiscard]] std::size_t count_in(const std::string& folder) const {
        std::error_code none;
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(spool() / folder, none), fs::directory_iterator()));
    }

    // Everything that the logs say of fax-1: its messages' first records, by number.
    struct Logged {
        std::string log;
        store::Sequence sequence = 0;
        domain::Record record;
    };
    std::multimap<std::uint64_t, Logged> logged() {
        std::multimap<std::uint64_t, Logged> all;
        store::RedisStore store({suite.redis.socket_path(), "reader", support::RedisServer::password_of("reader")});
        const auto logs = store.logs().value();
        for (const std::string& log : logs) {
            const auto read = store::read_to_end(store, log, 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
                domain::Record record = wire::decode_record(stored.record, nullptr).value();
                if (record.position == 0 && record.cause.source == "fax-1" && record.service == "intake") all.emplace(record.cause.sequence, Logged{log, stored.sequence, std::move(record)});
                return true;
            });
            EXPECT_TRUE(read) << read.error().message;
        }
        return all;
    }

    // Each document has one receipt; each receipt is what the log decided; the log has each message once.
    void expect_each_once() {
        const auto messages = logged();
        std::map<std::uint64_t, std::string> documents;  // by number
        int set_aside = 0;
        for (const auto& [name, paper] : papers) {
            const fs::path file = spool() / "receipts" / (name + ".receipt.json");
            ASSERT_TRUE(fs::exists(file)) << name << " has no receipt";
            const auto receipt = nlohmann::json::parse(support::text_of_file(file));
            const std::uint64_t number = std::stoull(receipt.at("id").get<std::string>().substr(6));
            EXPECT_TRUE(documents.emplace(number, name).second) << number << " is of two documents";
            // At which intake was killed three times while it decided: set aside, visibly.
            if (receipt.at("receipt").at("kind") == "quarantined" && ++set_aside <= 2) continue;
            ASSERT_EQ(messages.count(number), 1U) << name << ", " << number << ": " << receipt.dump();
            const Logged& decided = messages.find(number)->second;
            const domain::Receipt expected = domain::receipt_of(decided.record, decided.log, decided.sequence);
            EXPECT_EQ(support::text_of_file(file), tools::receipt_file(name, "fax-1." + std::to_string(number), expected)) << name;
            EXPECT_EQ(support::text_of_file(spool() / "sent" / ("fax-1." + std::to_string(number) + "-" + name)), paper) << name;
            if (const auto* notice = std::get_if<domain::NoticeDecided>(&decided.record.event)) {
                EXPECT_EQ(notice->notice.deliveries.front().document, base::sha256_hex(paper)) << name;
            }
        }
        EXPECT_EQ(count_in("receipts"), papers.size());
        EXPECT_EQ(count_in("in"), 0U);
        for (const auto& [number, message] : messages) {
            EXPECT_TRUE(documents.contains(number) || std::holds_alternative<domain::WatermarkAdvanced>(message.record.event)) << number << " is of no document";
        }
    }

    std::vector<std::string> watermarks() {
        std::vector<std::string> told;
        const auto messages = logged();
        for (const auto& [number, message] : messages) {
            if (const auto* event = std::get_if<domain::WatermarkAdvanced>(&message.record.event)) told.push_back(domain::instant_text(event->watermark.through));
        }
        return told;
    }

    SuiteProcesses suite;
    std::map<std::string, std::string> papers;
};

TEST_F(Gateways, hand_over_every_document_once_whatever_is_killed) {
    const int documents = support::counted(200, 400);
    const int kills = support::counted(25, 120);
    std::mt19937 random(11);
    int put = 0;
    int killed = 0;
    while (killed < kills || put < documents) {
        // Some come while it is dead, and some while it works.
        for (int more = 0; more < documents / kills / 2 && put < documents; ++more) put_notice(++put);
        auto process = suite.start_command(gateway({"--watermark-every", "1", "--watermark-behind", "6600"}));
        const std::size_t before = count_in("sent") + count_in("receipts");
        const auto enough = before + random() % 8;
        std::optional<std::chrono::steady_clock::time_point> due;
        const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        suite.supervise_until_end(process, [&] {
            const auto now = std::chrono::steady_clock::now();
            ASSERT_LT(now, limit) << suite.said() << suite.logs();
            if (put < documents && random() % 4 == 0) put_notice(++put);
            if (!due && (count_in("sent") + count_in("receipts") > enough || (put == documents && count_in("in") == 0))) due = now + std::chrono::microseconds(random() % 8'000);
            if (!due || now < *due) return;
            switch (random() % 4) {
                case 0: suite.kill("intake"); break;
                case 1: suite.kill_redis(); break;
                default: break;
            }
            process.kill();
        });
        ++killed;
        ASSERT_FALSE(HasFatalFailure());
    }
    auto last = suite.start_command(gateway({"--once", "--watermark-every", "1", "--watermark-behind", "0"}));
    const int code = suite.supervise_until_end(last, [] {});
    EXPECT_TRUE(code == 0 || code == 4) << code << suite.said();
    expect_each_once();
    const auto told = watermarks();
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back(), "2002-06-26T16:00:00Z");
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    EXPECT_EQ(std::set<std::string>(told.begin(), told.end()).size(), told.size()) << "none is told twice";

    const auto before = suite.verified(kSpooled);
    EXPECT_EQ(suite.command(gateway({"--once"})).code, 0) << "there is nothing to do";
    EXPECT_EQ(suite.verified(kSpooled), before);
    expect_each_once();
}

TEST_F(Gateways, put_aside_what_cannot_be_sent_and_hold_the_watermark) {
    put_notice(1);
    put("torn.txt", "a page", "{\"kind\": ");
    put("nowhere.txt", "a page", R"({"kind": "notice", "stamp": "file"})");
    const auto first = suite.command(gateway({"--once", "--json", "--watermark-every", "1"}));
    EXPECT_EQ(first.code, 1) << first.out << first.err;
    EXPECT_NE(first.out.find(R"("event":"refused","document":"torn.txt")"), std::string::npos) << first.out;
    EXPECT_NE(first.err.find("the watermark waits: 2 documents are in refused/"), std::string::npos) << first.err;
    EXPECT_EQ(support::text_of_file(spool() / "refused/nowhere.txt.reason.txt"), "address: is missing\n");
    EXPECT_EQ(support::text_of_file(spool() / "refused/nowhere.txt"), "a page");
    EXPECT_TRUE(watermarks().empty());
    const auto status = suite.command({"gateway", "status", "--spool", spool().string(), "--as", "fax-1", "--json"});
    EXPECT_EQ(nlohmann::json::parse(status.out).at("spool").at("refused"), 2) << status.out << status.err;

    // Put right by a person, and back it goes; the other is thrown out by one.
    fs::remove(spool() / "refused/nowhere.txt.reason.txt");
    papers["nowhere.txt"] = "a page";
    put("nowhere.txt", "a page", R"({"kind": "notice", "address": "+17185550101", "stamp": "2002-06-26T10:00:00-04:00"})");
    for (const char* name : {"nowhere.txt", "nowhere.txt.json", "torn.txt", "torn.txt.json", "torn.txt.reason.txt"}) fs::remove(spool() / "refused" / name);
    const auto second = suite.command(gateway({"--once", "--watermark-every", "1"}));
    EXPECT_TRUE(second.code == 0 || second.code == 4) << second.out << second.err;
    expect_each_once();
    EXPECT_EQ(watermarks(), std::vector<std::string>{"2002-06-26T15:59:00Z"});
}

TEST_F(Gateways, share_one_row_of_numbers_with_single_commands) {
    put_notice(1);
    run({"gateway", "watermark", "--through", "2002-06-26T09:00:00-04:00", "--as", "fax-1"});
    (void)suite.command(gateway({"--once"}));
    run({"gateway", "watermark", "--through", "2002-06-26T11:00:00-04:00", "--as", "fax-1"});
    put_notice(2);
    (void)suite.command(gateway({"--once"}));
    expect_each_once();
    EXPECT_EQ(watermarks().size(), 2U);
    EXPECT_EQ(logged().size(), 4U) << "no number was used twice";
    const auto messages = logged();
    for (const auto& [number, message] : messages) EXPECT_FALSE(std::holds_alternative<domain::IdentityConflicted>(message.record.event));
    const auto journal = suite.command({"gateway", "journal", "--as", "fax-1"});
    EXPECT_NE(journal.out.find("2  to intake  page-1.txt"), std::string::npos) << journal.out << journal.err;
    EXPECT_NE(journal.out.find("4  receipt: "), std::string::npos) << journal.out;
}

TEST_F(Gateways, that_are_dead_are_spoken_for_by_two_people) {
    const std::string through = "2002-06-26T11:30:00-04:00";
    const auto list = [this] { return suite.command({"gateway", "watermarks"}).out; };
    EXPECT_NE(list().find("fax-1  none yet  for " + kSpooled), std::string::npos) << list();
    run({"gateway", "declare", "fax-1", "--through", through, "--why", "its host burnt", "--as", "alice"});
    EXPECT_NE(list().find("alice proposes 2002-06-26T15:30:00Z: its host burnt"), std::string::npos) << list();
    const auto alone = suite.command({"gateway", "approve", "fax-1", "--through", through, "--of", "alice", "--as", "alice"});
    EXPECT_NE(alone.code, 0) << "one person is not two";
    const auto another = suite.command({"gateway", "approve", "fax-1", "--through", "2002-06-26T11:45:00-04:00", "--of", "alice", "--as", "bob"});
    EXPECT_NE(another.code, 0) << "not what was proposed";
    run({"gateway", "approve", "fax-1", "--through", through, "--of", "alice", "--as", "bob"});
    EXPECT_NE(list().find("fax-1  2002-06-26T15:30:00Z  for " + kSpooled + "; declared by alice and bob: its host burnt"), std::string::npos) << list();
    const auto sources = nlohmann::json::parse(suite.command({"--json", "gateway", "watermarks"}).out);
    EXPECT_EQ(sources.at(1).at("source"), "fax-1");
    EXPECT_EQ(sources.at(1).at("watermark").at("declared_by"), (nlohmann::json{"alice", "bob"}));
    // A bank feed's goes to the other door, which the command finds by itself.
    run({"gateway", "declare", "bank-1", "--through", through, "--why", "the bank closed the line", "--as", "alice"});
    run({"gateway", "withdraw", "bank-1", "--why", "it is open again", "--as", "bob"});
    const auto unknown = suite.command({"gateway", "declare", "alice", "--through", through, "--why", "she is no gateway", "--as", "bob"});
    EXPECT_NE(unknown.out.find("no offering waits for a watermark of 'alice'"), std::string::npos) << unknown.out << unknown.err;
}

TEST_F(Gateways, stop_when_told_to) {
    put_notice(1);
    auto process = suite.start_command(gateway({}));
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (count_in("receipts") == 0) ASSERT_LT(std::chrono::steady_clock::now(), limit);
    const auto second = suite.command(gateway({"--once"}));
    EXPECT_EQ(second.code, 3) << second.err;
    EXPECT_NE(second.err.find("another gateway works on this spool"), std::string::npos) << second.err;
    EXPECT_EQ(process.stop(), 0);
    expect_each_once();
}

}  // namespace
}  // namespace rightsdesk
