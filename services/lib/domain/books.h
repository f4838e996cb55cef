// The books: of every cent, advised = uncollected + good + bounced; and good + owed to us = suspense + held for a notice +
// applied + refundable + refunded (rules.md section 3, "The books"). Pure.
#pragma once

#include "domain/book.h"

namespace rightsdesk::domain {

struct MoneyBooks {
    Money advised;
    Money uncollected;
    Money good;
    Money bounced;
    Money owed;        // to us: money that bought shares or was paid back, and that the bank took back afterwards
    Money suspense;    // good, of no notice
    Money held;        // good, for a notice, not applied yet
    Money applied;
    Money refundable;
    Money refunded;
    RIGHTSDESK_DESCRIBE(MoneyBooks, advised, uncollected, good, bounced, owed, suspense, held, applied, refundable, refunded)
};

MoneyBooks books_of(const Book& book);

// What of a payment is owed to us: a receivable until the money is good again. What of it was to be refunded and is not yet is no
// matter of anybody's while the money is not there.
Money owed_of(const Payment& payment);

// Whether a refund is money that goes back, or went: not while the bank has taken the money back before it was paid out.
bool stands(const Refund& refund, const Payment& payment);

// What does not tie, in words; empty when both equations hold.
std::string imbalance(const MoneyBooks& books);

}  // namespace rightsdesk::domain
