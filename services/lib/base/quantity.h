// Quantity: an integer with a meaning. Money is cents, shares are shares, and neither is ever added to the other.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace rightsdesk::base {

template <class Tag, class Rep = std::int64_t>
struct Quantity {
    using Representation = Rep;
    static constexpr bool kIsQuantity = true;

    Rep value = 0;

    constexpr Quantity() = default;
    constexpr explicit Quantity(Rep initial) : value(initial) {}
    constexpr auto operator<=>(const Quantity&) const = default;

    constexpr Quantity& operator+=(Quantity other) { value = static_cast<Rep>(value + other.value); return *this; }
    constexpr Quantity& operator-=(Quantity other) { value = static_cast<Rep>(value - other.value); return *this; }
    friend constexpr Quantity operator+(Quantity left, Quantity right) { return left += right; }
    friend constexpr Quantity operator-(Quantity left, Quantity right) { return left -= right; }
    constexpr Quantity operator-() const { return Quantity(static_cast<Rep>(-value)); }
};

}  // namespace rightsdesk::base

template <class Tag, class Rep>
struct std::hash<rightsdesk::base::Quantity<Tag, Rep>> {
    std::size_t operator()(const rightsdesk::base::Quantity<Tag, Rep>& quantity) const { return std::hash<Rep>{}(quantity.value); }
};
