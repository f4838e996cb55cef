// The reports of contract_reports.h that go notice by notice: holders, and guarantors.
#include <algorithm>
#include <map>

#include "base/texts.h"
#include "domain/books.h"
#include "domain/certificates.h"
#include "domain/contract_reports.h"
#include "domain/covers.h"
#include "domain/folded_text.h"
#include "domain/guarantors.h"
#include "domain/money_due.h"
#include "domain/natural_order.h"
#include "domain/refunding.h"
#include "domain/standing.h"

namespace rightsdesk::domain {

namespace {

struct HolderRow {
    NoticeId notice;
    NoticeStatus status = NoticeStatus::kAccepted;
    std::string guarantor;
    Rights rights;
    Shares basic_entitlement;
    Shares basic_requested;
    Shares over_requested;
    Money due;              // for what was asked
    Money paid_in_time;
    Money paid_late;
    Money uncleared;
    Money underpaid;        // due less paid in time; of notices that count
    Money overpaid;         // paid in time beyond due
    Shares deemed_basic;
    Shares deemed_over;
    bool covered = false;
    Shares basic_allotted;
    Shares over_allotted;
    Money applied;
    Money refund;
    RIGHTSDESK_DESCRIBE(HolderRow, notice, status, guarantor, rights, basic_entitlement, basic_requested, over_requested, due, paid_in_time, paid_late,
                        uncleared, underpaid, overpaid, deemed_basic, deemed_over, covered, basic_allotted, over_allotted, applied, refund)
};

struct GuarantorRow {
    std::string guarantor;
    GuarantorStanding listed_as = GuarantorStanding::kUnknown;
    std::uint32_t notices = 0;             // accepted
    Shares shares;                         // that they exercise, as paid
    std::uint32_t covered = 0;
    std::uint32_t covered_by_another = 0;  // of them: by certificates that another firm sent
    std::string covering_firms;            // "fax-1.2 by Bowery Trust Company"
    std::uint32_t outstanding = 0;         // certificates are awaited
    Rights rights_outstanding;
    Shares shares_outstanding;
    Money exposure;                        // their price
    std::string next_deadline;
    std::uint32_t breaches = 0;            // covers missed
    Shares shares_breached;
    Money amount_breached;
    RIGHTSDESK_DESCRIBE(GuarantorRow, guarantor, listed_as, notices, shares, covered, covered_by_another, covering_firms, outstanding,
                        rights_outstanding, shares_outstanding, exposure, next_deadline, breaches, shares_breached, amount_breached)
};

constexpr const char* kAsAsked = "while the money of a notice is not due, until its certificates are, its shares are those that it asks for";

bool is_final_approved(const Book& book) {
    const Allocation* allocation = book.allocation(AllocationKind::kFinal);
    return allocation != nullptr && allocation->status == AllocationStatus::kApproved;
}

HolderRow holder_row(const Book& book, const Notice& notice) {
    const Standing standing = standing_of(book, notice, {false, true});
    const Funding& funding = standing.funding;
    HolderRow row;
    row.notice = notice.id;
    row.status = notice.status;
    row.guarantor = notice.content.guarantor_name.value_or("");
    row.rights = notice.content.rights_held.value_or(Rights(0));
    row.basic_entitlement = notice.basic_entitlement;
    row.basic_requested = funding.asked_basic;
    row.over_requested = funding.asked_over;
    row.due = funding.due;
    row.paid_in_time = funding.good_in_time;
    row.paid_late = funding.good_late;
    row.uncleared = funding.uncollected;
    if (standing.accepted) row.underpaid = std::max(funding.due - funding.good_in_time, Money(0));
    row.overpaid = std::max(funding.good_in_time - funding.due, Money(0));
    row.deemed_basic = standing.exercise.basic;
    row.deemed_over = standing.exercise.over;
    row.covered = standing.covered;
    if (const Allotment* allotment = book.allotment(AllocationKind::kFinal, notice.id)) {
        row.basic_allotted = allotment->basic;
        row.over_allotted = allotment->over;
        row.applied = allotment->applied;
    }
    if (is_final_approved(book)) row.refund = funding.good_in_time + funding.good_late - row.applied;
    return row;
}

// Good money of no notice: it goes back as well.
Money unmatched_good_money(const Book& book) {
    Money unmatched;
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        if (payment.status != PaymentStatus::kGood) continue;
        unmatched += payment.amount;
        for (const Match& match : payment.matches) unmatched -= match.amount;
    }
    return unmatched;
}

std::vector<std::string> holders_that_do_not_tie(const Book& book, const std::vector<HolderRow>& rows) {
    std::vector<std::string> broken;
    const Allocation* allocation = book.allocation(AllocationKind::kFinal);
    if (allocation == nullptr) return broken;
    HolderRow sum;
    for (const HolderRow& row : rows) {
        sum.basic_allotted += row.basic_allotted;
        sum.over_allotted += row.over_allotted;
        sum.applied += row.applied;
        sum.refund += row.refund;
    }
    if (sum.basic_allotted != allocation->basic_allotted || sum.over_allotted != allocation->over_allotted) broken.push_back("shares of the holders are not the allocation's");
    const MoneyBooks books = books_of(book);
    // Money that bounced after it was applied is owed to us: it is no holder's good money any more.
    if (!is_final_approved(book) || books.owed != Money(0)) return broken;
    if (sum.applied != books.applied) broken.push_back("money applied of the holders is not the books'");
    if (sum.refund + unmatched_good_money(book) != books.refundable + books.refunded) broken.push_back("refunds of the holders and money of no notice are not what is to go back");
    return broken;
}

// Whose certificates discharged the guarantor's exposure, where they were another's.
void add_cover(GuarantorRow& row, const Book& book, const Notice& notice) {
    ++row.covered;
    const Instant until = book.cover(notice.id)->completed_at.value_or(Instant(0));
    const auto firms = other_firms_covering(book.life()->terms, notice, until);
    if (firms.empty()) return;
    ++row.covered_by_another;
    row.covering_firms += (row.covering_firms.empty() ? "" : ", ") + notice.id + " by " + base::joined(firms, " and ");
}

void add_guarantee(GuarantorRow& row, const Book& book, const Standing& standing) {
    const Terms& terms = book.life()->terms;
    const Shares shares = standing.exercise.basic + standing.exercise.over;
    const Money price = price_of(terms, shares).value_or(Money(0));
    const CoverClock* clock = book.cover(standing.notice->id);
    ++row.notices;
    row.shares += shares;
    if (standing.covered) {
        add_cover(row, book, *standing.notice);
    } else if (clock != nullptr && clock->state == CoverState::kMissed) {
        ++row.breaches;
        row.shares_breached += shares;
        row.amount_breached += price;
    } else {
        ++row.outstanding;
        row.rights_outstanding += rights_to_cover(terms, *standing.notice);
        row.shares_outstanding += shares;
        row.exposure += price;
        if (clock != nullptr && (row.next_deadline.empty() || clock->deadline.civil < row.next_deadline)) row.next_deadline = clock->deadline.civil;
    }
}

}  // namespace

Table holders_report(const Book& book) {
    std::vector<HolderRow> rows;
    for (const NoticeId& id : book.notice_ids()) rows.push_back(holder_row(book, *book.notice(id)));
    std::sort(rows.begin(), rows.end(), [](const HolderRow& left, const HolderRow& right) { return natural_less(left.notice, right.notice); });
    Table table = table_of("holders", "Entitlements and payments of the holders of " + book.life()->terms.id, rows);
    table.totals = totals_of(table);
    table.notes = {"a holder is known by the notice; names are sealed", "covered: 1 where the certificates are in"};
    if (last_money_due(book)) table.notes.push_back(kAsAsked);
    if (!is_final_approved(book)) table.notes.push_back("refunds are known once the final allocation is approved");
    if (const std::string partly = being_recorded(book); !partly.empty()) table.notes.push_back(partly);
    else table.does_not_tie = holders_that_do_not_tie(book, rows);
    return table;
}

Table guarantors_report(const Book& book) {
    std::map<std::string, GuarantorRow> by_name;
    for (const NoticeId& id : book.notice_ids()) {
        const Standing standing = standing_of(book, *book.notice(id), {false, true});
        if (!standing.accepted || standing.notice->form != NoticeForm::kGuaranteedDelivery) continue;
        const std::string written = standing.notice->content.guarantor_name.value_or("(none)");
        const GuarantorFinding found = find_guarantor(book.life()->terms, written, standing.notice->content.dated);
        const std::string name = found.row == nullptr ? written : found.row->name;
        GuarantorRow& row = by_name[folded(name)];
        if (row.notices == 0) row.guarantor = name;
        row.listed_as = found.standing;
        add_guarantee(row, book, standing);
    }
    std::vector<GuarantorRow> rows;
    rows.reserve(by_name.size());
    for (const auto& [name, row] : by_name) rows.push_back(row);
    Table table = table_of("guarantors", "Guarantors of " + book.life()->terms.id + ": exposure and breaches", rows);
    table.totals = totals_of(table);
    table.notes = {"accepted notices only, and no direct exercises: nobody guarantees those; amounts are the subscription price of the shares that the notices exercise as paid",
                   "covered_by_another: discharged by certificates that another firm sent",
                   "a breach is a cover deadline that passed without all that belongs to the certificates"};
    if (last_money_due(book)) table.notes.push_back(kAsAsked);
    return table;
}

}  // namespace rightsdesk::domain
