// The derivation of one holder's allotment, as a lawyer can follow it: what was asked, what the rights entitle to, what money
// was there, what it is deemed to exercise, the share of the pool, each round, the residual share, the refund; each step with
// its numbers and the clause of the terms that makes it. It is worked out again from notices, payments and covers, by
// arithmetic of its own (proration_trace.h), and compared with what the log's allocation says. Pure.
#pragma once

#include "base/result.h"
#include "domain/book.h"
#include "domain/proration_trace.h"
#include "domain/table.h"

namespace rightsdesk::domain {

struct DerivedNumber {
    std::string name;                          // "basic_entitlement"
    ColumnUnit unit = ColumnUnit::kCount;      // never kText
    ExactShares value;                         // whole units; a fraction only where a share is split or a rate is told
    RIGHTSDESK_DESCRIBE(DerivedNumber, name, unit, value)
};

struct DerivationStep {
    std::string step;                          // see derive_allotment
    std::string words;                         // what was done here, and why
    std::vector<DerivedNumber> numbers;
    std::string clause;                        // key of the terms file: "over_subscription.basis"
    std::string value;                         // what the offering's terms say there: "basic_shares"
    std::string rule;                          // what that means, and where the rule is seen
    RIGHTSDESK_DESCRIBE(DerivationStep, step, words, numbers, clause, value, rule)
};

struct Derivation {
    NoticeId notice;
    AllocationKind kind = AllocationKind::kFinal;
    std::uint32_t revision = 1;
    std::vector<DerivationStep> steps;
    Shares basic;                              // as derived here
    Shares over;
    Shares recorded_basic;                     // as the log's allotment says; none where it has no line
    Shares recorded_over;
    std::vector<std::string> differs;          // what the log says and this derivation does not; empty when they agree
    RIGHTSDESK_DESCRIBE(Derivation, notice, kind, revision, steps, basic, over, recorded_basic, recorded_over, differs)
};

// The steps, in this order: asked, entitled, owners (where the terms judge a nominee by them), funded, deemed, counted; basic_supply, with basic_round and basic_residual where
// basic itself is prorated; for each pool of the basis pool, with pool_round and pool_residual; the same with extra_pool for shares sold
// besides that have eligibility of their own; allotted; refund. Who is left
// out has counted as the last before allotted.
//
// `then`: the book as it stood when the latest allocation of this kind was made, its own records folded in: notices and
// money may have changed since. `now`: the book as it stands, for what became of the money. They may be the same book.
// NotFound when there is no such notice, or no allocation of this kind yet. Invalid where the claims are beyond the bounds
// of an allocation.
base::Result<Derivation> derive_allotment(const Book& then, const Book& now, const NoticeId& notice, AllocationKind kind);

}  // namespace rightsdesk::domain
