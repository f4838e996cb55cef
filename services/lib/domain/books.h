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
    Money owed;        // to us: money applied or paid back that bounced afterwards
    Money suspense;    // good, of no notice
    Money held;        // good, for a notice, not applied yet
    Money applied;
    Money refundable;
    Money refunded;
    RIGHTSDESK_DESCRIBE(MoneyBooks, advised, uncollected, good, bounced, owed, suspense, held, applied, refundable, refunded)
};

MoneyBooks books_of(const Book& book);

// What does not tie, in words; empty when both equations hold.
std::string imbalance(const MoneyBooks& books);

}  // namespace rightsdesk::domain
