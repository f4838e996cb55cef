#include "rightsdesk/report_text.h"

#include "base/texts.h"
#include "domain/money_text.h"
#include "rightsdesk/session.h"

namespace rightsdesk::tools {

namespace {

using domain::grouped;
using domain::money_text;

void print_notice(std::ostream& out, const domain::NoticeLine& line) {
    out << line.id << "  " << to_text(line.status) << (line.why.empty() ? "" : ": " + base::joined(line.why, ", ")) << "\n";
    const bool direct = line.form == domain::NoticeForm::kDirectExercise;
    out << "    guarantor   " << (direct ? "(none needed: a direct exercise)" : line.guarantor.empty() ? "(none)" : line.guarantor) << "\n";
    for (const std::string& delivery : line.deliveries) out << "    delivered   " << delivery << "\n";
    out << "    asked       " << grouped(line.asked_basic.value) << " basic, " << grouped(line.asked_over.value) << " over-subscription, of "
        << grouped(line.rights.value) << " rights\n";
    if (!line.owners.empty()) out << "    owners      " << line.owners << "\n";
    out << "    paid        " << money_text(line.paid_in_time) << " in time";
    if (line.paid_late != domain::Money(0)) out << ", " << money_text(line.paid_late) << " late";
    if (line.uncollected != domain::Money(0)) out << ", " << money_text(line.uncollected) << " uncollected";
    out << "\n";
    if (line.status != domain::NoticeStatus::kAccepted) {
        out << "    exercise    does not count: the notice is " << to_text(line.status) << "\n";
    } else if (!line.exercise.empty()) {
        out << "    exercise    " << line.exercise << "\n";
    }
    out << "    cover       " << line.cover << "\n";
    out << "    allotted    " << grouped(line.basic.value) << " basic, " << grouped(line.over.value) << " over-subscription (preliminary "
        << grouped(line.preliminary_basic.value) << " and " << grouped(line.preliminary_over.value) << ")\n";
    out << "    money       " << money_text(line.applied) << " applied, " << money_text(line.refunded) << " refunded\n";
}

void print_register(std::ostream& out, const domain::RegisterLine& line) {
    if (line.import == 0) {
        out << "Register of holders: none was imported; rights, certificates and names were not checked against one\n";
        return;
    }
    out << "Register of holders: import " << line.import << ", " << grouped(static_cast<std::int64_t>(line.holders)) << " holders with " << grouped(line.rights.value)
        << " rights; " << line.found << " notices are on it, " << line.not_found << " not\n";
}

void print_payment(std::ostream& out, const domain::PaymentLine& line) {
    out << line.id << "  " << to_text(line.method) << " " << money_text(line.amount) << "  " << to_text(line.status)
        << (line.received.empty() ? "" : " " + line.received) << (line.messages > 1 ? "  told by " + std::to_string(line.messages) + " messages" : "") << "\n";
    out << "    " << (line.matched.empty() ? "matched to no notice" : "for " + base::joined(line.matched, ", ")) << "; " << money_text(line.applied) << " applied, "
        << money_text(line.refundable) << " refundable, " << money_text(line.refunded) << " refunded";
    if (line.refund.starts_with(to_text(domain::RefundStatus::kFailed))) out << "; the refund " << line.refund;
    if (line.owed != domain::Money(0)) out << "; " << money_text(line.owed) << " owed to us";
    out << "\n";
}

void print_totals(std::ostream& out, const domain::Report& report) {
    const domain::ReportTotals& totals = report.totals;
    const auto row = [&](const std::string& what, const std::string& value) { out << "    " << what << std::string(what.size() < 34 ? 34 - what.size() : 1, ' ') << value << "\n"; };
    row("notices", std::to_string(totals.notices) + ", " + std::to_string(totals.accepted) + " accepted, " + std::to_string(totals.covered) + " covered, " +
                       std::to_string(totals.uncovered) + " not covered" +
                       (totals.awaiting_keying == 0 ? "" : ", " + std::to_string(totals.awaiting_keying) + " to be keyed"));
    row("shares offered", grouped(totals.offered.value));
    if (totals.extra_supply != domain::Shares(0)) row("sold besides, on demand", grouped(totals.extra_supply.value));
    row("basic", grouped(totals.basic.value));
    row("over-subscription requested", grouped(totals.over_requested.value));
    row("over-subscription allotted", grouped(totals.over.value));
    row("unsubscribed", grouped(totals.unsubscribed.value));
    for (const domain::StandbyPart& part : totals.standby) row("of it to " + part.purchaser, grouped(part.shares.value));
    row("proration, first round", std::to_string(totals.proration.numerator) + "/" + std::to_string(totals.proration.denominator));
    row("preliminary, protects counted in", grouped(totals.preliminary_basic.value) + " basic, " + grouped(totals.preliminary_over.value) + " over");
    row("protects in it, not covered then", grouped(totals.protects.value));
    row("swing from preliminary to final", grouped(totals.basic.value - totals.preliminary_basic.value) + " basic, " +
                                               grouped(totals.over.value - totals.preliminary_over.value) + " over");
    if (totals.refunds_failed != domain::Money(0)) row("refunds that failed", money_text(totals.refunds_failed));
    if (totals.owed != domain::Money(0)) row("owed to us, taken back by the bank", money_text(totals.owed));
    if (!totals.residual_rule.empty()) row("residual rule", totals.residual_rule);
}

void print_books(std::ostream& out, const domain::MoneyBooks& books) {
    out << "    advised " << money_text(books.advised) << " = uncollected " << money_text(books.uncollected) << " + good " << money_text(books.good) << " + bounced "
        << money_text(books.bounced) << "\n";
    if (books.owed != domain::Money(0)) out << "    owed to us " << money_text(books.owed) << ": it had been used when the bank took it back\n";
    out << "    good and owed " << money_text(books.good + books.owed) << " = suspense " << money_text(books.suspense) << " + held " << money_text(books.held)
        << " + applied " << money_text(books.applied) << " + refundable " << money_text(books.refundable) << " + refunded " << money_text(books.refunded) << "\n";
}

}  // namespace

void print_report(std::ostream& out, const domain::Report& report) {
    out << "Report of " << report.offering << " (" << report.issuer << "): " << to_text(report.stage) << "\n";
    out << "Expiration " << report.expiration << "\n";
    for (const std::string& extension : report.extensions) out << "Extended from " << extension << "\n";
    print_register(out, report.holder_register);
    out << "\nNOTICES\n";
    for (const domain::NoticeLine& line : report.notices) print_notice(out, line);
    out << "\nPAYMENTS\n";
    for (const domain::PaymentLine& line : report.payments) print_payment(out, line);
    out << "\nTOTALS\n";
    print_totals(out, report);
    out << "\nTHE BOOKS\n";
    print_books(out, report.books);
    if (!report.being_recorded.empty()) out << "\n" << report.being_recorded << ": look again in a moment.\n";
    out << "\n" << (report.does_not_tie.empty() ? "Shares and cents tie." : "DOES NOT TIE: " + base::joined(report.does_not_tie, "; ")) << "\n";
}

}  // namespace rightsdesk::tools
