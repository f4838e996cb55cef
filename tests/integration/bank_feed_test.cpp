// A bank's drop folder to the desk's books, real processes and a real Redis: the feed killed with -9 again and again, and payment clearing as well.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "domain/events.h"
#include "store/redis_store.h"
#include "store/whole_log.h"
#include "support/scale.h"
#include "support/suite_processes.h"
#include "wire/wire.h"

namespace rightsdesk {
namespace {

using support::ChildProcess;
using support::CommandEnd;
using support::SuiteProcesses;
namespace fs = std::filesystem;

const std::string kCredited = "rare-medium-2002";
const std::string kAccountOfOffering = "021000018/890-0032-147";

// The same wire of $2,000.00 by three formats; each has the IMAD, and a reference of its own.
std::string imad_of(int number) {
    const std::string sequence = std::to_string(100'000 + number);
    return "20020626B1Q8021C" + sequence;
}
std::string camt_of(const std::vector<int>& wires) {
    std::string text = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N-" + std::to_string(wires.front()) +
                       "</MsgId></GrpHdr><Ntfctn><Id>1</Id><Acct><Id><Othr><Id>" + kAccountOfOffering + "</Id></Othr></Id><Ccy>USD</Ccy></Acct>";
    for (const int wire : wires) {
        text += "<Ntry><Amt Ccy=\"USD\">2000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2002-06-26T10:12:00-04:00</DtTm></BookgDt><ValDt><Dt>2002-06-26</Dt></ValDt>"
                "<AcctSvcrRef>C-" + std::to_string(wire) + "</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>FEDW</SubFmlyCd></Fmly></Domn></BkTxCd>"
                "<NtryDtls><TxDtls><Refs><ClrSysRef>" + imad_of(wire) + "</ClrSysRef></Refs><RltdPties><Dbtr><Nm>Harbor Securities</Nm></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>";
    }
    return text + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n";
}
std::string mt940_of(const std::vector<int>& wires) {
    std::string text = ":20:S-" + std::to_string(wires.front()) + "\n:25:" + kAccountOfOffering + "\n:28C:1/1\n:60F:C020625USD0,\n";
    for (const int wire : wires) text += ":61:0206260626C2000,NTRFNONREF//M-" + std::to_string(wire) + "\n:86:IMAD " + imad_of(wire) + "\n";
    return text + ":62F:C020626USD" + std::to_string(2'000 * wires.size()) + ",\n-\n";
}
std::string bai2_of(const std::vector<int>& wires) {
    const std::string total = std::to_string(200'000 * wires.size());
    std::string text = "01,HARBOR,AGENT,020626,1700," + std::to_string(wires.front()) + ",80,1,2/\n02,AGENT,021000021,1,020626,1700,USD,2/\n03," + kAccountOfOffering + ",,,,,/\n";
    for (const int wire : wires) text += "16,195,200000,0,B-" + std::to_string(wire) + ",,FED NO: " + imad_of(wire) + "\n";
    return text + "49," + total + "," + std::to_string(wires.size() + 2) + "/\n98," + total + ",1," + std::to_string(wires.size() + 4) + "/\n99," + total + ",1," + std::to_string(wires.size() + 6) + "/\n";
}

class BankFeeds : public testing::Test {
protected:
    BankFeeds() {
        run({"clock", "advance", "--to", "2002-06-03T09:00:00-04:00"});
        run({"offering", "open", std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml", "--as", "alice"});
        run({"clock", "advance", "--to", "2002-06-26T12:00:00-04:00"});
        fs::create_directories(drop() / "in");
    }

    void run(const std::vector<std::string>& arguments) {
        const CommandEnd end = suite.command(arguments);
        EXPECT_EQ(end.code, 0) << arguments[0] << " " << arguments[1] << ": " << end.out << end.err;
    }
    [[nodiscard]] fs::path drop() const { return suite.folder() / "bank"; }
    ChildProcess start_feed(const std::vector<std::string>& more) {
        std::vector<std::string> words{std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-bank-feed", "--config", suite.config(), "--as", "bank-1", "--folder", drop().string()};
        words.insert(words.end(), more.begin(), more.end());
        ++feeds_;
        return {words, said_in(feeds_).string(), (suite.folder() / "feed.err").string()};
    }
    // Runs it until it ends; its exit code and what it said.
    CommandEnd feed(const std::vector<std::string>& more) {
        ChildProcess process = start_feed(more);
        const int code = suite.supervise_until_end(process, [] {});
        return {code, support::text_of_file(said_in(feeds_)), support::text_of_file(suite.folder() / "feed.err")};
    }
    [[nodiscard]] fs::path said_in(int number) const { return suite.folder() / ("feed-" + std::to_string(number) + ".out"); }

    // As a bank does: under another name first.
    void put(const std::string& name, const std::string& text) const {
        support::write_file(drop() / "in" / (name + ".part"), text);
        fs::rename(drop() / "in" / (name + ".part"), drop() / "in" / name);
    }
    [[nodiscard]] std::set<std::string> names_in(const std::string& folder) const {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(drop() / folder)) names.insert(entry.path().filename().string());
        return names;
    }

    // Everything of a type in a log.
    template <class Wanted>
    std::vector<Wanted> events(const std::string& log) {
        std::vector<Wanted> found;
        store::RedisStore store({suite.redis.socket_path(), "reader", support::RedisServer::password_of("reader")});
        const auto read = store::read_to_end(store, log, 0, [&](const store::LogRecord& stored) -> base::Result<bool> {
            const domain::Record record = wire::decode_record(stored.record, nullptr).value();
            if (const auto* event = std::get_if<Wanted>(&record.event)) found.push_back(*event);
            return true;
        });
        EXPECT_TRUE(read) << read.error().message;
        return found;
    }

    SuiteProcesses suite;
    int feeds_ = 0;
};

TEST_F(BankFeeds, tell_every_wire_once_whatever_is_killed) {
    const int wires = support::counted(60, 240);
    const int kills = support::counted(15, 60);
    constexpr int kOfFile = 4;
    std::mt19937 random(7);
    int told = 0;
    int files = 0;
    const auto put_more = [&] {
        std::vector<int> of;
        of.reserve(kOfFile);
        for (int wire = 0; wire < kOfFile; ++wire) of.push_back(told++);
        const std::string name = std::to_string(told);
        put("notification-" + name + ".xml", camt_of(of));
        put("statement-" + name + ".sta", mt940_of(of));
        put("report-" + name + ".bai", bai2_of(of));
        files += 3;
    };
    for (int killed = 0; killed < kills || told < wires; ++killed) {
        if (told < wires) put_more();
        auto process = start_feed({"--settle", "0", "--watermark-every", "1"});
        const auto due = std::chrono::steady_clock::now() + std::chrono::milliseconds(5 + random() % 400);
        suite.supervise_until_end(process, [&] {
            if (std::chrono::steady_clock::now() < due) return;
            if (random() % 4 == 0) suite.kill("payment_clearing");
            process.kill();
        });
        ASSERT_FALSE(HasFatalFailure());
    }
    const CommandEnd last = feed({"--once", "--settle", "0", "--watermark-every", "1", "--watermark-behind", "0"});
    EXPECT_EQ(last.code, 0) << last.out << last.err << suite.logs();
    EXPECT_TRUE(names_in("in").empty());
    EXPECT_TRUE(names_in("set-aside").empty());
    EXPECT_EQ(names_in("done").size(), 2 * static_cast<std::size_t>(files)) << "each with its report";

    // Each wire is one payment, told of by three messages.
    std::map<std::string, int> payments;
    std::map<std::string, std::string> imad_by_id;
    for (const auto& advised : events<domain::PaymentAdvised>(kCredited)) {
        ++payments[advised.payment.references.imad];
        EXPECT_EQ(advised.payment.amount, domain::Money(200'000));
        imad_by_id[advised.payment.id] = advised.payment.references.imad;
    }
    EXPECT_EQ(payments.size(), static_cast<std::size_t>(told));
    for (const auto& [imad, times] : payments) EXPECT_EQ(times, 1) << imad;
    std::map<std::string, int> linked;
    for (const auto& link : events<domain::PaymentLinked>(kCredited)) ++linked[imad_by_id.at(link.payment)];
    EXPECT_EQ(linked.size(), payments.size());
    for (const auto& [imad, times] : linked) EXPECT_EQ(times, 2) << imad << ": no message was sent under two numbers";
    const auto watermarks = events<domain::WatermarkAdvanced>("desk");
    ASSERT_FALSE(watermarks.empty());
    EXPECT_TRUE(std::is_sorted(watermarks.begin(), watermarks.end(), [](const auto& left, const auto& right) { return left.watermark.through < right.watermark.through; }));
    EXPECT_EQ(suite.command({"verify", kCredited}).code, 0);
}

TEST_F(BankFeeds, set_a_file_aside_whole_and_hold_the_watermark_until_it_is_mended) {
    std::string spoiled = bai2_of({1, 2});
    spoiled.replace(spoiled.find("49,400000"), 9, "49,400001");
    put("june.bai", spoiled);
    put("good.xml", camt_of({3}));
    support::write_file(drop() / "in" / "half.xml.part", "<Document>");
    const CommandEnd first = feed({"--once", "--settle", "0", "--watermark-every", "1"});
    EXPECT_EQ(first.code, 1) << first.out << first.err;
    EXPECT_EQ(names_in("set-aside"), (std::set<std::string>{"june.bai", "june.bai.reason.json"}));
    EXPECT_EQ(support::text_of_file(drop() / "set-aside/june.bai"), spoiled);
    EXPECT_NE(support::text_of_file(drop() / "set-aside/june.bai.reason.json").find("the control total is 400001"), std::string::npos);
    EXPECT_EQ(names_in("in"), std::set<std::string>{"half.xml.part"}) << "it is still being written";
    EXPECT_EQ(events<domain::PaymentAdvised>(kCredited).size(), 1U) << "of the spoiled file nothing was told";
    ASSERT_EQ(events<domain::FileSetAside>("desk").size(), 1U);
    EXPECT_EQ(events<domain::FileSetAside>("desk")[0].source, "bank-1");
    EXPECT_TRUE(events<domain::WatermarkAdvanced>("desk").empty());
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (events<domain::AlertRaised>("desk").empty()) ASSERT_LT(std::chrono::steady_clock::now(), limit);
    EXPECT_EQ(events<domain::AlertRaised>("desk")[0].alert.kind, "file_set_aside");

    // The bank sends it again, as it should have been.
    fs::remove(drop() / "set-aside/june.bai");
    put("june.bai", bai2_of({1, 2}));
    const CommandEnd second = feed({"--once", "--settle", "0", "--watermark-every", "1"});
    EXPECT_EQ(second.code, 0) << second.out << second.err;
    EXPECT_EQ(events<domain::PaymentAdvised>(kCredited).size(), 3U);
    EXPECT_EQ(events<domain::FileTaken>("desk").size(), 1U);
    EXPECT_TRUE(names_in("set-aside").empty());
    EXPECT_EQ(events<domain::WatermarkAdvanced>("desk").size(), 1U);
    while (events<domain::AlertResolved>("desk").empty()) ASSERT_LT(std::chrono::steady_clock::now(), limit);
}

TEST_F(BankFeeds, take_a_file_that_nobody_renames_once_it_rests) {
    support::write_file(drop() / "in" / "slow.xml", camt_of({5}));
    const CommandEnd end = feed({"--once", "--settle", "300"});
    EXPECT_EQ(end.code, 0) << end.out << end.err;
    EXPECT_EQ(events<domain::PaymentAdvised>(kCredited).size(), 1U);
    // The same file again, under another name: known money.
    put("again.xml", camt_of({5}));
    EXPECT_EQ(feed({"--once", "--settle", "0"}).code, 0);
    EXPECT_EQ(events<domain::PaymentAdvised>(kCredited).size(), 1U);
}

}  // namespace
}  // namespace rightsdesk
