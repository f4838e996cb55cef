// What a service tells of itself is what it did: receipts given, records folded and reacted to, how far behind it is, what is wrong.
#include <algorithm>
#include <set>

#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

class DeskMeasured : public DeskTest {
protected:
    std::vector<ReadSample> told() { return read_exposition(exposition_text("intake", intake.snapshot().figures)); }
    // The figure of this name with these labels among others; -1 where there is none.
    double figure(const std::string& name, const std::map<std::string, std::string>& labels = {}) {
        for (const ReadSample& sample : told()) {
            const bool matches = std::all_of(labels.begin(), labels.end(), [&](const auto& label) { return sample.labels.contains(label.first) && sample.labels.at(label.first) == label.second; });
            if (sample.name == "rightsdesk_" + name && matches) return sample.value;
        }
        return -1;
    }
};

TEST_F(DeskMeasured, receipts_commits_and_records_are_counted_as_they_were) {
    const double own = figure("records_folded_total", {{"by", "itself"}});
    const auto bytes = fax.send(1, notice_for(kOffering));
    fax.send(2, watermark("2002-06-27T10:00:00"));
    ASSERT_TRUE(intake.settle());
    fax.send(bytes);
    fax.ask(3, AskHealth{});
    fax.send(4, OpenOffering{"at-the-wrong-door"});
    ASSERT_TRUE(intake.settle());
    EXPECT_EQ(figure("receipts_total", {{"receipt", "accepted"}}), 2);
    EXPECT_EQ(figure("receipts_total", {{"receipt", "duplicate"}}), 1);
    EXPECT_EQ(figure("questions_total"), 1);
    EXPECT_EQ(figure("refusals_total", {{"reason", "wrong_door"}}), 1);
    EXPECT_EQ(figure("records_folded_total", {{"by", "itself"}}), own + 3) << "a refusal is a record too";
    EXPECT_EQ(figure("commits_total", {{"result", "held"}}), 3);
    EXPECT_EQ(figure("commit_items_sum"), 3);
    EXPECT_EQ(figure("log_records", {{"log", kOffering}}), 1);
    EXPECT_EQ(figure("log_unreacted_records", {{"log", kOffering}}), 0);
    EXPECT_EQ(figure("log_held", {{"log", kOffering}}), 1);
    EXPECT_GT(figure("reactions_total"), 0);
    EXPECT_GT(figure("stage_seconds_count", {{"stage", "serve"}}), 0);
    EXPECT_GT(figure("stage_seconds_count", {{"stage", "decode"}}), 0);
}

TEST_F(DeskMeasured, what_stops_the_service_makes_it_not_ready_and_is_told_by_its_kind) {
    ASSERT_TRUE(intake.settle());
    EXPECT_TRUE(intake.snapshot().not_ready.empty());
    EXPECT_EQ(figure("store_durable"), 1);
    world.logs->durability.problem = "the setting appendfsync is 'no' and must be 'always'";
    world.clock.advance(10s);
    ASSERT_TRUE(intake.turn());
    const Snapshot wrong = intake.snapshot();
    ASSERT_EQ(wrong.not_ready.size(), 1U);
    EXPECT_EQ(wrong.not_ready[0].kind, "store_not_durable");
    EXPECT_EQ(figure("problem", {{"problem", "store_not_durable"}}), 1);
    EXPECT_EQ(figure("problem", {{"problem", "clock_stepped"}}), 0);
    EXPECT_EQ(figure("store_durable"), 0);
    world.logs->durability.problem.clear();
    world.clock.advance(10s);
    ASSERT_TRUE(intake.turn());
    EXPECT_TRUE(intake.snapshot().not_ready.empty());
}

TEST_F(DeskMeasured, of_very_many_offerings_the_last_are_told_together) {
    std::vector<std::string> more;
    for (std::size_t at = 0; at < kMostLogsTold; ++at) more.push_back("zz-" + std::to_string(at));
    world.open_desk(more);
    world.clock.advance(2s);
    ASSERT_TRUE(intake.settle());
    std::set<std::string> labels;
    for (const ReadSample& sample : told()) {
        if (sample.name == "rightsdesk_log_records") labels.insert(sample.labels.at("log"));
    }
    EXPECT_EQ(labels.size(), kMostLogsTold + 1);
    EXPECT_TRUE(labels.contains(kOffering));
    EXPECT_TRUE(labels.contains(kDesk));
    EXPECT_TRUE(labels.contains("+others"));
}

}  // namespace
}  // namespace rightsdesk::runtime
