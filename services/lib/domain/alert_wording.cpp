#include "domain/alert_wording.h"

#include <algorithm>

#include "domain/approvals.h"
#include "domain/money_text.h"

namespace rightsdesk::domain {

namespace {

std::string approval_command(const std::string& log, const Proposal& proposal) {
    const std::string tail = " " + log + " " + proposal.id + " --as YOU";
    switch (proposal.kind) {
        case ProposalKind::kExtension:
        case ProposalKind::kSuspension:
        case ProposalKind::kResumption:
        case ProposalKind::kTermination:
        case ProposalKind::kClosing:
        case ProposalKind::kFinalPrice: return "rightsdesk offering approve" + tail;
        case ProposalKind::kWaiver: return "rightsdesk notice approve" + tail;
        case ProposalKind::kAllocation:
        case ProposalKind::kRefunds: return "rightsdesk allocation approve" + tail;
    }
    return "";
}

}  // namespace

std::string reasons_text(const std::vector<Reason>& reasons) {
    std::string text;
    for (const Reason reason : reasons) {
        if (!text.empty()) text += "; ";
        text += explain(reason);
    }
    return text;
}

std::string missing_text(const std::vector<Missing>& missing) {
    std::string text;
    for (const Missing part : missing) text += (text.empty() ? "" : ", ") + to_text(part);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

Wording wording_of_another(const Notice& notice, const CertificatesReceived& received) {
    const std::string guarantor = notice.content.guarantor_name.value_or("");
    return {Severity::kInfo, "covered_by_another",
            "certificates for " + grouped(received.rights.value) + " rights of " + notice.id + " came from " + received.delivered_by +
                ", and not from its guarantor " + guarantor + ": they count all the same",
            guarantor + ", whose exposure they discharge; " + received.delivered_by,
            "tell the guarantor that they are here, so that it does not send them again; rightsdesk notice show " + notice.id +
                " says what is missing still"};
}

Wording wording_to_return(const NoticeId& notice, const std::string& delivery) {
    return {Severity::kWarning, "certificates_to_return",
            "certificates of delivery " + delivery + " lie here for " + notice + ", which no longer counts", "the mail room; whoever sent them",
            "send them back; then rightsdesk certificates return " + notice + " --delivery " + delivery + " --reference ... --as YOU"};
}

Wording wording_to_return_many(const std::string& log, std::size_t deliveries) {
    return {Severity::kWarning, "certificates_to_return",
            "certificates of " + grouped(static_cast<std::int64_t>(deliveries)) + " deliveries lie here for notices that no longer count",
            "the mail room; whoever sent them",
            "rightsdesk report " + log + " --kind exceptions lists them; send them back, then rightsdesk certificates return for each"};
}

Wording wording_of_price(const std::string& log, Money estimated, Money price, const std::optional<Deadline>& bill_until) {
    return {bill_until ? Severity::kCritical : Severity::kInfo, "final_price_set",
            "the final price is " + money_text(price) + " a share; the estimate was " + money_text(estimated) +
                (bill_until ? "; what is short may be paid until " + bill_until->civil + " " + bill_until->zone : ""),
            "the issuer, every guarantor and holder", bill_until ? "bill the shortfalls: rightsdesk report " + log : "announce it"};
}

std::string cause_of(Owed owed) { return "owed_by/" + to_text(owed); }

Wording wording_of_owed(const std::string& log, const OwedReminder& reminder) {
    const bool passed = reminder.minutes == 0;
    const std::string until = reminder.deadline.civil + " " + reminder.deadline.zone;
    const std::string when = passed ? " were due " + until : " are due " + until + ", in less than " + std::to_string(reminder.minutes) + " minutes";
    const Severity severity = passed ? Severity::kCritical : Severity::kWarning;
    switch (reminder.owed) {
        case Owed::kSharesReport:
            return {severity, "shares_report_due", "the shares subscribed and unsubscribed and the guarantees received" + when + ", and the offering is not counted", "the issuer",
                    "see whose watermark is missing; the figures as the records stand: rightsdesk report " + log + " --kind count"};
        case Owed::kConfirmations: break;
    }
    return {severity, "confirmations_due", "confirmations" + when + ", and the offering is not settled", "every holder; the issuer",
            "approve the allocation and its refunds, then rightsdesk allocation settle " + log + " --reference ... --as YOU"};
}

Wording wording_of_waiting(const std::string& log, const Proposal& proposal) {
    return {Severity::kWarning, "proposal_waiting",
            proposal.id + " waits for approval: " + (proposal.by_person ? "proposed by " : "computed by ") + proposal.proposed_by +
                (proposal.why.empty() ? "" : ", " + proposal.why) + (proposal.kind == ProposalKind::kWaiver ? "; " + waiver_text(proposal) : ""),
            "any operator who has not spoken for it yet", approval_command(log, proposal)};
}

}  // namespace rightsdesk::domain
