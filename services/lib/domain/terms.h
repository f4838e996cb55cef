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
RIGHTSDESK_ENUM(PriceKind, kFixed, kEstimated)                            // section 3: estimated and set after expiration
RIGHTSDESK_ENUM(LowerPrice, kRefund, kBuyMore)                            // what the difference does when the final price is lower
RIGHTSDESK_ENUM(HigherPrice, kReduce, kBill)                              // and when it is higher
RIGHTSDESK_ENUM(Rounding, kDown, kUp, kNearest)                           // shares that rights come to; nearest: a half up
RIGHTSDESK_ENUM(Withdrawal, kIrrevocable, kUntilExpiration)               // section 2
RIGHTSDESK_ENUM(PaymentUser, kAnyone, kGuarantors)                        // section 3: "accept wires only from brokers"
RIGHTSDESK_ENUM(RightsTransfer, kTransferable, kNotTransferable)          // whether others than the holders of record may exercise
RIGHTSDESK_ENUM(DrawnOn, kAnywhere, kUsBanks)                             // section 3: "drawn in US dollars on a US bank"
RIGHTSDESK_ENUM(OverSubscriber, kAnyone, kHoldersOfRecord)                // section 4: who may over-subscribe
RIGHTSDESK_ENUM(NomineeJudged, kAsOneHolder, kPerBeneficialOwner)         // section 4: whose basic privilege must be exercised in full
RIGHTSDESK_ENUM(ShortCover, kDrop, kAsCovered)                            // section 5: certificates for fewer rights than guaranteed

struct CalendarTerms {
    CalendarKind kind = CalendarKind::kNyse;
    std::vector<Date> closings;  // closed besides the kind's own holidays
    RIGHTSDESK_DESCRIBE(CalendarTerms, kind, closings)
};

struct ExtensionTerms {
    bool allowed = false;
    std::optional<Date> last_date;
    std::optional<std::string> announce_by;  // as stated, "09:00 next business day"
    std::optional<std::int32_t> most_business_days = {};  // in all, after the expiration first set
    RIGHTSDESK_DESCRIBE(ExtensionTerms, allowed, last_date, announce_by, most_business_days)
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
    ShortCover short_cover = ShortCover::kDrop;  // kAsCovered: a notice counts for the shares that its certificates are good for
    RIGHTSDESK_DESCRIBE(GuaranteedDeliveryTerms, enabled, business_days, counted_from, fixed_date, time, payment_due, telephone_confirmation,
                        signature_guarantee, short_cover)
};

struct ListedAddress {
    Channel channel = Channel::kFax;
    std::string address;  // a fax number in E.164, or the address as listed
    RIGHTSDESK_DESCRIBE(ListedAddress, channel, address)
};

struct MethodTerms {
    PaymentMethod method = PaymentMethod::kWire;
    DeemedReceived deemed_received = DeemedReceived::kCredit;
    PaymentUser from = PaymentUser::kAnyone;  // kGuarantors: only drawn on or sent by a firm that the list calls eligible
    RIGHTSDESK_DESCRIBE(MethodTerms, method, deemed_received, from)
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
    std::optional<Ratio> cap_of_offered;   // basic and over-subscription shares together never exceed this part of the shares offered
    std::optional<Shares> ownership_limit; // nor make the holder, with what it held on the record date, own more than this
    std::optional<Money> cap_money;        // nor cost more than this at the subscription price
    std::optional<Ratio> extra_supply;     // further shares, as a part of those offered, when over-subscriptions demand them
    OverSubscriber eligible = OverSubscriber::kAnyone;
    NomineeJudged nominee = NomineeJudged::kAsOneHolder;  // per owner: by the nominee's certification, where it gives one
    OverSubscriber extra_supply_eligible = OverSubscriber::kAnyone;  // holders of record: the extra shares go to these alone, after the primary ones
    RIGHTSDESK_DESCRIBE(OverSubscriptionTerms, enabled, requires_full_basic, basis, residual, cap_shares, cap_of_basic, ladder, cap_of_offered,
                        ownership_limit, cap_money, extra_supply, eligible, nominee, extra_supply_eligible)
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
    std::int32_t suspension = 2;   // and resumption
    std::int32_t termination = 2;  // returns all money
    std::int32_t closing = 2;      // a day on which the calendar is closed after all
    std::int32_t final_price = 2;
    bool instruction = false;      // the approval that completes what moves the hour, shares or money names the issuer's signed instruction
    RIGHTSDESK_DESCRIBE(ApprovalTerms, extension, allocation, refund, waiver, suspension, termination, closing, final_price, instruction)
};

// How the price of a share is made, and what a difference between the estimate and the final price does (rules.md section 3).
struct PriceTerms {
    PriceKind kind = PriceKind::kFixed;
    LowerPrice lower = LowerPrice::kRefund;
    HigherPrice higher = HigherPrice::kReduce;
    std::int32_t bill_days = 0;    // business days after the price is set in which a shortfall may be paid, when higher is kBill
    RIGHTSDESK_DESCRIBE(PriceTerms, kind, lower, higher, bill_days)
};

// Shares that rights come to, and a step up for small holdings ("holders of fewer than three shares may subscribe for one").
struct EntitlementTerms {
    Rounding rounding = Rounding::kDown;
    std::optional<Shares> step_up_to;  // who holds any right is entitled to at least so many shares
    RIGHTSDESK_DESCRIBE(EntitlementTerms, rounding, step_up_to)
};

// Who takes what is left, after the allocation, in the order of the terms.
struct StandbyTerms {
    std::string purchaser;
    Shares up_to;
    RIGHTSDESK_DESCRIBE(StandbyTerms, purchaser, up_to)
};

// The earlier hour for holders of record abroad and at army and fleet post offices (rules.md section 2). None unless one of the
// first two is there.
struct ForeignTerms {
    std::optional<Date> on;                    // a fixed day
    std::optional<std::int32_t> business_days; // or so many business days before the expiration as it stands
    std::string time = "11:00:00";             // civil, in the expiration's zone
    RIGHTSDESK_DESCRIBE(ForeignTerms, on, business_days, time)
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
    PriceTerms price;
    EntitlementTerms entitlement;
    Withdrawal withdrawal = Withdrawal::kIrrevocable;
    std::optional<Shares> minimum_shares;  // subscribed in all, standby included; below it all money is returned
    std::vector<StandbyTerms> standby;
    RightsTransfer rights_transfer = RightsTransfer::kTransferable;
    ForeignTerms foreign = {};
    DrawnOn drawn_on = DrawnOn::kAnywhere; // kUsBanks: no instrument that is said to be drawn abroad
    std::optional<Ratio> rights_per_share = {};  // issued for a share held on the record date; absent: one
    RIGHTSDESK_DESCRIBE(Terms, id, issuer, title, agent, prospectus_date, shares_offered, shares_per_right, subscription_price, currency, payee,
                        account, expiration, expiration_inclusive, extension, calendar, guaranteed_delivery, channels, payment, deemed_exercise,
                        over_subscription, gateways, bank_feeds, approvals, reminder_minutes, stamp_gap_minutes, guarantors, price, entitlement, withdrawal, minimum_shares,
                        standby, rights_transfer, foreign, drawn_on, rights_per_share)
};

}  // namespace rightsdesk::domain
