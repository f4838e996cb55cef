// Both ways to exercise in one offering, over the whole suite in one process: a notice of guaranteed delivery, and certificates that
// came with their election; with a nominee's one wire for two of them, a match taken back, a check presented again, a wire and a
// clearance of which the bank tells the day only, and refunds that it reports one by one.
#include <gtest/gtest.h>

#include <random>

#include "support/short_timeline.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::AllocationKind;
using domain::Money;
using domain::Shares;
using support::SuiteInProcess;

const std::string kBothWays = "rare-medium-2002";

// 45,000 shares are offered. 10,000 basic of the notice, 20,000 and 10,000 of two direct exercises leave 5,000 over-subscription shares
// for 2,500, 5,000 and 2,500 asked, pro rata to basic shares: 1,250, 2,500 and 1,250. The third certificate never gets its signature
// guarantee: nothing for it.
const std::string kSteps = R"(
[[step]]  # 20,000 + 5,000 shares: $50,000
at = "2002-06-27T10:00:00"
by = "mail-1"
do = "exercise"
name = "direct"
address = "6201 15th Avenue, Brooklyn, NY 11219"
certificate_numbers = ["RC-3105"]
rights = 20_000
basic = 20_000
excess = 5_000
method = "wire"
signature_guarantee = true
names = ["Vera Direct"]

[[step]]  # 10,000 + 2,500 shares: $25,000; the signature guarantee follows
at = "2002-06-27T10:05:00"
by = "mail-1"
do = "exercise"
name = "followed"
address = "6201 15th Avenue, Brooklyn, NY 11219"
certificate_numbers = ["RC-3106"]
rights = 10_000
basic = 10_000
excess = 2_500
method = "uncertified_check"
instrument = "1182"
names = ["Emil Follow"]

[[step]]  # 1,000 shares, never complete; $2,000 with the direct one's wire
at = "2002-06-27T10:10:00"
by = "mail-1"
do = "exercise"
name = "incomplete"
address = "6201 15th Avenue, Brooklyn, NY 11219"
certificate_numbers = ["RC-3107"]
rights = 1_000
basic = 1_000
method = "wire"
names = ["Ida Late"]

[[step]]
at = "2002-06-27T11:00:00"
by = "mail-1"
do = "instrument"
name = "check"
method = "uncertified_check"
amount = "25000.00"
payee = "American Stock Transfer & Trust Company"
drawee = "Merchants Bank of Albany"
number = "1182"
address = "59 Maiden Lane, New York, NY 10038"

[[step]]
at = "2002-06-27T12:00:00"
by = "bank-1"
do = "wire"
name = "bulk"
account = "021000018/890-0032-147"
amount = "52000.00"
institution = "Granite Trust"
value_date = "2002-06-27"
message = "MT910-0007"
imad = "20020627D1QCST1R000044"

[[step]]
at = "2002-06-27T12:10:00"
by = "alice"
do = "match"
payment = "bulk"
notice = "direct"
why = "Granite Trust by telephone"

[[step]]
at = "2002-06-27T12:20:00"
by = "alice"
do = "unmatch"
payment = "bulk"
notice = "direct"
why = "it is for two: their schedule follows"

[[step]]
at = "2002-06-27T12:30:00"
by = "bob"
do = "schedule"
payment = "bulk"
parts = [{ notice = "direct", amount = "50000.00" }, { notice = "incomplete", amount = "2000.00" }]
why = "Granite Trust's schedule of 2002-06-27"

[[step]]
at = "2002-06-27T15:00:00"
by = "bank-1"
do = "bounce"
account = "021000018/890-0032-147"
amount = "25000.00"
drawee = "Merchants Bank of Albany"
number = "1182"
reason = "not_sufficient_funds"
message = "RET-1"

[[step]]
at = "2002-06-27T16:00:00"
by = "alice"
do = "represent"
payment = "check"

[[step]]
at = "2002-06-28T11:00:00"
by = "bank-1"
do = "clearance"
account = "021000018/890-0032-147"
amount = "25000.00"
drawee = "Merchants Bank of Albany"
number = "1182"
message = "CLR-1"
cleared_on = "2002-06-28"

[[step]]  # the bank told the day only, and it is the last one
at = "2002-06-28T11:30:00"
by = "bob"
do = "settle_receipt"
payment = "check"
received_at = "2002-06-28T10:40:00"
evidence = "Merchants Bank of Albany by telephone"

[[step]]
at = "2002-06-28T12:00:00"
by = "mail-1"
do = "certificates"
notice = "followed"
rights = 0
signature_guarantee = true
address = "6201 15th Avenue, Brooklyn, NY 11219"

[[step]]  # 10,000 + 2,500 shares: $25,000
at = "2002-06-28T17:00:00"
by = "fax-1"
do = "notice"
name = "guaranteed"
file = "at-the-hour.txt"
channel = "fax"
address = "+17185550101"

[[step]]
at = "2002-06-28T17:00:00"
by = "bank-1"
do = "wire"
name = "dated"
account = "021000018/890-0032-147"
amount = "25000.00"
institution = "Coastline Bank"
value_date = "2002-06-28"
date_only = true
message = "MT910-0008"
imad = "20020628D1QCST1R000007"

[[step]]
at = "2002-06-28T17:10:00"
by = "bank-1"
do = "wire"
name = "nobodys"
account = "021000018/890-0032-147"
amount = "77.00"
institution = "Pine Bank"
value_date = "2002-06-28"
message = "MT910-0009"
imad = "20020628D1QCST1R000099"

[[step]]
at = "2002-06-28T17:30:00"
by = "fax-1"
do = "watermark"

[[step]]
at = "2002-06-28T17:30:00"
by = "mail-1"
do = "watermark"

[[step]]
at = "2002-06-28T17:30:00"
by = "bank-1"
do = "watermark"

[[step]]  # after the count: the final allocation takes it
at = "2002-07-01T09:30:00"
by = "alice"
do = "settle_receipt"
payment = "dated"
received_at = "2002-06-28T16:59:59.5"
evidence = "Coastline Bank, advice of credit of 2002-07-01"

[[step]]
at = "2002-07-03T12:00:00"
by = "mail-1"
do = "certificates"
notice = "guaranteed"
rights = 10_000
signature_guarantee = true
address = "6201 15th Avenue, Brooklyn, NY 11219"

[[step]]
at = "2002-07-03T17:30:00"
by = "fax-1"
do = "watermark"

[[step]]
at = "2002-07-03T17:30:00"
by = "mail-1"
do = "watermark"

)" + support::approved_by_two("allocation-1", "2002-07-05T10:00:00", "2002-07-05T11:00:00") + support::approved_by_two("refunds-1", "2002-07-05T14:00:00", "2002-07-05T14:30:00") + R"(
[[step]]
at = "2002-07-08T10:00:00"
by = "alice"
do = "refund"
payment = "check"
reference = "check 77 of ours"

[[step]]
at = "2002-07-08T10:10:00"
by = "alice"
do = "refund"
payment = "nobodys"
failed = "the bank knows no such account"

[[step]]
at = "2002-07-08T11:00:00"
by = "alice"
do = "settle"
reference = "transfer agent journal 2002-07-08/14"
)";

// The steps above over 45,000 shares.
tools::Timeline both_ways() { return support::short_timeline(kSteps, "52_615_467", "45_000"); }

TEST(BothWays, the_allocation_takes_both_and_every_cent_is_told_of) {
    SuiteInProcess suite;
    suite.play(both_ways(), [](const tools::Step& step, const domain::Receipt& receipt) {
        EXPECT_EQ(receipt.kind, domain::ReceiptKind::kAccepted) << step.what << ": " << receipt.explanation;
    });
    const auto book = suite.book(kBothWays);
    const auto allotted = [&](const domain::NoticeId& id) {
        const domain::Allotment* allotment = book->allotment(AllocationKind::kFinal, id);
        return allotment == nullptr ? Shares(0) : allotment->basic + allotment->over;
    };
    EXPECT_EQ(allotted("fax-1.1"), Shares(11'250)) << "guaranteed";
    EXPECT_EQ(allotted("mail-1.1"), Shares(22'500)) << "direct";
    EXPECT_EQ(allotted("mail-1.2"), Shares(11'250)) << "direct, its signature guarantee followed in time";
    EXPECT_EQ(allotted("mail-1.3"), Shares(0)) << "direct, never complete";
    EXPECT_EQ(book->notice("mail-1.1")->form, domain::NoticeForm::kDirectExercise);

    const domain::Report report = domain::report_of(*book);
    EXPECT_EQ(report.stage, domain::Stage::kSettled);
    EXPECT_EQ(report.does_not_tie, std::vector<std::string>());
    EXPECT_EQ(report.totals.applied, Money(9'000'000));
    EXPECT_EQ(report.totals.unsubscribed, Shares(0));
    // $5,000 + $2,000 of the bulk wire, $2,500 of the check, $2,500 of the last wire and $77.
    EXPECT_EQ(report.totals.refunded, Money(500'000 + 200'000 + 250'000 + 250'000 + 7'700));
    EXPECT_EQ(report.totals.refunds_failed, Money(7'700));
    EXPECT_EQ(book->refund("mail-1.4")->reference, "check 77 of ours");
    EXPECT_EQ(book->refund("bank-1.1")->reference, "transfer agent journal 2002-07-08/14");
    EXPECT_EQ(suite.verify(kBothWays), "");
    EXPECT_EQ(suite.verify(domain::kDesk), "");
}

TEST(BothWays, ends_the_same_when_services_die_at_any_moment) {
    SuiteInProcess undisturbed;
    const tools::Timeline timeline = both_ways();
    undisturbed.play(timeline);
    for (unsigned seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SuiteInProcess suite;
        std::mt19937 random(seed);
        suite.between_turns = [&] {
            if (random() % 40 == 0) suite.die_and_return(random() % suite.services());
        };
        suite.play(timeline);
        EXPECT_EQ(suite.report(kBothWays), undisturbed.report(kBothWays));
        EXPECT_EQ(suite.verify(kBothWays), "");
    }
}

}  // namespace
}  // namespace rightsdesk
