// Faxed pages as a fax server leaves them, read by the real reader in its confinement: what the desk has of each is what was written
// on the page, or a person is asked.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "runtime/json.h"
#include "support/fax_files.h"
#include "support/faxed_form.h"
#include "support/suite_processes.h"

namespace rightsdesk {
namespace {

namespace fs = std::filesystem;

class FaxedPages : public testing::Test {
protected:
    FaxedPages() {
        must({"clock", "advance", "--to", "2002-06-03T09:00:00-04:00"});
        must({"offering", "open", std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml", "--as", "alice"});
        must({"clock", "advance", "--to", "2002-06-26T12:00:00-04:00"});
        fs::create_directories(spool() / "arrived");
    }
    std::string must(const std::vector<std::string>& arguments) {
        const support::CommandEnd end = suite.command(arguments);
        EXPECT_EQ(end.code, 0) << arguments[0] << " " << arguments[1] << ": " << end.out << end.err;
        return end.out;
    }
    [[nodiscard]] fs::path spool() const { return suite.folder() / "spool"; }
    void arrives(const std::string& name, const support::FaxedForm& fax) const {
        support::write_file(spool() / "arrived" / name, support::tiff_of(fax, support::FaxCoding::kGroup4));
        support::write_file(spool() / "arrived" / (name + ".json"), R"({"kind": "notice", "channel": "fax", "address": "+17185550101", "stamp": "2002-06-26T10:15:00-04:00"})");
    }
    void gateway_once() {
        support::ChildProcess gateway({std::string(RIGHTSDESK_BINARY_DIR) + "/rightsdesk-fax-gateway", "--config", suite.config(), "--spool", spool().string(), "--as", "fax-1", "--once"}, (suite.folder() / "fax.out").string(),
                                      (suite.folder() / "fax.err").string());
        ASSERT_EQ(gateway.wait(), 0) << support::text_of_file(suite.folder() / "fax.out") << support::text_of_file(suite.folder() / "fax.err");
    }
    // The desk's notice of what arrived under this name.
    nlohmann::json notice_of(const std::string& name) {
        const auto receipt = nlohmann::json::parse(support::text_of_file(spool() / "receipts" / (name + ".receipt.json")));
        const std::string subject = receipt.at("receipt").at("subject");
        EXPECT_TRUE(subject.starts_with("notice/")) << receipt.dump();
        return nlohmann::json::parse(must({"--json", "notice", "show", subject.substr(subject.find('/') + 1)}));
    }

    support::SuiteProcesses suite;
};

TEST_F(FaxedPages, are_on_file_as_they_were_written_once_a_person_keyed_what_was_not_certain) {
    const support::FaxedForm fax = support::fax_form(support::kJudgedSeeds.first + 300, {.quality = support::Quality::kCleanFine});
    arrives("clean.tif", fax);
    gateway_once();
    ASSERT_FALSE(HasFatalFailure());
    auto notice = notice_of("clean.tif");
    EXPECT_EQ(notice.at("deliveries").at(0).at("stamp"), "2002-06-26T14:15:00Z");
    if (notice.at("status") == "awaiting_keying") {
        const auto waiting = nlohmann::json::parse(must({"--json", "notice", "keying", "rare-medium-2002"}));
        EXPECT_NE(waiting.dump().find("\"layout\":\"form_itself\""), std::string::npos) << waiting.dump(2);
        support::write_file(suite.folder() / "keyed.json", runtime::to_json(fax.meant).dump());
        // The generated case is another issuer's, which is a decision (4) and no mistake.
        EXPECT_EQ(suite.command({"notice", "key", notice.at("id"), "--file", (suite.folder() / "keyed.json").string(), "--rest-blank", "--as", "alice"}).code, 4);
        notice = notice_of("clean.tif");
    }
    EXPECT_NE(notice.at("status"), "awaiting_keying");
    EXPECT_EQ(notice.at("content").at("rights_held"), fax.meant.rights_held->value);
    EXPECT_EQ(notice.at("content").at("basic_shares"), fax.meant.basic_shares->value);
    EXPECT_EQ(notice.at("deliveries").at(0).at("stamp"), "2002-06-26T14:15:00Z") << "judged by when it came";
}

// A tender offer's notice has the same title. Nothing is taken from it, and nothing of it is lost.
TEST_F(FaxedPages, that_are_no_notice_of_ours_wait_for_a_person_with_the_reason) {
    arrives("tender.tif", support::fax_form(support::kJudgedSeeds.first + 400, {.layout = "tender_offer", .turned = false}));
    gateway_once();
    ASSERT_FALSE(HasFatalFailure());
    const auto notice = notice_of("tender.tif");
    EXPECT_EQ(notice.at("status"), "awaiting_keying") << notice.dump(2);
    EXPECT_NE(must({"notice", "keying", "rare-medium-2002"}).find("tender"), std::string::npos);
}

}  // namespace
}  // namespace rightsdesk
