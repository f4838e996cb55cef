#include "domain/money_due.h"

#include <algorithm>

#include "domain/covers.h"
#include "domain/final_price.h"

namespace rightsdesk::domain {

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
    return money_in_time(life, at) || (due > life.expiration.instant && at <= due);
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
