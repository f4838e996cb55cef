// The words that every rule is written in: quantities, dates and instants.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.h"
#include "base/quantity.h"

namespace rightsdesk::domain {

using base::to_text;

using Money = base::Quantity<struct MoneyTag>;                  // US cents (the offering's currency, minor units)
using Shares = base::Quantity<struct SharesTag>;                // whole shares
using Rights = base::Quantity<struct RightsTag>;                // whole rights
using Instant = base::Quantity<struct InstantTag>;              // nanoseconds since 1970-01-01T00:00:00Z
using Date = base::Quantity<struct DateTag, std::int32_t>;      // days since 1970-01-01, a civil date
using Sequence = std::uint64_t;                                 // a record's number in its log, from 1

using OfferingId = std::string;   // [a-z0-9-]{1,40}; "desk" is reserved
using NoticeId = std::string;     // "<gateway>.<its sequence>"
using PaymentId = std::string;    // "<feed or gateway>.<its sequence>"
using ProposalId = std::string;   // "<kind>-<n>"

inline constexpr const char* kDesk = "desk";

// An exact fraction, denominator above 0: shares per right.
struct Ratio {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    RIGHTSDESK_DESCRIBE(Ratio, numerator, denominator)
};

// A deadline is a civil time in a named zone and the instant it stands for; all three are kept.
struct Deadline {
    std::string civil;  // "2002-06-28T17:00:00"
    std::string zone;   // "America/New_York"
    Instant instant;
    RIGHTSDESK_DESCRIBE(Deadline, civil, zone, instant)
};

// How an item came in (form: "by hand or sent by telegram, facsimile transmission, first class mail or overnight courier").
RIGHTSDESK_ENUM(Channel, kFax, kMail, kHand, kCourier, kTelegram)

// Form: "either herewith or separately".
RIGHTSDESK_ENUM(PaymentDelivery, kHerewith, kSeparately)

// Form: the five boxes.
RIGHTSDESK_ENUM(PaymentMethod, kWire, kUncertifiedCheck, kCertifiedCheck, kBankDraft, kMoneyOrder)

// What a reader could make of one filled-in form. Absent means: not found, or not certain. Nothing is ever guessed.
struct NoticeFields {
    std::optional<std::string> issuer;
    std::optional<Date> prospectus_date;
    std::optional<Date> expiration_date;
    std::optional<Rights> rights_held;
    std::optional<Shares> basic_shares;
    std::optional<Shares> excess_shares;
    std::optional<std::string> subscription_price;        // as an exact decimal text of dollars, "2.00"
    std::optional<Money> aggregate_cents;
    std::optional<PaymentDelivery> payment_delivery;
    std::optional<PaymentMethod> payment_method;
    std::optional<std::string> transferor_institution;
    std::optional<Date> transfer_date;
    std::optional<std::string> confirmation_number;
    std::optional<std::string> maker;
    std::optional<Date> instrument_date;
    std::optional<std::string> instrument_number;
    std::optional<std::string> drawee;
    std::vector<std::string> signatures;
    std::vector<std::string> names;
    std::optional<std::string> address;
    std::optional<std::string> telephone;
    std::vector<std::string> certificate_numbers;
    std::optional<std::string> guarantor_name;
    std::optional<std::string> guarantor_address;
    std::optional<std::string> guarantor_telephone;
    std::optional<std::string> signatory;                 // who signed for the guarantor
    std::optional<Date> dated;
    std::optional<std::int32_t> guarantee_days = {};      // "within three (3) business days after the date hereof"
    RIGHTSDESK_DESCRIBE(NoticeFields, issuer, prospectus_date, expiration_date, rights_held, basic_shares, excess_shares, subscription_price,
                        aggregate_cents, payment_delivery, payment_method, transferor_institution, transfer_date, confirmation_number, maker,
                        instrument_date, instrument_number, drawee, signatures, names, address, telephone, certificate_numbers, guarantor_name,
                        guarantor_address, guarantor_telephone, signatory, dated, guarantee_days)
};

}  // namespace rightsdesk::domain
