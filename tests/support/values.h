// Values of any described type, made from a seed: what is written once over descriptions (base/describe.h) is tested with
// values that nobody chose. Integers lie at their bounds often; text holds any octets, none included.
//
//     Values values(7);
//     const auto notice = values.any<domain::Notice>();
//     each_alternative<domain::Command>([&]<class Alternative>(std::type_identity<Alternative>) { ... });
#pragma once

#include <limits>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "domain/receipts.h"

namespace rightsdesk::support {

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <class Variant, class Visit>
void each_alternative(Visit visit) {
    [&]<std::size_t... at>(std::index_sequence<at...>) {
        (visit(std::type_identity<std::variant_alternative_t<at, base::AlternativesOf<Variant>>>()), ...);
    }(std::make_index_sequence<std::variant_size_v<base::AlternativesOf<Variant>>>());
}

class Values {
    static constexpr int kSummed = 64;  // so many of any quantity have a sum

public:
    explicit Values(std::uint64_t seed) : random_(seed) {}

    // From now on every text is never empty and can be found again: it begins with `in_clear`, and within what is sealed with `sealed`.
    Values& marked(std::string in_clear, std::string sealed) { return mark_ = std::move(in_clear), sealed_mark_ = std::move(sealed), *this; }

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

    template <class T>
    T any() {
        if constexpr (std::is_same_v<T, bool>) {
            return below(2) == 1;
        } else if constexpr (std::is_integral_v<T>) {
            return integer<T>();
        } else if constexpr (requires { T::kIsQuantity; }) {
            return T(integer<typename T::Representation>() / kSummed);
        } else if constexpr (base::DescribedEnum<T>) {
            return static_cast<T>(below(enumerators_of(T{}).size()));
        } else if constexpr (std::is_same_v<T, std::string>) {
            return text();
        } else if constexpr (std::is_same_v<T, base::Bytes>) {
            return base::Bytes(text());
        } else if constexpr (std::is_same_v<T, domain::Sealed>) {
            return sealed();
        } else if constexpr (kIsVector<T>) {
            return list<T>();
        } else if constexpr (kIsOptional<T>) {
            return mark_.empty() && below(3) == 0 ? T() : T(any<typename T::value_type>());
        } else if constexpr (base::IsVariant<T>::value) {
            return alternative<T>();
        } else {
            T value{};
            T::visit_members(value, [this](std::string_view, auto& member) { member = any<std::remove_cvref_t<decltype(member)>>(); });
            return value;
        }
    }

private:
    template <class T>
    T integer() {
        using Bounds = std::numeric_limits<T>;
        switch (below(5)) {
            case 0: return Bounds::max();
            case 1: return Bounds::min();
            case 2: return T(0);
            default: return std::uniform_int_distribution<T>(Bounds::min(), Bounds::max())(random_);
        }
    }

    std::string text() {
        if (!mark_.empty()) return mark_ + std::to_string(random_());
        std::string octets(below(20), '\0');
        for (char& octet : octets) octet = static_cast<char>(below(256));
        return octets;
    }

    domain::Sealed sealed() {
        std::swap(mark_, sealed_mark_);
        domain::Sealed value{any<domain::Personal>(), true};
        std::swap(mark_, sealed_mark_);
        return value;
    }

    template <class T>
    T list() {
        T values(mark_.empty() ? below(4) : 1 + below(2));
        for (auto& value : values) value = any<typename T::value_type>();
        return values;
    }

    template <class Variant>
    Variant alternative() {
        const std::size_t wanted = below(std::variant_size_v<base::AlternativesOf<Variant>>);
        std::size_t at = 0;
        Variant value;
        each_alternative<Variant>([&]<class Alternative>(std::type_identity<Alternative>) {
            if (at++ == wanted) value = any<Alternative>();
        });
        return value;
    }

    std::mt19937_64 random_;
    std::string mark_, sealed_mark_;
};

// Where two values differ: "event.terms.reminder_minutes"; empty when they are equal.
template <class T>
std::string difference(const T& left, const T& right, const std::string& name = "value") {
    if (left == right) return "";
    if constexpr (base::IsVariant<T>::value) {
        // Not by visiting both at once: that is made for every pair of alternatives.
        std::string inner = name;
        each_alternative<T>([&]<class Held>(std::type_identity<Held>) {
            const auto *one = std::get_if<Held>(&left), *other = std::get_if<Held>(&right);
            if (one != nullptr && other != nullptr) inner = difference(*one, *other, name);
        });
        return inner;
    } else if constexpr (base::Described<T>) {
        std::string first;
        T::visit_members(left, [&](std::string_view member, const auto& one) {
            T::visit_members(right, [&](std::string_view other_member, const auto& other) {
                if constexpr (std::is_same_v<decltype(one), decltype(other)>) {
                    if (first.empty() && member == other_member) first = difference(one, other, name + "." + std::string(member));
                }
            });
        });
        return first;
    } else {
        return name;
    }
}

}  // namespace rightsdesk::support
