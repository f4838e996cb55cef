// The terms of one offering: everything that differs between offerings, as data (rules.md: "terms are data"). The names
// are those of the TOML file; the room `terms` reads and checks it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/types.h"

namespace rightsdesk::domain {

RIGHTSDESK_ENUM(CalendarKind, kNyse, kFed, kBoth, kEither, kCustom)       // rules.md section 6
RIGHTSDESK_ENUM(CountedFrom, kNoticeDate, kExpiration, kFixedDate)        // section 5
RIGHTSDESK_ENUM(PaymentDue, kExpiration, kCover)                          // section 3: 2002 style, or with the certificates
RIGHTSDESK_ENUM(TelephoneConfirmation, kWarn, kRequire)                   // section 1
RIGHTSDESK_ENUM(DeemedReceived, kCredit, kClearance, kReceipt, kRefused)  // section 1: when money by one method counts as received
RIGHTSDESK_ENUM(DeemedExercise, kMoney, kMoneyThenOverSubscription, kCapped)  // section 3: the three families
RIGHTSDESK_ENUM(Basis, kBasicShares, kRequested, kRecordHolding, kTwoPools, kBasicProrated, kLadder)  // section 4: A to F
RIGHTSDESK_ENUM(Residual, kLargestRemainder)

struct CalendarTerms {
    CalendarKind kind = CalendarKind::kNyse;
    std::vector<Date> closings;  // closed besides the kind's own holidays
    RIGHTSDESK_DESCRIBE(CalendarTerms, kind, closings)
};

struct ExtensionTerms {
    bool allowed = false;
    std::optional<Date> last_date;
    std::optional<std::string> announce_by;  // as stated, "09:00 next business day"
    RIGHTSDESK_DESCRIBE(ExtensionTerms, allowed, last_date, announce_by)
};

struct GuaranteedDeliveryTerms {
    bool enabled = true;
    std::int32_t business_days = 3;
    CountedFrom counted_from = CountedFrom::kNoticeDate;
    std::optional<Date> fixed_date;           // when counted_from is kFixedDate
    std::string time = "17:00:00";            // civil, in the expiration's zone
    PaymentDue payment_due = PaymentDue::kExpiration;
    TelephoneConfirmation telephone_confirmation = TelephoneConfirmation::kWarn;
    bool signature_guarantee = true;          // certificates need a signature guarantee to complete a cover
    RIGHTSDESK_DESCRIBE(GuaranteedDeliveryTerms, enabled, business_days, counted_from, fixed_date, time, payment_due, telephone_confirmation,
                        signature_guarantee)
};

struct ListedAddress {
    Channel channel = Channel::kFax;
    std::string address;  // a fax number in E.164, or the address as listed
    RIGHTSDESK_DESCRIBE(ListedAddress, channel, address)
};

struct MethodTerms {
    PaymentMethod method = PaymentMethod::kWire;
    DeemedReceived deemed_received = DeemedReceived::kCredit;
    RIGHTSDESK_DESCRIBE(MethodTerms, method, deemed_received)
};

// One step of a ladder of priorities: who stands on it, and what their claims are in proportion to.
struct LadderRung {
    std::optional<Shares> holding_up_to;   // holders of at most so many on the record date (odd lots); absent: everybody
    Basis basis = Basis::kRequested;       // one of the first three
    RIGHTSDESK_DESCRIBE(LadderRung, holding_up_to, basis)
};

struct OverSubscriptionTerms {
    bool enabled = true;
    bool requires_full_basic = true;
    Basis basis = Basis::kBasicShares;
    Residual residual = Residual::kLargestRemainder;
    std::optional<Shares> cap_shares;      // a holder's basic and over-subscription shares together never exceed this
    std::optional<Ratio> cap_of_basic;     // over-subscription shares never exceed this multiple of the basic entitlement
    std::vector<LadderRung> ladder;        // when basis is kLadder: the first served first
    RIGHTSDESK_DESCRIBE(OverSubscriptionTerms, enabled, requires_full_basic, basis, residual, cap_shares, cap_of_basic, ladder)
};

// One row of the list that guarantors are checked against (rules.md section 1, "guarantor").
struct GuarantorTerms {
    std::string name;
    std::vector<std::string> aliases;
    std::string eligible_as;               // "member of a registered national securities exchange", ...
    bool eligible = true;                  // false only on evidence, which `source` names
    std::optional<Date> valid_from;
    std::optional<Date> valid_to;
    std::string source;
    RIGHTSDESK_DESCRIBE(GuarantorTerms, name, aliases, eligible_as, eligible, valid_from, valid_to, source)
};

struct ApprovalTerms {  // how many different people each needs
    std::int32_t extension = 2;
    std::int32_t allocation = 2;
    std::int32_t refund = 2;
    std::int32_t waiver = 2;
    RIGHTSDESK_DESCRIBE(ApprovalTerms, extension, allocation, refund, waiver)
};

struct Terms {
    OfferingId id;
    std::string issuer;
    std::string title;
    std::string agent;
    std::optional<Date> prospectus_date;
    Shares shares_offered;
    Ratio shares_per_right;
    Money subscription_price;              // per share
    std::string currency = "USD";
    std::string payee;
    std::string account;                   // the segregated account: its credits belong to this offering
    Deadline expiration;
    bool expiration_inclusive = true;      // "at or prior to", or "before"
    ExtensionTerms extension;
    CalendarTerms calendar;
    GuaranteedDeliveryTerms guaranteed_delivery;
    std::vector<ListedAddress> channels;
    std::vector<MethodTerms> payment;
    DeemedExercise deemed_exercise = DeemedExercise::kMoneyThenOverSubscription;
    OverSubscriptionTerms over_subscription;
    std::vector<std::string> gateways;     // whose watermarks the count waits for
    std::vector<std::string> bank_feeds;
    ApprovalTerms approvals;
    std::vector<std::int32_t> reminder_minutes = {1440, 240, 60, 5};  // before the hour
    std::int64_t stamp_gap_minutes = 30;   // between a gateway's stamp and our own: beyond it, a person is asked
    std::vector<GuarantorTerms> guarantors;
    RIGHTSDESK_DESCRIBE(Terms, id, issuer, title, agent, prospectus_date, shares_offered, shares_per_right, subscription_price, currency, payee,
                        account, expiration, expiration_inclusive, extension, calendar, guaranteed_delivery, channels, payment, deemed_exercise,
                        over_subscription, gateways, bank_feeds, approvals, reminder_minutes, stamp_gap_minutes, guarantors)
};

}  // namespace rightsdesk::domain
