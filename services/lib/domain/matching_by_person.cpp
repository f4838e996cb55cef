#include "domain/matching_by_person.h"

#include <map>

#include "domain/clearing.h"
#include "domain/matching.h"

namespace rightsdesk::domain {

namespace {

// An approved allocation rests on whose money it is.
bool is_decided(Stage stage) { return stage == Stage::kApproved || is_over(stage); }

Money matched_to(const Payment& payment, const NoticeId& notice) {
    Money matched;
    for (const Match& match : payment.matches) {
        if (match.notice == notice) matched += match.amount;
    }
    return matched;
}

struct Objection {
    Refusal refusal;
    std::string detail;
};

// Why the schedule as a whole cannot be; nothing when it can.
std::optional<Objection> objection_to_parts(const Book& book, const Payment& payment, const std::vector<SchedulePart>& parts) {
    std::map<NoticeId, std::size_t> seen;
    Money rest = unmatched_amount(payment);
    for (std::size_t number = 1; number <= parts.size(); ++number) {
        const SchedulePart& part = parts[number - 1];
        const std::string which = "part " + std::to_string(number) + ", " + part.notice + ": ";
        if (book.notice(part.notice) == nullptr) return Objection{Refusal::kUnknownNotice, which + "no such notice"};
        const auto [earlier, is_new] = seen.emplace(part.notice, number);
        if (!is_new) return Objection{Refusal::kValueUnusable, which + "it stands in part " + std::to_string(earlier->second) + " already"};
        if (part.amount <= Money(0)) return Objection{Refusal::kAmountUnusable, which + std::to_string(part.amount.value) + " cents"};
        if (part.amount > rest) {
            return Objection{Refusal::kAmountUnusable,
                             which + std::to_string(part.amount.value) + " cents, and " + std::to_string(rest.value) + " cents are left of the payment"};
        }
        rest -= part.amount;
    }
    return std::nullopt;
}

}  // namespace

Decision unmatch_payment(const Book& book, const UnmatchPayment& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("UnmatchPayment", payment_name(command.payment), refusal, detail); };
    const Payment* payment = book.payment(command.payment);
    if (payment == nullptr) return refused(Refusal::kUnknownPayment, command.payment);
    if (book.notice(command.notice) == nullptr) return refused(Refusal::kUnknownNotice, command.notice);
    const Money matched = matched_to(*payment, command.notice);
    if (matched == Money(0)) return refused(Refusal::kNothingToDo, "no money of it is matched to " + command.notice);
    const Stage stage = stage_of(book);
    if (is_decided(stage)) return refused(Refusal::kTooLate, "the offering is " + to_text(stage));
    Decision decision;
    Trial trial(book);
    trial.add(decision, PaymentMatchUndone{command.payment, command.notice, matched, context.person, command.why});
    say_funded(book, trial, decision, command.notice);
    trial.add(decision, PaymentUnmatched{command.payment, candidates_for(book, *book.payment(command.payment))});
    decision.reads = {notice_name(command.notice), life_name()};
    return decision;
}

Decision match_by_schedule(const Book& book, const MatchBySchedule& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("MatchBySchedule", payment_name(command.payment), refusal, detail); };
    const Payment* payment = book.payment(command.payment);
    if (payment == nullptr) return refused(Refusal::kUnknownPayment, command.payment);
    if (payment->status == PaymentStatus::kTakenBack) return refused(Refusal::kNothingToDo, "it was taken back: it is not this offering's money");
    const Stage stage = stage_of(book);
    if (is_decided(stage)) return refused(Refusal::kTooLate, "the offering is " + to_text(stage));
    if (command.parts.empty()) return refused(Refusal::kValueUnusable, "the schedule has no parts");
    if (payment->matches.size() + command.parts.size() > kMaxScheduleParts) {
        return refused(Refusal::kValueUnusable, "a payment is matched to at most " + std::to_string(kMaxScheduleParts) + " notices; " +
                                                    std::to_string(command.parts.size()) + " parts are too many");
    }
    if (const auto objection = objection_to_parts(book, *payment, command.parts)) return refused(objection->refusal, objection->detail);
    Decision decision;
    Trial trial(book);
    for (const SchedulePart& part : command.parts) {
        trial.add(decision, PaymentMatched{command.payment, Match{part.notice, part.amount, Evidence::kSchedule, context.person}});
        decision.reads.push_back(notice_name(part.notice));
    }
    for (const SchedulePart& part : command.parts) say_funded(book, trial, decision, part.notice);
    decision.reads.push_back(life_name());
    return decision;
}

}  // namespace rightsdesk::domain
