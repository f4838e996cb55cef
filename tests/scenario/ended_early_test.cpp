// An offering that is suspended, loses a holder, is resumed, learns of a closed day, is amended and ends by termination, over the
// whole suite in one process: every change through its door, all certificates sent back, and the end told by the report.
#include <gtest/gtest.h>

#include "support/short_timeline.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::Money;
using support::SuiteInProcess;

const std::string kEndedEarly = "rare-medium-2002";

const std::string kStepsToTheEnd = R"(
[[step]]  # 10,000 + 2,500 shares: $25,000
at = "2002-06-28T10:00:00"
by = "fax-1"
do = "notice"
name = "guaranteed"
file = "at-the-hour.txt"
channel = "fax"
address = "+17185550101"

[[step]]
at = "2002-06-28T10:10:00"
by = "bank-1"
do = "wire"
account = "021000018/890-0032-147"
amount = "25000.00"
institution = "Granite Trust"
value_date = "2002-06-28"
message = "MT910-1"
imad = "20020628D1QCST1R000007"

[[step]]
at = "2002-06-28T10:20:00"
by = "mail-1"
do = "exercise"
name = "direct"
address = "6201 15th Avenue, Brooklyn, NY 11219"
certificate_numbers = ["RC-3105"]
rights = 1_000
basic = 1_000
method = "wire"
signature_guarantee = true
names = ["Vera Direct"]

[[step]]
at = "2002-06-28T10:30:00"
by = "alice"
do = "suspend"
cancel_through = "2002-06-28T12:00:00"
why = "the price fell"

[[step]]
at = "2002-06-28T10:40:00"
by = "bob"
do = "approve"
proposal = "suspension-1"
door = "deadline_monitor"

[[step]]
at = "2002-06-28T11:00:00"
by = "alice"
do = "withdraw"
notice = "direct"
evidence = "letter of the holder"

[[step]]
at = "2002-06-28T11:30:00"
by = "alice"
do = "return_certificates"
notice = "direct"
delivery = "mail-1-1"
reference = "courier 7741"

[[step]]
at = "2002-06-28T12:30:00"
by = "alice"
do = "resume"
why = "it recovered"

[[step]]
at = "2002-06-28T12:40:00"
by = "bob"
do = "approve"
proposal = "resumption-1"
door = "deadline_monitor"

[[step]]
at = "2002-06-28T13:00:00"
by = "alice"
do = "close_day"
day = "2002-07-01"
why = "the exchange is closed"

[[step]]
at = "2002-06-28T13:10:00"
by = "bob"
do = "approve"
proposal = "closing-1"
door = "deadline_monitor"

[[step]]
at = "2002-06-28T13:20:00"
by = "alice"
do = "amend"
notice = "guaranteed"
basic = 10_000
excess = 3_000
evidence = "fax of the guarantor"

[[step]]
at = "2002-06-28T13:30:00"
by = "mail-1"
do = "certificates"
notice = "guaranteed"
delivery = "parcel-2"
rights = 10_000
signature_guarantee = true
address = "6201 15th Avenue, Brooklyn, NY 11219"
from = "Dock Street Partners"

[[step]]
at = "2002-06-28T14:00:00"
by = "alice"
do = "terminate"
why = "the issuer withdraws"

[[step]]
at = "2002-06-28T14:10:00"
by = "bob"
do = "approve"
proposal = "termination-1"
door = "deadline_monitor"

[[step]]
at = "2002-06-28T14:30:00"
by = "mail-1"
do = "return_certificates"
notice = "guaranteed"
delivery = "parcel-2"
reference = "courier 7742"

)" + support::approved_by_two("refunds-1", "2002-06-28T15:00:00", "2002-06-28T15:10:00") + R"(
[[step]]
at = "2002-06-28T16:00:00"
by = "alice"
do = "settle"
reference = "letter of the issuer"
)";

TEST(EndedEarly, every_change_goes_through_its_door_and_all_money_is_returned) {
    SuiteInProcess suite;
    suite.play(support::short_timeline(kStepsToTheEnd), [](const tools::Step& step, const domain::Receipt& receipt) {
        EXPECT_EQ(receipt.kind, domain::ReceiptKind::kAccepted) << step.what << ": " << receipt.explanation;
    });
    const auto book = suite.book(kEndedEarly);
    EXPECT_EQ(book->notice("mail-1.1")->status, domain::NoticeStatus::kWithdrawn);
    EXPECT_EQ(book->notice("fax-1.1")->content.excess_shares, domain::Shares(3'000));
    EXPECT_EQ(book->funding("fax-1.1")->due, Money(2'600'000)) << "what is due follows the amendment";
    EXPECT_EQ(book->cover("fax-1.1")->deadline.civil, "2002-07-05T17:00:00") << "2, 3 and 5 July: the 1st is closed now, the 4th always was";
    for (const char* id : {"fax-1.1", "mail-1.1"}) {
        const auto& returned = book->notice(id)->certificates.at(0).returned;
        ASSERT_TRUE(returned.has_value()) << id;
        EXPECT_EQ(returned->reference, std::string(id) == "fax-1.1" ? "courier 7742" : "courier 7741");
    }
    EXPECT_EQ(book->notice("fax-1.1")->certificates.at(0).delivered_by, "Dock Street Partners");
    const auto open_kind = [&](const std::string& kind) {
        for (std::uint64_t number = 1; number <= book->last_alert(); ++number) {
            if (book->alert(number)->kind == kind && !book->alert(number)->resolved_at) return true;
        }
        return false;
    };
    EXPECT_FALSE(open_kind("certificates_to_return"));
    EXPECT_FALSE(open_kind("covered_by_another")) << "they went back";
    const domain::Report report = domain::report_of(*book);
    EXPECT_EQ(report.stage, domain::Stage::kSettled);
    EXPECT_EQ(report.does_not_tie, std::vector<std::string>());
    EXPECT_EQ(report.totals.refunded, Money(2'500'000));
    EXPECT_EQ(report.totals.applied, Money(0));
    EXPECT_EQ(suite.verify(kEndedEarly), "");
}

}  // namespace
}  // namespace rightsdesk
