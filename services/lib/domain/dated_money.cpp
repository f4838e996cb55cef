#include "domain/dated_money.h"

#include <algorithm>

#include "domain/civil.h"
#include "domain/clearing.h"
#include "domain/listed_addresses.h"
#include "domain/money_due.h"
#include "domain/notice_judgement.h"

namespace rightsdesk::domain {

namespace {

// Whether some money becomes late within this day, so that its date does not say which side it is on.
bool decides_by_the_hour(const Book& book, Date day) {
    const Life& life = *book.life();
    if (civil_date(life.expiration) == day || (life.bill_until && civil_date(*life.bill_until) == day)) return true;
    if (life.terms.guaranteed_delivery.payment_due != PaymentDue::kCover) return false;
    return std::any_of(book.notice_ids().begin(), book.notice_ids().end(), [&](const NoticeId& id) { return civil_date(money_due(book, *book.notice(id))) == day; });
}

// Whether some money that was in time at `stamp` was late by `arrived`.
bool became_late(const Book& book, Instant stamp, Instant arrived) {
    const Life& life = *book.life();
    const auto lies_between = [&](Instant deadline) { return stamp <= deadline && deadline < arrived; };
    if (in_time(life, stamp) && !in_time(life, arrived)) return true;
    if (life.bill_until && lies_between(life.bill_until->instant)) return true;
    if (life.terms.guaranteed_delivery.payment_due != PaymentDue::kCover) return false;
    return std::any_of(book.notice_ids().begin(), book.notice_ids().end(), [&](const NoticeId& id) { return lies_between(money_due(book, *book.notice(id)).instant); });
}

std::string rule_of(const Payment& payment) {
    if (payment.doubt) return rule_text(payment.method, DeemedReceived::kReceipt);
    return rule_text(payment.method, payment.method == PaymentMethod::kWire ? DeemedReceived::kCredit : DeemedReceived::kClearance);
}

// Whether it said so.
bool say_good_if_dated(const Book& book, const PaymentId& id, Trial& trial, Decision& decision) {
    const Payment& payment = *book.payment(id);
    if (!receipt_time_unknown(payment)) return false;
    const auto received = credit_time(book, std::nullopt, day_told(payment));
    if (received) trial.add(decision, PaymentGood{id, *received, rule_of(payment)});
    return received.has_value();
}

// Why a person cannot say that it was received then; empty when it can be.
std::string objection_to_receipt(const Book& book, const Payment& payment, const SettleReceipt& command, Instant now) {
    const Life& life = *book.life();
    const auto told = day_told(payment);
    const Date day = day_received(life, command.received_at);
    if (command.evidence.empty()) return "the evidence is missing: what shows when it came";
    if (told && day != *told) return "the bank told of " + to_text(*told) + ", and that instant is on " + to_text(day) + " in " + life.expiration.zone;
    if (command.received_at > now) return "it cannot have been received at a time that has not come";
    return {};
}

std::string settled_rule(const Book& book, const Payment& payment, const SettleReceipt& command, const std::string& person) {
    return rule_of(payment) + ", " + civil_text(command.received_at, book.life()->expiration.zone) + " as settled by " + person + ": " + command.evidence;
}

}  // namespace

std::optional<Instant> credit_time(const Book& book, const std::optional<Instant>& credited_at, const std::optional<Date>& day) {
    if (credited_at) return credited_at;
    if (!day || decides_by_the_hour(book, *day)) return std::nullopt;
    const auto end_of_day = resolve(*day, "23:59:59", book.life()->expiration.zone);
    return end_of_day ? std::optional(end_of_day->instant) : std::nullopt;
}

std::optional<ReceiptDoubt> doubt_of(const Book& book, const ReceiveInstrument& command, Instant arrived) {
    const Life& life = *book.life();
    if (!is_listed(life.terms.channels, command.channel, command.address)) return ReceiptDoubt{ReceiptQuestion::kMisdirected, command.stamp};
    // Counted means that every gateway had handed over all it stamped by the hour: this one was not among it.
    const bool unannounced = life.stage >= Stage::kCounted && in_time(life, command.stamp);
    const bool beyond = command.stamp.value < arrived.value - life.terms.stamp_gap_minutes * kNanosecondsPerMinute;
    if (!unannounced && !(beyond && became_late(book, command.stamp, arrived))) return std::nullopt;
    return ReceiptDoubt{ReceiptQuestion::kHandedOverLate, command.stamp};
}

bool receipt_time_unknown(const Payment& payment) {
    if (payment.status != PaymentStatus::kUncollected) return false;
    if (payment.doubt) return true;
    return payment.method == PaymentMethod::kWire ? !payment.credited_at : payment.cleared_on.has_value();
}

// An instrument's own date, which is its value date, says nothing of its clearance.
std::optional<Date> day_told(const Payment& payment) { return payment.method == PaymentMethod::kWire ? payment.value_date : payment.cleared_on; }

bool receipt_in_question(const Book& book, const Payment& payment) {
    return receipt_time_unknown(payment) && !credit_time(book, std::nullopt, day_told(payment));
}

bool say_good_by_date(const Book& book, Part& part) {
    const std::vector<PaymentId> ids(book.payment_ids().begin(), book.payment_ids().end());  // as now: the trial touches the book's own set
    for (const PaymentId& id : ids) {
        if (part.is_full()) return false;
        say_good_if_dated(book, id, part.trial(), part.decision());
    }
    return true;
}

void say_good_by_date(const Book& book, const NoticeId& notice, Trial& trial, Decision& decision) {
    const auto& of_notice = book.payments_of(notice);
    const std::vector<PaymentId> ids(of_notice.begin(), of_notice.end());  // as now, likewise
    for (const PaymentId& id : ids) {
        // It may fund others as well.
        if (say_good_if_dated(book, id, trial, decision)) say_funded_all(book, trial, decision, id);
    }
}

Decision settle_receipt(const Book& book, const SettleReceipt& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("SettleReceipt", payment_name(command.payment), refusal, detail); };
    const Payment* payment = book.payment(command.payment);
    if (payment == nullptr) return refused(Refusal::kUnknownPayment, command.payment);
    if (payment->status == PaymentStatus::kGood) return refused(Refusal::kAlreadyDecided, "it is good already");
    if (!receipt_time_unknown(*payment)) return refused(Refusal::kNothingToDo, "nobody asks when it came: it is " + to_text(payment->status));
    const std::string against = objection_to_receipt(book, *payment, command, context.now);
    if (!against.empty()) return refused(Refusal::kValueUnusable, against);
    Decision decision;
    Trial trial(book);
    trial.add(decision, PaymentGood{command.payment, command.received_at, settled_rule(book, *payment, command, context.person)});
    say_funded_all(book, trial, decision, command.payment);
    decision.reads.push_back(life_name());
    return decision;
}

}  // namespace rightsdesk::domain
