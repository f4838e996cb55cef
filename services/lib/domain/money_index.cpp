#include "domain/money_index.h"

#include <algorithm>

#include "domain/folded_text.h"
#include "domain/payment_identity.h"

namespace rightsdesk::domain {

namespace {

std::string number_token(const std::string& number) { return "number/" + folded(number); }
std::string institution_token(const std::string& institution) { return "institution/" + folded(institution); }
std::string cents_token(Money amount) { return "cents/" + std::to_string(amount.value); }
std::string shares_token(std::int64_t shares) { return "shares/" + std::to_string(shares); }

// Of a wire and of an instrument: a notice may state both.
std::vector<std::string> institutions_of(const Notice& notice) {
    std::vector<std::string> institutions;
    for (const auto* stated : {&notice.content.transferor_institution, &notice.content.drawee}) {
        if (*stated) institutions.push_back(institution_token(**stated));
    }
    return institutions;
}

std::int64_t shares_of(const Notice& notice) { return (notice.content.basic_shares.value_or(Shares(0)) + notice.content.excess_shares.value_or(Shares(0))).value; }

// What a payment of this amount says of the shares that it pays for: nothing when it is no multiple of the price.
std::vector<std::string> amount_tokens(Money amount, Money price) {
    std::vector<std::string> tokens = {cents_token(amount)};
    if (price > Money(0) && amount.value % price.value == 0) tokens.push_back(shares_token(amount.value / price.value));
    return tokens;
}

std::vector<std::string> numbers_of(const Payment& payment) {
    std::vector<std::string> numbers;
    for (const std::string* number : {&payment.references.imad, &payment.references.uetr, &payment.references.instrument_number}) {
        if (is_reference(*number)) numbers.push_back(number_token(*number));
    }
    return numbers;
}

std::vector<std::string> numbers_of(const Notice& notice) {
    std::vector<std::string> numbers;
    for (const auto* number : {&notice.content.confirmation_number, &notice.content.instrument_number}) {
        if (*number && is_reference(**number)) numbers.push_back(number_token(**number));
    }
    return numbers;
}

std::string both(const std::string& amount, const std::string& institution) { return amount + "/" + institution; }

}  // namespace

void MoneyIndex::Side::put(const std::string& id, std::vector<std::string> tokens) {
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());  // two boxes may say the same
    if (const auto known = tokens_of.find(id); known != tokens_of.end() && known->second == tokens) return;
    drop(id);
    for (const std::string& token : tokens) by_token[token].insert(id);
    tokens_of[id] = std::move(tokens);
}

void MoneyIndex::Side::drop(const std::string& id) {
    const auto known = tokens_of.find(id);
    if (known == tokens_of.end()) return;
    for (const std::string& token : known->second) {
        const auto at = by_token.find(token);
        at->second.erase(id);
        if (at->second.empty()) by_token.erase(at);
    }
    tokens_of.erase(known);
}

void MoneyIndex::Side::add_all(const std::string& token, Ids& ids) const {
    const auto found = by_token.find(token);
    if (found != by_token.end()) ids.insert(found->second.begin(), found->second.end());
}

void MoneyIndex::Side::add_first(const std::string& token, std::size_t most, Ids& ids) const {
    const auto found = by_token.find(token);
    if (found == by_token.end()) return;
    auto id = found->second.begin();
    for (std::size_t taken = 0; taken < most && id != found->second.end(); ++taken, ++id) ids.insert(*id);
}

void MoneyIndex::put(const Notice& notice) {
    std::vector<std::string> tokens = numbers_of(notice);
    std::vector<std::string> amounts = {shares_token(shares_of(notice))};
    if (notice.content.aggregate_cents) amounts.push_back(cents_token(*notice.content.aggregate_cents));
    const std::vector<std::string> institutions = institutions_of(notice);
    for (const std::string& amount : amounts) {
        for (const std::string& institution : institutions) tokens.push_back(both(amount, institution));
    }
    tokens.insert(tokens.end(), amounts.begin(), amounts.end());
    tokens.insert(tokens.end(), institutions.begin(), institutions.end());
    notices_.put(notice.id, std::move(tokens));
}

void MoneyIndex::put(const Payment& payment) {
    if (!may_be_matched(payment) || !payment.matches.empty()) return drop_payment(payment.id);
    std::vector<std::string> tokens = numbers_of(payment);
    if (!payment.references.notice_reference.empty()) tokens.push_back("notice/" + payment.references.notice_reference);
    for (const Candidate& candidate : payment.candidates) tokens.push_back("notice/" + candidate.notice);
    const std::string cents = cents_token(payment.amount);
    const std::string institution = institution_token(payment.institution);
    tokens.insert(tokens.end(), {cents, institution, both(cents, institution)});
    waiting_.put(payment.id, std::move(tokens));
}

void MoneyIndex::drop_notice(const NoticeId& id) { notices_.drop(id); }
void MoneyIndex::drop_payment(const PaymentId& id) { waiting_.drop(id); }

std::set<NoticeId> MoneyIndex::with_its_number(const Payment& payment) const {
    Ids ids;
    for (const std::string& number : numbers_of(payment)) notices_.add_all(number, ids);
    if (notices_.tokens_of.contains(payment.references.notice_reference)) ids.insert(payment.references.notice_reference);
    return ids;
}

std::set<NoticeId> MoneyIndex::with_amount_and_institution(const Payment& payment, Money price) const {
    Ids ids;
    for (const std::string& amount : amount_tokens(payment.amount, price)) notices_.add_all(both(amount, institution_token(payment.institution)), ids);
    return ids;
}

std::set<NoticeId> MoneyIndex::with_amount_or_institution(const Payment& payment, Money price, std::size_t most) const {
    Ids ids;
    for (const std::string& amount : amount_tokens(payment.amount, price)) notices_.add_first(amount, most, ids);
    notices_.add_first(institution_token(payment.institution), most, ids);
    return ids;
}

std::set<PaymentId> MoneyIndex::waiting_for(const Notice& notice, Money due, std::size_t most) const {
    Ids ids;
    for (const std::string& number : numbers_of(notice)) waiting_.add_all(number, ids);
    waiting_.add_all("notice/" + notice.id, ids);
    std::vector<std::string> amounts = {cents_token(due)};
    if (notice.content.aggregate_cents) amounts.push_back(cents_token(*notice.content.aggregate_cents));
    for (const std::string& amount : amounts) waiting_.add_first(amount, most, ids);
    for (const std::string& institution : institutions_of(notice)) {
        for (const std::string& amount : amounts) waiting_.add_all(both(amount, institution), ids);
        waiting_.add_first(institution, most, ids);
    }
    return ids;
}

}  // namespace rightsdesk::domain
