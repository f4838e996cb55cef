// An offering larger than any one commit: counted, allocated, approved and settled in parts, over the whole suite in one process.
// The store refuses every commit beyond its bounds, so that getting to the end is the point.
#include <gtest/gtest.h>

#include <cstdlib>

#include "support/builders.h"
#include "support/files.h"
#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

using domain::ServiceName;
using support::SuiteInProcess;

const std::string kLarge = "rare-medium-2002";

// RIGHTSDESK_LARGE_HOLDERS makes it larger by hand.
int holders() {
    const char* wished = std::getenv("RIGHTSDESK_LARGE_HOLDERS");
    return wished == nullptr ? 14'000 : std::stoi(wished);
}

// Every seventh has no certificates in time, every fifth pays for half.
struct Holders {
    std::vector<domain::Command> notices, wires, certificates;

    explicit Holders(int count) {
        notices.reserve(static_cast<std::size_t>(count));
        wires.reserve(static_cast<std::size_t>(count));
        for (int number = 1; number <= count; ++number) {
            const std::string text = std::to_string(number);
            const std::int64_t shares = 1'000 + number % 97;
            const auto notice = support::a_notice().id("fax-1", static_cast<std::uint64_t>(number)).named({"Holder " + text}).certificates({"RC-" + text})
                                    .guaranteed_by("Harbor Securities Corp.").received("2002-06-27T12:04:00").for_shares(shares).and_excess(10'000).paid_by_wire("Bowery Trust Company", "2002-06-27", "IMAD-" + text);
            notices.emplace_back(notice.submission());
            wires.emplace_back(support::a_wire((shares + 10'000) * (number % 5 == 0 ? 1 : 2), "IMAD-" + text));
            if (number % 7 != 0) {
                auto delivered = support::certificates_for("fax-1." + text, shares, "2002-06-27T12:00:00");
                delivered.certificate_numbers = {"RC-" + text};
                certificates.emplace_back(delivered);
            }
        }
    }
};

void watermarks(SuiteInProcess& suite, std::uint64_t number, std::string_view civil) {
    suite.step_to(support::new_york(civil));
    const domain::AdvanceWatermark until{support::new_york(civil)};
    for (const char* gateway : {"fax-1", "mail-1"}) suite.send(gateway, number, ServiceName::kIntake, until);
    suite.send("bank-1", number, ServiceName::kPaymentClearing, until);
    suite.settle();
}

void approve(SuiteInProcess& suite, std::uint64_t number, const std::string& proposal) {
    for (const char* person : {"alice", "bob"}) {
        EXPECT_EQ(suite.send(person, number, ServiceName::kPaymentClearing, domain::Approve{kLarge, proposal}).kind, domain::ReceiptKind::kAccepted) << proposal;
    }
    suite.settle();
}

std::size_t count_of(SuiteInProcess& suite, std::string_view name) {
    std::size_t count = 0;
    for (const auto& [sequence, record] : suite.logs().logs[kLarge].records) count += base::type_name(wire::decode_record(record.record, nullptr)->event) == name;
    return count;
}

TEST(LargeOffering, is_counted_allocated_and_settled_in_parts) {
    const int count = holders();
    const Holders all(count);
    SuiteInProcess suite;
    suite.step_to(support::new_york("2002-06-03T09:00:00"));
    const std::string terms = support::text_of_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/tools/sample/terms.toml");
    ASSERT_EQ(suite.send("alice", 1, ServiceName::kDeadlineMonitor, domain::OpenOffering{terms}).kind, domain::ReceiptKind::kAccepted);
    suite.step_to(support::new_york("2002-06-27T12:05:00"));
    for (const auto& receipt : suite.send_all("fax-1", 1, ServiceName::kIntake, all.notices)) ASSERT_EQ(receipt.status, "accepted") << receipt.explanation;
    for (const auto& receipt : suite.send_all("bank-1", 1, ServiceName::kPaymentClearing, all.wires)) ASSERT_EQ(receipt.status, "advised") << receipt.explanation;
    for (const auto& receipt : suite.send_all("mail-1", 1, ServiceName::kIntake, all.certificates)) ASSERT_EQ(receipt.status, "certificates_recorded");
    suite.settle();
    const auto after = static_cast<std::uint64_t>(count) + 1;
    watermarks(suite, after, "2002-06-29T09:00:00");
    watermarks(suite, after + 1, "2002-07-15T09:00:00");
    approve(suite, 2, "allocation-1");
    approve(suite, 3, "refunds-1");
    EXPECT_EQ(suite.send("alice", 4, ServiceName::kDeadlineMonitor, domain::SettleOffering{kLarge, "TA-77"}).kind, domain::ReceiptKind::kAccepted);
    suite.settle();

    const auto book = suite.book(kLarge);
    const domain::Report report = domain::report_of(*book);
    EXPECT_EQ(report.stage, domain::Stage::kSettled);
    EXPECT_EQ(report.does_not_tie, std::vector<std::string>());
    EXPECT_EQ(report.being_recorded, "");
    EXPECT_EQ(book->allocation(domain::AllocationKind::kPreliminary)->lines, static_cast<std::uint32_t>(count));
    EXPECT_EQ(book->allocation(domain::AllocationKind::kFinal)->lines, static_cast<std::uint32_t>(count - count / 7));
    EXPECT_EQ(count_of(suite, "AllocationStarted"), 2U);
    EXPECT_GE(count_of(suite, "AllotmentsRecorded"), static_cast<std::size_t>(2 * count / 600));
    EXPECT_EQ(suite.verify(kLarge), "");
}

}  // namespace
}  // namespace rightsdesk
