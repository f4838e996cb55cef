#include "domain/rights_sales.h"

#include "domain/civil.h"
#include "domain/money_text.h"

namespace rightsdesk::domain {

namespace {

__extension__ using WideRights = __int128;  // shares x the ratio

// The fewest rights that buy so many shares in the basic privilege.
Rights rights_for(const Ratio& shares_per_right, Shares shares) {
    if (shares <= Shares(0) || shares_per_right.numerator <= 0) return {};
    const WideRights needed = WideRights{shares.value} * shares_per_right.denominator;
    return Rights(static_cast<std::int64_t>((needed + shares_per_right.numerator - 1) / shares_per_right.numerator));
}

bool is_same_sale(const RightsSale& known, const RecordRightsSale& command) {
    return known.rights == command.rights && known.proceeds == command.proceeds && known.sold_at == command.sold_at && known.evidence == command.evidence;
}

struct SaleObjection {
    Refusal refusal;
    std::string detail;
};

std::optional<SaleObjection> objection_to_sale(const Life& life, const RecordRightsSale& command, const Context& context) {
    if (is_over(life.stage)) return SaleObjection{Refusal::kTooLate, "the offering is " + to_text(life.stage)};
    if (life.terms.rights_transfer == RightsTransfer::kNotTransferable) return SaleObjection{Refusal::kNotAllowedByTerms, "the rights are not transferable"};
    if (command.reference.empty() || command.reference.size() > kMaxSaleReference) {
        return SaleObjection{Refusal::kValueUnusable, "a reference has 1 to " + std::to_string(kMaxSaleReference) + " letters"};
    }
    if (command.rights <= Rights(0)) return SaleObjection{Refusal::kAmountUnusable, "rights must be above nought"};
    if (command.proceeds && *command.proceeds < Money(0)) return SaleObjection{Refusal::kAmountUnusable, "proceeds below nought"};
    if (command.evidence.empty()) return SaleObjection{Refusal::kValueUnusable, "say what shows it: the broker's confirmation, the holder's instruction"};
    if (command.sold_at > life.expiration.instant) return SaleObjection{Refusal::kTooLate, "the rights had expired, " + life.expiration.civil};
    if (command.sold_at.value > context.now.value + life.terms.stamp_gap_minutes * kNanosecondsPerMinute) {
        return SaleObjection{Refusal::kValueUnusable, "they cannot have been sold at a time that has not come"};
    }
    return std::nullopt;
}

}  // namespace

Decision record_rights_sale(const Book& book, const RecordRightsSale& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("RecordRightsSale", sale_name(command.reference), refusal, detail); };
    const Life* life = book.life();
    if (life == nullptr) return being_opened(book);
    if (const auto against = objection_to_sale(*life, command, context)) return refused(against->refusal, against->detail);
    if (const RightsSale* known = book.sale(command.reference)) {
        if (known->reversed) return refused(Refusal::kAlreadyDecided, "it was reversed: record the sale under a reference of its own");
        if (is_same_sale(*known, command)) return refused(Refusal::kNothingToDo, "it is on record and counts once");
        return refused(Refusal::kAlreadyDecided, "it is on record for " + std::to_string(known->rights.value) + " rights: reverse that entry, and record the right one under another reference");
    }
    Decision decision;
    decision.reads = {life_name()};
    return decision.add(RightsSold{RightsSale{command.reference, command.rights, command.proceeds, command.sold_at, command.evidence, context.person, context.now, {}}});
}

Decision reverse_rights_sale(const Book& book, const ReverseRightsSale& command, const Context& context) {
    const auto refused = [&](Refusal refusal, const std::string& detail) { return refuse("ReverseRightsSale", sale_name(command.reference), refusal, detail); };
    if (book.life() == nullptr) return being_opened(book);
    if (is_over(book.life()->stage)) return refused(Refusal::kTooLate, "the offering is " + to_text(book.life()->stage));
    const RightsSale* known = book.sale(command.reference);
    if (known == nullptr) return refused(Refusal::kUnknownItem, "no sale has the reference " + command.reference);
    if (known->reversed) return refused(Refusal::kAlreadyDecided, "it was reversed by " + known->reversed->by);
    if (command.why.empty()) return refused(Refusal::kValueUnusable, "say why");
    Decision decision;
    decision.reads = {life_name()};
    return decision.add(RightsSaleReversed{command.reference, SaleReversal{command.why, context.person, context.now}});
}

Rights rights_sold(const Book& book) {
    Rights sold;
    for (const std::string& reference : book.sale_references()) {
        const RightsSale& sale = *book.sale(reference);
        if (!sale.reversed) sold += sale.rights;
    }
    return sold;
}

Money sale_proceeds(const Book& book) {
    Money proceeds;
    for (const std::string& reference : book.sale_references()) {
        const RightsSale& sale = *book.sale(reference);
        if (!sale.reversed) proceeds += sale.proceeds.value_or(Money(0));
    }
    return proceeds;
}

RightsUsed rights_used(const Book& book) {
    RightsUsed used{rights_sold(book), sale_proceeds(book), {}, {}};
    if (const HolderRegister* known = book.holder_register()) used.issued = known->rights;
    for (const NoticeId& id : book.notice_ids()) {
        const Notice& notice = *book.notice(id);
        if (notice.status != NoticeStatus::kAccepted) continue;
        used.exercised += rights_for(book.life()->terms.shares_per_right, notice.content.basic_shares.value_or(Shares(0)));
    }
    return used;
}

std::optional<Rights> beyond_issued(const RightsUsed& used) {
    const Rights together = used.sold + used.exercised;
    if (used.issued == Rights(0) || used.sold == Rights(0) || together <= used.issued) return std::nullopt;
    return together - used.issued;
}

std::string rights_words(const RightsUsed& used) {
    const Rights beyond = beyond_issued(used).value_or(Rights(0));
    return grouped(used.sold.value) + " rights sold and " + grouped(used.exercised.value) + " exercised, " + grouped(beyond.value) + " more than the " +
           grouped(used.issued.value) + " issued";
}

}  // namespace rightsdesk::domain
