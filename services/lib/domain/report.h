// The report of an offering, per notice and in total, from the same records as the allocation. It says nothing that depends
// on the order in which services happened to write: the same facts give the same report, to the byte.
#pragma once

#include "domain/books.h"

namespace rightsdesk::domain {

struct NoticeLine {
    NoticeId id;
    std::string received;            // the stamp that counts, civil time in the offering's zone
    std::vector<std::string> deliveries;  // "fax +17185550101 2002-06-26T10:15:00"
    NoticeForm form = NoticeForm::kGuaranteedDelivery;
    std::string guarantor;           // empty for a direct exercise: it needs none
    Rights rights;
    Shares asked_basic;
    Shares asked_over;
    NoticeStatus status = NoticeStatus::kAccepted;
    std::vector<std::string> why;    // reasons open, cured and waived, each with its word
    std::string owners;              // of a nominee that certified them, and how many in full; empty where none were
    std::string cover;               // "complete 2002-07-01T17:00:00", "missed: signature_guarantee", ...
    Money paid_in_time;
    Money paid_late;
    Money uncollected;
    std::string exercise;            // asked X, money Y, deemed Z, rule R
    Shares deemed_basic;
    Shares deemed_over;
    Shares preliminary_basic;
    Shares preliminary_over;
    Shares basic;
    Shares over;
    Money applied;
    Money refunded;                  // refundable, approved or paid
    RIGHTSDESK_DESCRIBE(NoticeLine, id, received, deliveries, form, guarantor, rights, asked_basic, asked_over, status, why, owners, cover, paid_in_time,
                        paid_late, uncollected, exercise, deemed_basic, deemed_over, preliminary_basic, preliminary_over, basic, over, applied,
                        refunded)
};

struct PaymentLine {                 // money of no notice, and money shared: one a payment
    PaymentId id;
    PaymentMethod method = PaymentMethod::kWire;
    PaymentStatus status = PaymentStatus::kUncollected;
    Money amount;
    std::string received;            // civil time; empty while it was not
    std::uint32_t messages = 1;
    std::vector<std::string> matched;  // "fax-1.17 by confirmation_number"
    Money applied;
    Money refundable;
    Money refunded;
    Money owed;                      // to us: used, and taken back by the bank afterwards
    std::string refund;              // "failed: account closed", "paid: FW-7001", ...; empty where there is none
    RIGHTSDESK_DESCRIBE(PaymentLine, id, method, status, amount, received, messages, matched, applied, refundable, refunded, owed, refund)
};

struct ReportTotals {
    Shares offered;
    std::uint32_t notices = 0;
    std::uint32_t accepted = 0;
    std::uint32_t covered = 0;
    std::uint32_t uncovered = 0;
    std::uint32_t awaiting_keying = 0;  // not in any figure: what they ask for is not known yet
    Shares basic;                    // final
    Shares over_requested;
    Shares over;
    Shares unsubscribed;
    Shares extra_supply;             // of the supply: sold besides, because over-subscriptions demanded it
    std::vector<StandbyPart> standby;  // who takes what of the unsubscribed, in the order of the terms
    Shares preliminary_basic;
    Shares preliminary_over;
    Shares protects;                 // in the preliminary allocation, not yet covered then
    Ratio proration;
    std::string residual_rule;
    Money applied;
    Money refunded;
    Money refunds_failed;            // of it: the bank could not deliver it
    Money owed;                      // to us: a receivable
    RIGHTSDESK_DESCRIBE(ReportTotals, offered, notices, accepted, covered, uncovered, awaiting_keying, basic, over_requested, over, unsubscribed, extra_supply, standby, preliminary_basic,
                        preliminary_over, protects, proration, residual_rule, applied, refunded, refunds_failed, owed)
};

// What the notices were checked against (rules.md section 7: what differs from the register stays unresolved, or nothing is issued).
struct RegisterLine {
    std::uint32_t import = 0;        // 0: no register was imported, and nothing was checked against one
    std::uint64_t holders = 0;
    Rights rights;
    std::uint32_t found = 0;         // notices on it
    std::uint32_t not_found = 0;
    RIGHTSDESK_DESCRIBE(RegisterLine, import, holders, rights, found, not_found)
};

struct Report {
    OfferingId offering;
    std::string issuer;
    Stage stage = Stage::kOpen;
    std::string expiration;
    std::vector<std::string> extensions;
    RegisterLine holder_register;
    std::vector<NoticeLine> notices;
    std::vector<PaymentLine> payments;
    ReportTotals totals;
    MoneyBooks books;
    std::vector<std::string> does_not_tie;  // empty when shares and cents tie
    std::string being_recorded;             // an effect on many that is recorded in part: figures change in a moment
    RIGHTSDESK_DESCRIBE(Report, offering, issuer, stage, expiration, extensions, holder_register, notices, payments, totals, books, does_not_tie, being_recorded)
};

// `book` must be opened.
Report report_of(const Book& book);

}  // namespace rightsdesk::domain
