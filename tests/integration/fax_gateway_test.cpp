// The fax gateway over real processes and a real Redis: HylaFAX's spool through its hook to the notice's state, and kill -9 at every
// moment. The page reader is a program of the test's own, run in confinement as the real one is: a page bears what is to be read on it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <random>

#include "domain/civil.h"
#include "feeds/page_reader.h"
#include "store/redis_store.h"
#include "store/whole_log.h"
#include "support/builders.h"
#include "support/filled_form.h"
#include "support/scale.h"
#include "support/suite_processes.h"
#include "wire/wire.h"

namespace rightsdesk {
namespace {

using support::CommandEnd;
using support::SuiteProcesses;
namespace fs = std::filesystem;

const std::string kFaxedTo = "rare-medium-2002";
const std::string kListedBroker = "Harbor Securities Corp.";
const std::string kTiffMark("II*\0", 4);

std::string page_of(reading::Verdict verdict, const domain::NoticeFields& fields, const std::vector<std::string>& missing = {}) {
    reading::PageReading read;
    read.verdict = verdict;
    read.reason = missing.empty() ? "" : "a streak runs through it";
    read.layout = "form";
    read.fields = fields;
    for (const std::string& field : missing) read.readings.push_back({field, "2?", 300, domain::ReadPlace{1, 100, 700, 90, 12}, {"2002-06-26", "2002-06-27"}});
    read.missing = missing;
    return kTiffMark + feeds::page_read_text(read);
}

class FaxGateways : public testing::Test {
protected:
    FaxGateways() {
        run({"clock", "advance", "--to", "2002-06-03T09:00:00-04:00"});
        run({"offering", "open", std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml", "--as", "alice"});
        fs::create_directories(spool() / "arrived");
        support::write_file(suite.folder() / "read-page", "#!/bin/sh\nexec tail -c +5\n");
        fs::permissions(suite.folder() / "read-page", fs::perms::owner_all);
    }

    void run(const std::vector<std::string>& arguments) {
        const CommandEnd end = suite.command(arguments);
        EXPECT_EQ(end.code, 0) << arguments[0] << " " << arguments[1] << ": " << end.out << end.err;
    }
    nlohmann::json json_of(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "--json");
        const CommandEnd end = suite.command(arguments);
        EXPECT_TRUE(end.code == 0 || end.code == 4) << end.out << end.err;
        return nlohmann::json::parse(end.out);
    }
    [[nodiscard]] fs::path spool() const { return suite.folder() / "spool"; }
    [[nodiscard]] support::ChildProcess gateway(const std::vector<std::string>& more) const {
        std::vector<std::string> words{std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-fax-gateway", "--config", suite.config(), "--spool", spool().string(), "--as", "fax-1",
                                       "--read-page", (suite.folder() / "read-page").string(), "--templates", ""};
        words.insert(words.end(), more.begin(), more.end());
        return {words, (suite.folder() / "gateway.out").string(), (suite.folder() / "gateway.err").string()};
    }
    [[nodiscard]] std::string gateway_said() const { return support::text_of_file(suite.folder() / "gateway.out") + support::text_of_file(suite.folder() / "gateway.err"); }

    // As faxgetty does: the file is closed when its last page is complete, and the command gets its arguments in HylaFAX's spool.
    void receive(int number, const std::string& page, std::string_view complete_at, const std::string& error = "") {
        const fs::path hylafax = suite.folder() / "hylafax";
        fs::create_directories(hylafax / "recvq");
        const std::string digits = std::to_string(number);
        const std::string file = "recvq/fax" + std::string(9 - digits.size(), '0') + digits + ".tif";
        support::write_file(hylafax / file, page);
        const std::int64_t nanoseconds = support::new_york(complete_at).value;
        const timespec time{nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000};
        const timespec both[2] = {time, time};
        ASSERT_EQ(::utimensat(AT_FDCWD, (hylafax / file).c_str(), both, 0), 0);
        const std::string hook = std::string(RIGHTSDESK_SOURCE_DIR) + "/deploy/hylafax/faxrcvd-rightsdesk";
        const std::string script = "cd " + hylafax.string() + " && RIGHTSDESK_FAXRCVD_CONF=/nowhere RIGHTSDESK_SPOOL=" + spool().string() + " " + hook + " " + file + " ttyS0 0000" + digits +
                                   " '" + error + "' '+1 212 555 0199' 'ALDER \"&\" FINCH' '+17185550101'";
        for (int twice = 0; twice < 2; ++twice) {  // called again it does nothing
            support::ChildProcess called({"/bin/sh", "-c", script}, (suite.folder() / "hook.out").string(), (suite.folder() / "hook.err").string());
            ASSERT_EQ(called.wait(), 0) << support::text_of_file(suite.folder() / "hook.err");
        }
    }
    [[nodiscard]] nlohmann::json receipt_of(const std::string& name) const { return nlohmann::json::parse(support::text_of_file(spool() / "receipts" / (name + ".receipt.json"))); }

    SuiteProcesses suite;
};

TEST_F(FaxGateways, take_what_hylafax_received_from_its_file_to_the_notices_state) {
    run({"clock", "advance", "--to", "2002-06-28T16:59:00-04:00"});
    const auto clear = support::a_notice().guaranteed_by(kListedBroker).dated("2002-06-27").fields();
    auto blurred = support::a_notice().guaranteed_by(kListedBroker).named({"Otto Other"}).certificates({"RC-2002"}).undated().fields();
    auto second = support::a_notice().guaranteed_by(kListedBroker).named({"Vera Third"}).certificates({"RC-3003"}).dated("2002-06-27").fields();
    receive(1, page_of(reading::Verdict::kRead, clear), "2002-06-28T16:57:00.250000001");
    receive(2, page_of(reading::Verdict::kNeedsKeying, blurred, {"dated"}), "2002-06-28T16:58:00");
    receive(3, page_of(reading::Verdict::kRead, second), "2002-06-28T16:58:30", "No carrier detected");
    receive(4, kTiffMark + "kills its reader", "2002-06-28T16:58:40");
    receive(5, page_of(reading::Verdict::kNotOurs, {}), "2002-06-28T16:58:50");
    auto once = gateway({"--once", "--watermark-every", "1", "--watermark-behind", "0"});
    const int code = suite.supervise_until_end(once, [] {});
    EXPECT_EQ(code, 4) << "one of them is defective: " << gateway_said();

    const auto first = receipt_of("fax000000001-00001.tif");
    EXPECT_EQ(first["receipt"]["status"], "accepted") << first.dump(2);
    const std::string id = first["id"];
    const auto shown = json_of({"notice", "show", id});
    EXPECT_EQ(shown["deliveries"][0]["stamp"], "2002-06-28T20:57:00.250000001Z") << "when the last page was complete, to the last digit";
    EXPECT_EQ(shown["deliveries"][0]["address"], "+17185550101");
    EXPECT_EQ(shown["deliveries"][0]["sender_station"], "+1 212 555 0199");
    EXPECT_EQ(shown["reading"]["layout"], "form");
    EXPECT_EQ(receipt_of("fax000000002-00002.tif")["receipt"]["status"], "awaiting_keying");
    EXPECT_EQ(receipt_of("fax000000003-00003.tif")["receipt"]["reasons"][0], "incomplete_fax");
    EXPECT_EQ(receipt_of("fax000000004-00004.tif")["receipt"]["status"], "awaiting_keying");
    EXPECT_EQ(receipt_of("fax000000005-00005.tif")["receipt"]["status"], "awaiting_keying");

    run({"clock", "advance", "--to", "2002-06-28T18:30:00-04:00"});
    const auto waiting = json_of({"notice", "keying", kFaxedTo});
    ASSERT_EQ(waiting.size(), 3U) << waiting.dump(2);
    EXPECT_EQ(waiting[0]["missing"], nlohmann::json({"dated"}));
    EXPECT_EQ(waiting[0]["readings"][0]["candidates"], nlohmann::json({"2002-06-26", "2002-06-27"}));
    EXPECT_EQ(waiting[0]["read"]["names"], nlohmann::json({"Otto Other"})) << "the key is on this host";
    EXPECT_EQ(support::text_of_file(waiting[0]["document"]["file"].get<std::string>()), page_of(reading::Verdict::kNeedsKeying, blurred, {"dated"})) << "the picture";
    EXPECT_NE(waiting[1]["why"].get<std::string>().find("no page reader could read it"), std::string::npos);
    EXPECT_NE(waiting[2]["why"].get<std::string>().find("another kind of notice"), std::string::npos);
    const CommandEnd text = suite.command({"notice", "keying"});
    EXPECT_NE(text.out.find("to be keyed     dated  0.300  \"2?\"  perhaps 2002-06-26 | 2002-06-27  page 1, 10 % from the left, 70 % from the top"), std::string::npos) << text.out;
    const std::string blurred_id = waiting[0]["notice"];
    EXPECT_EQ(suite.command({"notice", "key", blurred_id, "--as", "alice"}).code, 2) << "nothing is said";
    EXPECT_EQ(suite.command({"notice", "key", blurred_id, "--field", "issuer=RARE MEDIUM GROUP, INC.", "--as", "alice"}).code, 4) << "the date is left open";
    EXPECT_EQ(json_of({"notice", "key", blurred_id, "--field", "dated=2002-06-27", "--as", "alice"})["status"], "accepted") << "it came at 4:58 p.m.";
    EXPECT_EQ(json_of({"notice", "key", blurred_id, "--field", "dated=2002-06-27", "--as", "bob"})["status"], "accepted") << "again";
    EXPECT_EQ(suite.command({"notice", "key", blurred_id, "--field", "dated=2002-06-26", "--as", "bob"}).code, 4) << "otherwise";
    const CommandEnd blank = suite.command({"notice", "key", waiting[1]["notice"], "--rest-blank", "--as", "alice"});
    EXPECT_EQ(blank.code, 4) << blank.out;
    EXPECT_NE(blank.out.find("nothing of it makes a notice"), std::string::npos) << blank.out;
    for (int other : {1, 2}) run({"notice", "reject", waiting[static_cast<std::size_t>(other)]["notice"], "--why", "no notice of ours", "--as", "alice"});
    EXPECT_EQ(suite.command({"notice", "keying"}).out, "no notice waits to be keyed\n");
    EXPECT_EQ(suite.command({"verify", kFaxedTo}).code, 0);
    EXPECT_TRUE(fs::is_empty(spool() / "arrived"));
    EXPECT_EQ(std::distance(fs::directory_iterator(spool() / "sent"), fs::directory_iterator()), 10);
}

TEST_F(FaxGateways, hand_over_every_fax_once_whatever_is_killed) {
    const int faxes = support::counted(40, 200);
    const int kills = support::counted(20, 100);
    run({"clock", "advance", "--to", "2002-06-26T12:00:00-04:00"});
    std::mt19937 random(7);
    int put = 0;
    const auto put_one = [&] {
        ++put;
        const std::string name = "fax-" + std::to_string(put) + ".tif";
        const bool certain = put % 3 != 0;
        const auto fields = support::fill_form(static_cast<std::uint64_t>(put)).meant;
        const std::string second = std::to_string(10 + put % 50), minute = std::to_string(10 + put / 50);
        support::write_file(spool() / "arrived" / name, page_of(certain ? reading::Verdict::kRead : reading::Verdict::kNeedsKeying, fields, certain ? std::vector<std::string>{} : std::vector<std::string>{"dated"}));
        support::write_file(spool() / "arrived" / (name + ".json"), R"({"kind": "notice", "address": "+17185550101", "stamp": "2002-06-26T11:)" + minute + ":" + second + R"(-04:00"})");
    };
    for (int killed = 0; killed < kills; ++killed) {
        for (int more = 0; more < faxes / kills && put < faxes; ++more) put_one();
        auto process = gateway({"--watermark-every", "1", "--watermark-behind", "3000"});
        const auto due = std::chrono::steady_clock::now() + std::chrono::milliseconds(20 + random() % 400);
        suite.supervise_until_end(process, [&] {
            if (std::chrono::steady_clock::now() < due) return;
            if (random() % 4 == 0) suite.kill("intake");
            process.kill();
        });
    }
    while (put < faxes) put_one();
    auto last = gateway({"--once", "--watermark-every", "1", "--watermark-behind", "0"});
    const int code = suite.supervise_until_end(last, [] {});
    EXPECT_TRUE(code == 0 || code == 4) << code << gateway_said();

    std::map<std::string, int> numbers;  // by id
    int set_aside = 0;
    for (int number = 1; number <= faxes; ++number) {
        const std::string name = "fax-" + std::to_string(number) + ".tif";
        ASSERT_TRUE(fs::exists(spool() / "receipts" / (name + ".receipt.json"))) << name << gateway_said();
        const auto receipt = receipt_of(name);
        EXPECT_EQ(++numbers[receipt["id"]], 1) << name;
        const bool quarantined = receipt["receipt"]["kind"] == "quarantined";  // at which intake was killed three times
        if (quarantined) ++set_aside;
        if (!quarantined && number % 3 == 0) {
            EXPECT_EQ(receipt["receipt"]["status"], "awaiting_keying") << receipt.dump();
        }
        EXPECT_TRUE(fs::exists(spool() / "taken" / (name + ".json")));
    }
    EXPECT_LE(set_aside, 2);
    EXPECT_TRUE(fs::is_empty(spool() / "arrived"));
    EXPECT_TRUE(fs::is_empty(spool() / "in"));
    EXPECT_EQ(std::distance(fs::directory_iterator(spool() / "receipts"), fs::directory_iterator()), faxes);
    // The log has each of them once, and no more.
    std::size_t decided = 0;
    store::RedisStore store({suite.redis.socket_path(), "reader", support::RedisServer::password_of("reader")});
    ASSERT_TRUE(store::read_to_end(store, kFaxedTo, 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
        const domain::Record record = wire::decode_record(stored.record, nullptr).value();
        if (record.position == 0 && record.cause.source == "fax-1" && record.service == "intake") ++decided;
        return true;
    }));
    EXPECT_EQ(decided + static_cast<std::size_t>(set_aside), static_cast<std::size_t>(faxes));
    EXPECT_EQ(suite.command({"verify", kFaxedTo}).code, 0);
}

}  // namespace
}  // namespace rightsdesk
