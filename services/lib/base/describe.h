// Descriptions: a struct that names its own members once, so that codec, JSON, comparison and text are written once for
// all of them instead of once for each.
//
//     struct Deadline {
//         CivilTime civil;
//         Instant instant;
//         RIGHTSDESK_DESCRIBE(Deadline, civil, instant)
//     };
//     RIGHTSDESK_ENUM(Stage, kOpen, kExpired, kCounted)     // to_text(Stage::kOpen) == "open"
//
// A description gives: kTypeName; visit_members(self, visit) calling visit("civil", self.civil) and so on in order;
// operator==. A member's name is its name on the wire (there in camelCase) and in JSON (as here).
#pragma once

#include <array>
#include <cctype>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#define RD_PARENS ()
#define RD_EXPAND(...) RD_EXPAND3(RD_EXPAND3(RD_EXPAND3(RD_EXPAND3(__VA_ARGS__))))
#define RD_EXPAND3(...) RD_EXPAND2(RD_EXPAND2(RD_EXPAND2(RD_EXPAND2(__VA_ARGS__))))
#define RD_EXPAND2(...) RD_EXPAND1(RD_EXPAND1(RD_EXPAND1(RD_EXPAND1(__VA_ARGS__))))
#define RD_EXPAND1(...) __VA_ARGS__
#define RD_FOR_EACH(macro, ...) __VA_OPT__(RD_EXPAND(RD_FOR_EACH_STEP(macro, __VA_ARGS__)))
#define RD_FOR_EACH_STEP(macro, first, ...) macro(first) __VA_OPT__(RD_FOR_EACH_AGAIN RD_PARENS(macro, __VA_ARGS__))
#define RD_FOR_EACH_AGAIN() RD_FOR_EACH_STEP

#define RD_VISIT_MEMBER(member) visit(std::string_view(#member), self.member);
#define RD_NAME_ENUMERATOR(enumerator) std::string_view(#enumerator),

#define RIGHTSDESK_DESCRIBE(Type, ...)                                                                         \
    static constexpr std::string_view kTypeName = #Type;                                                       \
    template <class Self, class Visit>                                                                         \
    static constexpr void visit_members([[maybe_unused]] Self& self, [[maybe_unused]] Visit&& visit) {         \
        RD_FOR_EACH(RD_VISIT_MEMBER, __VA_ARGS__)                                                              \
    }                                                                                                          \
    bool operator==(const Type&) const = default;

// Ordinals are the wire's: enumerators are only ever added at the end.
#define RIGHTSDESK_ENUM(Name, ...)                                                                              \
    enum class Name : unsigned short { __VA_ARGS__ };                                                           \
    constexpr std::string_view enum_type_name(Name) { return #Name; }                                           \
    constexpr auto enumerators_of(Name) { return std::to_array<std::string_view>({RD_FOR_EACH(RD_NAME_ENUMERATOR, __VA_ARGS__)}); }

namespace rightsdesk::base {

template <class T>
concept Described = requires { T::kTypeName; };

template <class E>
concept DescribedEnum = std::is_enum_v<E> && requires(E value) { enumerators_of(value); };

// The type's name of the alternative that a variant holds: "NoticeDecided".
template <class... T>
std::string_view type_name(const std::variant<T...>& value) {
    return std::visit([](const auto& held) { return std::remove_cvref_t<decltype(held)>::kTypeName; }, value);
}

// "kPartlyFunded" -> "partly_funded".
inline std::string snake_from_constant(std::string_view constant) {
    std::string text;
    for (const char letter : constant.substr(1)) {
        if (std::isupper(static_cast<unsigned char>(letter)) != 0 && !text.empty()) text.push_back('_');
        text.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
    }
    return text;
}

// "partly_funded" -> "partlyFunded".
inline std::string camel_from_snake(std::string_view snake) {
    std::string text;
    bool raise = false;
    for (const char letter : snake) {
        if (letter == '_') { raise = true; continue; }
        text.push_back(raise ? static_cast<char>(std::toupper(static_cast<unsigned char>(letter))) : letter);
        raise = false;
    }
    return text;
}

// The enumerators' texts ("partly_funded"), by ordinal.
template <DescribedEnum E>
const auto& enum_texts() {
    static const auto texts = [] {
        constexpr auto names = enumerators_of(E{});
        std::array<std::string, names.size()> result;
        for (std::size_t ordinal = 0; ordinal < names.size(); ++ordinal) result[ordinal] = snake_from_constant(names[ordinal]);
        return result;
    }();
    return texts;
}

template <DescribedEnum E>
const std::string& to_text(E value) { return enum_texts<E>().at(static_cast<std::size_t>(value)); }

// The enumerator whose text is `text`; nothing when there is none.
template <DescribedEnum E>
std::optional<E> enum_from_text(std::string_view text) {
    const auto& texts = enum_texts<E>();
    for (std::size_t ordinal = 0; ordinal < texts.size(); ++ordinal) {
        if (texts[ordinal] == text) return static_cast<E>(ordinal);
    }
    return std::nullopt;
}

}  // namespace rightsdesk::base
