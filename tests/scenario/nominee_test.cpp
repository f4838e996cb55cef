// A nominee that exercises for three owners, over the whole suite in one process: it certifies them, asks for more, which voids that,
// certifies them anew after the hour, and is allotted what the owners in full ask for.
#include <gtest/gtest.h>

#include "domain/certifying.h"
#include "support/short_timeline.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::Money;
using domain::Shares;
using support::SuiteInProcess;

const std::string kOfTheNominee = "rare-medium-2002";

const std::string kNomineeSteps = R"(
[[step]]
at = "2002-06-27T10:00:00"
by = "mail-1"
do = "exercise"
name = "nominee"
address = "6201 15th Avenue, Brooklyn, NY 11219"
certificate_numbers = ["RC-3105"]
rights = 1_000
basic = 900
excess = 300
method = "wire"
confirmation = "20020627D1QCST1R000007"
signature_guarantee = true
names = ["Granite Nominees"]

[[step]]  # for 1,250 shares: it finds the notice once that asks for as many
at = "2002-06-27T10:10:00"
by = "bank-1"
do = "wire"
account = "021000018/890-0032-147"
amount = "2500.00"
institution = "Granite Trust"
value_date = "2002-06-27"
message = "MT910-1"
imad = "20020627D1QCST1R000007"

[[step]]
at = "2002-06-27T11:00:00"
by = "alice"
do = "owners"
notice = "nominee"
evidence = "nominee holder certification of 2002-06-27"
owners = [{ owner = "A-1", rights = 500, basic = 500, over = 200 }, { owner = "A-2", rights = 300, basic = 300 },
          { owner = "A-3", rights = 200, basic = 100, over = 100 }]

[[step]]  # the certification has 300
at = "2002-06-28T12:00:00"
by = "alice"
do = "amend"
notice = "nominee"
basic = 900
excess = 350
evidence = "fax of the nominee"

[[step]]  # the hour has passed, and the numbers are the notice's
at = "2002-06-28T17:20:00"
by = "bob"
do = "owners"
notice = "nominee"
evidence = "nominee holder certification of 2002-06-28"
owners = [{ owner = "A-1", rights = 500, basic = 500, over = 250 }, { owner = "A-2", rights = 300, basic = 300 },
          { owner = "A-3", rights = 200, basic = 100, over = 100 }]

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
at = "2002-07-03T17:30:00"
by = "fax-1"
do = "watermark"

[[step]]
at = "2002-07-03T17:30:00"
by = "mail-1"
do = "watermark"

)" + support::approved_by_two("allocation-1", "2002-07-05T10:00:00", "2002-07-05T11:00:00") + support::approved_by_two("refunds-1", "2002-07-05T12:00:00", "2002-07-05T12:10:00");

TEST(Nominee, is_allotted_what_its_owners_in_full_ask_for) {
    SuiteInProcess suite;
    suite.play(support::short_timeline(kNomineeSteps, "requires_full_basic = true", "requires_full_basic = true\nnominee = \"per_beneficial_owner\""),
               [](const tools::Step& step, const domain::Receipt& receipt) { EXPECT_EQ(receipt.kind, domain::ReceiptKind::kAccepted) << step.what << ": " << receipt.explanation; });
    const auto book = suite.book(kOfTheNominee);
    EXPECT_EQ(domain::owners_text(*book->notice("mail-1.1")->owners), "3 owners certified, 2 of them in full: 250 of 350 over-subscription shares are eligible");
    std::vector<std::string> told;  // of the owners, by alert, and all of it ended
    for (std::uint64_t number = 1; number <= book->last_alert(); ++number) {
        const domain::Alert& alert = *book->alert(number);
        if (alert.kind != "owners_not_certified") continue;
        EXPECT_TRUE(alert.resolved_at);
        told.push_back(alert.what.find("is void") == std::string::npos ? "asked for" : "void");
    }
    EXPECT_EQ(told, (std::vector<std::string>{"asked for", "void"}));
    const domain::Allotment& allotment = *book->allotment(domain::AllocationKind::kFinal, "mail-1.1");
    EXPECT_EQ(allotment.basic, Shares(900));
    EXPECT_EQ(allotment.over, Shares(250)) << "of the 350 asked";
    const domain::Report report = domain::report_of(*book);
    EXPECT_EQ(report.does_not_tie, std::vector<std::string>());
    EXPECT_EQ(report.totals.applied, Money(230'000)) << "1,150 shares at $2.00";
    EXPECT_EQ(report.totals.refunded, Money(20'000));
    EXPECT_EQ(suite.verify(kOfTheNominee), "");
}

}  // namespace
}  // namespace rightsdesk
