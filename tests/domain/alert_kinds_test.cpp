// The closed list of alerts: every kind has a row that says all of it, and the table that people read is the one that the code uses.
#include <gtest/gtest.h>

#include "base/file.h"
#include "domain/alert_kinds.h"
#include "domain/alert_pipeline.h"

namespace rightsdesk::domain {
namespace {

TEST(AlertKinds, each_has_a_row_at_its_place_that_says_everything) {
    const auto& words = base::enum_texts<AlertKind>();
    ASSERT_EQ(alert_kinds().size(), words.size());
    for (std::size_t at = 0; at < words.size(); ++at) {
        const AlertKindRow& row = alert_kinds()[at];
        EXPECT_EQ(base::to_text(row.kind), words[at]);
        EXPECT_EQ(find_alert_kind(words[at]), &row);
        for (const std::string_view cell : {row.meaning, row.whom, row.next, row.too_late, row.resolved_by}) EXPECT_FALSE(cell.empty()) << words[at];
        EXPECT_EQ(row.worse.has_value(), !row.worse_when.empty()) << words[at];
        EXPECT_GT(row.worse.value_or(Severity::kCritical), row.worse ? row.severity : Severity::kInfo) << words[at];
    }
    EXPECT_EQ(find_alert_kind("notice_lost"), nullptr);
}

TEST(AlertKinds, that_can_be_critical_have_a_time_in_which_somebody_must_have_them_in_hand) {
    for (const AlertKindRow& row : alert_kinds()) {
        const bool escalates = row.worse.value_or(row.severity) == Severity::kCritical && row.nature != AlertNature::kHealth && row.kind != AlertKind::kAlertUnacknowledged;
        EXPECT_EQ(row.acknowledge_within > 0, escalates) << base::to_text(row.kind);
    }
}

TEST(AlertKinds, have_the_severity_of_their_row) {
    EXPECT_EQ(RankedKind(AlertKind::kPaymentBounced).severity, Severity::kCritical);
    EXPECT_EQ(RankedKind::worse_if(false, AlertKind::kFinalPriceSet).severity, Severity::kInfo);
    EXPECT_EQ(RankedKind::worse_if(true, AlertKind::kFinalPriceSet).severity, Severity::kCritical);
    EXPECT_DEATH((void)RankedKind::worse_if(true, AlertKind::kPaymentBounced), "CHECK_FAILED") << "its row knows no worse one";
}

TEST(AlertKinds, are_documented_as_they_are) {
    const auto readme = base::read_file(std::string(RIGHTSDESK_SOURCE_DIR) + "/services/notification/README.md");
    ASSERT_TRUE(readme && *readme);
    EXPECT_NE((*readme)->find("\n\n" + alert_kinds_text() + "\n"), std::string::npos) << "put this into it (rightsdesk alerts kinds --markdown):\n" << alert_kinds_text();
    EXPECT_NE((*readme)->find("    " + alert_pipeline_text() + "\n"), std::string::npos) << "the way of an alert is\n" << alert_pipeline_text();
}

}  // namespace
}  // namespace rightsdesk::domain
