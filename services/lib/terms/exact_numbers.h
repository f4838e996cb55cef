// Exact numbers from decimal and fraction texts. No floating point comes near them.
#pragma once

#include <string>

#include "base/result.h"
#include "domain/types.h"

namespace rightsdesk::terms {

inline constexpr std::int64_t kMaxRatioPart = 1'000'000'000;
inline constexpr std::int64_t kMaxPriceCents = 100'000'000;  // a million dollars a share

// "2.00" or "2", at most to the cent, above zero. Invalid otherwise, saying why.
base::Result<domain::Money> parse_price(const std::string& text);

// "1/7", "0.41155", "3": above zero, reduced; numerator and denominator at most kMaxRatioPart. Invalid otherwise.
base::Result<domain::Ratio> parse_ratio(const std::string& text);

}  // namespace rightsdesk::terms
