// Which notices and which waiting payments may belong together, by what both say of the money: so that a payment is compared with a
// few notices and not with all. It decides nothing (matching.h does). Kept beside the entities of a book that is asked for it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/entities.h"

namespace rightsdesk::domain {

class MoneyIndex {
public:
    static constexpr std::size_t kMostResembling = 200;

    // In place of what was there of it.
    void put(const Notice& notice);
    void put(const Payment& payment);  // waits while it is not bounced and has no match
    void drop_notice(const NoticeId& id);
    void drop_payment(const PaymentId& id);

    // Of whom a number, the notice reference, or amount and institution together agree: every notice that evidence could name.
    [[nodiscard]] std::set<NoticeId> with_its_number(const Payment& payment) const;
    [[nodiscard]] std::set<NoticeId> with_amount_and_institution(const Payment& payment, Money price) const;
    // Further ones of which the amount or the institution agrees, for a person to look at: the first so many of each.
    [[nodiscard]] std::set<NoticeId> with_amount_or_institution(const Payment& payment, Money price, std::size_t most = kMostResembling) const;

    // The waiting payments for which this notice may be evidence, or was a candidate; and the first so many that resemble it in amount or
    // institution only. `due`: what it owes.
    [[nodiscard]] std::set<PaymentId> waiting_for(const Notice& notice, Money due, std::size_t most = kMostResembling) const;

private:
    using Ids = std::set<std::string>;
    struct Side {
        std::map<std::string, Ids> by_token;
        std::map<std::string, std::vector<std::string>> tokens_of;
        void put(const std::string& id, std::vector<std::string> tokens);
        void drop(const std::string& id);
        void add_all(const std::string& token, Ids& ids) const;
        void add_first(const std::string& token, std::size_t most, Ids& ids) const;
    };
    Side notices_, waiting_;
};

}  // namespace rightsdesk::domain
