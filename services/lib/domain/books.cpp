#include "domain/books.h"

#include <algorithm>

namespace rightsdesk::domain {

namespace {

// Good money of a payment is in one place each cent: applied, refundable, refunded, else held for its notice, else suspense.
void add_good(MoneyBooks& books, const Payment& payment) {
    Money matched;
    for (const Match& match : payment.matches) matched += match.amount;
    const Money decided = payment.applied + payment.refundable + payment.refunded;
    books.good += payment.amount;
    books.applied += payment.applied;
    books.refundable += payment.refundable;
    books.refunded += payment.refunded;
    const Money rest = payment.amount - decided;
    const Money held = std::max(Money(0), std::min(rest, matched - decided));
    books.held += held;
    books.suspense += rest - held;
}

// Money that is not there: what of it was used is owed to us.
void add_taken_back(MoneyBooks& books, const Payment& payment) {
    books.owed += owed_of(payment);
    books.applied += payment.applied;
    books.refunded += payment.refunded;
}

}  // namespace

Money owed_of(const Payment& payment) { return payment.status == PaymentStatus::kGood ? Money(0) : payment.applied + payment.refunded; }

bool stands(const Refund& refund, const Payment& payment) {
    return refund.status == RefundStatus::kPaid || payment.status == PaymentStatus::kGood;
}

MoneyBooks books_of(const Book& book) {
    MoneyBooks books;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        if (payment.status != PaymentStatus::kTakenBack) books.advised += payment.amount;
        switch (payment.status) {
            case PaymentStatus::kUncollected:
                books.uncollected += payment.amount;
                add_taken_back(books, payment);
                break;
            case PaymentStatus::kGood: add_good(books, payment); break;
            case PaymentStatus::kBounced:
                books.bounced += payment.amount;
                add_taken_back(books, payment);
                break;
            case PaymentStatus::kTakenBack: break;  // another's money: it was in these books by mistake
        }
    }
    return books;
}

std::string imbalance(const MoneyBooks& books) {
    const Money first = books.uncollected + books.good + books.bounced;
    if (books.advised != first) {
        return "advised " + std::to_string(books.advised.value) + " cents is not uncollected + good + bounced " + std::to_string(first.value);
    }
    const Money second = books.suspense + books.held + books.applied + books.refundable + books.refunded;
    if (books.good + books.owed != second) {
        return "good and owed " + std::to_string((books.good + books.owed).value) + " cents is not suspense + held + applied + refundable + refunded " +
               std::to_string(second.value);
    }
    const bool negative = std::min({books.suspense, books.held, books.applied, books.refundable, books.refunded}) < Money(0);
    return negative ? "a part of the books is below zero" : "";
}

}  // namespace rightsdesk::domain
