// The deemed exercise: what the money of one holder makes of what was asked (rules.md section 3, "How money becomes an
// exercise"). Every application is "asked X, money Y, deemed Z, rule R". Pure; safe from every thread.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "base/check.h"
#include "domain/entities.h"

namespace rightsdesk::domain {

struct Asked {
    std::optional<Shares> basic;   // absent: the holder did not say how many
    Shares over;                   // excess shares asked; 0 where none
    Shares basic_entitlement;      // floor(rights x ratio); a holder with none exercises "in full" by exercising nothing
    std::optional<Money> money;    // good and in time, 0 or more; absent: exactly the price of what was asked
    Shares record_holding = {};    // shares held on the record date, for an ownership limit
    bool may_over_subscribe = true;  // false: the terms let holders of record alone, and this is none
    std::optional<Shares> over_of_owners_in_full = {};  // of a nominee that certified its owners: what those ask over whose basic is
                                     // exercised in full; absent: it is judged as one holder
    std::optional<Shares> covered = {};  // basic shares that its certificates are good for, where they came for fewer rights than guaranteed
};

struct Exercise {
    Shares basic;                  // deemed; never beyond the entitlement, whatever was asked
    Shares over;                   // deemed over-subscription request: the claim that enters the allocation
    Money money;                   // what was there
    Money remainder;               // of it, not needed for the deemed shares: returned without interest or deduction
    Application application = Application::kPending;  // never kPending
    std::string rule;              // for a person: asked X, money Y, deemed Z, rule R
};

// What `terms.deemed_exercise` makes of it. Always: money first buys basic shares, then over-subscription shares, whole
// shares only; none of the latter when the terms have no over-subscription, do not let this holder, or require the full basic and it is not
// exercised in full. A nominee with certified owners has of the latter what its owners in full ask for, and no more in any family:
// nobody knows for whom money beyond that would buy. Money that is short of its basic shares buys none of them either.
//
// * kMoney (family 1): as asked; where the money is short, or no number was given, the largest whole number of shares that
//   it buys. An over-subscription request beyond a holder's cap stays the claim it is: the allocation caps the allotment.
// * kMoneyThenOverSubscription (family 2): as kMoney; and where the basic entitlement is exercised in full, money beyond
//   its price is deemed an over-subscription up to the holder's maximum, even where the holder asked for less or for none.
//   The maximum is what the terms' caps leave the holder; without caps it is all shares offered less the holder's basic.
//   A holder who asked for less than the full basic, or has none, is not made to exercise more: the surplus is returned.
// * kCapped (family 3): a request beyond the basic entitlement, or beyond the holder's cap, is treated as the maximum
//   permitted; money as kMoney.
//
// Certificates for fewer rights than guaranteed, where the terms let it count for these: no more basic shares than they are good for,
// which is not the basic privilege in full.
//
// application: kFull as asked; kPart the money was short; kDeemedOver more over-subscription than asked; kCapped the terms
// cut the request, the money would have done; kLapsed no share at all (rules.md section 5: accepted but unfunded lapses).
// CHECKs: price above 0; no negative quantity; where money is absent, the price of what was asked within 64 bits.
Exercise deem_exercise(const Terms& terms, const Asked& asked);

// The same at another price, or by another family, than the terms'.
Exercise deem_exercise(const Terms& terms, Money price, DeemedExercise family, const Asked& asked);

// The over-subscription's terms with its caps on all of a holder's shares, in shares: the least of cap_shares, cap_of_offered of
// the shares offered, and what cap_money buys at the price. What an allocation is made by.
OverSubscriptionTerms caps_in_shares(const Terms& terms);

// Over-subscription shares that the terms' caps (in shares) leave a holder with this many basic shares; nothing where there is
// no cap.
std::optional<Shares> over_subscription_cap(const OverSubscriptionTerms& terms, Shares basic, Shares basic_entitlement, Shares record_holding);

// `basic`, or what the caps leave where that is less.
inline Shares basic_within_caps(const OverSubscriptionTerms& terms, Shares basic, Shares record_holding) {
    if (terms.cap_shares) basic = std::min(basic, *terms.cap_shares);
    if (terms.ownership_limit) basic = std::min(basic, std::max(*terms.ownership_limit - record_holding, Shares(0)));
    return basic;
}

// `over`, or what those caps leave where that is less. Here to be inlined: an allocation asks it for each of ten million.
inline Shares within_caps(const OverSubscriptionTerms& terms, Shares over, Shares basic, Shares basic_entitlement, Shares record_holding) {
    __extension__ using Wide = __int128;
    if (terms.cap_shares) over = std::min(over, std::max(*terms.cap_shares - basic, Shares(0)));
    if (terms.ownership_limit) over = std::min(over, std::max(*terms.ownership_limit - record_holding - basic, Shares(0)));
    if (!terms.cap_of_basic) return over;
    const Ratio& multiple = *terms.cap_of_basic;
    CHECK(multiple.denominator > 0 && multiple.numerator >= 0);
    std::int64_t most = 0;
    if (!__builtin_mul_overflow(basic_entitlement.value, multiple.numerator, &most)) return std::min(over, Shares(most / multiple.denominator));
    const Wide beyond = Wide{basic_entitlement.value} * multiple.numerator / multiple.denominator;
    return beyond < over.value ? Shares(static_cast<std::int64_t>(beyond)) : over;
}

// Whether a notice without a number of shares is taken for as many as the money buys ("short or unspecified", families 1 and 2); where
// the terms are of the third family nobody can say what it asks for.
bool money_decides(const Terms& terms);

// price x shares; nothing when that is beyond 64 bits of cents.
std::optional<Money> price_of(const Terms& terms, Shares shares);

}  // namespace rightsdesk::domain
