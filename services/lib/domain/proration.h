// Proration: a supply of whole shares split in proportion to claims, nobody beyond a limit (rules.md section 4). The
// engine of every allocation basis: a basis only says what a claim weighs.
//
// The rule, which no prospectus seen fixes for the last few whole shares and which is therefore declared: exact fractions
// through all rounds; a part that would exceed its limit is capped there, and the excess goes on to the uncapped in the
// same proportion, until all shares or all limits are exhausted; whole shares are made once, at the end, by largest
// remainder; ties by earliest receipt stamp, then by id.
//
// So, always: no part exceeds its limit; the parts make up the supply, or all limits where those are less (of claims that
// weigh something); the order of the claims does not matter; equal claims differ by at most one share; a heavier claim or
// a higher limit never gets its holder less.
#pragma once

#include <string_view>
#include <vector>

#include "domain/types.h"

namespace rightsdesk::domain {

// Bounds within which every product is exact in 128 bits: supply, weight and limit of one claim; and the sum of weights.
inline constexpr std::int64_t kMaxShares = 1'000'000'000'000;
inline constexpr std::int64_t kMaxTotalShares = 9'000'000'000'000'000'000;
static_assert(kMaxTotalShares / kMaxShares == 9'000'000);

struct Claim {
    std::int64_t weight = 0;  // 0 to kMaxShares; what it is in proportion to. A claim that weighs nothing gets nothing
    Shares limit;             // 0 to kMaxShares
    Instant received_at;      // breaks ties, with `id`
    std::string_view id;      // unique; not owned
};

// One round: these shares among the claims not yet capped, in proportion to their weights; and how many it capped.
struct ProrationRound {
    Shares available;
    std::int64_t claims = 0;  // sum of weights
    std::uint32_t claimants = 0;
    std::uint32_t capped = 0;
    bool operator==(const ProrationRound&) const = default;
};

struct Proration {
    std::vector<Shares> parts;           // in the order of the claims
    std::vector<ProrationRound> rounds;  // none when there is nothing to share or nobody to share it
    Ratio first;                         // the first round's shares available over total claims, reduced, and not capped at
                                         // 1; 0/1 when either is 0
};

// O(n log n) in the number of claims. CHECKs the bounds above.
Proration prorate(Shares supply, const std::vector<Claim>& claims);

}  // namespace rightsdesk::domain
