// The shares that some claims share, over what these come to, as an exact rate: a claim's part is weight x available / claims.
//
// Ten million claims are held against it several times, so nothing here divides: a limit is compared by products, and a part
// is a product with the rate in binary, put right by its remainder.
#pragma once

#include <cstdint>

namespace rightsdesk::domain {

// Bounds within which every product is exact in 128 bits: supply, weight and limit of one claim; and the sum of weights.
inline constexpr std::int64_t kMaxShares = 1'000'000'000'000;
inline constexpr std::int64_t kMaxTotalShares = 9'000'000'000'000'000'000;
static_assert(kMaxTotalShares / kMaxShares == 9'000'000);
static_assert(kMaxShares < (std::int64_t{1} << 40U));

__extension__ using UnsignedWide = unsigned __int128;
static_assert(UnsignedWide{kMaxShares} * kMaxTotalShares < (UnsignedWide{1} << 103U), "available x weight and limit x claims are exact");

struct Rate {
    std::int64_t available = 0;  // 0 to kMaxShares
    std::int64_t claims = 0;     // 0 to kMaxTotalShares

    // Whether the part of a claim of this weight is beyond the limit; both 0 to kMaxShares.
    [[nodiscard]] bool exceeds(std::int64_t weight, std::int64_t limit) const {
        return UnsignedWide{word(available)} * word(weight) > UnsignedWide{word(limit)} * word(claims);
    }

    static std::uint64_t word(std::int64_t number) { return static_cast<std::uint64_t>(number); }
};

// Divides by a rate whose available and claims are above 0.
class Division {
public:
    struct Part {
        std::uint64_t whole = 0;
        std::uint64_t remainder = 0;  // over the rate's claims
    };

    explicit Division(const Rate& rate) : available_(Rate::word(rate.available)), claims_(Rate::word(rate.claims)) {
        digits_ = available_ / claims_;
        std::uint64_t rest = available_ % claims_;
        while (digits_ < kLeadingDigit) {
            rest *= 2;  // below 2 x kMaxTotalShares
            const bool one = rest >= claims_;
            digits_ = 2 * digits_ + (one ? 1 : 0);
            rest -= one ? claims_ : 0;
            ++places_;
        }
    }

    // Exact where the part is at most kMaxShares (which no uncapped claim's exceeds); meaningless beyond.
    //
    // The digits cut off lose less than weight / 2^places, which is part / digits: less than 2^40 / 2^62. So the first quotient
    // is the part or one less, and then the remainder is one `claims` too large, which still is within 64 bits.
    [[nodiscard]] Part part_of(std::int64_t weight) const {
        const std::uint64_t quotient = static_cast<std::uint64_t>((UnsignedWide{digits_} * Rate::word(weight)) >> places_);
        const std::uint64_t rest = available_ * Rate::word(weight) - quotient * claims_;  // exact modulo 2^64
        const bool one_less = rest >= claims_;
        return {quotient + (one_less ? 1 : 0), rest - (one_less ? claims_ : 0)};
    }

private:
    static constexpr std::uint64_t kLeadingDigit = std::uint64_t{1} << 62U;
    static_assert(UnsignedWide{2} * kMaxTotalShares < (UnsignedWide{1} << 64U));

    std::uint64_t available_;
    std::uint64_t claims_;
    std::uint64_t digits_;  // floor(available / claims x 2^places): its leading 63 binary digits
    unsigned places_ = 0;   // at most 126
};

}  // namespace rightsdesk::domain
