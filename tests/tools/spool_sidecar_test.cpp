// What a sidecar says, and what is wrong with it.
#include "rightsdesk/spool_sidecar.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "domain/civil.h"

namespace rightsdesk::tools {
namespace {

const base::Bytes kPaper(std::string("NOTICE OF GUARANTEED DELIVERY"));
const domain::Instant kWritten = *domain::parse_instant("2002-06-26T14:15:00.5Z");

base::Result<SpoolItem> sidecar_of(const std::string& text, bool with_document = true) {
    return read_sidecar(text, with_document ? std::optional(kPaper) : std::nullopt, kWritten, "fax-1");
}

TEST(SpoolSidecar, of_a_notice_gives_what_notice_submit_sends) {
    const auto item = sidecar_of(R"({"kind": "notice", "channel": "fax", "address": "+17185550101", "stamp": "2002-06-26T10:15:00-04:00", "pages": 2,
                                     "complete": false, "sender_station": "HARBOR"})");
    ASSERT_TRUE(item) << item.error().message;
    const auto& command = std::get<domain::SubmitNotice>(item->command);
    EXPECT_EQ(command.document, kPaper);
    EXPECT_EQ(command.sha256, base::sha256_hex(kPaper.view()));
    EXPECT_EQ(command.delivery, "fax-1-" + command.sha256.substr(0, 12));
    EXPECT_EQ(command.media_type, "text/plain");
    EXPECT_EQ(domain::instant_text(command.stamp), "2002-06-26T14:15:00Z");
    EXPECT_EQ(command.stamp, item->stamp);
    EXPECT_EQ(command.pages, 2);
    EXPECT_FALSE(command.complete);
    EXPECT_EQ(item->door, domain::ServiceName::kIntake);
}

TEST(SpoolSidecar, takes_the_time_of_the_file_where_it_says_so) {
    const auto item = sidecar_of(R"({"kind": "notice", "address": "+17185550101", "stamp": "file"})");
    ASSERT_TRUE(item) << item.error().message;
    EXPECT_EQ(item->stamp, kWritten);
}

TEST(SpoolSidecar, of_the_other_kinds) {
    const auto certificates = sidecar_of(R"({"kind": "certificates", "offering": "rare-medium-2002", "notice": "fax-1.17", "stamp": "2002-07-01T15:00:00-04:00",
        "address": "6201 15th Avenue", "delivery": "c-9", "rights": 500, "certificate_numbers": ["RC-1", "RC-2"], "signature_guarantee": true})", false);
    ASSERT_TRUE(certificates) << certificates.error().message;
    const auto& delivered = std::get<domain::DeliverCertificates>(certificates->command);
    EXPECT_EQ(delivered.rights, domain::Rights(500));
    EXPECT_EQ(delivered.certificate_numbers, (std::vector<std::string>{"RC-1", "RC-2"}));
    const auto check = sidecar_of(R"({"kind": "instrument", "address": "box 7", "stamp": "file", "delivery": "m-1", "method": "certified_check", "amount": "54,800.00",
        "currency": "USD", "payee": "the agent", "drawee": "First Bank", "number": "101", "instrument_date": "2002-06-20"})");
    ASSERT_TRUE(check) << check.error().message;
    EXPECT_EQ(std::get<domain::ReceiveInstrument>(check->command).amount, domain::Money(5'480'000));
    EXPECT_EQ(check->door, domain::ServiceName::kPaymentClearing);
    EXPECT_TRUE(sidecar_of(R"({"kind": "telephone", "offering": "o", "notice": "fax-1.17", "caller": "J. Doe", "at": "2002-06-26T10:15:00Z"})", false));
    EXPECT_TRUE(sidecar_of(R"({"kind": "exercise", "offering": "o", "stamp": "2002-06-26T10:15:00Z", "address": "a", "delivery": "d", "rights": 5,
        "payment_method": "wire", "names": ["Ida"]})", false));
}

TEST(SpoolSidecar, that_cannot_be_used_says_all_that_is_wrong) {
    struct Unusable {
        const char* text;
        std::vector<const char*> told;
    };
    const std::vector<Unusable> rows = {
        {"", {"no JSON object"}},
        {"[1]", {"no JSON object"}},
        {R"({"kind": "letter"})", {"'letter' is none of"}},
        {R"({"kind": 7})", {"is none of"}},
        {R"({"kind": "notice"})", {"stamp: is missing", "address: is missing"}},
        {R"({"kind": "notice", "address": 5, "stamp": "yesterday"})", {"address: must be a text", "stamp: "}},
        {R"({"kind": "notice", "address": "a", "stamp": "file", "chanel": "fax"})", {"chanel: there is no such member"}},
        {R"({"kind": "notice", "address": "a", "stamp": "file", "channel": "pigeon"})", {"channel: ", "telegram"}},
        {R"({"kind": "notice", "address": "a", "stamp": "file", "pages": "two"})", {"pages: must be a whole number"}},
        {R"({"kind": "notice", "address": "a", "stamp": "file", "sha256": "00"})", {"sha256: the document beside it has"}},
        {R"({"kind": "notice", "address": "a", "stamp": "file", "document": "x"})", {"document: is the document's"}},
    };
    for (const Unusable& row : rows) {
        const auto item = sidecar_of(row.text);
        ASSERT_FALSE(item) << row.text;
        EXPECT_EQ(item.error().kind, base::ErrorKind::kInvalid);
        for (const char* told : row.told) EXPECT_NE(item.error().message.find(told), std::string::npos) << row.text << ": " << item.error().message;
    }
    const auto alone = sidecar_of(R"({"kind": "notice", "address": "a", "stamp": "file"})", false);
    ASSERT_FALSE(alone);
    EXPECT_NE(alone.error().message.find("document: is missing"), std::string::npos);
}

}  // namespace
}  // namespace rightsdesk::tools
