// Who may send what to which door: the whole table, one row a command. A command that is not in it fails the test.
#include "domain/roles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace rightsdesk::domain {
namespace {

constexpr Role kRoles[] = {Role::kFaxGateway, Role::kMailGateway, Role::kBankFeed, Role::kOperator, Role::kClock, Role::kReader, Role::kService};
constexpr ServiceName kDoors[] = {ServiceName::kIntake, ServiceName::kPaymentClearing, ServiceName::kDeadlineMonitor, ServiceName::kNotification};

struct RoleRow {
    std::vector<ServiceName> doors;
    std::vector<Role> roles;
};

const std::map<std::string, RoleRow>& table() {
    using enum ServiceName;
    using enum Role;
    static const std::map<std::string, RoleRow> kTable = {
        {"SubmitNotice", {{kIntake}, {kFaxGateway, kMailGateway}}},
        {"DeliverCertificates", {{kIntake}, {kMailGateway}}},
        {"ConfirmByTelephone", {{kIntake}, {kOperator}}},
        {"AdvanceWatermark", {{kIntake, kPaymentClearing}, {kFaxGateway, kMailGateway, kBankFeed}}},
        {"CureDefect", {{kIntake}, {kOperator}}},
        {"ProposeWaiver", {{kIntake}, {kOperator}}},
        {"RejectNotice", {{kIntake}, {kOperator}}},
        {"KeyNotice", {{kIntake}, {kOperator}}},
        {"AttributeNotice", {{kIntake}, {kOperator}}},
        {"Approve", {{kIntake, kPaymentClearing, kDeadlineMonitor}, {kOperator}}},
        {"ConfirmWire", {{kPaymentClearing}, {kBankFeed}}},
        {"ReceiveInstrument", {{kPaymentClearing}, {kMailGateway}}},
        {"ConfirmClearance", {{kPaymentClearing}, {kBankFeed}}},
        {"ReportBounce", {{kPaymentClearing}, {kBankFeed}}},
        {"MatchPayment", {{kPaymentClearing}, {kOperator}}},
        {"AttributePayment", {{kPaymentClearing}, {kOperator}}},
        {"ProposeAllocation", {{kPaymentClearing}, {kOperator}}},
        {"OpenOffering", {{kDeadlineMonitor}, {kOperator}}},
        {"ProposeExtension", {{kDeadlineMonitor}, {kOperator}}},
        {"SettleOffering", {{kDeadlineMonitor}, {kOperator}}},
        {"StepTime", {{kDeadlineMonitor}, {kClock}}},
        {"WithdrawNotice", {{kIntake}, {kOperator}}},
        {"AmendNotice", {{kIntake}, {kOperator}}},
        {"CertifyOwners", {{kIntake}, {kOperator}}},
        {"ExerciseDirectly", {{kIntake}, {kMailGateway}}},
        {"UnmatchPayment", {{kPaymentClearing}, {kOperator}}},
        {"MatchBySchedule", {{kPaymentClearing}, {kOperator}}},
        {"RepresentInstrument", {{kPaymentClearing}, {kOperator}}},
        {"SettleReceipt", {{kPaymentClearing}, {kOperator}}},
        {"ReportRefund", {{kPaymentClearing}, {kOperator}}},
        {"ProposeSuspension", {{kDeadlineMonitor}, {kOperator}}},
        {"ProposeResumption", {{kDeadlineMonitor}, {kOperator}}},
        {"ProposeTermination", {{kDeadlineMonitor}, {kOperator}}},
        {"ProposeClosing", {{kDeadlineMonitor}, {kOperator}}},
        {"ProposeFinalPrice", {{kDeadlineMonitor}, {kOperator}}},
        {"KeepRegisterPart", {{kIntake}, {kOperator}}},
        {"ImportRegister", {{kIntake}, {kOperator}}},
        {"SettleCertificates", {{kIntake}, {kOperator}}},
        {"ReturnCertificates", {{kIntake}, {kMailGateway, kOperator}}},
        {"TakeBackNotice", {{kIntake}, {kOperator}}},
        {"TakeBackPayment", {{kPaymentClearing}, {kOperator}}},
        {"ProposeWatermark", {{kIntake, kPaymentClearing}, {kOperator}}},
        {"ApproveWatermark", {{kIntake, kPaymentClearing}, {kOperator}}},
        {"WithdrawWatermark", {{kIntake, kPaymentClearing}, {kOperator}}},
        {"ProposeWithoutReplica", {{kDeadlineMonitor}, {kOperator}}},
        {"ApproveWithoutReplica", {{kDeadlineMonitor}, {kOperator}}},
        {"RequireReplica", {{kDeadlineMonitor}, {kOperator}}},
        {"ReportFileSetAside", {{kPaymentClearing}, {kBankFeed}}},
        {"ReportFileTaken", {{kPaymentClearing}, {kBankFeed}}},
        {"RecordRightsSale", {{kIntake}, {kOperator}}},
        {"ReverseRightsSale", {{kIntake}, {kOperator}}},
        {"ReleaseItem", {{kIntake, kPaymentClearing, kDeadlineMonitor, kNotification}, {kOperator}}},
        {"AcceptClock", {{kDeadlineMonitor}, {kOperator}}},
        {"AcknowledgeAlert", {{kNotification}, {kOperator}}},
        {"SilenceAlerts", {{kNotification}, {kOperator}}},
        {"LiftSilence", {{kNotification}, {kOperator}}},
        {"SettleSending", {{kNotification}, {kOperator}}},
        {"TestWay", {{kNotification}, {kOperator}}},
    };
    return kTable;
}

// One of each command there is.
template <std::size_t... Index>
std::vector<Command> every_command(std::index_sequence<Index...>) {
    return {Command(std::variant_alternative_t<Index, Command::Alternatives>())...};
}
std::vector<Command> every_command() { return every_command(std::make_index_sequence<std::variant_size_v<Command::Alternatives>>()); }

std::string name_of(const Command& command) {
    return std::visit([]<class C>(const C&) { return std::string(C::kTypeName); }, command);
}

template <class T>
bool contains(const std::vector<T>& values, T value) { return std::find(values.begin(), values.end(), value) != values.end(); }

TEST(Roles, every_command_goes_to_its_doors_and_comes_from_its_roles_and_no_other) {
    ASSERT_EQ(every_command().size(), table().size());
    for (const Command& command : every_command()) {
        SCOPED_TRACE(name_of(command));
        ASSERT_TRUE(table().contains(name_of(command)));
        const RoleRow& row = table().at(name_of(command));
        for (const ServiceName door : kDoors) EXPECT_EQ(door_takes(door, command), contains(row.doors, door)) << to_text(door);
        for (const Role role : kRoles) EXPECT_EQ(may_send(Principal{"somebody", {role}, false}, command), contains(row.roles, role)) << to_text(role);
    }
}

TEST(Roles, nobody_may_do_anything_without_a_role_and_several_roles_add_up) {
    for (const Command& command : every_command()) {
        SCOPED_TRACE(name_of(command));
        EXPECT_FALSE(may_send(Principal{"nobody", {}, true}, command)) << "acting for others is no role";
        const Principal gateway{"mail-1", {Role::kFaxGateway, Role::kMailGateway}, false};
        const RoleRow& row = table().at(name_of(command));
        EXPECT_EQ(may_send(gateway, command), contains(row.roles, Role::kFaxGateway) || contains(row.roles, Role::kMailGateway));
    }
}

TEST(Roles, money_is_told_of_by_banks_and_gateways_and_decided_on_by_people) {
    const Principal bank{"bank-1", {Role::kBankFeed}, false};
    const Principal alice{"alice", {Role::kOperator}, false};
    EXPECT_FALSE(may_send(alice, ConfirmWire{}));
    EXPECT_FALSE(may_send(alice, ConfirmClearance{}));
    EXPECT_FALSE(may_send(bank, MatchPayment{}));
    EXPECT_FALSE(may_send(bank, Approve{}));
}

TEST(Roles, questions_are_for_readers_and_people_and_health_is_for_everybody) {
    struct {
        Role role;
        bool asks_clock_and_alerts;
    } const rows[] = {{Role::kFaxGateway, false}, {Role::kMailGateway, false}, {Role::kBankFeed, false}, {Role::kOperator, true},
                      {Role::kClock, true},       {Role::kReader, true},       {Role::kService, false}};
    for (const auto& row : rows) {
        SCOPED_TRACE(to_text(row.role));
        const Principal principal{"somebody", {row.role}, false};
        EXPECT_EQ(may_ask(principal, AskClock{}), row.asks_clock_and_alerts);
        EXPECT_EQ(may_ask(principal, ReplayAlerts{}), row.asks_clock_and_alerts);
        EXPECT_TRUE(may_ask(principal, AskHealth{}));
    }
}

}  // namespace
}  // namespace rightsdesk::domain
