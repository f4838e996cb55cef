#include "domain/watched_figures.h"

#include <algorithm>

#include "domain/covers.h"

namespace rightsdesk::domain {

// Good money is in one place each cent (books.cpp): what of it is neither decided nor held for a notice is suspense. Of a payment that is
// matched whole there is none.
SuspenseFigures suspense_of(const Book& book) {
    SuspenseFigures figures;
    for (const PaymentId& id : book.unmatched_payments()) {
        const Payment& payment = *book.payment(id);
        ++figures.payments;
        if (payment.status != PaymentStatus::kGood) continue;
        Money matched;
        for (const Match& match : payment.matches) matched += match.amount;
        const Money decided = payment.applied + payment.refundable + payment.refunded;
        const Money rest = payment.amount - decided;
        figures.amount += rest - std::max(Money(0), std::min(rest, matched - decided));
    }
    return figures;
}

DeadlineFigures deadlines_at(const Book& book, Instant now) {
    DeadlineFigures figures;
    const Life* life = book.life();
    if (life == nullptr || is_over(life->stage)) return figures;
    const auto count = [&](Instant deadline, std::uint64_t& pending, std::uint64_t& overdue) {
        if (deadline < now) {
            overdue += life->suspension ? 0 : 1;
            return;
        }
        ++pending;
        if (!figures.nearest || deadline < *figures.nearest) figures.nearest = deadline;
    };
    if (life->stage == Stage::kOpen) count(life->expiration.instant, figures.expirations_pending, figures.expirations_overdue);
    for (const auto& [first, id] : book.running_covers()) {
        const Notice* notice = book.notice(id);
        if (notice != nullptr && may_count(*life, *notice)) count(cover_until(*life, *book.cover(id)), figures.covers_pending, figures.covers_overdue);
    }
    return figures;
}

StandingAlerts::Figures StandingAlerts::look(const Book& book) {
    while (seen_ < book.last_alert()) standing_.insert(++seen_);
    Figures figures;
    std::erase_if(standing_, [&](std::uint64_t number) {
        const Alert* alert = book.alert(number);
        if (alert == nullptr || alert->resolved_at) return true;
        ++figures.standing[alert->severity];
        if (alert->acknowledged_by.empty()) ++figures.unacknowledged[alert->severity];
        return false;
    });
    return figures;
}

}  // namespace rightsdesk::domain
