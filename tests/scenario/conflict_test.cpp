// The same number with another body: nothing changes, the sender is told, and so are operations, once.
#include <gtest/gtest.h>

#include "support/suite_in_process.h"

namespace rightsdesk {
namespace {

std::vector<domain::Alert> conflicts_of(support::SuiteInProcess& suite) {
    std::vector<domain::Alert> found;
    const auto desk = suite.book(domain::kDesk);
    for (std::uint64_t number = 1; number <= desk->last_alert(); ++number) {
        const domain::Alert* alert = desk->alert(number);
        if (alert != nullptr && alert->kind == "identity_conflict") found.push_back(*alert);
    }
    return found;
}

std::size_t conflicts_recorded(support::SuiteInProcess& suite) {
    std::size_t recorded = 0;
    for (const auto& [sequence, record] : suite.logs().logs.at(domain::kDesk).records) {
        if (std::holds_alternative<domain::IdentityConflicted>(wire::decode_record(record.record, nullptr)->event)) ++recorded;
    }
    return recorded;
}

TEST(Conflict, is_a_critical_alert_that_names_what_was_sent_twice) {
    support::SuiteInProcess suite;
    const auto at = [](std::int64_t second) { return domain::AdvanceWatermark{domain::Instant(1'025'283'600'000'000'000 + second * 1'000'000'000)}; };
    const auto first = suite.send("fax-1", 1, domain::ServiceName::kIntake, at(0));
    EXPECT_EQ(first.kind, domain::ReceiptKind::kAccepted);
    const auto conflict = suite.send("fax-1", 1, domain::ServiceName::kIntake, at(1));
    EXPECT_EQ(conflict.kind, domain::ReceiptKind::kConflict);
    suite.settle();
    ASSERT_EQ(conflicts_of(suite).size(), 1U);
    EXPECT_EQ(conflicts_of(suite).front().severity, domain::Severity::kCritical);
    EXPECT_NE(conflicts_of(suite).front().what.find("fax-1"), std::string::npos) << conflicts_of(suite).front().what;
    EXPECT_EQ(suite.book(domain::kDesk)->watermark("fax-1")->through, at(0).through);

    // Repeats of either, and services that died: the receipts of before, and no further alert.
    for (std::size_t service = 0; service < suite.services(); ++service) suite.die_and_return(service);
    EXPECT_EQ(wire::encode(domain::Reply{{"fax-1", 1}, suite.send("fax-1", 1, domain::ServiceName::kIntake, at(0))}), wire::encode(domain::Reply{{"fax-1", 1}, first}));
    EXPECT_EQ(wire::encode(domain::Reply{{"fax-1", 1}, suite.send("fax-1", 1, domain::ServiceName::kIntake, at(1))}), wire::encode(domain::Reply{{"fax-1", 1}, conflict}));
    suite.settle();
    EXPECT_EQ(conflicts_of(suite).size(), 1U);
    (void)suite.send("fax-1", 1, domain::ServiceName::kIntake, at(2));
    suite.settle();
    EXPECT_EQ(conflicts_of(suite).size(), 1U) << "one alert an identity, while it is open";
    EXPECT_EQ(conflicts_recorded(suite), 2U) << "and each body on record";
    EXPECT_EQ(suite.verify(domain::kDesk), "");
}

}  // namespace
}  // namespace rightsdesk
