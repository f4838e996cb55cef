// Going on without the replica: two people, never one, and one alert while it lasts.
#include "domain/replica.h"

#include <gtest/gtest.h>

#include "domain/alerting.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

struct ReplicaRow {
    const char* sentence;
    std::vector<std::pair<std::string, Command>> before;  // by whom
    std::pair<std::string, Command> last;
    std::optional<Refusal> refused;
};

struct DeskWithReplica {
    Book desk = desk_book();
    std::uint64_t sequence = 0;

    Decision decide(const std::string& person, const Command& command) {
        Context told = context("deadline_monitor", ++sequence, new_york("2002-06-28T16:00:00"));
        told.person = person;
        if (const auto* propose = std::get_if<ProposeWithoutReplica>(&command)) return propose_without_replica(desk, *propose, told);
        if (const auto* approve = std::get_if<ApproveWithoutReplica>(&command)) return approve_without_replica(desk, *approve, told);
        return require_replica(desk, std::get<RequireReplica>(command), told);
    }
    // The refusal, if it was one.
    std::optional<Refusal> apply(const std::string& person, const Command& command) {
        const Decision decision = decide(person, command);
        evolve(desk, decision.events);
        const auto* refused = std::get_if<CommandRefused>(&decision.events.front());
        return refused == nullptr ? std::nullopt : std::optional(refused->refusal);
    }
};

const Command kPropose = ProposeWithoutReplica{"its host is dead"};
const Command kApprove = ApproveWithoutReplica{"alice"};
const Command kRequire = RequireReplica{"it is back"};

TEST(GoingWithoutTheReplica, takes_two_people_and_says_why_not) {
    const std::vector<ReplicaRow> rows = {
        {"one proposes", {}, {"alice", kPropose}, std::nullopt},
        {"nobody's proposal", {}, {"", kPropose}, Refusal::kNotPermitted},
        {"without a reason", {}, {"alice", ProposeWithoutReplica{}}, Refusal::kValueUnusable},
        {"again, with another reason", {{"alice", kPropose}}, {"alice", ProposeWithoutReplica{"the tunnel is down"}}, std::nullopt},
        {"another is to approve, not to propose too", {{"alice", kPropose}}, {"bob", kPropose}, Refusal::kAlreadyDecided},
        {"another approves", {{"alice", kPropose}}, {"bob", kApprove}, std::nullopt},
        {"the same person approves", {{"alice", kPropose}}, {"alice", kApprove}, Refusal::kSamePerson},
        {"nobody approves", {{"alice", kPropose}}, {"", kApprove}, Refusal::kNotPermitted},
        {"approved before proposed", {}, {"bob", kApprove}, Refusal::kUnknownProposal},
        {"approved twice", {{"alice", kPropose}, {"bob", kApprove}}, {"carol", kApprove}, Refusal::kUnknownProposal},
        {"somebody else's proposal", {{"carol", kPropose}}, {"bob", kApprove}, Refusal::kUnknownProposal},
        {"proposed while it is so", {{"alice", kPropose}, {"bob", kApprove}}, {"carol", kPropose}, Refusal::kAlreadyDecided},
        {"required again by one", {{"alice", kPropose}, {"bob", kApprove}}, {"carol", kRequire}, std::nullopt},
        {"a proposal withdrawn", {{"alice", kPropose}}, {"bob", kRequire}, std::nullopt},
        {"withdrawn, then approved", {{"alice", kPropose}, {"bob", kRequire}}, {"bob", kApprove}, Refusal::kUnknownProposal},
        {"required though it is", {}, {"alice", kRequire}, Refusal::kNothingToDo},
        {"required by nobody", {{"alice", kPropose}}, {"", kRequire}, Refusal::kNotPermitted},
    };
    for (const ReplicaRow& row : rows) {
        DeskWithReplica desk;
        for (const auto& [person, command] : row.before) ASSERT_FALSE(desk.apply(person, command)) << row.sentence;
        EXPECT_EQ(desk.apply(row.last.first, row.last.second), row.refused) << row.sentence;
    }
}

TEST(GoingWithoutTheReplica, is_in_force_from_the_second_person_until_one_ends_it) {
    DeskWithReplica desk;
    EXPECT_FALSE(goes_without_replica(desk.desk));
    desk.apply("alice", kPropose);
    EXPECT_FALSE(goes_without_replica(desk.desk));
    desk.apply("bob", kApprove);
    EXPECT_TRUE(goes_without_replica(desk.desk));
    EXPECT_EQ(desk.desk.replica()->people, (std::vector<std::string>{"alice", "bob"}));
    EXPECT_EQ(desk.desk.replica()->why, "its host is dead");
    desk.apply("carol", kRequire);
    EXPECT_FALSE(goes_without_replica(desk.desk));
}

TEST(GoingWithoutTheReplica, an_alert_stands_while_it_lasts) {
    DeskWithReplica desk;
    const auto alerted = [&](const std::string& person, const Command& command) {
        Record record;
        record.event = desk.decide(person, command).events.front();
        evolve(desk.desk, {record.event});
        const Decision raised = alerts_for(desk.desk, record, context("notification", ++desk.sequence, new_york("2002-06-28T16:00:00")));
        evolve(desk.desk, raised.events);
    };
    alerted("alice", kPropose);
    EXPECT_NE(desk.desk.open_alert_of("replica/proposed"), 0U);
    alerted("bob", kApprove);
    EXPECT_EQ(desk.desk.open_alert_of("replica/proposed"), 0U);
    EXPECT_NE(desk.desk.open_alert_of("replica/waived"), 0U);
    alerted("carol", kRequire);
    EXPECT_EQ(desk.desk.open_alert_of("replica/waived"), 0U);
}

TEST(GoingWithoutTheReplica, only_its_own_commands_need_no_replica) {
    EXPECT_TRUE(needs_no_replica(kPropose));
    EXPECT_TRUE(needs_no_replica(kApprove));
    EXPECT_TRUE(needs_no_replica(kRequire));
    EXPECT_FALSE(needs_no_replica(Command(Approve{})));
    EXPECT_FALSE(needs_no_replica(Command(SubmitNotice{})));
}

}  // namespace
}  // namespace rightsdesk::support
