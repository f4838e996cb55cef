// The text that Prometheus reads: what it must escape, what a histogram is told as, and that it is read back as it was.
#include "runtime/exposition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "runtime/measured.h"

namespace rightsdesk::runtime {
namespace {

using M = MetricKind;
using namespace std::chrono_literals;

std::string lines_of(const std::string& text, const std::string& name) {
    std::string found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(name)) found += line + "\n";
    }
    return found;
}

double value_of(const std::vector<ReadSample>& samples, const std::string& name, const std::map<std::string, std::string>& labels) {
    for (const ReadSample& sample : samples) {
        const bool matches = std::all_of(labels.begin(), labels.end(), [&](const auto& label) { return sample.labels.contains(label.first) && sample.labels.at(label.first) == label.second; });
        if (sample.name == name && matches) return sample.value;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

TEST(Exposition, a_figure_has_its_help_its_type_and_its_labels_escaped) {
    Figures figures;
    figures.add(M::kLogRecords, 41, {"a\"b\\c\nd"});
    figures.add(M::kClockAheadSeconds, -0.25);
    const std::string text = exposition_text("intake", figures);
    EXPECT_EQ(lines_of(text, "rightsdesk_log_records"), "rightsdesk_log_records{service=\"intake\",log=\"a\\\"b\\\\c\\nd\"} 41\n");
    EXPECT_EQ(lines_of(text, "rightsdesk_clock_ahead_seconds"), "rightsdesk_clock_ahead_seconds{service=\"intake\"} -0.25\n");
    EXPECT_EQ(lines_of(text, "# TYPE rightsdesk_log_records "), "# TYPE rightsdesk_log_records gauge\n");
    EXPECT_NE(lines_of(text, "# HELP rightsdesk_log_records "), "");
    EXPECT_EQ(lines_of(text, "# TYPE rightsdesk_suspense_cents"), "") << "that is another service's";
    const auto samples = read_exposition(text);
    ASSERT_EQ(samples.size(), 2U);
    EXPECT_EQ(value_of(samples, "rightsdesk_log_records", {{"log", "a\"b\\c\nd"}}), 41);
}

TEST(Exposition, a_figure_that_is_anothers_to_tell_is_a_bug) {
    Figures figures;
    figures.add(M::kSuspenseCents, 1, {"an-offering"});
    EXPECT_DEATH((void)exposition_text("intake", figures), "CHECK_FAILED");
}

TEST(Exposition, a_histogram_tells_running_totals_up_to_infinity_its_sum_and_its_count) {
    Measured measured;
    measured.committed(3, 2ms);
    measured.committed(2'000, 40ms);
    measured.committed(1, 3min);
    Figures figures;
    measured.tell(figures);
    const std::string text = exposition_text("intake", figures);
    const auto samples = read_exposition(text);
    EXPECT_EQ(value_of(samples, "rightsdesk_stage_seconds_bucket", {{"stage", "commit"}, {"le", "0.001"}}), 0);
    EXPECT_EQ(value_of(samples, "rightsdesk_stage_seconds_bucket", {{"stage", "commit"}, {"le", "0.0025"}}), 1);
    EXPECT_EQ(value_of(samples, "rightsdesk_stage_seconds_bucket", {{"stage", "commit"}, {"le", "0.05"}}), 2);
    EXPECT_EQ(value_of(samples, "rightsdesk_stage_seconds_bucket", {{"stage", "commit"}, {"le", "10"}}), 2);
    EXPECT_EQ(value_of(samples, "rightsdesk_stage_seconds_bucket", {{"stage", "commit"}, {"le", "+Inf"}}), 3);
    EXPECT_EQ(value_of(samples, "rightsdesk_stage_seconds_count", {{"stage", "commit"}}), 3);
    EXPECT_DOUBLE_EQ(value_of(samples, "rightsdesk_stage_seconds_sum", {{"stage", "commit"}}), 180.042);
    EXPECT_EQ(value_of(samples, "rightsdesk_commit_items_bucket", {{"le", "1"}}), 1) << "a bound is within";
    EXPECT_EQ(value_of(samples, "rightsdesk_commit_items_bucket", {{"le", "1024"}}), 2);
    EXPECT_EQ(lines_of(text, "# TYPE rightsdesk_stage_seconds"), "# TYPE rightsdesk_stage_seconds histogram\n") << "once, however many stages";
}

TEST(Exposition, what_a_receipt_says_becomes_a_label_only_where_it_is_one_of_a_closed_list) {
    Measured measured;
    domain::Receipt refused;
    refused.kind = domain::ReceiptKind::kRefused;
    refused.reasons = {"too_late", "Ida M. Holder of 17 Elm Street"};
    measured.answered(refused, false);
    measured.answered(refused, true);
    Figures figures;
    measured.tell(figures);
    const std::string text = exposition_text("intake", figures);
    EXPECT_EQ(text.find("Ida"), std::string::npos);
    const auto samples = read_exposition(text);
    EXPECT_EQ(value_of(samples, "rightsdesk_receipts_total", {{"receipt", "refused"}}), 1);
    EXPECT_EQ(value_of(samples, "rightsdesk_receipts_total", {{"receipt", "duplicate"}}), 1);
    EXPECT_EQ(value_of(samples, "rightsdesk_receipts_total", {{"receipt", "conflict"}}), 0) << "told from the first moment";
    EXPECT_EQ(value_of(samples, "rightsdesk_refusals_total", {{"reason", "too_late"}}), 1) << "the repeat refuses nothing";
    EXPECT_EQ(value_of(samples, "rightsdesk_refusals_total", {{"reason", "other"}}), 1);
}

}  // namespace
}  // namespace rightsdesk::runtime
