#include "telling/happening_text.h"

#include "base/texts.h"
#include "domain/civil.h"
#include "domain/money_text.h"

// A namespace of its own, so that the domain's names stay out of the commands'.
namespace rightsdesk::telling::happening {

using namespace domain;  // what happened is told in the domain's words

namespace {

template <class E>
std::string words_in(const std::vector<E>& values) {
    std::vector<std::string> words;
    words.reserve(values.size());
    for (const E value : values) words.push_back(to_text(value));
    return base::joined(words, ", ");
}

std::string status_text(NoticeStatus status, const std::vector<Reason>& reasons) {
    return to_text(status) + (reasons.empty() ? "" : " (" + words_in(reasons) + ")");
}

std::string deadline_text(const Deadline& deadline) { return deadline.civil + " " + deadline.zone; }

std::string asked_text(const NoticeContent& content) {
    return grouped(content.basic_shares.value_or(Shares(0)).value) + " and " + grouped(content.excess_shares.value_or(Shares(0)).value) + " shares";
}

std::string funding_text(const Funding& funding) {
    return "due " + money_text(funding.due) + ", " + money_text(funding.good_in_time) + " in time, " + money_text(funding.good_late) + " late, " +
           money_text(funding.uncollected) + " uncollected";
}

std::string numbered(const std::string& way, std::uint64_t number) { return way + " " + std::to_string(number); }

struct Telling {
    std::string operator()(const NoticeDecided& event) const { return status_text(event.notice.status, event.notice.reasons); }
    std::string operator()(const NoticeKeyed& event) const {
        const auto& same = event.notice.reading ? event.notice.reading->same_as : std::nullopt;
        return (event.again ? "the same again; " : "") + ("by " + event.by + ": ") + (same ? "it is " + *same : status_text(event.notice.status, event.notice.reasons));
    }
    std::string operator()(const DeliveryLinked& event) const { return "by " + to_text(event.delivery.channel) + ", received " + instant_text(event.delivery.stamp); }
    std::string operator()(const NoticeRedecided& event) const {
        return status_text(event.before, event.reasons_before) + " to " + status_text(event.after, event.reasons_after) + ", by " + to_text(event.cause);
    }
    std::string operator()(const DefectCured& event) const { return to_text(event.reason) + ", received " + instant_text(event.at); }
    std::string operator()(const DefectWaived& event) const { return to_text(event.reason) + ", by " + event.proposal; }
    std::string operator()(const NoticeConfirmed& event) const { return "at " + instant_text(event.at); }
    std::string operator()(const CertificatesDelivered& event) const {
        return grouped(event.received.rights.value) + " rights, received " + instant_text(event.received.stamp) + ", delivery " + event.received.delivery;
    }
    std::string operator()(const CertificatesReturned& event) const { return "delivery " + event.delivery; }
    std::string operator()(const NoticeWithdrawn& event) const { return "received " + instant_text(event.at); }
    std::string operator()(const NoticeAmended& event) const { return asked_text(event.before) + " to " + asked_text(event.after); }

    std::string operator()(const PaymentAdvised& event) const { return money_text(event.payment.amount) + " by " + to_text(event.payment.method); }
    std::string operator()(const PaymentGood& event) const { return "received " + instant_text(event.received_at); }
    std::string operator()(const PaymentBounced& event) const { return text_with_letter(event.reason); }
    std::string operator()(const PaymentMatched& event) const {
        return money_text(event.match.amount) + " to " + event.match.notice + ", by " + to_text(event.match.evidence);
    }
    std::string operator()(const PaymentMatchUndone& event) const { return money_text(event.amount) + " from " + event.notice; }
    std::string operator()(const PaymentRepresented& event) const { return "it had come back for " + text_with_letter(event.returned); }
    std::string operator()(const ClearanceDated& event) const { return "on " + to_text(event.cleared_on) + ", at no time that the bank told"; }
    std::string operator()(const NoticeFunded& event) const { return funding_text(event.funding); }
    std::string operator()(const PaymentApplied& event) const {
        return funding_text(event.funding) + (event.funding.rule.empty() ? "" : "; " + event.funding.rule);
    }
    std::string operator()(const RefundReported& event) const { return to_text(event.status); }

    std::string operator()(const CoverClockStarted& event) const { return "until " + deadline_text(event.clock.deadline); }
    std::string operator()(const CoverClockMoved& event) const { return deadline_text(event.before) + " to " + deadline_text(event.clock.deadline); }
    std::string operator()(const CoverReminderDue& event) const { return std::to_string(event.minutes) + " minutes before; missing: " + words_in(event.missing); }
    std::string operator()(const CoverIncomplete& event) const { return "missing: " + words_in(event.missing); }
    std::string operator()(const CoverCompleted& event) const { return "by what was received " + instant_text(event.at); }
    std::string operator()(const CoverDeadlineMissed& event) const { return "missing: " + words_in(event.missing); }

    std::string operator()(const ClosingAdded& event) const {
        return to_text(event.day) + (event.bill_until ? "; what was billed may be paid until " + deadline_text(*event.bill_until) : "");
    }

    std::string operator()(const SendingsIntended& event) const {
        std::vector<std::string> names;
        names.reserve(event.sendings.size() + event.joined.size());
        for (const Sending& sending : event.sendings) names.push_back(numbered(sending.way, sending.number));
        for (const SendingJoined& joined : event.joined) names.push_back("with " + numbered(joined.way, joined.number));
        return base::joined(names, ", ");
    }
    std::string operator()(const SendingsAttempted& event) const {
        std::vector<std::string> ends;
        ends.reserve(event.attempts.size());
        for (const SendingAttempt& one : event.attempts) ends.push_back(numbered(one.way, one.number) + " " + to_text(one.outcome) + " at attempt " + std::to_string(one.attempt));
        return base::joined(ends, ", ");
    }
    std::string operator()(const SendingSettled& event) const {
        return numbered(event.way, event.number) + (event.retried ? " tried again" : " abandoned") + ", by " + event.by;
    }

    // The name says it, or the lines are those of many.
    template <class Other>
    std::string operator()(const Other&) const { return {}; }
};

}  // namespace

}  // namespace rightsdesk::telling::happening

namespace rightsdesk::telling {

std::string text_of(const domain::Event& event) { return std::visit(happening::Telling{}, event); }

}  // namespace rightsdesk::telling
