#include "domain/terminating.h"

#include "domain/refunding.h"

namespace rightsdesk::domain {

Decision return_all_money(const Book& book, const Context& context) {
    if (book.life() == nullptr || book.life()->stage != Stage::kTerminated) return {};
    const auto parts = [&] {
        std::vector<MoneyPart> all_good;
        for (const PaymentId& id : book.payment_ids()) {
            const Payment& payment = *book.payment(id);
            const Money all = payment.amount - payment.refunded;
            if (payment.status == PaymentStatus::kGood && payment.refundable != all) all_good.push_back({id, Money(0), all});
        }
        return all_good;
    };
    return return_parts(book, parts, context);
}

Decision return_good_money(const Book& book, const PaymentId& payment, const Context& context) {
    if (book.life() == nullptr) return {};
    return book.life()->stage == Stage::kTerminated ? return_all_money(book, context) : return_after_allocation(book, payment, context);
}

}  // namespace rightsdesk::domain
