// What operations are told of what belongs to no offering, and of what senders did wrong; raised once, resolved by its end.
#include <gtest/gtest.h>

#include "domain/alerting.h"
#include "support/whole_desk.h"

namespace rightsdesk::support {
namespace {

// The desk's log with its alerts, one event after another.
class AlertedDesk {
public:
    // The alerts that one more record raises.
    std::vector<Alert> after(const Event& event) {
        Record record;
        record.event = event;
        record.principal = "fax-1";
        record.cause = {"fax-1", 17};
        evolve(desk_, {event});
        const Decision decision = alerts_for(desk_, record, context("notification", ++sequence_, new_york("2002-06-28T16:00:00")));
        evolve(desk_, decision.events);
        std::vector<Alert> raised;
        for (const Event& made : decision.events) {
            if (const auto* alert = std::get_if<AlertRaised>(&made)) raised.push_back(alert->alert);
        }
        return raised;
    }
    [[nodiscard]] const Book& book() const { return desk_; }

private:
    Book desk_ = desk_book();
    std::uint64_t sequence_ = 0;
};

TEST(DeskAlerts, what_somebody_must_look_at) {
    struct DeskAlertRow {
        Event event;
        Severity severity;
        const char* kind;
        const char* words;   // of what is to be done next
    };
    SubmitNotice notice;
    notice.channel = Channel::kFax;
    notice.address = "+17185550999";
    ConfirmWire wire = a_wire(2'000);
    wire.account = "nobody's";
    const std::vector<DeskAlertRow> rows = {
        {CommandRefused{"ProposeAllocation", "", Refusal::kNotPermitted, "fax_gateway", {}}, Severity::kWarning, "command_not_permitted", "principals.toml"},
        {IdentityConflicted{{"fax-1", 17}, 7, "abc", {}}, Severity::kCritical, "identity_conflict", "rightsdesk desk list"},
        {ItemQuarantined{"fax-1.17", "no message", {}}, Severity::kCritical, "item_quarantined", "rightsdesk desk list"},
        {NoticeUnattributed{"fax-1.18", "no open offering lists it", notice}, Severity::kWarning, "item_unattributed", "rightsdesk desk attribute fax-1.18 OFFERING"},
        {PaymentUnattributed{"bank-1.3", "nobody's account", wire}, Severity::kWarning, "item_unattributed", "rightsdesk desk attribute bank-1.3 OFFERING"},
        {FileSetAside{"bank-1", "june.xml", std::string(64, '0'), "line 3: not well-formed"}, Severity::kCritical, "file_set_aside", "set-aside/"},
        {WatermarkProposed{{"fax-1", {}, "it is dead", "alice", {}}}, Severity::kWarning, "proposal_waiting", "rightsdesk gateway approve fax-1"},
        {WithoutReplicaProposed{"alice", "its host is dead", {}}, Severity::kCritical, "without_replica_proposed", "rightsdesk replica approve --of alice"},
        {ReplicaWaived{{"alice", "bob"}, "its host is dead", {}}, Severity::kCritical, "without_replica", "rightsdesk replica return"},
    };
    for (const DeskAlertRow& row : rows) {
        AlertedDesk desk;
        const auto raised = desk.after(row.event);
        ASSERT_EQ(raised.size(), 1U) << row.kind;
        EXPECT_EQ(raised[0].kind, row.kind);
        EXPECT_EQ(raised[0].severity, row.severity) << row.kind;
        EXPECT_NE(raised[0].next.find(row.words), std::string::npos) << row.kind << ": " << raised[0].next;
        EXPECT_FALSE(raised[0].what.empty() || raised[0].whom.empty() || raised[0].subject.empty()) << row.kind;
        EXPECT_TRUE(desk.after(row.event).empty()) << row.kind << " is raised once";
    }
}

TEST(DeskAlerts, a_senders_own_mistake_is_in_its_receipt_alone) {
    AlertedDesk desk;
    EXPECT_TRUE(desk.after(CommandRefused{"CureDefect", "notice/fax-1.1", Refusal::kValueUnusable, "", {}}).empty());
}

TEST(DeskAlerts, a_bank_file_that_was_set_aside_is_told_until_it_is_taken) {
    AlertedDesk desk;
    const std::string sha256(64, '0');
    const auto raised = desk.after(FileSetAside{"bank-1", "june.bai", sha256, "line 9: the control total is wrong"});
    ASSERT_EQ(raised.size(), 1U);
    const auto again = desk.after(FileSetAside{"bank-1", "june.bai", sha256, "line 3: cut off"});
    ASSERT_EQ(again.size(), 1U) << "another reason is told";
    EXPECT_TRUE(desk.book().alert(raised[0].number)->resolved_at);
    desk.after(FileTaken{"bank-2", "june.bai", sha256});
    EXPECT_FALSE(desk.book().alert(again[0].number)->resolved_at) << "another feed's";
    desk.after(FileTaken{"bank-1", "june.bai", sha256});
    EXPECT_TRUE(desk.book().alert(again[0].number)->resolved_at);
}

TEST(DeskAlerts, saying_whose_it_is_resolves) {
    SubmitNotice notice;
    notice.address = "+17185550999";
    AlertedDesk desk;
    const auto unattributed = desk.after(NoticeUnattributed{"fax-1.18", "no open offering lists it", notice});
    const auto money = desk.after(PaymentUnattributed{"bank-1.3", "nobody's account", a_wire(2'000)});
    ASSERT_EQ(unattributed.size() + money.size(), 2U);
    desk.after(NoticeAttributed{"fax-1.18", "rare-medium-2002", "its form says so", notice});
    desk.after(PaymentAttributed{"bank-1.3", "rare-medium-2002", "its remittance says so", a_wire(2'000)});
    EXPECT_TRUE(desk.book().alert(unattributed[0].number)->resolved_at);
    EXPECT_TRUE(desk.book().alert(money[0].number)->resolved_at);
    const auto again = desk.after(AttributionUndone{"bank-1.3", "rare-medium-2002", "it names another issue", "alice", {}, {}, {}});
    ASSERT_EQ(again.size(), 1U) << "and that it is nobody's again is told again";
    EXPECT_EQ(again[0].kind, "item_unattributed");
    EXPECT_NE(again[0].what.find("taken back from rare-medium-2002 by alice"), std::string::npos) << again[0].what;
}

}  // namespace
}  // namespace rightsdesk::support
