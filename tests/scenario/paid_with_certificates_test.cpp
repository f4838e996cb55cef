// An offering whose terms take the money of a guaranteed notice with its certificates, over the whole suite in one process: one holder
// pays after the hour with its certificates and gets its shares; another brings certificates and never pays; a third has no guarantee,
// pays after the hour as well, and that is late.
#include <gtest/gtest.h>

#include <map>

#include "domain/derivation.h"
#include "telling/past.h"
#include "support/short_timeline.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::AllocationKind;
using domain::Application;
using domain::Money;
using domain::Shares;
using domain::Stage;
using support::SuiteInProcess;

const std::string kPaidLater = "rare-medium-2002";

const std::string kStepsOfPaidLater = R"(
[[step]]  # 50,000 + 30,000 shares, dated 27 June: certificates and $160,000 by 2 July
at = "2002-06-27T14:00:00"
by = "fax-1"
do = "notice"
name = "never-paid"
file = "underpaid.txt"
channel = "fax"
address = "+17185550101"

[[step]]  # 1,000 shares: $2,000 by the hour
at = "2002-06-28T10:00:00"
by = "mail-1"
do = "exercise"
name = "direct"
address = "6201 15th Avenue, Brooklyn, NY 11219"
certificate_numbers = ["RC-3105"]
rights = 1_000
basic = 1_000
method = "wire"
confirmation = "20020628D1QCST1R000044"
signature_guarantee = true
names = ["Vera Direct"]

[[step]]  # 10,000 + 2,500 shares, dated 28 June: certificates and $25,000 by 3 July
at = "2002-06-28T17:00:00"
by = "fax-1"
do = "notice"
name = "paid-later"
file = "at-the-hour.txt"
channel = "fax"
address = "+17185550101"

[[step]]
at = "2002-06-28T17:10:00"
by = "bank-1"
do = "wire"
name = "late"
account = "021000018/890-0032-147"
amount = "2000.00"
institution = "Coastline Bank"
value_date = "2002-06-28"
message = "MT910-1"
imad = "20020628D1QCST1R000044"

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

[[step]]
at = "2002-07-02T11:00:00"
by = "mail-1"
do = "certificates"
notice = "never-paid"
rights = 50_000
signature_guarantee = true
address = "6201 15th Avenue, Brooklyn, NY 11219"

[[step]]
at = "2002-07-03T12:00:00"
by = "mail-1"
do = "certificates"
notice = "paid-later"
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

[[step]]  # handed over after the deadline, credited at it
at = "2002-07-03T17:40:00"
by = "bank-1"
do = "wire"
name = "in-time"
account = "021000018/890-0032-147"
amount = "25000.00"
institution = "Coastline Bank"
value_date = "2002-07-03"
credited_at = "2002-07-03T17:00:00"
message = "MT910-2"
imad = "20020628D1QCST1R000007"

[[step]]
at = "2002-07-03T18:00:00"
by = "bank-1"
do = "watermark"

)" + support::approved_by_two("allocation-1", "2002-07-05T10:00:00", "2002-07-05T11:00:00") + support::approved_by_two("refunds-1", "2002-07-05T14:00:00", "2002-07-05T14:30:00") + R"(
[[step]]
at = "2002-07-08T11:00:00"
by = "alice"
do = "settle"
reference = "transfer agent journal 2002-07-08/14"
)";

// The steps above over the sample's terms with payment due with the certificates.
tools::Timeline paid_later_timeline() {
    return support::short_timeline(kStepsOfPaidLater, "payment_due = \"expiration\"", "payment_due = \"cover\"");
}

TEST(PaidWithCertificates, money_that_comes_with_them_after_the_hour_counts_and_money_that_never_comes_drops_its_notice) {
    SuiteInProcess suite;
    std::map<std::string, Stage> stage_after;
    suite.play(paid_later_timeline(), [&](const tools::Step& step, const domain::Receipt& receipt) {
        EXPECT_EQ(receipt.kind, domain::ReceiptKind::kAccepted) << step.what << ": " << receipt.explanation;
        stage_after[step.civil] = domain::stage_of(*suite.book(kPaidLater));
    });
    EXPECT_EQ(stage_after["2002-07-03T17:30:00"], Stage::kCounted) << "every gateway has said what it holds; the bank has not";
    EXPECT_EQ(stage_after["2002-07-03T17:40:00"], Stage::kCounted);
    EXPECT_EQ(stage_after["2002-07-03T18:00:00"], Stage::kProposed);

    const auto book = suite.book(kPaidLater);
    const auto allotted = [&](AllocationKind kind, const domain::NoticeId& id) {
        const domain::Allotment* allotment = book->allotment(kind, id);
        return allotment == nullptr ? Shares(0) : allotment->basic + allotment->over;
    };
    EXPECT_EQ(allotted(AllocationKind::kPreliminary, "fax-1.1"), Shares(80'000)) << "nothing is paid, and nothing is due yet";
    EXPECT_EQ(allotted(AllocationKind::kPreliminary, "fax-1.2"), Shares(12'500));
    EXPECT_EQ(allotted(AllocationKind::kPreliminary, "mail-1.1"), Shares(0)) << "its money was due at the hour";
    EXPECT_EQ(book->allocation(AllocationKind::kPreliminary)->protects, Shares(92'500));
    EXPECT_EQ(allotted(AllocationKind::kFinal, "fax-1.1"), Shares(0)) << "covered, and never paid";
    EXPECT_EQ(book->funding("fax-1.1")->application, Application::kLapsed);
    EXPECT_EQ(allotted(AllocationKind::kFinal, "fax-1.2"), Shares(12'500));
    EXPECT_EQ(allotted(AllocationKind::kFinal, "mail-1.1"), Shares(0));

    const domain::Report report = domain::report_of(*book);
    EXPECT_EQ(report.stage, Stage::kSettled);
    EXPECT_EQ(report.does_not_tie, std::vector<std::string>());
    EXPECT_EQ(report.totals.applied, Money(2'500'000));
    EXPECT_EQ(report.totals.refunded, Money(200'000)) << "the direct exercise's";
    EXPECT_EQ(suite.verify(kPaidLater), "");
    EXPECT_EQ(suite.verify(domain::kDesk), "");

    store::MemoryStore store = suite.store();
    for (const AllocationKind kind : {AllocationKind::kPreliminary, AllocationKind::kFinal}) {
        const auto then = telling::fold_to_allocation(store, kPaidLater, kind);
        ASSERT_TRUE(then.has_value()) << then.error().message;
        for (const char* notice : {"fax-1.1", "fax-1.2", "mail-1.1"}) {
            const auto derived = domain::derive_allotment(*then, *book, notice, kind);
            ASSERT_TRUE(derived.has_value()) << derived.error().message;
            EXPECT_EQ(derived->differs, std::vector<std::string>()) << notice;
        }
    }
}

TEST(PaidWithCertificates, ends_the_same_when_services_die_at_any_moment) {
    const tools::Timeline timeline = paid_later_timeline();
    SuiteInProcess undisturbed;
    undisturbed.play(timeline);
    SuiteInProcess suite;
    int turns = 0;
    suite.between_turns = [&] {
        if (++turns % 37 == 0) suite.die_and_return(static_cast<std::size_t>(turns / 37) % suite.services());
    };
    suite.play(timeline);
    EXPECT_EQ(suite.report(kPaidLater), undisturbed.report(kPaidLater));
    EXPECT_EQ(suite.verify(kPaidLater), "");
}

}  // namespace
}  // namespace rightsdesk
