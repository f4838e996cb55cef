// The sample offering, from the first fax to the final report, over the whole suite in one process.
#include <gtest/gtest.h>

#include <random>

#include "runtime/json.h"
#include "support/sample.h"
#include "support/scale.h"

namespace rightsdesk {
namespace {

using support::SuiteInProcess;

void expect_the_same_end(SuiteInProcess& suite) {
    EXPECT_EQ(suite.report(support::kSample), support::undisturbed_report());
    EXPECT_EQ(suite.verify(support::kSample), "");
    EXPECT_EQ(suite.verify(domain::kDesk), "");
}

TEST(SampleOffering, ties_and_is_the_fold_of_its_log) {
    SuiteInProcess suite;
    suite.play(support::sample_timeline());
    const domain::Report report = domain::report_of(*suite.book(support::kSample));
    EXPECT_EQ(report.stage, domain::Stage::kSettled);
    EXPECT_TRUE(report.does_not_tie.empty()) << report.does_not_tie.front();
    EXPECT_EQ(report.totals.basic + report.totals.over + report.totals.unsubscribed, report.totals.offered);
    EXPECT_EQ(suite.verify(support::kSample), "");
    EXPECT_EQ(suite.verify(domain::kDesk), "");
}

TEST(SampleOffering, every_step_sent_twice_gets_the_same_receipt_and_changes_nothing) {
    SuiteInProcess suite;
    suite.play(support::sample_timeline(), [&](const tools::Step& step, const domain::Receipt& first) {
        const auto again = suite.send(step.source, step.number, step.door, step.command);
        EXPECT_EQ(runtime::to_json(again).dump(), runtime::to_json(first).dump()) << step.what;
    });
    expect_the_same_end(suite);
}

TEST(SampleOffering, another_command_under_a_used_number_is_a_conflict_and_changes_nothing) {
    SuiteInProcess suite;
    suite.play(support::sample_timeline(), [&](const tools::Step& step, const domain::Receipt&) {
        if (step.source != "bank-1") return;
        auto wire = std::get_if<domain::ConfirmWire>(&step.command);
        if (wire == nullptr) return;
        domain::ConfirmWire other = *wire;
        other.amount = other.amount + domain::Money(1);
        EXPECT_EQ(suite.send(step.source, step.number, step.door, other).kind, domain::ReceiptKind::kConflict) << step.what;
        suite.settle();
    });
    expect_the_same_end(suite);
}

TEST(SampleOffering, ends_the_same_when_services_die_at_any_moment) {
    for (int seed = 1; seed <= support::counted(6, 60); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SuiteInProcess suite(seed % 2 == 0 ? 2 : domain::kMostEffects);  // small parts: deaths fall between two of them
        std::mt19937 random(static_cast<unsigned>(seed));
        int deaths = 0;
        suite.between_turns = [&] {
            if (random() % 40 != 0) return;
            suite.die_and_return(random() % suite.services());
            ++deaths;
        };
        suite.play(support::sample_timeline());
        EXPECT_GT(deaths, 10);
        expect_the_same_end(suite);
    }
}

TEST(SampleOffering, ends_the_same_when_the_store_fails_before_or_after_it_wrote) {
    for (int seed = 1; seed <= support::counted(6, 60); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SuiteInProcess suite(seed % 2 == 0 ? 1 : domain::kMostEffects);
        std::mt19937 random(static_cast<unsigned>(seed));
        suite.between_turns = [&] {
            if (random() % 60 != 0) return;
            suite.logs().fail_next(1 + random() % 3, random() % 2 == 0 ? store::MemoryFailure::kBefore : store::MemoryFailure::kAfter);
        };
        suite.play(support::sample_timeline());
        suite.between_turns = [] {};
        suite.logs().fail_next(0, store::MemoryFailure::kBefore);
        suite.settle();
        expect_the_same_end(suite);
    }
}

TEST(SampleOffering, ends_the_same_when_answers_are_lost) {
    SuiteInProcess suite;
    std::mt19937 random(7);
    suite.between_turns = [&] { suite.network().drop_answers(random() % 3 == 0); };
    suite.play(support::sample_timeline());
    suite.network().drop_answers(false);
    expect_the_same_end(suite);
}

TEST(SampleOffering, ends_the_same_when_nearly_every_published_hint_is_lost) {
    SuiteInProcess suite;
    std::mt19937 random(11);
    suite.between_turns = [&] { suite.network().drop_feeds(random() % 4 != 0); };
    suite.play(support::sample_timeline());
    suite.network().drop_feeds(false);
    expect_the_same_end(suite);
}

}  // namespace
}  // namespace rightsdesk
