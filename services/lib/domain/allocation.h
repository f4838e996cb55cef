// The allocation: who gets how many of the shares offered, basic first, then over-subscription on the basis that the terms
// choose (rules.md section 4). Pure; safe from every thread. How a supply is split and how whole shares are made is
// proration.h's; the rule is declared there and printed with every allocation as kResidualRule.
#pragma once

#include <string>
#include <vector>

#include "base/large_vector.h"
#include "base/result.h"
#include "domain/proration.h"
#include "domain/terms.h"

namespace rightsdesk::domain {

inline constexpr std::size_t kMaxSubscriptions = 10'000'000;
inline constexpr const char* kResidualRule =
    "exact fractions through all rounds; whole shares made once, at the end, by largest remainder; "
    "ties by earliest receipt stamp, then by id";

// What one holder is deemed to have exercised (exercise.h). Each number from 0 to kMaxShares; a nominee has one for each
// beneficial owner.
struct Subscription {
    std::string id;
    Instant received_at;        // receipt stamp: ties
    Shares basic_entitlement;   // for caps that are a multiple of it
    Shares basic;               // deemed exercised
    Shares over;                // deemed over-subscription request; 0 for who may not over-subscribe
    Shares record_holding;      // shares held on the record date, or rights originally issued; 0: none, the rights were bought
};

struct AllottedShares {
    Shares basic;
    Shares over;
    bool operator==(const AllottedShares&) const = default;
};

struct AllocationOutcome {
    base::LargeVector<AllottedShares> allotted;  // in the order of the subscriptions
    Shares basic_allotted;                 // totals; basic and over never exceed the supply
    Shares over_requested;                 // deemed
    Shares over_allotted;
    Ratio proration;                       // of the over-subscription: first round's shares available over total claims,
                                           // reduced, not capped at 1; 0/1 when either is 0
    std::vector<ProrationRound> rounds;    // of the over-subscription
    bool basic_prorated = false;           // basic requests exceeded the supply
};

// Whether `allocate` takes these: a ladder where the basis is one; numbers and totals within bounds; ids not empty and each once. Invalid
// otherwise, naming the first offending id.
base::Result<> check_allocation(Shares supply, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions);

// Basic: as deemed, within cap_shares. Should they exceed the supply, which an offering with registered shares for all
// rights rules out, they are prorated by basic shares requested, by the same rule, and nothing is left to over-subscribe.
//
// Over-subscription: what basic leaves, among those who over-subscribe, pro rata to
//   kBasicShares     the basic shares allotted to them (A: AMF Bowling 1999, Biglari 2014)
//   kRequested       the over-subscription shares they request (B: Gyrodyne 2015 and 2024, Biolase 2020)
//   kRecordHolding   their record-date holdings (C: Gabelli, Liberty All-Star, Aberdeen, Herzfeld)
//   kTwoPools        record-date holders first, by holding; what they leave, among those who bought their rights, by the
//                    rights held at expiration, which their basic entitlement stands for (D: Lument 2022)
//   kBasicProrated   as kBasicShares: it says that basic itself may be prorated, as above (E: Relm, Waverider)
//   kLadder          rung after rung of terms.ladder, each with a basis of its own, what one leaves going to the next
//                    (F: odd lots first, Malaysia and Singapore)
// Where there are several pools the rounds are all of them, in order, the proration is the first's, and each pool makes its
// whole shares at its own end.
// Nobody gets more than requested, nor more than the caps leave: basic and over within cap_shares, and with the record holding
// within ownership_limit; over within cap_of_basic x basic entitlement. Caps of other units are made cap_shares before, by
// caps_in_shares (exercise.h). Who has no claim on the basis (bought no basic shares; held nothing on the record
// date) gets no over-subscription shares even if some remain: the prospectuses give such holders no share in it.
// CHECKs what check_allocation refuses, ids apart.
AllocationOutcome allocate(Shares supply, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions);

// Over-subscription shares that those eligible for further ones (terms.extra_supply_eligible) still lack, after `outcome`, of what request
// and caps leave them. Who has no claim on the basis lacks none.
Shares unserved(const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions, const AllocationOutcome& outcome);

// Then `extra` further shares among those eligible for them alone, once all have what `outcome` gave: pool after pool of the same basis,
// a claim weighing what it weighed, nobody beyond request and caps. The totals and rounds go on; the proration stays the first
// round's of the shares offered. Each pool makes its whole shares at its own end.
void allot_extra(Shares extra, const OverSubscriptionTerms& terms, const std::vector<Subscription>& subscriptions, AllocationOutcome& outcome);

}  // namespace rightsdesk::domain
