#include "domain/roles.h"

#include <algorithm>

namespace rightsdesk::domain {

namespace {

struct Rule {
    std::vector<ServiceName> doors;
    std::vector<Role> roles;
};

// One overload a command: a new command does not compile until it is said here who may send it, and where.
struct Rules {
    using S = ServiceName;
    using R = Role;
    Rule operator()(const SubmitNotice&) const { return {{S::kIntake}, {R::kFaxGateway, R::kMailGateway}}; }
    Rule operator()(const DeliverCertificates&) const { return {{S::kIntake}, {R::kMailGateway}}; }
    Rule operator()(const ConfirmByTelephone&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const AdvanceWatermark&) const {
        return {{S::kIntake, S::kPaymentClearing}, {R::kFaxGateway, R::kMailGateway, R::kBankFeed}};
    }
    Rule operator()(const ProposeWatermark&) const { return {{S::kIntake, S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const ApproveWatermark&) const { return {{S::kIntake, S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const WithdrawWatermark&) const { return {{S::kIntake, S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const CureDefect&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const ProposeWaiver&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const KeyNotice&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const RejectNotice&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const AttributeNotice&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const Approve&) const { return {{S::kIntake, S::kPaymentClearing, S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ConfirmWire&) const { return {{S::kPaymentClearing}, {R::kBankFeed}}; }
    Rule operator()(const ReceiveInstrument&) const { return {{S::kPaymentClearing}, {R::kMailGateway}}; }
    Rule operator()(const ConfirmClearance&) const { return {{S::kPaymentClearing}, {R::kBankFeed}}; }
    Rule operator()(const ReportBounce&) const { return {{S::kPaymentClearing}, {R::kBankFeed}}; }
    Rule operator()(const MatchPayment&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const AttributePayment&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const ProposeAllocation&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const OpenOffering&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ProposeExtension&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const SettleOffering&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const StepTime&) const { return {{S::kDeadlineMonitor}, {R::kClock}}; }
    Rule operator()(const WithdrawNotice&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const AmendNotice&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const CertifyOwners&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const ExerciseDirectly&) const { return {{S::kIntake}, {R::kMailGateway}}; }
    Rule operator()(const UnmatchPayment&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const MatchBySchedule&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const RepresentInstrument&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const SettleReceipt&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const ReportRefund&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const ProposeSuspension&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ProposeResumption&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ProposeTermination&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ProposeClosing&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ProposeFinalPrice&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const KeepRegisterPart&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const ImportRegister&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const SettleCertificates&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const ReturnCertificates&) const { return {{S::kIntake}, {R::kMailGateway, R::kOperator}}; }
    Rule operator()(const TakeBackNotice&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const TakeBackPayment&) const { return {{S::kPaymentClearing}, {R::kOperator}}; }
    Rule operator()(const RecordRightsSale&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const ReverseRightsSale&) const { return {{S::kIntake}, {R::kOperator}}; }
    Rule operator()(const ReleaseItem&) const {
        return {{S::kIntake, S::kPaymentClearing, S::kDeadlineMonitor, S::kNotification}, {R::kOperator}};
    }
    Rule operator()(const AcceptClock&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ProposeWithoutReplica&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ApproveWithoutReplica&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const RequireReplica&) const { return {{S::kDeadlineMonitor}, {R::kOperator}}; }
    Rule operator()(const ReportFileSetAside&) const { return {{S::kPaymentClearing}, {R::kBankFeed}}; }
    Rule operator()(const ReportFileTaken&) const { return {{S::kPaymentClearing}, {R::kBankFeed}}; }
    Rule operator()(const AcknowledgeAlert&) const { return {{S::kNotification}, {R::kOperator}}; }
    Rule operator()(const SilenceAlerts&) const { return {{S::kNotification}, {R::kOperator}}; }
    Rule operator()(const LiftSilence&) const { return {{S::kNotification}, {R::kOperator}}; }
    Rule operator()(const SettleSending&) const { return {{S::kNotification}, {R::kOperator}}; }
    Rule operator()(const TestWay&) const { return {{S::kNotification}, {R::kOperator}}; }
};

bool holds(const Principal& principal, Role role) {
    return std::find(principal.roles.begin(), principal.roles.end(), role) != principal.roles.end();
}

}  // namespace

bool door_takes(ServiceName door, const Command& command) {
    const Rule rule = std::visit(Rules{}, command);
    return std::find(rule.doors.begin(), rule.doors.end(), door) != rule.doors.end();
}

bool may_send(const Principal& principal, const Command& command) {
    const Rule rule = std::visit(Rules{}, command);
    return std::any_of(rule.roles.begin(), rule.roles.end(), [&](Role role) { return holds(principal, role); });
}

bool may_ask(const Principal& principal, const Question& question) {
    if (std::holds_alternative<AskHealth>(question)) return true;
    return holds(principal, Role::kReader) || holds(principal, Role::kOperator) || holds(principal, Role::kClock);
}

}  // namespace rightsdesk::domain
