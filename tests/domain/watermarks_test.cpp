// A dead source's watermark: two people declare it, never one, and the count goes on (the house's "counted").
#include "domain/watermarks.h"

#include <gtest/gtest.h>

#include "domain/alerting.h"
#include "domain/offering_life.h"
#include "support/builders.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

const Instant kNow = new_york("2002-07-02T09:00:00");
const Instant kThrough = new_york("2002-07-01T18:00:00");
const Command kPropose = ProposeWatermark{"fax-1", kThrough, "its host burnt; the spool's copy is empty"};
const Command kApprove = ApproveWatermark{"fax-1", kThrough, "alice"};
const Command kWithdraw = WithdrawWatermark{"fax-1", "it is up again"};
const Command kOwn = AdvanceWatermark{kThrough};  // by the source itself

struct DeskOfSources {
    Book desk = desk_book();
    std::uint64_t sequence = 0;

    Decision decide(const std::string& who, const Command& command) {
        Context told = context(who == "fax-1" ? who : "console", ++sequence, kNow);
        if (who != "fax-1") told.person = who;
        if (const auto* propose = std::get_if<ProposeWatermark>(&command)) return propose_watermark(desk, *propose, {"fax-1", "mail-1"}, told);
        if (const auto* approve = std::get_if<ApproveWatermark>(&command)) return approve_watermark(desk, *approve, told);
        if (const auto* withdraw = std::get_if<WithdrawWatermark>(&command)) return withdraw_watermark(desk, *withdraw, told);
        return advance_watermark(desk, std::get<AdvanceWatermark>(command).through, told);
    }
    // The refusal, if it was one.
    std::optional<Refusal> apply(const std::string& who, const Command& command) {
        const Decision decision = decide(who, command);
        evolve(desk, decision.events);
        const auto* refused = std::get_if<CommandRefused>(&decision.events.front());
        return refused == nullptr ? std::nullopt : std::optional(refused->refusal);
    }
};

using Said = std::pair<std::string, Command>;  // by whom

struct DeclaringRow {
    const char* sentence;
    std::vector<Said> before;
    Said last;
    std::optional<Refusal> refused;
};

TEST(DeclaringAWatermark, takes_two_people_and_says_why_not) {
    const Command later = ProposeWatermark{"fax-1", kNow, "its host burnt"};
    const std::vector<DeclaringRow> rows = {
        {"one proposes", {}, {"alice", kPropose}, std::nullopt},
        {"nobody's proposal", {}, {"", kPropose}, Refusal::kNotPermitted},
        {"without a reason", {}, {"alice", ProposeWatermark{"fax-1", kThrough, ""}}, Refusal::kValueUnusable},
        {"a source that nothing waits for", {}, {"alice", ProposeWatermark{"fax-9", kThrough, "it is dead"}}, Refusal::kValueUnusable},
        {"a bank feed's at intake's door", {}, {"alice", ProposeWatermark{"bank-1", kThrough, "it is dead"}}, Refusal::kValueUnusable},
        {"what lies ahead", {}, {"alice", ProposeWatermark{"fax-1", Instant(kNow.value + 1), "it is dead"}}, Refusal::kValueUnusable},
        {"now", {}, {"alice", later}, std::nullopt},
        {"what it told itself", {{"fax-1", kOwn}}, {"alice", kPropose}, Refusal::kBackwards},
        {"more than it told itself", {{"fax-1", kOwn}}, {"alice", later}, std::nullopt},
        {"again, with another instant", {{"alice", kPropose}}, {"alice", later}, std::nullopt},
        {"another is to approve, not to propose too", {{"alice", kPropose}}, {"bob", later}, Refusal::kAlreadyDecided},
        {"another source's meanwhile", {{"alice", kPropose}}, {"bob", ProposeWatermark{"mail-1", kThrough, "it is dead"}}, std::nullopt},
        {"another approves", {{"alice", kPropose}}, {"bob", kApprove}, std::nullopt},
        {"the same person approves", {{"alice", kPropose}}, {"alice", kApprove}, Refusal::kSamePerson},
        {"nobody approves", {{"alice", kPropose}}, {"", kApprove}, Refusal::kNotPermitted},
        {"approved before proposed", {}, {"bob", kApprove}, Refusal::kUnknownProposal},
        {"approved twice", {{"alice", kPropose}, {"bob", kApprove}}, {"carol", kApprove}, Refusal::kUnknownProposal},
        {"approved as it was before it changed", {{"alice", kPropose}, {"alice", later}}, {"bob", kApprove}, Refusal::kUnknownProposal},
        {"somebody else's proposal", {{"carol", kPropose}}, {"bob", kApprove}, Refusal::kUnknownProposal},
        {"withdrawn by another", {{"alice", kPropose}}, {"bob", kWithdraw}, std::nullopt},
        {"withdrawn, then approved", {{"alice", kPropose}, {"bob", kWithdraw}}, {"bob", kApprove}, Refusal::kUnknownProposal},
        {"nothing to withdraw", {}, {"bob", kWithdraw}, Refusal::kNothingToDo},
        {"told by the source meanwhile, then approved", {{"alice", kPropose}, {"fax-1", kOwn}}, {"bob", kApprove}, Refusal::kUnknownProposal},
        {"declared, then less by the source", {{"alice", later}, {"bob", ApproveWatermark{"fax-1", kNow, "alice"}}}, {"fax-1", kOwn}, Refusal::kBackwards},
    };
    for (const DeclaringRow& row : rows) {
        DeskOfSources desk;
        for (const auto& [who, command] : row.before) ASSERT_FALSE(desk.apply(who, command)) << row.sentence;
        EXPECT_EQ(desk.apply(row.last.first, row.last.second), row.refused) << row.sentence;
    }
}

TEST(DeclaringAWatermark, keeps_who_declared_it_and_why_until_the_source_tells_more) {
    DeskOfSources desk;
    desk.apply("alice", kPropose);
    EXPECT_EQ(desk.desk.watermark("fax-1"), nullptr) << "one person alone moves nothing";
    desk.apply("bob", kApprove);
    const Watermark declared = *desk.desk.watermark("fax-1");
    EXPECT_EQ(declared.through, kThrough);
    EXPECT_EQ(declared.declared_by, (std::vector<std::string>{"alice", "bob"}));
    EXPECT_EQ(declared.why, "its host burnt; the spool's copy is empty");
    EXPECT_EQ(desk.desk.watermark_proposal("fax-1"), nullptr);
    desk.apply("fax-1", AdvanceWatermark{kNow});
    EXPECT_EQ(*desk.desk.watermark("fax-1"), (Watermark{"fax-1", kNow}));
}

TEST(DeclaringAWatermark, an_alert_stands_until_it_is_decided_and_another_says_what_was) {
    for (const auto& [ending, why] : std::vector<std::pair<Said, std::string>>{{{"bob", kApprove}, "approved"}, {{"bob", kWithdraw}, "withdrawn by bob"}, {{"fax-1", kOwn}, "it has told as much itself"}}) {
        DeskOfSources desk;
        std::vector<Event> alerts;
        const auto alerted = [&](const std::string& who, const Command& command) {
            for (const Event& event : desk.decide(who, command).events) {
                Record record;
                record.event = event;
                evolve(desk.desk, {event});
                const Decision raised = alerts_for(desk.desk, record, context("notification", ++desk.sequence, kNow));
                evolve(desk.desk, raised.events);
                alerts.insert(alerts.end(), raised.events.begin(), raised.events.end());
            }
        };
        alerted("alice", kPropose);
        const std::uint64_t waiting = desk.desk.open_alert_of("watermark/fax-1");
        ASSERT_NE(waiting, 0U);
        EXPECT_NE(desk.desk.alert(waiting)->next.find("rightsdesk gateway approve fax-1 --through 2002-07-01T22:00:00Z --of alice --as YOU"), std::string::npos) << desk.desk.alert(waiting)->next;
        alerted(ending.first, ending.second);
        EXPECT_EQ(desk.desk.open_alert_of("watermark/fax-1"), 0U) << why;
        const auto resolved = std::find_if(alerts.begin(), alerts.end(), [](const Event& event) { return std::holds_alternative<AlertResolved>(event); });
        ASSERT_NE(resolved, alerts.end()) << why;
        EXPECT_EQ(std::get<AlertResolved>(*resolved).why, why);
        EXPECT_EQ(desk.desk.open_alert_of("watermark_declared/fax-1") != 0, why == "approved") << why;
    }
}

TEST(DeclaringAWatermark, an_offering_waits_for_the_sources_of_its_terms_until_it_is_over) {
    const Book open = open_book();
    Terms other = sample_terms();
    other.gateways = {"fax-2", "fax-1"};
    const Book second = open_book(other);
    EXPECT_EQ(sources_waited_for({&open, &second}, &Terms::gateways), (std::vector<std::string>{"fax-1", "fax-2", "mail-1"}));
    EXPECT_EQ(sources_waited_for({&open}, &Terms::bank_feeds), (std::vector<std::string>{"bank-1"}));
    Book over = open_book(other);
    evolve(over, {OfferingSettled{"", "", {}}});
    EXPECT_EQ(sources_waited_for({&over}, &Terms::gateways), std::vector<std::string>());
}

// What it is for: a gateway that died after the hour holds up no count, and the count's record says on whose word.
TEST(DeclaringAWatermark, lets_the_count_go_on_by_the_word_of_two) {
    const Book book = open_book();
    Life expired = *book.life();
    DeskOfSources sources;
    for (const char* alive : {"mail-1", "bank-1"}) evolve(sources.desk, {WatermarkAdvanced{{alive, kNow}}});
    Book offering = open_book();
    evolve(offering, {OfferingExpired{expired.expiration}});
    const auto counted = [&]() -> const OfferingCounted* {
        static Decision decision;
        decision = due_in_life(offering, sources.desk, context("deadline_monitor", 1, kNow));
        const auto found = std::find_if(decision.events.begin(), decision.events.end(), [](const Event& event) { return std::holds_alternative<OfferingCounted>(event); });
        return found == decision.events.end() ? nullptr : &std::get<OfferingCounted>(*found);
    };
    EXPECT_EQ(counted(), nullptr) << "fax-1 has told nothing";
    sources.apply("alice", kPropose);
    EXPECT_EQ(counted(), nullptr) << "one person is not enough";
    sources.apply("bob", kApprove);
    const OfferingCounted* count = counted();
    ASSERT_NE(count, nullptr);
    EXPECT_EQ(count->watermarks.front().source, "fax-1");
    EXPECT_EQ(count->watermarks.front().declared_by, (std::vector<std::string>{"alice", "bob"}));
}

}  // namespace
}  // namespace rightsdesk::support
