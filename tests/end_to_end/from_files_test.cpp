// An offering from files to its final report: what a mail server, a mail room, a fax server and a bank really leave, over the real
// adapters, the real services and a real Redis. Nobody submits anything by hand.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>
#include <nlohmann/json.hpp>

#include "domain/civil.h"
#include "feeds/page_reader.h"
#include "paper/form.h"
#include "support/mail_gateway_process.h"
#include "support/mails.h"
#include "support/suite_processes.h"

namespace rightsdesk {
namespace {

namespace fs = std::filesystem;
using support::SuiteProcesses;

const std::string kOffering = "rare-medium-2002";
const std::string kByMail = "notices@agent.example";
const std::string kStreet = "59 Maiden Lane, New York, NY 10038";

// The wire that wire-before-notice.txt tells of: as it came, and in the month's statement, where it is no other money.
const std::string kWireToldOf =
    "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>N-1</MsgId></GrpHdr><Ntfctn><Id>1</Id>"
    "<Acct><Id><Othr><Id>021000018/890-0032-147</Id></Othr></Id><Ccy>USD</Ccy></Acct><Ntry><Amt Ccy=\"USD\">66000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
    "<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2002-06-24T14:02:11-04:00</DtTm></BookgDt><ValDt><Dt>2002-06-24</Dt></ValDt><AcctSvcrRef>C-1</AcctSvcrRef>"
    "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>FEDW</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs>"
    "<ClrSysRef>20020624D1QCST1R000012</ClrSysRef></Refs><RltdAgts><DbtrAgt><FinInstnId><Nm>Coastline Bank</Nm></FinInstnId></DbtrAgt></RltdAgts></TxDtls></NtryDtls>"
    "</Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n";
const std::string kStatementOfTheSame =
    ":20:S-1\n:25:021000018/890-0032-147\n:28C:1/1\n:60F:C020624USD0,\n:61:0206240624C66000,NTRFNONREF//M-1\n:86:IMAD 20020624D1QCST1R000012\n"
    ":62F:C020624USD66000,\n-\n";

std::string form_of(const std::string& name) { return support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/notices/" + name); }

class FromFiles : public testing::Test {
protected:
    FromFiles() {
        const std::string terms = support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml");
        support::write_file(suite.folder() / "terms.toml", support::replaced(terms, "mail = [\"" + kStreet + "\"]", "mail = [\"" + kStreet + "\", \"" + kByMail + "\"]"));
        // Pages bear what is to be read on them: the adapters run it in confinement as they run the real reader.
        support::write_file(suite.folder() / "read-page", "#!/bin/sh\nexec tail -c +5\n");
        fs::permissions(suite.folder() / "read-page", fs::perms::owner_all);
        for (const char* part : {"scans/tmp", "scans/new", "scans/cur", "spool/arrived", "hylafax/recvq", "bank/in"}) fs::create_directories(suite.folder() / part);
    }

    void run(const std::vector<std::string>& arguments) {
        const support::CommandEnd end = suite.command(arguments);
        ASSERT_EQ(end.code, 0) << arguments[0] << " " << arguments[1] << ": " << end.out << end.err << said();
    }
    void clock(const std::string& to) { run({"clock", "advance", "--to", to + "-04:00"}); }
    nlohmann::json json_of(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "--json");
        const support::CommandEnd end = suite.command(arguments);
        return nlohmann::json::parse(end.out, nullptr, false);
    }
    [[nodiscard]] std::string said() const {
        std::string all;
        for (const fs::path& file : {mail.log(), suite.folder() / "fax.out", suite.folder() / "fax.err"}) all += fs::exists(file) ? support::text_of_file(file) : "";
        return all;
    }
    // As a reader of pages would have it that reads every word.
    static std::string page(const std::string& form) {
        reading::PageReading read;
        read.verdict = reading::Verdict::kRead;
        read.layout = "form";
        read.fields = paper::parse_form(form).value().fields;
        return support::a_tiff().substr(0, 4) + feeds::page_read_text(read);
    }

    // ---- the world's part ----

    void start_mail() {
        mail.start({"--lmtp", "unix:" + mail.socket().string(), "--recipient", kByMail, "--mail-room-maildir", (suite.folder() / "scans").string(), "--watermark-every", "1", "--watermark-behind", "0",
                    "--read-page", (suite.folder() / "read-page").string(), "--templates", ""});
        ASSERT_TRUE(mail.listens()) << said();
    }
    // By a mail server that somebody else wrote, where it is there.
    void mail_server_delivers(const std::string& message) {
        if (!fs::exists("/usr/bin/swaks")) {
            ASSERT_EQ(mail_gateway::LmtpClient(mail.socket().string()).deliver(message, {kByMail}).at(0).substr(0, 3), "250");
            return;
        }
        support::write_file(suite.folder() / "message", message);
        support::ChildProcess swaks({"/usr/bin/swaks", "--protocol", "LMTP", "--socket", mail.socket().string(), "--from", "ops@broker.example", "--to", kByMail, "--data", "@" + (suite.folder() / "message").string()},
                                    (suite.folder() / "swaks.out").string(), (suite.folder() / "swaks.err").string());
        ASSERT_EQ(swaks.wait(), 0) << support::text_of_file(suite.folder() / "swaks.out");
    }
    void mail_room_scans(const std::string& name, const support::Mail& envelope) const {
        support::write_file(suite.folder() / "scans/tmp" / name, envelope.made());
        fs::rename(suite.folder() / "scans/tmp" / name, suite.folder() / "scans/new" / name);
    }
    // HylaFAX closes the file when its last page is complete, and calls its command.
    void fax_server_receives(const std::string& octets, const std::string& complete_at) {
        const fs::path file = suite.folder() / "hylafax/recvq/fax000000001.tif";
        support::write_file(file, octets);
        const std::int64_t stamp = domain::parse_instant(complete_at + "-04:00").value().value;
        const timespec time{stamp / 1'000'000'000, stamp % 1'000'000'000};
        const timespec both[2] = {time, time};
        ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), both, 0), 0);
        const std::string script = "cd " + (suite.folder() / "hylafax").string() + " && RIGHTSDESK_FAXRCVD_CONF=/nowhere RIGHTSDESK_SPOOL=" + (suite.folder() / "spool").string() + " " + std::string(RIGHTSDESK_SOURCE_DIR) +
                                   "/deploy/hylafax/faxrcvd-rightsdesk recvq/fax000000001.tif ttyS0 00001 '' '+12125550199' '' '+17185550101'";
        support::ChildProcess hook({"/bin/sh", "-c", script}, (suite.folder() / "fax.out").string(), (suite.folder() / "fax.err").string());
        ASSERT_EQ(hook.wait(), 0) << said();
    }
    // Under another name first.
    void bank_drops(const std::string& name, const std::string& file) const {
        support::write_file(suite.folder() / "bank/in" / (name + ".part"), file);
        fs::rename(suite.folder() / "bank/in" / (name + ".part"), suite.folder() / "bank/in" / name);
    }
    void bank_feed_once() {
        support::ChildProcess feed({std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-bank-feed", "--config", suite.config(), "--as", "bank-1", "--folder", (suite.folder() / "bank").string(), "--once", "--settle", "0", "--watermark-every", "1",
                                    "--watermark-behind", "0"},
                                   (suite.folder() / "bank.out").string(), (suite.folder() / "bank.err").string());
        ASSERT_EQ(feed.wait(), 0) << support::text_of_file(suite.folder() / "bank.out") << support::text_of_file(suite.folder() / "bank.err");
    }
    void fax_gateway_once() {
        support::ChildProcess gateway({std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-fax-gateway", "--config", suite.config(), "--spool", (suite.folder() / "spool").string(), "--as", "fax-1", "--once", "--watermark-every", "1",
                                       "--watermark-behind", "0", "--read-page", (suite.folder() / "read-page").string(), "--templates", ""},
                                      (suite.folder() / "fax.out").string(), (suite.folder() / "fax.err").string());
        ASSERT_EQ(gateway.wait(), 0) << said();
    }

    // ---- what is seen of it ----

    // By the mail gateway's receipts: their document's id at the desk.
    void wait_for_mail_receipts(std::size_t count) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (mail.files_in("receipts", ".receipt.json") < count) {
            ASSERT_LT(std::chrono::steady_clock::now(), until) << said();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
    void wait_for_stage(const std::string& stage) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        std::string now;
        while ((now = json_of({"offering", "show", kOffering}).value("stage", "")) != stage) {
            ASSERT_LT(std::chrono::steady_clock::now(), until) << "it is " << now << " and not " << stage << ": " << said();
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
    // The notice of a guarantor's form, by the name of who holds its rights.
    std::map<std::int64_t, std::string> notices_by_rights() {
        std::map<std::int64_t, std::string> ids;
        for (const auto& receipt : fs::directory_iterator(mail.folder() / "receipts")) take_notice(receipt.path(), ids);
        for (const auto& receipt : fs::directory_iterator(suite.folder() / "spool/receipts")) take_notice(receipt.path(), ids);
        return ids;
    }
    void take_notice(const fs::path& receipt, std::map<std::int64_t, std::string>& ids) {
        const auto said_of = nlohmann::json::parse(support::text_of_file(receipt));
        const std::string subject = said_of["receipt"]["subject"];
        if (!subject.starts_with("notice/")) return;
        const std::string id = subject.substr(std::string("notice/").size());
        const auto shown = json_of({"notice", "show", id});
        EXPECT_EQ(shown.value("status", ""), "accepted") << shown.dump(2);
        ids[shown.at("content").at("rights_held").get<std::int64_t>()] = id;
    }

    SuiteProcesses suite;
    support::MailGatewayProcess mail{suite};
};

std::string check_headers(const std::string& kind, const std::string& number, const std::string& amount, const std::string& drawee, const std::string& maker) {
    return "X-Rightsdesk-Kind: " + kind + "\r\nX-Rightsdesk-Certified: yes\r\nX-Rightsdesk-Number: " + number + "\r\nX-Rightsdesk-Amount: " + amount + "\r\nX-Rightsdesk-Currency: USD\r\nX-Rightsdesk-Payee: American Stock Transfer & Trust Company\r\n" +
           "X-Rightsdesk-Drawee: " + drawee + "\r\nX-Rightsdesk-Maker: " + maker + "\r\n";
}

TEST_F(FromFiles, an_offering_comes_to_its_final_report) {
    clock("2002-06-03T09:00:00");
    run({"offering", "open", (suite.folder() / "terms.toml").string(), "--as", "alice"});
    clock("2002-06-24T14:02:11");
    bank_drops("june-24.xml", kWireToldOf);
    bank_feed_once();
    ASSERT_FALSE(HasFatalFailure());
    start_mail();

    // A notice by e-mail, its check by post; an envelope with a notice and a draft; a notice by fax, its wire there before it.
    clock("2002-06-25T09:31:00");
    fax_server_receives(page(form_of("wire-before-notice.txt")), "2002-06-25T09:30:00");
    fax_gateway_once();
    clock("2002-06-25T16:45:00");
    mail_server_delivers(support::a_mail().text(form_of("basic-certified-check.txt")).made());
    wait_for_mail_receipts(1);
    ASSERT_FALSE(HasFatalFailure());
    clock("2002-06-26T09:30:00");
    mail_room_scans("1", support::a_mail("scan").from_the_mail_room("2002-06-26T09:05:00-04:00", "envelope-1").tiff("check.tif", support::a_tiff("of a check"), check_headers("check", "004417", "240,000.00", "First Bank of Nassau", "Eleanor Whitcombe")));
    mail_room_scans("2", support::a_mail("scan").from_the_mail_room("2002-06-26T09:15:00-04:00", "envelope-2").tiff("notice.tif", page(form_of("bank-draft.txt"))).tiff("draft.tif", support::a_tiff("of a draft"), check_headers("bank-draft", "BD-88213", "200,000.00", "Hudson Valley Savings", "Tobias Lindqvist")));
    wait_for_mail_receipts(4);
    ASSERT_FALSE(HasFatalFailure());
    const auto notices = notices_by_rights();
    ASSERT_EQ(notices.size(), 3U) << said();
    EXPECT_EQ(json_of({"notice", "show", notices.at(60'000)})["deliveries"][0]["id"], "envelope-2");
    EXPECT_EQ(json_of({"notice", "show", notices.at(60'000)})["deliveries"][0]["stamp"], "2002-06-26T13:15:00Z");
    EXPECT_EQ(json_of({"notice", "show", notices.at(120'000)})["deliveries"][0]["address"], kByMail);
    EXPECT_EQ(json_of({"notice", "show", notices.at(22'000)})["deliveries"][0]["stamp"], "2002-06-25T13:30:00Z");

    // The certificates, before the hour, by courier.
    clock("2002-06-28T11:00:00");
    std::size_t envelope = 3;
    for (const auto& [rights, id] : notices) {
        const std::string sidecar = R"({"kind": "certificates", "offering": ")" + kOffering + R"(", "notice": ")" + id + R"(", "rights": )" + std::to_string(rights) + R"(, "signature_guarantee": true, "channel": "courier", "address": "6201 15th Avenue, Brooklyn, NY 11219"})";
        mail_room_scans(std::to_string(envelope), support::a_mail("scan").from_the_mail_room("2002-06-28T10:00:00-04:00", "envelope-" + std::to_string(envelope)).attached("certificates.json", "application/json", sidecar));
        ++envelope;
    }
    wait_for_mail_receipts(7);
    ASSERT_FALSE(HasFatalFailure());

    // After the hour and the last cover deadline every source says that it has handed in all it had.
    clock("2002-07-05T09:00:00");
    fax_gateway_once();
    bank_drops("june-30.sta", kStatementOfTheSame);
    bank_feed_once();
    wait_for_stage("proposed");
    ASSERT_FALSE(HasFatalFailure());
    for (const char* who : {"alice", "bob"}) run({"allocation", "approve", kOffering, "allocation-1", "--as", who});
    wait_for_stage("approved");
    EXPECT_EQ(mail.stop(), 0);

    const auto report = suite.command({"report", kOffering});
    EXPECT_EQ(report.code, 0) << report.out << report.err;
    EXPECT_NE(report.out.find("Shares and cents tie."), std::string::npos) << report.out;
    EXPECT_NE(report.out.find("3, 3 accepted, 3 covered"), std::string::npos) << report.out;
    EXPECT_NE(report.out.find("advised $506,000.00"), std::string::npos) << report.out;
    EXPECT_EQ(suite.command({"verify", kOffering}).code, 0);
    EXPECT_EQ(mail.files_in("aside", ""), 0U);
    EXPECT_TRUE(fs::is_empty(suite.folder() / "bank/in") && fs::is_empty(suite.folder() / "bank/set-aside"));
}

}  // namespace
}  // namespace rightsdesk
