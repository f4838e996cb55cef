#include "domain/contract_reports.h"

#include <algorithm>

#include "base/texts.h"
#include "domain/allocating.h"
#include "domain/books.h"
#include "domain/civil.h"
#include "domain/deadlines.h"
#include "domain/keying.h"
#include "domain/money_due.h"
#include "domain/natural_order.h"
#include "domain/refunding.h"
#include "domain/standing.h"

namespace rightsdesk::domain {

namespace {

struct CountRow {
    std::string counted_at;
    std::string due;                     // by when the issuer is owed it
    Shares shares_offered;
    Shares basic_subscribed;             // paid in time, or as asked while that money is not due
    Shares over_subscribed;
    Shares shares_subscribed;
    std::uint32_t guarantees_received = 0;
    std::uint32_t guarantees_accepted = 0;
    std::uint32_t guarantees_covered = 0;
    std::uint32_t direct_exercises = 0;  // received complete, with their certificates
    Shares shares_not_covered;           // of those subscribed: under guarantees
    Shares left_by_basic;
    Shares shares_unsubscribed;
    RIGHTSDESK_DESCRIBE(CountRow, counted_at, due, shares_offered, basic_subscribed, over_subscribed, shares_subscribed, guarantees_received,
                        guarantees_accepted, guarantees_covered, direct_exercises, shares_not_covered, left_by_basic, shares_unsubscribed)
};

void add_to_count(CountRow& row, const Life& life, const Standing& standing) {
    const bool guaranteed = standing.notice->form == NoticeForm::kGuaranteedDelivery;
    if (guaranteed) ++row.guarantees_received;
    if (!standing.accepted) return;
    // Nothing is waited for where no guarantee stands behind a notice: what was not complete by the hour is not subscribed.
    if (!standing.covered && !may_be_protect(life, *standing.notice)) return;
    ++(guaranteed ? row.guarantees_accepted : row.direct_exercises);
    row.basic_subscribed += standing.exercise.basic;
    row.over_subscribed += standing.exercise.over;
    if (guaranteed && standing.covered) ++row.guarantees_covered;
    if (!standing.covered) row.shares_not_covered += standing.exercise.basic + standing.exercise.over;
}

// For the expiration as it stands.
std::string shares_report_due(const Life& life) {
    const auto stated = shares_report_deadline(life.terms, life.expiration);
    return stated ? stated->deadline.civil : "";
}

struct RefundRow {
    PaymentId payment;
    std::string notice;
    PaymentMethod method = PaymentMethod::kWire;
    Money amount;
    Money applied;
    Money refund;
    RefundCause cause = RefundCause::kUnmatched;
    RefundStatus status = RefundStatus::kProposed;
    RIGHTSDESK_DESCRIBE(RefundRow, payment, notice, method, amount, applied, refund, cause, status)
};

// Those whose shares nobody knows yet; empty when there are none.
std::string words_for_unkeyed(const Book& book) {
    std::vector<std::string> unkeyed;
    for (const NoticeId& id : book.notice_ids()) {
        if (awaits_keying(*book.notice(id))) unkeyed.push_back(id);
    }
    if (unkeyed.empty()) return "";
    constexpr std::size_t kNamed = 20;
    const std::size_t all = unkeyed.size();
    std::sort(unkeyed.begin(), unkeyed.end(), natural_less);
    if (all > kNamed) unkeyed.resize(kNamed);
    return std::to_string(all) + " notices wait to be keyed and are in none of these figures: " + base::joined(unkeyed) + (all > kNamed ? ", ..." : "");
}

}  // namespace

Table count_report(const Book& book) {
    const Life& life = *book.life();
    CountRow row;
    row.counted_at = life.counted_at ? civil_text(*life.counted_at, life.expiration.zone) : "not counted yet";
    row.due = shares_report_due(life);
    row.shares_offered = life.terms.shares_offered;
    for (const NoticeId& id : book.notice_ids()) add_to_count(row, life, standing_of(book, *book.notice(id), {false, true}));
    row.shares_subscribed = row.basic_subscribed + row.over_subscribed;
    row.left_by_basic = std::max(row.shares_offered - row.basic_subscribed, Shares(0));
    row.shares_unsubscribed = std::max(row.shares_offered - row.shares_subscribed, Shares(0));
    Table table = table_of("count", "Count of " + life.terms.id + " on the morning after", std::vector<CountRow>{row});
    table.notes = {"over_subscribed is what is claimed and paid for, subject to proration; shares_unsubscribed is what is left after it",
                   "shares_not_covered stand behind guarantees: they drop out where the certificates do not come",
                   "direct_exercises: those complete by the hour, whose shares are among the subscribed; no guarantee stands behind them"};
    if (const std::string unkeyed = words_for_unkeyed(book); !unkeyed.empty()) table.notes.push_back(unkeyed);
    const Allocation* preliminary = book.allocation(AllocationKind::kPreliminary);
    if (preliminary == nullptr) {
        table.notes.insert(table.notes.begin(), "the offering is not counted yet: these figures are as the records stand");
    } else if (last_money_due(book)) {
        // What comes or does not come with the certificates changes them after the count: nothing to tie them to.
        table.notes.push_back("payment is due with the certificates: these figures are as the records stand, a notice whose money is not due has what it asks for");
    } else if (const std::string partly = being_recorded(book); !partly.empty()) {
        table.notes.push_back(partly);
    } else if (row.over_subscribed != preliminary->over_requested || std::min(row.basic_subscribed, row.shares_offered) != preliminary->basic_allotted) {
        table.does_not_tie.push_back("shares subscribed are not those that the preliminary allocation was made from");
    }
    return table;
}

Table refunds_report(const Book& book) {
    std::vector<RefundRow> rows;
    Money total;
    for (const PaymentId& id : book.payment_ids()) {
        const Refund* refund = book.refund(id);
        if (refund == nullptr) continue;
        const Payment& payment = *book.payment(id);
        rows.push_back({id, refund->notice.value_or(""), payment.method, payment.amount, payment.applied, refund->amount, refund->cause, refund->status});
        total += refund->amount;
    }
    std::sort(rows.begin(), rows.end(), [](const RefundRow& left, const RefundRow& right) { return natural_less(left.payment, right.payment); });
    Table table = table_of("refunds", "Refunds of " + book.life()->terms.id, rows);
    table.totals = totals_of(table);
    if (rows.empty()) {
        table.notes = {"no refund is proposed yet: refunds come with the approval of the final allocation"};
        return table;
    }
    if (const std::string partly = being_recorded(book); !partly.empty()) {
        table.notes = {partly};
        return table;
    }
    const MoneyBooks books = books_of(book);
    if (total != books.refundable + books.refunded) table.does_not_tie.push_back("refunds are not the money that is to go back or went back");
    return table;
}

}  // namespace rightsdesk::domain
