#include "domain/money_due.h"

#include <algorithm>

#include "domain/allocating.h"
#include "domain/covers.h"
#include "domain/final_price.h"
#include "domain/notice_judgement.h"

namespace rightsdesk::domain {

namespace {

// Of what came after it was due, in the order in which it came, what pays the bill.
void count_as_billed(const Book& book, const Notice& notice, std::vector<MoneyForNotice>& money) {
    const Life& life = *book.life();
    if (!life.bill_until) return;
    Money punctual;
    for (const MoneyForNotice& part : money) punctual += part.in_time;
    Money billed = billed_to(life, asked_of(book, notice, punctual));
    for (MoneyForNotice& part : money) {
        if (part.in_time == part.amount || !may_pay_bill(life, *part.payment->received_at)) continue;
        part.in_time = std::min(part.amount, billed);
        billed -= part.in_time;
    }
}

}  // namespace

bool pays_with_cover(const Terms& terms, const Notice& notice) {
    return terms.guaranteed_delivery.payment_due == PaymentDue::kCover && notice.form == NoticeForm::kGuaranteedDelivery;
}

Deadline money_due(const Book& book, const Notice& notice) {
    const Life& life = *book.life();
    const CoverClock* clock = pays_with_cover(life.terms, notice) ? book.cover(notice.id) : nullptr;
    return clock != nullptr && clock->deadline.instant > life.expiration.instant ? clock->deadline : life.expiration;
}

bool money_in_time(const Book& book, const Notice& notice, Instant at) {
    const Life& life = *book.life();
    // The hour may be exclusive ("before"); a cover deadline is "at or prior to".
    const Instant due = money_due(book, notice).instant;
    return in_time(life, at) || (due > life.expiration.instant && at <= due);
}

std::vector<MoneyForNotice> good_money_for(const Book& book, const Notice& notice) {
    std::vector<MoneyForNotice> money;
    for (const PaymentId& id : book.payments_of(notice.id)) {
        const Payment& payment = *book.payment(id);
        if (payment.status != PaymentStatus::kGood) continue;
        MoneyForNotice part{&payment, Money(0), Money(0)};
        for (const Match& match : payment.matches) part.amount += match.notice == notice.id ? match.amount : Money(0);
        if (money_in_time(book, notice, *payment.received_at)) part.in_time = part.amount;
        money.push_back(part);
    }
    std::stable_sort(money.begin(), money.end(), [](const auto& left, const auto& right) { return *left.payment->received_at < *right.payment->received_at; });
    count_as_billed(book, notice, money);
    return money;
}

bool money_is_awaited(const Book& book, const Notice& notice) {
    const Life& life = *book.life();
    if (life.stage == Stage::kTabulated || is_over(life.stage)) return false;
    return money_due(book, notice).instant > life.expiration.instant;
}

std::optional<Instant> last_money_due(const Book& book) {
    const Life& life = *book.life();
    if (life.terms.guaranteed_delivery.payment_due != PaymentDue::kCover) return std::nullopt;
    std::optional<Instant> last;
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        const Instant due = money_due(book, notice).instant;
        if (due > life.expiration.instant && may_count(life, notice)) last = std::max(due, last.value_or(due));
    }
    return last;
}

bool money_settled(const Book& book, const Book& desk, Instant now) {
    const auto last = last_money_due(book);
    if (!last) return true;
    const Terms& terms = book.life()->terms;
    return now > *last && watermarks_past(desk, terms.gateways, *last) && watermarks_past(desk, terms.bank_feeds, *last);
}

}  // namespace rightsdesk::domain
