// One of many: a std::variant with a name, whose making, copying, moving and ending are compiled once.
//
// A variant of a hundred alternatives costs seconds of compilation wherever one is merely moved or goes out of scope, which is in nearly
// every source. Of such a type these are declared in its header and defined in one source:
//
//     struct Event : std::variant<NoticeDecided, PaymentGood> {
//         RIGHTSDESK_EITHER(Event)
//     };
//     RIGHTSDESK_EITHER_MEMBERS(Event)      // in one source
//
// In everything else it is the variant: std::visit, std::get, std::get_if, std::holds_alternative, emplace, comparison. Where a variant's
// type is asked for (std::variant_size_v) it is base::AlternativesOf<Event>.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

namespace rightsdesk::base {

template <class T>
struct IsVariant : std::false_type {};
template <class... T>
struct IsVariant<std::variant<T...>> : std::true_type {};
template <class T>
    requires requires { typename T::Alternatives; }
struct IsVariant<T> : IsVariant<typename T::Alternatives> {};

template <class T>
struct VariantOf {
    using type = T;
};
template <class T>
    requires requires { typename T::Alternatives; }
struct VariantOf<T> {
    using type = typename T::Alternatives;
};
// The std::variant itself.
template <class T>
using AlternativesOf = typename VariantOf<T>::type;

template <class One, class Variant>
inline constexpr bool kIsAlternativeOf = false;
template <class One, class... T>
inline constexpr bool kIsAlternativeOf<One, std::variant<T...>> = (std::is_same_v<One, T> || ...);

}  // namespace rightsdesk::base

#define RIGHTSDESK_EITHER(Type)                                                                              \
    using Alternatives = variant;                                                                            \
    Type() noexcept;                                                                                         \
    Type(const Type& other);                                                                                 \
    Type(Type&& other) noexcept;                                                                             \
    Type& operator=(const Type& other);                                                                      \
    Type& operator=(Type&& other) noexcept;                                                                  \
    ~Type();                                                                                                 \
    template <class One>                                                                                     \
        requires ::rightsdesk::base::kIsAlternativeOf<std::remove_cvref_t<One>, Alternatives>                \
    Type(One&& one) : Alternatives(std::in_place_type<std::remove_cvref_t<One>>, std::forward<One>(one)) {}

#define RIGHTSDESK_EITHER_MEMBERS(Type)              \
    Type::Type() noexcept = default;                 \
    Type::Type(const Type& other) = default;         \
    Type::Type(Type&& other) noexcept = default;     \
    Type& Type::operator=(const Type& other) = default; \
    Type& Type::operator=(Type&& other) noexcept = default; \
    Type::~Type() = default;
