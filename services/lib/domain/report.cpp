#include "domain/report.h"

#include <algorithm>

#include "base/texts.h"
#include "domain/certifying.h"
#include "domain/civil.h"
#include "domain/clearing.h"
#include "domain/natural_order.h"
#include "domain/notice_judgement.h"
#include "domain/refunding.h"

namespace rightsdesk::domain {

namespace {

std::string delivery_text(const Delivery& delivery, const std::string& zone) {
    return to_text(delivery.channel) + " " + delivery.address + " " + civil_text(delivery.stamp, zone) + (delivery.listed ? "" : " (not listed)");
}

std::string cover_text(const Notice& notice, const CoverClock* clock, const std::string& zone) {
    if (clock == nullptr) return "no clock";
    switch (clock->state) {
        // A cure or an extension may still make the notice count; until then nobody need deliver.
        case CoverState::kRunning: return notice.status == NoticeStatus::kAccepted ? "due " + clock->deadline.civil : "not waited for";
        case CoverState::kComplete: return "complete " + civil_text(clock->completed_at.value_or(Instant(0)), zone);
        case CoverState::kMissed: break;
    }
    std::string text = "missed " + clock->deadline.civil + ":";
    for (const Missing missing : clock->missing) text += " " + to_text(missing);
    return text;
}

void say_reasons(NoticeLine& line, const std::vector<Reason>& reasons, const std::string& word) {
    for (const Reason reason : reasons) line.why.push_back(to_text(reason) + (word.empty() ? "" : " (" + word + ")"));
}

void say_refunds(const Book& book, NoticeLine& line) {
    for (const PaymentId& id : book.payments_of(line.id)) {
        const Refund* refund = book.refund(id);
        if (refund != nullptr && refund->notice == line.id && stands(*refund, *book.payment(id))) line.refunded += refund->amount;
    }
}

NoticeLine line_of(const Book& book, const Notice& notice) {
    const std::string& zone = book.life()->expiration.zone;
    NoticeLine line;
    line.id = notice.id;
    line.received = civil_text(counting_delivery(*book.life(), notice).stamp, zone);
    for (const Delivery& delivery : notice.deliveries) line.deliveries.push_back(delivery_text(delivery, zone));
    line.form = notice.form;
    line.guarantor = notice.content.guarantor_name.value_or("");
    line.rights = notice.content.rights_held.value_or(Rights(0));
    line.asked_basic = notice.content.basic_shares.value_or(Shares(0));
    line.asked_over = notice.content.excess_shares.value_or(Shares(0));
    line.status = notice.status;
    say_reasons(line, notice.reasons, "");
    say_reasons(line, notice.cured, "cured");
    say_reasons(line, notice.waived, "waived");
    if (notice.owners) line.owners = owners_text(*notice.owners);
    line.cover = cover_text(notice, book.cover(notice.id), zone);
    const Funding* known = book.funding(notice.id);
    const Funding funding = known == nullptr ? funding_of(book, notice.id) : *known;
    line.paid_in_time = funding.good_in_time;
    line.paid_late = funding.good_late;
    line.uncollected = funding.uncollected;
    line.exercise = funding.rule;
    line.deemed_basic = funding.deemed_basic;
    line.deemed_over = funding.deemed_over;
    if (const Allotment* allotment = book.allotment(AllocationKind::kPreliminary, notice.id)) {
        line.preliminary_basic = allotment->basic;
        line.preliminary_over = allotment->over;
    }
    if (const Allotment* allotment = book.allotment(AllocationKind::kFinal, notice.id)) {
        line.basic = allotment->basic;
        line.over = allotment->over;
        line.applied = allotment->applied;
    }
    say_refunds(book, line);
    return line;
}

PaymentLine line_of(const Book& book, const Payment& payment) {
    PaymentLine line;
    line.id = payment.id;
    line.method = payment.method;
    line.status = payment.status;
    line.amount = payment.amount;
    if (payment.received_at) line.received = civil_text(*payment.received_at, book.life()->expiration.zone);
    line.messages = static_cast<std::uint32_t>(payment.messages.size());
    for (const Match& match : payment.matches) line.matched.push_back(match.notice + " by " + to_text(match.evidence) + (match.by.empty() ? "" : " " + match.by));
    line.applied = payment.applied;
    line.refundable = payment.refundable;
    line.refunded = payment.refunded;
    line.owed = owed_of(payment);
    if (const Refund* refund = book.refund(payment.id)) line.refund = to_text(refund->status) + (refund->reference.empty() ? "" : ": " + refund->reference);
    return line;
}

RegisterLine register_line(const Book& book) {
    RegisterLine line;
    const HolderRegister* known = book.holder_register();
    if (known == nullptr) return line;
    line.import = known->revision;
    line.holders = known->holders;
    line.rights = known->rights;
    for (const NoticeId& id : book.notice_ids()) {
        const auto& finding = book.notice(id)->on_register;
        if (finding) ++(finding->lines.empty() ? line.not_found : line.found);
    }
    return line;
}

ReportTotals totals_of(const Book& book, const std::vector<NoticeLine>& lines) {
    ReportTotals totals;
    totals.offered = book.life()->terms.shares_offered;
    totals.notices = static_cast<std::uint32_t>(lines.size());
    for (const NoticeLine& line : lines) {
        totals.basic += line.basic;
        totals.over += line.over;
        totals.preliminary_basic += line.preliminary_basic;
        totals.preliminary_over += line.preliminary_over;
        totals.applied += line.applied;
        if (line.status == NoticeStatus::kAwaitingKeying) ++totals.awaiting_keying;
        if (line.status != NoticeStatus::kAccepted) continue;
        ++totals.accepted;
        ++(is_covered(book, line.id) ? totals.covered : totals.uncovered);
    }
    for (const PaymentId& id : book.payment_ids()) {
        const Payment& payment = *book.payment(id);
        totals.owed += owed_of(payment);
        const Refund* refund = book.refund(id);
        if (refund == nullptr || !stands(*refund, payment)) continue;
        totals.refunded += refund->amount;
        if (refund->status == RefundStatus::kFailed) totals.refunds_failed += refund->amount;
    }
    Shares supply = totals.offered;
    if (const Allocation* preliminary = book.allocation(AllocationKind::kPreliminary)) totals.protects = preliminary->protects;
    if (const Allocation* allocation = book.allocation(AllocationKind::kFinal)) {
        totals.extra_supply = allocation->extra_supply;
        totals.standby = allocation->standby;
        supply = allocation->supply;  // with what over-subscriptions demanded beyond the shares offered
        totals.over_requested = allocation->over_requested;
        totals.proration = allocation->proration;
        totals.residual_rule = allocation->residual_rule;
    }
    totals.unsubscribed = supply - totals.basic - totals.over;
    return totals;
}

// What must tie: lines to allocation, shares to supply, allotments to money, both equations of the books.
std::vector<std::string> ties(const Book& book, const Report& report) {
    std::vector<std::string> broken;
    const auto must = [&](bool holds, const std::string& what) {
        if (!holds) broken.push_back(what);
    };
    const ReportTotals& totals = report.totals;
    must(totals.unsubscribed >= Shares(0), "more shares are allotted than there are");
    must(Money((totals.basic + totals.over).value * book.life()->terms.subscription_price.value) == totals.applied, "price x shares allotted is not the money applied");
    const Allocation* allocation = book.allocation(AllocationKind::kFinal);
    if (allocation != nullptr && report.being_recorded.empty()) {
        must(allocation->basic_allotted == totals.basic, "basic shares of the lines are not the allocation's");
        must(allocation->over_allotted == totals.over, "over-subscription shares of the lines are not the allocation's");
        if (allocation->status == AllocationStatus::kApproved) {
            must(report.books.applied == totals.applied, "money applied in the books is not the lines'");
            must(report.books.refundable + report.books.refunded == totals.refunded, "refunds are not the money that is to go back");
        }
    }
    if (const std::string against = imbalance(report.books); !against.empty()) broken.push_back(against);
    return broken;
}

}  // namespace

Report report_of(const Book& book) {
    const Life& life = *book.life();
    Report report;
    report.offering = life.terms.id;
    report.issuer = life.terms.issuer;
    report.stage = stage_of(book);
    report.expiration = life.expiration.civil + " " + life.expiration.zone;
    for (const Extension& extension : life.extensions) {
        report.extensions.push_back(extension.before.civil + " to " + extension.after.civil + ", by " + base::joined(extension.approved_by, " and "));
    }
    report.notices.reserve(book.notice_ids().size());
    report.payments.reserve(book.payment_ids().size());
    for (const NoticeId& id : book.notice_ids()) report.notices.push_back(line_of(book, *book.notice(id)));
    for (const PaymentId& id : book.payment_ids()) report.payments.push_back(line_of(book, *book.payment(id)));
    const auto by_id = [](const auto& left, const auto& right) { return natural_less(left.id, right.id); };
    std::sort(report.notices.begin(), report.notices.end(), by_id);
    std::sort(report.payments.begin(), report.payments.end(), by_id);
    report.totals = totals_of(book, report.notices);
    report.books = books_of(book);
    report.holder_register = register_line(book);
    report.being_recorded = being_recorded(book);
    report.does_not_tie = ties(book, report);
    return report;
}

}  // namespace rightsdesk::domain
