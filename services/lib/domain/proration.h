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

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/large_vector.h"
#include "domain/rate.h"
#include "domain/types.h"

namespace rightsdesk::domain {

struct Claim {
    std::int64_t weight = 0;  // 0 to kMaxShares; what it is in proportion to. A claim that weighs nothing gets nothing
    std::int64_t limit = 0;   // shares, 0 to kMaxShares
};

// The claims on one supply. Who claims is known by the claim's number, in the order in which they were added.
class Claims {
public:
    explicit Claims(std::size_t count) { claims_.reserve(count); }

    // CHECKs the bounds, and that all weights together are within kMaxTotalShares.
    // Inlined by force: that the vector might grow, which it never does, makes it too large for the compiler.
    [[gnu::always_inline]] void add(std::int64_t weight, Shares limit) {
        CHECK(weight >= 0 && weight <= kMaxShares && limit >= Shares(0) && limit <= Shares(kMaxShares));
        CHECK(total_weight_ <= kMaxTotalShares - weight);
        total_weight_ += weight;
        claimants_ += weight > 0 ? 1 : 0;
        claims_.push_back({weight, limit.value});
    }
    void clear() { claims_.clear(), total_weight_ = 0, claimants_ = 0; }
    [[nodiscard]] std::span<Claim> all() { return claims_; }
    // After `prorate`.
    [[nodiscard]] Shares part(std::size_t claim) const { return Shares(claims_[claim].limit); }
    [[nodiscard]] std::int64_t total_weight() const { return total_weight_; }
    [[nodiscard]] std::uint32_t claimants() const { return claimants_; }

private:
    base::LargeVector<Claim> claims_;
    std::int64_t total_weight_ = 0;
    std::uint32_t claimants_ = 0;  // that weigh something
};

// Who comes first among equal remainders: the earlier stamp, then the smaller id.
struct Precedence {
    Instant received_at;
    std::string_view id;  // unique; not owned
};
using PrecedenceOf = std::function<Precedence(std::size_t claim)>;

// One round: these shares among the claims not yet capped, in proportion to their weights; and how many it capped.
struct ProrationRound {
    Shares available;
    std::int64_t claims = 0;  // sum of weights
    std::uint32_t claimants = 0;
    std::uint32_t capped = 0;
    bool operator==(const ProrationRound&) const = default;
};

struct Proration {
    std::vector<ProrationRound> rounds;  // none when there is nothing to share or nobody to share it
    Ratio first;                         // the first round's shares available over total claims, reduced, and not capped at
                                         // 1; 0/1 when either is 0
};

// What each claim gets becomes its limit: ten million more numbers are not held. Its weight is used up. `precedence_of` is
// asked only for claims that tie for the last whole shares. O(n) in the number of claims. CHECKs the supply's bounds.
Proration prorate(Shares supply, Claims& claims, const PrecedenceOf& precedence_of);

}  // namespace rightsdesk::domain
